"""Finds in a query the words and phrases that have synonyms."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from intranet.zoeken.analyse import STOPWOORDEN, gewichten, stam, woorden

Sleutel = tuple[str, ...]


LIDWOORDEN = frozenset(("de", "het", "een", "t"))


def _hangt_af_van_kleine_woorden(lid: Sequence[str], sleutel: Sleutel) -> bool:
    """Whether this phrase, without the words that a search leaves out, is one word that says something else.

    "De BRP" is the BRP, but "zonder vergunning" is no vergunning, and "uit dienst" no dienst.
    """
    return len(sleutel) == 1 and len([woord for woord in lid if woord not in LIDWOORDEN]) > 1


class Woordenboek:
    """What ``analyse.vraag`` asks for other words; made once from all groups in use."""

    def __init__(self, groepen: Iterable[Sequence[str]]) -> None:
        self._bij: dict[Sleutel, list[tuple[list[str], float]]] = defaultdict(list)
        # Phrases that are another word without their small words: "zonder vergunning".
        self._letterlijk: dict[Sleutel, list[tuple[list[str], float]]] = defaultdict(list)
        self._langste = 1
        for groep in groepen:
            gewicht = getattr(groep, "gewicht", gewichten.SYNONIEM)
            leden = [[woord for _, _, woord in woorden(lid)] for lid in groep]
            sleutels = [self._sleutel(lid) for lid in leden]
            for lid, sleutel in zip(leden, sleutels, strict=True):
                if not sleutel:
                    continue
                if _hangt_af_van_kleine_woorden(lid, sleutel):
                    bij = self._letterlijk[tuple(lid)]
                else:
                    bij = self._bij[sleutel]
                    self._langste = max(self._langste, len(sleutel))
                for ander, anders in zip(leden, sleutels, strict=True):
                    # What is left of such a phrase is no synonym of anything.
                    if anders and anders != sleutel and not _hangt_af_van_kleine_woorden(ander, anders):
                        bij.append((ander, gewicht))

    @staticmethod
    def _sleutel(lid: list[str]) -> Sleutel:
        """The tokens of a word or phrase; stop words say nothing about which phrase it is."""
        return tuple(stam(woord) for woord in lid if woord not in STOPWOORDEN)

    def bij(self, vraag: list[str]) -> Iterator[tuple[int, int, list[str], float]]:
        """The synonyms in a query of folded words: (from, up to, the other words, weight).

        The longest phrase wins; a word within it brings no synonyms of its own.
        """
        # Where in the query each token stands; "wmo-aanvraag" has that of wmo too.
        tellend = [(plek, stam(woord)) for plek, woord in enumerate(vraag) if woord not in STOPWOORDEN]
        bezet: set[int] = set()
        for zin, andere in self._letterlijk.items():
            for begin in range(len(vraag) - len(zin) + 1):
                if tuple(vraag[begin : begin + len(zin)]) == zin:
                    bezet |= set(range(begin, begin + len(zin)))
                    for ander, gewicht in andere:
                        yield begin, begin + len(zin), ander, gewicht
        for lengte in range(min(self._langste, len(tellend)), 0, -1):
            for begin in range(len(tellend) - lengte + 1):
                stuk = tellend[begin : begin + lengte]
                plekken = {plek for plek, _ in stuk}
                gevonden = self._bij.get(tuple(token for _, token in stuk))
                if not gevonden or plekken & bezet:
                    continue
                bezet |= plekken
                for ander, gewicht in gevonden:
                    yield stuk[0][0], stuk[-1][0] + 1, ander, gewicht
        # "id kaart", written apart.
        for (links, _), (rechts, _) in pairwise(tellend):
            if rechts == links + 1 and links not in bezet and rechts not in bezet:
                for ander, gewicht in self._bij.get((stam(vraag[links] + vraag[rechts]),), ()):
                    yield links, rechts + 1, ander, gewicht
        for plek, woord in enumerate(vraag):
            if "-" in woord and plek not in bezet:
                for lid in filter(None, woord.split("-")):
                    for ander, gewicht in self._bij.get((stam(lid),), ()):
                        yield plek, plek + 1, ander, gewicht / 2
