"""Compounds taken apart: "evenementenvergunning" is evenement and vergunning.

The cheapest division over the words of the lexicon wins; few, long and common parts are cheap. Words in
``lijsten/heel.txt`` stay whole.
"""

from functools import lru_cache

from intranet.zoeken.analyse import lexicon
from intranet.zoeken.analyse.lijsten import lees

HEEL = frozenset(lees("heel.txt"))
KORT = frozenset(lees("korte_delen.txt"))
NIET_LAATST = frozenset(lees("geen_laatste.txt"))
# What may stand between two parts, and what it costs.
VOEG = {"": 0.0, "s": 0.7, "e": 1.0, "en": 1.0, "n": 1.0, "er": 1.6}
# Of longer words no parts are made: they are no words.
LANGST = 60
# What ``grof`` takes for a word: so long, and so common (zipf).
KORTSTE_HELFT, GANGBAAR = 4, 3.0


def _kosten(lengte: int, zipf: float) -> float:
    return 4 + (7 - zipf) * 0.6 + 6 / lengte


@lru_cache(maxsize=2048)
def splits(woord: str) -> tuple[str, ...]:
    """The parts of a (folded) compound, in order and without what links them; of a simple word nothing."""
    n = len(woord)
    if n < 6 or n > LANGST or woord in HEEL or not woord.isalpha():
        return ()
    # beste[i]: the cheapest way to divide woord[:i], as (cost, where the last part starts and ends).
    beste: dict[int, tuple[float, int, int]] = {0: (0.0, 0, 0)}
    for van in range(n - 2):
        if van not in beste:
            continue
        basis = beste[van][0]
        lengtes = set()
        for lengte, zipf in lexicon.begint(woord[van:]):
            lengtes.add(lengte)
            einde = van + lengte
            if lengte == n or (lengte == 3 and woord[van:einde] not in KORT):
                continue
            if einde == n and van:
                deel = woord[van:]
                # waardering is no ring, and in kloppen the p is doubled, no pen
                if deel in NIET_LAATST or (lengte <= 4 and woord[van - 1] == deel[0]):
                    continue
            kosten = basis + _kosten(lengte, zipf)
            if woord[einde - 1] == "s" and einde < n and lengte - 1 in lengtes:
                kosten += 1.5  # the s links: beroepsonderwijs is beroep and onderwijs
            for voeg, extra in VOEG.items():
                verder = einde + len(voeg)
                if voeg and (verder >= n or not woord.startswith(voeg, einde)):
                    continue
                if verder not in beste or kosten + extra < beste[verder][0]:
                    beste[verder] = (kosten + extra, van, einde)
    if n not in beste:
        return ()
    uit = []
    plek = n
    while plek:
        _, van, einde = beste[plek]
        uit.append(woord[van:einde])
        plek = van
    return tuple(reversed(uit))


def alle(woord: str) -> list[str]:
    """The parts of all levels: of afvalwatermelding also those of afvalwater."""
    uit = []
    for deel in splits(woord):
        uit.append(deel)
        uit += alle(deel)
    return uit


def grof(woord: str) -> tuple[str, ...]:
    """Two common words that together are an unknown one: lockbestanden is lock and bestanden.

    For a query alone: rougher than ``splits``, for words that foreign ones are part of.
    """
    if lexicon.zipf(woord) is not None or not woord.isalpha() or len(woord) > LANGST:
        return ()
    paren = [(woord[:plek], woord[plek:]) for plek in range(KORTSTE_HELFT, len(woord) - KORTSTE_HELFT + 1)]
    goed = [paar for paar in paren if min(lexicon.zipf(deel) or 0.0 for deel in paar) >= GANGBAAR]
    return max(goed, key=lambda paar: min(lexicon.zipf(deel) or 0.0 for deel in paar), default=())
