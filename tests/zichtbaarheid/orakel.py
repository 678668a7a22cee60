"""What each person may see and do, written from the truth table in ``docs/rondleiding.md``.

On purpose not derived from the code: nothing of ``groepen.toegang`` or ``profielen.toegang`` is used here,
and no database is asked. It reasons about ``plan``, and about who was put where while the world was built.
"""

from collections import defaultdict

from .kanaries import Kanarie
from .plan import GROEPEN, MENSEN, ORGANISATIES, Mens

NIETS, KAART, LEEST, SCHRIJFT, BEHEERT, EIGENT = range(6)

# An own Medewerker without a Lidmaatschap, by soort of Groep.
EIGEN_MEDEWERKER = {"open": SCHRIJFT, "besloten": KAART, "verborgen": NIETS}
# With one, whatever the soort of Groep and whoever they work for.
MET_ROL = {"waarnemer": LEEST, "lid": SCHRIJFT, "beheerder": BEHEERT, "eigenaar": EIGENT}


class Orakel:
    """``kijker`` is a name from ``plan.MENSEN``; None is someone who is not logged in."""

    def __init__(self) -> None:
        # Groep -> those whose name stands in its content.
        self.genoemd: dict[str, set[str]] = defaultdict(set)
        # Groep -> those who wait at its door, and those for whom it was opened.
        self.kloppers: dict[str, set[str]] = defaultdict(set)
        self.genodigd: dict[str, set[str]] = defaultdict(set)

    # --- Groepen ------------------------------------------------------------------------------

    def is_binnen(self, kijker: str | None) -> bool:
        """Whether they can be logged in at all."""
        return kijker is not None and MENSEN[kijker].is_actief

    def is_medewerker(self, kijker: str) -> bool:
        organisatie = MENSEN[kijker].organisatie
        return organisatie is not None and ORGANISATIES[organisatie] == "deelnemer"

    def rol(self, kijker: str, groep: str) -> str | None:
        mens: Mens = MENSEN[kijker]
        return None if mens.is_verlopen else mens.rollen.get(groep)

    def trap(self, kijker: str | None, groep: str) -> int:
        """The truth table. Being superuser or communitymanager is no row in it."""
        if kijker is None or not self.is_binnen(kijker):
            return NIETS
        rol = self.rol(kijker, groep)
        if rol is not None:
            return MET_ROL[rol]
        plek = GROEPEN[groep]
        if self.is_medewerker(kijker) and MENSEN[kijker].organisatie in plek.organisaties:
            return EIGEN_MEDEWERKER[plek.soort]
        return NIETS

    def vindt(self, kijker, groep) -> bool:
        return self.trap(kijker, groep) >= KAART

    def leest(self, kijker, groep) -> bool:
        return self.trap(kijker, groep) >= LEEST

    def schrijft(self, kijker, groep) -> bool:
        """In a closed Groep nobody does."""
        return self.trap(kijker, groep) >= SCHRIJFT and not GROEPEN[groep].is_gesloten

    def beheert(self, kijker, groep) -> bool:
        return self.trap(kijker, groep) >= BEHEERT

    def eigent(self, kijker, groep) -> bool:
        return self.trap(kijker, groep) >= EIGENT

    # --- People -------------------------------------------------------------------------------

    def leden(self, groep: str) -> set[str]:
        return {wie for wie in MENSEN if MENSEN[wie].is_actief and self.rol(wie, groep) is not None}

    def eigenaren(self, groep: str) -> set[str]:
        return {wie for wie in self.leden(groep) if self.rol(wie, groep) == "eigenaar"}

    def opent_profiel(self, kijker: str | None, wie: str) -> bool:
        """Medewerkers see each other; everyone else those who share a Groep with them."""
        if kijker is None or not (self.is_binnen(kijker) and MENSEN[wie].is_actief):
            return False
        if kijker == wie or (self.is_medewerker(kijker) and self.is_medewerker(wie)):
            return True
        return any(self.rol(kijker, groep) and self.rol(wie, groep) for groep in GROEPEN)

    def kent(self, kijker: str | None, wie: str) -> bool:
        """Name, functie, afdeling and organisatie: what stands beside a text or in a list of leden."""
        return self.opent_profiel(kijker, wie) or any(
            (self.leest(kijker, groep) and (wie in self.genoemd[groep] or wie in self.leden(groep)))
            or (self.beheert(kijker, groep) and wie in self.kloppers[groep])
            for groep in GROEPEN
        )

    def kent_naam(self, kijker: str | None, wie: str) -> bool:
        """The card of a besloten Groep names its eigenaar and nobody else."""
        return self.kent(kijker, wie) or any(
            self.vindt(kijker, groep) and wie in self.eigenaren(groep) for groep in GROEPEN
        )

    def kent_organisatie(self, kijker: str | None, organisatie: str) -> bool:
        if kijker is None or not self.is_binnen(kijker):
            return False
        return (
            MENSEN[kijker].organisatie == organisatie
            or (self.is_medewerker(kijker) and ORGANISATIES[organisatie] == "deelnemer")
            or any(mens.organisatie == organisatie and self.kent(kijker, wie) for wie, mens in MENSEN.items())
            or any(
                self.vindt(kijker, groep) and organisatie in plek.organisaties
                for groep, plek in GROEPEN.items()
            )
        )

    def kent_afdeling(self, kijker: str | None, organisatie: str) -> bool:
        """Each organisatie has one, in which all of its people work."""
        if kijker is None or not self.is_binnen(kijker):
            return False
        if self.is_medewerker(kijker) and ORGANISATIES[organisatie] == "deelnemer":
            return True
        return any(mens.organisatie == organisatie and self.kent(kijker, wie) for wie, mens in MENSEN.items())

    # --- Canaries -----------------------------------------------------------------------------

    def ziet(self, kijker: str | None, k: Kanarie) -> bool:
        """Whether ``k`` may stand in anything that is sent to ``kijker``."""
        match k.soort:
            case "kaart":
                return self.vindt(kijker, k.groep)
            case "inhoud":
                return self.leest(kijker, k.groep)
            case "beheer":
                return self.beheert(kijker, k.groep) or (k.wie == kijker and self.vindt(kijker, k.groep))
            case "namens":
                # The form promises: only the asker and the eigenaar.
                return self.leest(kijker, k.groep) and (k.wie == kijker or self.eigent(kijker, k.groep))
            case "naam":
                return self.kent_naam(kijker, k.wie)
            case "regel":
                return self.kent(kijker, k.wie)
            case "profiel":
                return self.opent_profiel(kijker, k.wie)
            case "adres":
                # Whoever looks after a Groep reads to which address its invitations went.
                return self.opent_profiel(kijker, k.wie) or any(
                    self.beheert(kijker, groep) and k.wie in wie for groep, wie in self.genodigd.items()
                )
            case "organisatie":
                return self.kent_organisatie(kijker, k.wie)
            case "afdeling":
                return self.kent_afdeling(kijker, k.wie)
            case "eigen":
                return kijker == k.wie and self.is_binnen(kijker)
            case "nooit" | "klad":
                return False
        raise ValueError(k.soort)
