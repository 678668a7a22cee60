"""One page of results: what the engine found and, among it, the people who know about it."""

from dataclasses import dataclass, field, replace
from typing import Any

from intranet.zoeken import lezer, mensen
from intranet.zoeken.adres import Adres
from intranet.zoeken.motor import Opdracht, Treffer, motor
from intranet.zoeken.zoek import Resultaat, zoek

PER_BLAD = 10
# The kinds that vote for people, and how many people there are at most.
STEMMEN = ("vraag", "artikel")
MEESTE_MENSEN = 50


@dataclass(slots=True)
class Blad:
    """A page of hits.

    Attributes:
        totaal: rows on all pages together.
        getoond: rows up to the end of this page.
        verder: the ``vanaf`` of the next page; None on the last.
        redenen: of people, by number, why they were found.
        mensen: how many people there are; None where only a page of people alone could tell.
        gezien: people who stand on this page or an earlier one before they come as a hit, if they do.
        erbij: how many of them are a hit nowhere.
    """

    resultaat: Resultaat
    treffers: list[Treffer]
    totaal: int
    verder: int | None
    redenen: dict[int, str] = field(default_factory=dict)
    mensen: int | None = None
    gezien: tuple[int, ...] = ()
    erbij: int = 0

    @property
    def getoond(self) -> int:
        return self.totaal if self.verder is None else self.verder + len(self.gezien)


def haal(adres: Adres, kijker: Any, *, facetten: bool = True) -> Blad:
    """The page of ``adres`` for ``kijker``; with ``facetten`` also the counts of what there is to choose."""
    sleutels = lezer.sleutels(kijker)
    if adres.soort == "mens" and not past_niet_bij_stemmen(adres):
        return _mensen(adres, kijker, sleutels, facetten)
    # The first page of all: what was found votes for people, so more of it is fetched than is shown.
    gemengd = adres.is_alles and not adres.vanaf
    resultaat = zoek(
        adres.q,
        sleutels,
        filters=adres.filters,
        sorteer=adres.sorteer,
        vanaf=adres.vanaf,
        aantal=mensen.STEMMERS if gemengd else PER_BLAD,
        facetten=facetten,
        letterlijk=adres.letterlijk,
    )
    uitkomst = resultaat.uitkomst
    treffers = uitkomst.treffers[:PER_BLAD]
    tot = adres.vanaf + len(treffers)
    mensen_hier = {treffer.nummer for treffer in treffers if treffer.soort == mensen.MENS}
    blad = Blad(
        resultaat,
        [treffer for treffer in treffers if not (treffer.soort == "mens" and treffer.nummer in adres.gezien)],
        uitkomst.totaal + adres.erbij,
        tot if tot < uitkomst.totaal or uitkomst.meer_dan else None,
        gezien=tuple(nummer for nummer in adres.gezien if nummer not in mensen_hier),
        erbij=adres.erbij,
    )
    if gemengd:
        gevonden = mensen.stem(resultaat.zoekvraag, uitkomst.treffers, kijker, MEESTE_MENSEN)
        blad.treffers = mensen.meng(treffers, gevonden)
        blad.gezien = tuple(treffer.nummer for treffer in blad.treffers if treffer not in treffers)
        blad.redenen = _redenen(gevonden, blad.treffers)
        hits = {treffer.nummer for treffer in uitkomst.treffers if treffer.soort == "mens"}
        blad.erbij = sum(nummer not in hits for nummer in blad.gezien)
        blad.totaal = uitkomst.totaal + blad.erbij
    return blad


def past_niet_bij_stemmen(adres: Adres) -> bool:
    """Whether something was chosen that says another thing of a question than of who answered it."""
    return bool(adres.organisaties or adres.onderwerpen or adres.wanneer or adres.opgelost)


def _mensen(adres: Adres, kijker: Any, sleutels: frozenset[str], facetten: bool) -> Blad:
    """People alone: by what they wrote and by their Profiel."""
    resultaat = zoek(
        adres.q,
        sleutels,
        filters=adres.filters,
        aantal=mensen.PROFIELEN,
        facetten=facetten,
        letterlijk=adres.letterlijk,
    )
    stemmers: list[Treffer] = []
    if not resultaat.zoekvraag.leeg:
        filters = replace(adres.filters, soorten=STEMMEN)
        opdracht = Opdracht(resultaat.zoekvraag, sleutels, filters, aantal=mensen.STEMMERS)
        stemmers = motor().zoek(opdracht).treffers
    alle = [*stemmers, *resultaat.uitkomst.treffers]
    gevonden = mensen.stem(resultaat.zoekvraag, alle, kijker, MEESTE_MENSEN)
    tot = adres.vanaf + PER_BLAD
    treffers = [
        Treffer(f"mens:{mens.nummer}", "mens", mens.nummer, mens.score)
        for mens in gevonden[adres.vanaf : tot]
    ]
    return Blad(
        resultaat,
        treffers,
        len(gevonden),
        tot if tot < len(gevonden) else None,
        _redenen(gevonden, treffers),
        len(gevonden),
    )


def _redenen(gevonden: list[mensen.Gevonden], treffers: list[Treffer]) -> dict[int, str]:
    """Of the people on this page why they were found."""
    getoond = {treffer.nummer for treffer in treffers if treffer.soort == mensen.MENS}
    return {mens.nummer: mens.reden for mens in gevonden if mens.nummer in getoond}
