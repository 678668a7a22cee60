"""Words of a query that nobody wrote, read as the word that was meant.

Works with every engine: it only asks which words there are, in what this reader may see. A word that is
there stays as it is, and so does a correct Dutch word, unless nothing at all is found for it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations, islice, pairwise
from math import log10
from typing import Protocol

from intranet.zoeken.analyse import STOPWOORDEN, Zoekvraag, klank, lexicon, splitser, stam, woorden
from intranet.zoeken.analyse.lijsten import lees

# Shorter words differ from too many others; from LANG letters on two mistakes are believed.
KORTST = 4
LANG = 7
LANGST = 40
# How much the distance, what this reader can see and the language weigh.
KOSTEN, KEER, ZIPF = 3.5, 0.5, 0.15
# From this frequency on a word without a dictionary is believed.
GANGBAAR = 3.0
# From this frequency on it may be one.
GEZIEN = 2.0
# How much more common (zipf) a word must be to be read for another word of Dutch.
VAKER = 0.7
# What it costs to read one word as two.
APART = 1.6
# What makes a word of a word: heringericht is no slip for ingericht.
VOORVOEGSELS = (
    "aan", "af", "anti", "co", "her", "in", "mede", "multi", "niet", "non", "on", "re", "sub", "un",
)  # fmt: skip
# The shortest word behind one.
KORTSTE_ROMP = 5
# So many words of one query are looked at.
MEEST = 4
# Up to so many letters are misheard in one word.
VARIANTEN = 200
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-"
# What sounds alike: one of a row is written for another.
KLANKEN = (
    ("ij", "ei", "y"),
    ("ou", "au", "ouw", "auw"),
    ("ch", "g", "gh"),
    ("d", "t", "dt", "th"),
    ("c", "k", "ck"),
    ("z", "s", "c", "sz"),
    ("f", "v", "ph"),
    ("ie", "i"),
    ("x", "ks"),
    ("kw", "qu"),
    ("oe", "ou", "u"),
    ("sch", "sg", "s"),
    ("tie", "sie", "cie"),
    ("eau", "o"),
    ("uu", "u"),
    ("aa", "a"),
    ("oo", "o"),
    ("ee", "e"),
    ("g", "j"),
    ("b", "p"),
    ("isch", "ies", "is"),
)


class Kenner(Protocol):
    """What is asked of an engine."""

    def kent(self, woorden: Collection[str], sleutels: Collection[str]) -> dict[str, int]:
        """How many documents that this reader may see hold each of these words."""


@dataclass(frozen=True, slots=True)
class _Woord:
    """A word of the query: where it stands, and how it reads."""

    van: int
    tot: int
    woord: str


def corrigeer(
    gevraagd: Zoekvraag,
    motor: Kenner,
    sleutels: Collection[str],
    bekend: Mapping[str, int] | None = None,
) -> str | None:
    """The query as it was probably meant; None when there is nothing to correct.

    Args:
        bekend: what ``kent`` says of the words of the query, from who asked already.
    """
    alle = [_Woord(*plek) for plek in woorden(gevraagd.tekst[:1000])]
    tellend = [w for w in alle if w.woord in gevraagd.woorden]
    if bekend is None:
        bekend = motor.kent({w.woord for w in tellend}, sleutels)
    # A word with a synonym is known, whether somebody wrote it or not.
    synoniem = {woord for term in gevraagd.termen if term.soort == "synoniem" for woord in term.woord.split()}
    onbekend = [
        w
        for w in tellend
        if not bekend.get(w.woord) and w.woord not in synoniem and stam(w.woord) not in _goed()
    ][:MEEST]
    if not onbekend:
        return None
    mogelijk = {w: kandidaten(w.woord) for w in onbekend if KORTST <= len(w.woord) <= LANGST}
    samen = dict(_samen(alle, onbekend))
    vragen = {woord for reeks in mogelijk.values() for woord in reeks} | set(samen.values())
    for w in onbekend:
        vragen.update(vormen(w.woord))
        vragen.update(woord for paar in _apart(w.woord) for woord in paar)
    keer = motor.kent(vragen, sleutels) if vragen else {}
    nieuw: dict[tuple[int, int], str] = {}
    for (links, rechts), woord in samen.items():
        vrij = not any(van < rechts.tot and links.van < tot for van, tot in nieuw)
        # Two words of Dutch are not joined: the analysis looks for them as one word by itself.
        if vrij and keer.get(woord) and not (_is_woord(links.woord) and _is_woord(rechts.woord)):
            nieuw[links.van, rechts.tot] = woord
    for w in onbekend:
        bezet = any(van <= w.van < tot for van, tot in nieuw)
        if not bezet and not any(keer.get(vorm) for vorm in vormen(w.woord)):
            beste = _beste(w.woord, mogelijk.get(w, {}), keer, niets=not bekend)
            if beste:
                nieuw[w.van, w.tot] = beste
    return _vervang(gevraagd.tekst, nieuw) if nieuw else None


@cache
def _goed() -> frozenset[str]:
    """The stems of words that are right, whatever the lexicon says."""
    return frozenset(stam(woord) for woord in lees("goed.txt"))


def _is_woord(woord: str) -> bool:
    """Whether this is a word of Dutch: in a dictionary, or so common that it must be one."""
    return all(
        stuk.isdigit() or lexicon.erkend(stuk) or (lexicon.zipf(stuk) or 0.0) >= GANGBAAR
        for stuk in woord.split("-")
    )


def _is_afleiding(woord: str) -> bool:
    """Whether this is a word with a prefix, which no dictionary needs to have."""
    return any(
        len(romp := woord.removeprefix(voor)) >= KORTSTE_ROMP
        and (lexicon.erkend(romp) or (lexicon.zipf(romp) or 0.0) >= GEZIEN)
        for voor in VOORVOEGSELS
        if woord.startswith(voor)
    )


def _past(woord: str, ander: str, kosten: float, *, niets: bool) -> bool:
    """Whether ``ander`` may be read for an unknown word.

    A word of Dutch is right, nearly always. Only when nothing of the query is there may it be an old
    spelling (aktie) or a slip that happens to be a rare word.
    """
    if _is_woord(woord):
        vaker = (lexicon.zipf(ander) or 0.0) - (lexicon.zipf(woord) or 0.0)
        gelijk = kosten <= 1.3 and klank(woord) == klank(ander)
        return niets and vaker >= VAKER and (gelijk or (kosten <= 0.8 and vaker >= 2 * VAKER))
    if splitser.splits(woord) or _is_afleiding(woord):
        return kosten <= 1.15
    # Seen in texts, in no dictionary: a name or a foreign word, or a slip that many make.
    return kosten <= 0.9 or (lexicon.zipf(woord) or 0.0) < GEZIEN


def vormen(woord: str) -> set[str]:
    """Words with the same stem, as far as endings make them: whoever finds those finds this word."""
    wortel = stam(woord)
    proef = {woord[:-n] for n in (1, 2, 3) if len(woord) - n >= 3} | {wortel}
    proef |= {begin + eind for begin in (woord, wortel) for eind in ("s", "en", "n", "e", "t", "er", "ers")}
    proef |= {wortel + wortel[-1:] + "en", wortel + "ing", wortel + "ingen", wortel + "eren"}
    return {vorm for vorm in proef if stam(vorm) == wortel} - {woord}


def kandidaten(woord: str) -> dict[str, float]:
    """What may have been meant, and how far it is from what was typed."""
    uit: dict[str, float] = {}
    for ander, kosten in _klankgelijk(woord):
        uit[ander] = min(uit.get(ander, 9.0), kosten)
    for ander, kosten in _een_fout(woord):
        if kosten < uit.get(ander, 9.0):
            uit[ander] = kosten
    if len(woord) >= LANG:
        for ander in _begint_gelijk(woord):
            if ander not in uit:
                fouten = afstand(woord, ander, 2)
                if fouten <= 2:
                    uit[ander] = 1.3 if klank(ander) == klank(woord) else 2.0
    uit.pop(woord, None)
    return uit


def _een_fout(woord: str) -> Iterator[tuple[str, float]]:
    """All words at one mistake: a letter too many, too few, another one, or two in the wrong order."""
    n = len(woord)
    for i in range(n):
        dubbel = i > 0 and woord[i] == woord[i - 1]
        yield woord[:i] + woord[i + 1 :], (0.6 if dubbel else 1.0) + (i == 0) * 0.3
        if i + 1 < n:
            yield woord[:i] + woord[i + 1] + woord[i] + woord[i + 2 :], 0.8 + (i == 0) * 0.3
        for letter in LETTERS:
            yield woord[:i] + letter + woord[i + 1 :], 1.0 + (i == 0) * 0.3
    for i in range(n + 1):
        for letter in LETTERS:
            dubbel = letter in woord[max(0, i - 1) : i + 1]
            # What links compounds is forgotten most: pannekoek, gezondheidzorg.
            voeg = letter == "s" or (letter == "n" and woord[i - 1 : i] == "e")
            yield woord[:i] + letter + woord[i:], (0.6 if dubbel else 0.7 if voeg else 0.9) + (i == 0) * 0.3


def _klankgelijk(woord: str) -> Iterator[tuple[str, float]]:
    """Words that sound alike, up to two letters written otherwise."""
    plekken: list[tuple[int, int, str]] = []
    for rij in KLANKEN:
        for klank_ in rij:
            begin = woord.find(klank_)
            while begin >= 0:
                plekken += [(begin, begin + len(klank_), ander) for ander in rij if ander != klank_]
                begin = woord.find(klank_, begin + 1)
    for i in range(1, len(woord)):
        if woord[i] == woord[i - 1]:
            plekken.append((i, i + 1, ""))
        elif woord[i] in "bdfgklmnprst" and i + 1 < len(woord) and woord[i + 1] in "aeiou":
            plekken.append((i, i, woord[i]))
    for van, tot, nieuw in plekken:
        yield woord[:van] + nieuw + woord[tot:], 0.5
    paren = combinations(sorted(set(plekken)), 2)
    for een, twee in islice((paar for paar in paren if paar[0][1] <= paar[1][0]), VARIANTEN):
        yield woord[: een[0]] + een[2] + woord[een[1] : twee[0]] + twee[2] + woord[twee[1] :], 1.1


def _begint_gelijk(woord: str) -> Iterable[str]:
    """Common words with the same beginning and about the same length."""
    return (ander for ander in lexicon.met_begin(woord[:3]) if abs(len(ander) - len(woord)) <= 2)


def afstand(een: str, twee: str, hoogstens: int) -> int:
    """How many mistakes lie between two words (Damerau); more than ``hoogstens`` is told as one more."""
    if abs(len(een) - len(twee)) > hoogstens:
        return hoogstens + 1
    vorige: list[int] = []
    rij = list(range(len(twee) + 1))
    for i, a in enumerate(een, 1):
        ouder, vorige, rij = vorige, rij, [i]
        for j, b in enumerate(twee, 1):
            waarde = min(vorige[j] + 1, rij[j - 1] + 1, vorige[j - 1] + (a != b))
            if i > 1 and j > 1 and a == twee[j - 2] and een[i - 2] == b:
                waarde = min(waarde, ouder[j - 2] + 1)
            rij.append(waarde)
        if min(rij) > hoogstens:
            return hoogstens + 1
    return rij[-1]


def _beste(woord: str, mogelijk: dict[str, float], keer: dict[str, int], *, niets: bool) -> str | None:
    """The likeliest of the candidates that are there, or the word taken apart."""
    beste, hoogste = None, float("-inf")
    for ander, kosten in mogelijk.items():
        if not keer.get(ander) or ander in STOPWOORDEN:
            continue
        if _past(woord, ander, kosten, niets=niets):
            waarde = _waarde(ander, kosten, keer[ander])
            if (waarde, ander) > (hoogste, beste or ""):
                beste, hoogste = ander, waarde
    for links, rechts in _apart(woord):
        if keer.get(rechts) and (waarde := _waarde(rechts, APART, keer[rechts])) > hoogste:
            beste, hoogste = f"{links} {rechts}", waarde
    return beste


def _waarde(woord: str, kosten: float, keer: int) -> float:
    return KOSTEN * -kosten + KEER * log10(1 + keer) + ZIPF * (lexicon.zipf(woord) or 0.0)


def _apart(woord: str) -> Iterator[tuple[str, str]]:
    """A word as two: "0km" is 0 km. Not the reverse, nt2 and a12 are names.

    Two words of Dutch written as one are a compound, which is right: its parts are looked for anyway.
    """
    for i in range(1, len(woord)):
        if woord[:i].isdigit() and not woord[i].isdigit():
            yield woord[:i], woord[i:]


def _samen(alle: list[_Woord], onbekend: list[_Woord]) -> Iterator[tuple[tuple[_Woord, _Woord], str]]:
    """Words beside an unknown one, as one word: "verg unning" is vergunning."""
    for links, rechts in pairwise(alle):
        if (links in onbekend or rechts in onbekend) and len(links.woord + rechts.woord) <= LANGST:
            yield (links, rechts), links.woord + rechts.woord


def _vervang(tekst: str, nieuw: dict[tuple[int, int], str]) -> str:
    for (van, tot), woord in sorted(nieuw.items(), reverse=True):
        tekst = tekst[:van] + woord + tekst[tot:]
    return tekst
