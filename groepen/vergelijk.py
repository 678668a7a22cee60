"""What changed between two texts: words that came and went, in the shape that the texts have.

Blocks (a paragraph, an item, a row) are matched first, so a list stays a list; within two blocks that are
alike the words are compared. A word whose formatting or link changed counts as another word, and an image is
a word too: what a reader would see differ is marked. Libraries for this compare words alone.
"""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby

from intranet.text_shape import BLOKKEN, LOS, MARKEERSELS, Inhoud, Knoop, boom, schrijf

_STUKJE = re.compile(r"\S+\s*|\s+")
# SequenceMatcher looks at every pair of equal pieces, more than once: beyond this many only what the two
# texts begin and end with alike counts as kept.
_MEEST_GELIJK = 50_000
# More pairs of blocks than this: matched in their order, without looking how alike they are.
_MEEST_PAREN = 10_000
# From this share of words in common two blocks are the same block, changed.
_VERWANT = 0.4
_DEEL = BLOKKEN | {"li", "thead", "tbody", "tr", "td", "th"}
_HREF = re.compile(r' href="([^"]*)"')

# A word: its HTML, the same without the white space behind it, and what formatting is open around it.
_Woord = tuple[str, str, tuple[str, ...]]


def vergelijk(oud: str, nieuw: str) -> list[tuple[str, str]]:
    """Pieces of plain text on one line, each ("gelijk" | "weg" | "nieuw", piece)."""
    naast = _woorden_naast(list(_woorden([oud])), list(_woorden([nieuw])))
    return [(soort, "".join(woord[0] for woord in woorden)) for soort, woorden in naast]


def vergelijk_opmaak(oud: str, nieuw: str) -> str:
    """Two sanitised texts as one: HTML with ``<ins>`` and ``<del>`` round what came and what went.

    Without the ``ins`` it reads as ``oud``, without the ``del`` as ``nieuw``. As safe as what comes in.
    """
    return schrijf(_naast(boom(oud), boom(nieuw)))


# --- Blocks ----------------------------------------------------------------------------------------


def _naast(oud: Inhoud, nieuw: Inhoud) -> Inhoud:
    """What stands in one place, a whole text or one item, in both versions."""
    a, b = _blokken(oud), _blokken(nieuw)
    uit: Inhoud = []
    sleutels_a, sleutels_b = [schrijf([blok]) for blok in a], [schrijf([blok]) for blok in b]
    for soort, a1, a2, b1, b2 in _stappen(sleutels_a, sleutels_b):
        if soort == "equal":
            uit.extend(_uitgepakt(b[b1:b2]))
            continue
        for links, rechts in _paren(a[a1:a2], b[b1:b2]):
            if links is not None and rechts is not None:
                uit.extend(_uitgepakt([_veranderd(links, rechts)]))
            elif links is not None:
                uit.extend(_uitgepakt([_gemerkt(links, "del")]))
            elif rechts is not None:
                uit.extend(_uitgepakt([_gemerkt(rechts, "ins")]))
    return uit


def _blokken(inhoud: Inhoud) -> list[Knoop]:
    """The blocks; words that stand between them become one block without a name."""
    uit: list[Knoop] = []
    los: Inhoud = []
    for kind in inhoud:
        if isinstance(kind, str) or kind.naam not in _DEEL:
            los.append(kind)
            continue
        if los:
            uit.append(Knoop("", "", los))
            los = []
        uit.append(kind)
    return [*uit, Knoop("", "", los)] if los else uit


def _uitgepakt(blokken: Sequence[Knoop]) -> Iterator[Knoop | str]:
    for blok in blokken:
        if blok.naam:
            yield blok
        else:
            yield from blok.inhoud


def _gemerkt(blok: Knoop, merk: str) -> Knoop:
    """A block that came or went as a whole: the marks stand inside, where words may stand."""
    if blok.naam in LOS:
        return Knoop(merk, "", [blok])
    if _houdt_blokken(blok):
        inhoud: Inhoud = list(_uitgepakt([_gemerkt(kind, merk) for kind in _blokken(blok.inhoud)]))
    else:
        inhoud = [Knoop(merk, "", blok.inhoud)] if blok.inhoud else []
    return Knoop(blok.naam, blok.attributen, inhoud)


