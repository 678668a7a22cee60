"""From words to hits: the one path that the search page takes, and the measurements too.

Analysis and synonyms, correction of words that nobody wrote, the engine, and when that finds next to nothing
words that have the asked ones within them.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from intranet.zoeken import analyse
from intranet.zoeken.analyse import Zoekvraag
from intranet.zoeken.corrigeer import corrigeer
from intranet.zoeken.motor import Filters, Motor, Opdracht, Sorteer, Treffer, Uitkomst
from intranet.zoeken.motor import motor as motor_in_gebruik
from intranet.zoeken.thesaurus import thesaurus

# With fewer hits than this, parts of words are tried too.
GENOEG = 3
GEEN = Filters()


@dataclass(slots=True)
class Resultaat:
    """What a search came to.

    Attributes:
        uitkomst: the hits.
        zoekvraag: what was looked for, after correction; the page marks these words.
        gecorrigeerd: the query as it was read instead of as it was typed; None when it was left alone.
        los: nobody wrote it as it stands between quotes, so its words were looked for.
        ook_gezocht: other words that were looked for as well, from the list of synonyms.
    """

    uitkomst: Uitkomst
    zoekvraag: Zoekvraag
    gecorrigeerd: str | None = None
    ook_gezocht: tuple[str, ...] = ()
    los: bool = False


def zoek(
    tekst: str,
    sleutels: Collection[str],
    *,
    filters: Filters = GEEN,
    sorteer: Sorteer = "relevantie",
    vanaf: int = 0,
    aantal: int = 10,
    facetten: bool = False,
    letterlijk: bool = False,
    motor: Motor | None = None,
) -> Resultaat:
    """Search for a reader with these keys.

    Args:
        letterlijk: leave the words as they were typed.
        motor: another engine than the one in use.
    """
    motor = motor or motor_in_gebruik()
    mijn = frozenset(sleutels)
    vraag = analyse.vraag(tekst, thesaurus())
    if vraag.leeg or not mijn:
        return Resultaat(Uitkomst(), vraag)
    opdracht = Opdracht(vraag, mijn, filters, sorteer, vanaf, aantal, facetten)
    # First as it was typed: nearly always that is right, and it tells which words are known.
    uitkomst = motor.zoek(opdracht)
    beter = None if letterlijk else corrigeer(vraag, motor, mijn, uitkomst.bekend)
    if beter is not None:
        vraag = analyse.vraag(beter, thesaurus())
        opdracht = replace(opdracht, vraag=vraag)
        uitkomst = motor.zoek(opdracht)
    los = not uitkomst.totaal and bool(vraag.zinnen)
    if los:
        # Nobody wrote it so: the words apart are better than an empty page.
        vraag = replace(vraag, zinnen=())
        uitkomst = motor.zoek(replace(opdracht, vraag=vraag))
    if uitkomst.totaal < GENOEG and not vraag.zinnen and not vanaf:
        _vul_aan(uitkomst, motor.bevat(" ".join(vraag.woorden), mijn, filters, aantal), aantal)
    return Resultaat(uitkomst, vraag, beter, _ook_gezocht(vraag), los)


def _ook_gezocht(vraag: Zoekvraag) -> tuple[str, ...]:
    """The synonyms that were looked for, as people write them."""
    # Between quotes only the very words are found.
    if vraag.zinnen or not any(term.soort == "synoniem" for term in vraag.termen):
        return ()
    woorden = [woord for _, _, woord in analyse.woorden(vraag.tekst)]
    return tuple(dict.fromkeys(" ".join(andere) for _, _, andere, _ in thesaurus().bij(woorden)))


def _vul_aan(uitkomst: Uitkomst, meer: list[Treffer], aantal: int) -> None:
    """Add hits that are not there yet, below those that are."""
    bekend = {treffer.id for treffer in uitkomst.treffers}
    onderste = min((treffer.score for treffer in uitkomst.treffers), default=1.0)
    for treffer in meer:
        if treffer.id not in bekend and len(uitkomst.treffers) < aantal:
            treffer.score = min(treffer.score, onderste)
            uitkomst.treffers.append(treffer)
            uitkomst.totaal += 1
