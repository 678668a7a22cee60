"""Compounds taken apart: "evenementenvergunning" is evenement and vergunning.

The cheapest division over the words of the lexicon wins; few, long and common parts are cheap. Words in
``uitzonderingen.txt`` stay whole.
"""

from functools import cache, lru_cache
from pathlib import Path

from intranet.zoeken.analyse import lexicon

# Three letters are too often a chance hit; these are real parts.
KORT = frozenset(
    "afval akte arm art asb auto bad bak bed bos bus dag dak dam das ei eis gas gat geld goed hof hok hop hout huis "
    "hulp huur jas kas kind kip klas las lid man mei mens net oom oog oor pad pas pen pil plan pot raad rad "
    "ramp recht reis rem rit rol ruw spel spoor staf stal tak tas tax tin tip tol ton top tuin uur vak val van "
    "vee ven vis vlag wal wet wijk wijs wol zee ziek zon zorg".split()
)
KORT = frozenset(w for w in KORT if len(w) == 3)
# Endings that look like words.
NIET_LAATST = frozenset(
    "heid schap lijk loos baar achtig matig ling ingen eren isch isme iteit atie aties lijke lijks erij ieren "
    "zaam dommen heden schappen koming stelling".split()
)
VOEG = ("", "s", "e", "en", "n", "er")
LANGST = 60


@cache
def _heel() -> frozenset[str]:
    regels = (Path(__file__).parent / "uitzonderingen.txt").read_text(encoding="utf8").splitlines()
    return frozenset(regel.strip() for regel in regels if regel.strip() and not regel.startswith("#"))


def _kosten(lengte: int, zipf: float) -> float:
    return 4 + (7 - zipf) * 0.6 + 6 / lengte


@lru_cache(maxsize=16384)
def splits(woord: str) -> tuple[str, ...]:
    """The parts of a (folded) compound, in order and without what links them; of a simple word nothing."""
    n = len(woord)
    if n < 7 or n > LANGST or woord in _heel() or not woord.isalpha():
        return ()
    # beste[i]: the cheapest way to divide woord[:i], as (cost, where the last part starts and ends).
    beste: dict[int, tuple[float, int, int]] = {0: (0.0, 0, 0)}
    for van in range(n - 2):
        if van not in beste:
            continue
        basis = beste[van][0]
        for lengte, zipf in lexicon.begint(woord[van:]):
            einde = van + lengte
            if lengte == n or (lengte == 3 and woord[van:einde] not in KORT):
                continue
            if einde == n and woord[van:] in NIET_LAATST:
                continue
            kosten = basis + _kosten(lengte, zipf)
            for voeg in VOEG:
                verder = einde + len(voeg)
                if (voeg and not woord.startswith(voeg, einde)) or (voeg and verder >= n):
                    continue
                totaal = kosten + (0.4 + 0.3 * len(voeg) if voeg else 0)
                if verder not in beste or totaal < beste[verder][0]:
                    beste[verder] = (totaal, van, einde)
    if n not in beste:
        return ()
    uit = []
    plek = n
    while plek:
        _, van, einde = beste[plek]
        uit.append(woord[van:einde])
        plek = van
    return tuple(reversed(uit)) if len(uit) > 1 else ()