def _veranderd(oud: Knoop, nieuw: Knoop) -> Knoop:
    if _houdt_blokken(oud) or _houdt_blokken(nieuw):
        inhoud = _naast(oud.inhoud, nieuw.inhoud)
    else:
        inhoud = _regel_naast(oud.inhoud, nieuw.inhoud)
    return Knoop(nieuw.naam, nieuw.attributen, inhoud)


def _houdt_blokken(blok: Knoop) -> bool:
    return any(isinstance(kind, Knoop) and kind.naam in _DEEL for kind in blok.inhoud)


def _paren(oud: list[Knoop], nieuw: list[Knoop]) -> Iterator[tuple[Knoop | None, Knoop | None]]:
    """Each block beside what it became, in reading order; None where it came or went."""
    vanaf = 0
    gekomen: list[Knoop] = []
    woorden = [frozenset(_woordenlijst(blok)) for blok in oud]
    for rechts in nieuw:
        plek = _plek_van(rechts, oud, woorden, vanaf, len(nieuw))
        if plek is None:
            gekomen.append(rechts)
            continue
        yield from _los(oud[vanaf:plek], gekomen)
        yield oud[plek], rechts
        vanaf, gekomen = plek + 1, []
    yield from _los(oud[vanaf:], gekomen)


def _plek_van(
    rechts: Knoop, oud: list[Knoop], woorden: list[frozenset[str]], vanaf: int, aantal: int
) -> int | None:
    """Which of the old blocks, from ``vanaf`` on, became this one; ``aantal`` new ones stand here."""
    if rechts.naam in {"td", "th"} or len(oud) == aantal == 1:
        # A cell keeps its column, and one block in the place of one is that block, whatever is left of it.
        return vanaf if vanaf < len(oud) and _zelfde_soort(oud[vanaf], rechts) else None
    if len(oud) * aantal > _MEEST_PAREN:
        return None
    eigen = frozenset(_woordenlijst(rechts))
    beste, plek = _VERWANT, None
    for nummer in range(vanaf, len(oud)):
        if _zelfde_soort(oud[nummer], rechts):
            gelijk = _verwantschap(woorden[nummer], eigen)
            if gelijk > beste or (gelijk == beste and plek is None):
                beste, plek = gelijk, nummer
    return plek


def _los(gegaan: list[Knoop], gekomen: list[Knoop]) -> Iterator[tuple[Knoop | None, Knoop | None]]:
    yield from ((blok, None) for blok in gegaan)
    yield from ((None, blok) for blok in gekomen)


def _zelfde_soort(oud: Knoop, nieuw: Knoop) -> bool:
    return (oud.naam, oud.attributen) == (nieuw.naam, nieuw.attributen) and oud.naam not in LOS


def _verwantschap(oud: frozenset[str], nieuw: frozenset[str]) -> float:
    """Dice over the words, 0 to 1; two blocks without words (empty cells) are alike."""
    samen = len(oud) + len(nieuw)
    return 2 * len(oud & nieuw) / samen if samen else 1.0


def _woordenlijst(blok: Knoop) -> Iterator[str]:
    for kind in blok.inhoud:
        if isinstance(kind, str):
            yield from kind.split()
        elif kind.naam == "img":
            yield kind.attributen
        else:
            yield from _woordenlijst(kind)


# --- Words -----------------------------------------------------------------------------------------


