"""What a Profiel page tells about what somebody knows: what they say, what is proven, who recommends it."""

from dataclasses import dataclass, field

from django.utils.translation import gettext

from profielen.models import Aanbeveling, Deskundigheid, Gebruiker, Onderwerp
from profielen.toegang import Bewijs, tel_bewijs

# So many colleagues who recommend are named; the others are counted.
GENOEMD = 2


@dataclass(slots=True)
class Kennis:
    """One Onderwerp on one Profiel, as one reader sees it."""

    onderwerp: Onderwerp
    is_opgegeven: bool = False
    is_bewezen: bool = False
    is_aanbevolen: bool = False
    # Only its owner gets to see it.
    is_verborgen: bool = False
    # What the reader may read of it; None when that is not enough to prove anything.
    bewijs: Bewijs | None = None
    # Of those who recommend it, whom the reader may see; the reader apart.
    door: list[Gebruiker] = field(default_factory=list)
    ook_ik: bool = False

    @property
    def namen(self) -> list[str]:
        """Of the first ones; the reader is "jou", and stands in front."""
        eerst = [gettext("jou")] if self.ook_ik else []
        return [*eerst, *(wie.naam for wie in self.door)][:GENOEMD]

    @property
    def aantal_anderen(self) -> int:
        return max(0, len(self.door) + self.ook_ik - GENOEMD)

    @property
    def is_meer_dan_opgegeven(self) -> bool:
        """Whether others had a part in it: then it stands in the list of proven knowledge."""
        return self.is_bewezen or self.is_aanbevolen


def kennis_van(mens: Gebruiker, kijker) -> list[Kennis]:
    """All that ``kijker``, who may see ``mens``, is told; by name of the Onderwerp. At most three queries."""
    ben_ik = mens.pk == kijker.pk
    soort = Deskundigheid.Soort
    rijen = list(
        Deskundigheid.objects.filter(profiel=mens.pk)
        .select_related("onderwerp")
        .order_by("onderwerp__sorteernaam", "soort")
    )
    # The same as ``te_tonen_aan``, with the proof at hand as numbers.
    bewijs = tel_bewijs(kijker, mens.pk) if any(rij.soort == soort.BEWEZEN for rij in rijen) else {}
    per_onderwerp: dict[int, Kennis] = {}
    aanbevolen: dict[int, Kennis] = {}
    for rij in rijen:
        if rij.is_verborgen and not ben_ik:
            continue
        if rij.soort == soort.BEWEZEN and rij.onderwerp_id not in bewijs and not ben_ik:
            continue
        kennis = per_onderwerp.setdefault(rij.onderwerp_id, Kennis(rij.onderwerp))
        kennis.is_verborgen = kennis.is_verborgen or rij.is_verborgen
        if rij.soort == soort.OPGEGEVEN:
            kennis.is_opgegeven = True
        elif rij.soort == soort.BEWEZEN:
            kennis.is_bewezen, kennis.bewijs = True, bewijs.get(rij.onderwerp_id)
        else:
            kennis.is_aanbevolen = True
            aanbevolen[rij.pk] = kennis
    if aanbevolen:
        for aanbeveling in _aanbevelingen(aanbevolen, kijker):
            kennis = aanbevolen[aanbeveling.deskundigheid_id]
            if aanbeveling.door_id == kijker.pk:
                kennis.ook_ik = True
            else:
                kennis.door.append(aanbeveling.door)
    return list(per_onderwerp.values())


def _aanbevelingen(deskundigheden, kijker):
    return (
        Aanbeveling.objects.zichtbaar_voor(kijker)
        .filter(deskundigheid__in=deskundigheden)
        .select_related("door")
        .only(
            "deskundigheid_id", "door__voornaam", "door__tussenvoegsel", "door__achternaam", "door__email"
        )
        .order_by("pk")
    )  # fmt: skip