def _regel_naast(oud: Inhoud, nieuw: Inhoud) -> Inhoud:
    a, b = list(_woorden(oud)), list(_woorden(nieuw))
    if _verwantschap(frozenset(woord[1] for woord in a), frozenset(woord[1] for woord in b)) < _VERWANT:
        stukken = [(soort, woorden) for soort, woorden in (("weg", a), ("nieuw", b)) if woorden]
    else:
        stukken = list(_woorden_naast(a, b))
    uit: Inhoud = []
    for nummer, (soort, woorden) in enumerate(stukken):
        if soort == "gelijk":
            uit.extend(_met_markeersels(woorden))
            continue
        *eerste, (html, kaal, om) = woorden
        inhoud = _met_markeersels([*eerste, (html.rstrip(), kaal, om)])
        ander = stukken[nummer + 1 : nummer + 2] if soort == "weg" else stukken[max(nummer - 1, 0) : nummer]
        if ander and (adressen := _nieuwe_adressen(woorden, ander[0][1])):
            inhoud.append(f" ({', '.join(adressen)})")
        uit.append(Knoop("del" if soort == "weg" else "ins", "", inhoud))
        # The space behind it is no change: it would be underlined. Two changes side by side need one.
        uit.append(html[len(html.rstrip()) :] or (" " if ander and soort == "weg" else ""))
    return uit


def _woorden(inhoud: Inhoud, om: tuple[str, ...] = ()) -> Iterator[_Woord]:
    """Words, images and line breaks in their order, with the formatting that is open around each."""
    for kind in inhoud:
        if isinstance(kind, str):
            for stuk in _STUKJE.findall(kind):
                yield stuk, stuk.rstrip(), om
        elif kind.naam in MARKEERSELS and kind.naam != "span":
            yield from _woorden(kind.inhoud, (*om, f"{kind.naam}{kind.attributen}"))
        else:  # an image, a break, a name: never taken apart
            geheel = schrijf([kind])
            yield geheel, geheel, om


def _woorden_naast(a: list[_Woord], b: list[_Woord]) -> Iterator[tuple[str, list[_Woord]]]:
    for soort, a1, a2, b1, b2 in _stappen([woord[1:] for woord in a], [woord[1:] for woord in b]):
        if soort == "equal":
            yield "gelijk", b[b1:b2]
            continue
        if a2 > a1:
            yield "weg", a[a1:a2]
        if b2 > b1:
            yield "nieuw", b[b1:b2]


def _met_markeersels(woorden: list[_Woord]) -> Inhoud:
    """The words as a tree again, with their formatting around them."""
    return _diepte(woorden, 0)


def _diepte(woorden: list[_Woord], diep: int) -> Inhoud:
    uit: Inhoud = []
    buitenste: Callable[[_Woord], str] = lambda woord: woord[2][diep] if len(woord[2]) > diep else ""  # noqa: E731
    for open_staand, groep in groupby(woorden, buitenste):
        if open_staand:
            naam, _spatie, attributen = open_staand.partition(" ")
            uit.append(Knoop(naam, _spatie + attributen, _diepte(list(groep), diep + 1)))
        else:
            uit.append("".join(woord[0] for woord in groep))
    return uit


def _nieuwe_adressen(woorden: list[_Woord], ander: list[_Woord]) -> list[str]:
    """The same words with another link look alike: then their addresses say what changed."""
    if [woord[1] for woord in woorden] != [woord[1] for woord in ander]:
        return []
    eigen = _adressen(woorden)
    return eigen if eigen != _adressen(ander) else []


def _adressen(woorden: list[_Woord]) -> list[str]:
    gevonden = (_HREF.search(merk) for woord in woorden for merk in woord[2] if merk.startswith("a "))
    return list(dict.fromkeys(adres[1] for adres in gevonden if adres))


# --- Both ------------------------------------------------------------------------------------------


def _stappen(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[tuple[str, int, int, int, int]]:
    """Opcodes as difflib has them."""
    vaak = Counter(a)
    if sum(vaak[stuk] for stuk in b) <= _MEEST_GELIJK:
        return list(SequenceMatcher(None, a, b).get_opcodes())
    kortste = min(len(a), len(b))
    begin = next((nummer for nummer in range(kortste) if a[nummer] != b[nummer]), kortste)
    rest = kortste - begin
    eind = next((nummer for nummer in range(rest) if a[-1 - nummer] != b[-1 - nummer]), rest)
    return [
        ("equal", 0, begin, 0, begin),
        ("replace", begin, len(a) - eind, begin, len(b) - eind),
        ("equal", len(a) - eind, len(a), len(b) - eind, len(b)),
    ]
