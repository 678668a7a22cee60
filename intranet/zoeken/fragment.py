"""The piece of a text that answers to a query, with the words in it marked.

A word is marked when the analysis makes the same token of it as of a word of the query, of one of its parts
or of a synonym. Taking a whole text apart for that costs more than finding it did, so a rough pattern finds
the places where such a word may begin, and only those words are taken apart.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from markupsafe import Markup, escape

from intranet.zoeken.analyse import Zoekvraag, delen, stam, woorden

# What a result shows: two lines on a desk, four on a phone.
LENGTE = 220
# A sentence may begin so far before the window that was chosen.
AANLOOP = 90
# Of a very long text the start is enough to choose from; so are the first places in it.
LANGSTE = 20_000
MEESTE_PLEKKEN = 200
# A part of a compound says less than the word itself, whoever has the compound.
DEEL = 0.5
# The same word once more.
HERHALING = 0.1

_BINNEN = "'’‘-"
# What a letter of a token may look like in a text.
_RUIM = {
    "a": "[aàáâä]", "e": "[eèéêë]", "i": "[iìíîï]", "o": "[oòóôö]", "u": "[uùúûü]",
    "c": "[cç]", "n": "[nñ]", "s": "[szß]", "z": "[szß]", "f": "[fv]", "v": "[fv]",
}  # fmt: skip
_OPEN, _DICHT = Markup('<mark class="nl-mark">'), Markup("</mark>")
_ZINSEINDE = re.compile(r"[.?!:]\s+|\n")


class Plek(NamedTuple):
    """A word of a text that answers to the query: where, how well, and to which token."""

    van: int
    tot: int
    gewicht: float
    token: str


class Fragment(NamedTuple):
    """``html`` is safe to show; ``bron``: which of the texts it is from; ``score``: how well it answers."""

    html: Markup
    bron: int
    score: float


class Markeerstift:
    """Marks the words of one query in as many texts as there are hits."""

    def __init__(self, vraag: Zoekvraag):
        self._tokens: dict[str, float] = {}
        for term in vraag.termen:
            self._tokens[term.token] = max(term.gewicht, self._tokens.get(term.token, 0))
        self._bekend: dict[str, tuple[float, str]] = {}
        self._patroon = _patroon({*self._tokens, *vraag.woorden})

    def raakt(self, ruw: str) -> bool:
        """Whether a word may be marked in this text with its markup; one that a tag cuts in two is missed."""
        if self._patroon is None:
            return False
        return self._patroon.search(ruw.replace("&amp;", "&").lower()) is not None

    def merk(self, tekst: str) -> Markup:
        """The whole of ``tekst``, marked."""
        return _html(tekst, self._plekken(tekst), 0, len(tekst))

    def fragment(self, teksten: Sequence[str], lengte: int = LENGTE) -> Fragment:
        """The best piece of all these texts, the first of equals; without a mark the start of the first."""
        beste, keuze = (0.0, 0, 0, 0), 0
        plekken: list[Plek] = []
        for nummer, tekst in enumerate(teksten):
            gevonden = self._plekken(tekst[:LANGSTE])
            venster = _venster(gevonden, lengte)
            if venster[0] > beste[0] + 1e-9:
                beste, keuze, plekken = venster, nummer, gevonden
        if not plekken:
            keuze = next((nummer for nummer, tekst in enumerate(teksten) if tekst.strip()), 0)
        tekst = teksten[keuze] if teksten else ""
        score, _n, van, tot = beste
        begin, eind = _randen(tekst, van, tot, lengte)
        is_kort = eind < len(tekst.rstrip())
        if is_kort:
            eind = len(tekst[:eind].rstrip(" \n,;:"))
        html = _html(tekst, plekken, begin, eind)
        if begin and not _is_zinsbegin(tekst, begin):
            html = Markup("… ") + html
        if is_kort and not tekst[:eind].endswith((".", "?", "!")):
            html += "…"
        return Fragment(html, keuze, score)

    def _plekken(self, tekst: str) -> list[Plek]:
        if self._patroon is None:
            return []
        uit: list[Plek] = []
        klaar = 0
        laag = tekst.lower()
        if len(laag) != len(tekst):  # İ becomes two
            laag = tekst
        for gevonden in islice(self._patroon.finditer(laag), MEESTE_PLEKKEN):
            begin = gevonden.start()
            if begin < klaar:
                continue
            while begin > klaar and (tekst[begin - 1].isalnum() or tekst[begin - 1] in _BINNEN):
                begin -= 1
            for van, tot, woord in islice(woorden(tekst[begin : begin + 100]), 1):
                klaar = begin + tot
                gewicht, token = self._weeg(woord)
                if gewicht:
                    uit.append(Plek(begin + van, begin + tot, gewicht, token))
        return uit

    def _weeg(self, woord: str) -> tuple[float, str]:
        gewogen = self._bekend.get(woord)
        if gewogen is None:
            token = stam(woord)
            gewogen = (self._tokens.get(token, 0.0), token)
            if not gewogen[0]:
                samen = [
                    (min(DEEL, self._tokens[deel]), deel) for deel in delen(woord) if deel in self._tokens
                ]
                gewogen = max(samen, default=(0.0, ""))
            self._bekend[woord] = gewogen
        return gewogen


def _patroon(tokens: Iterable[str]) -> re.Pattern[str] | None:
    """Finds in lower-case text where any form of one of these may begin: huis and huizen, boom and bomen.

    First a class of letters, then what follows each: five times as fast as one alternative after the other.
    """
    per_letter: dict[str, set[str]] = {}
    for token in filter(None, tokens):
        eerste, rest = _begin(token)
        per_letter.setdefault(eerste, set()).add(rest)
    if not per_letter:
        return None
    letters = "".join(dict.fromkeys("".join(letter.strip("[]") for letter in per_letter)))
    takken = [f"(?<={letter})(?:{'|'.join(sorted(rest))})" for letter, rest in sorted(per_letter.items())]
    return re.compile(f"[{letters}](?:{'|'.join(takken)})")


def _begin(token: str) -> tuple[str, str]:
    """Patterns for the first letter of ``token`` and for what follows: a rough start of the word."""
    letters = [letter for plek, letter in enumerate(token) if letter != token[plek - 1 : plek]]
    letters = letters[: 4 if len(letters) > 4 else 3]
    ruim = [_RUIM.get(letter, letter) for letter in letters]
    # A vowel may be double, and e-mail is email, B&W is bw.
    stukken = [f"{een}+" if letter in "aeiou" else een for een, letter in zip(ruim, letters, strict=True)]
    rest = "[-.&]?".join(stukken[1:])
    if letters[0] in "aeiou":
        rest = f"{ruim[0]}*[-.&]?{rest}" if rest else ""
    elif rest:
        rest = f"[-.&]?{rest}"
    # Two letters stand in half of all words: only at the start of one.
    return ruim[0], rest if len(letters) > 2 else rf"(?<=\b{ruim[0]}){rest}"


def _venster(plekken: list[Plek], lengte: int) -> tuple[float, int, int, int]:
    """(score, marks, from, to) of the densest stretch of at most ``lengte`` characters."""
    beste = (0.0, 0, 0, 0)
    for eerste, plek in enumerate(plekken):
        tokens: dict[str, float] = {}
        aantal, tot = 0, plek.tot
        for ander in islice(plekken, eerste, None):
            if ander.tot - plek.van > lengte:
                break
            tokens[ander.token] = max(ander.gewicht, tokens.get(ander.token, 0))
            aantal, tot = aantal + 1, ander.tot
        score = sum(tokens.values()) + HERHALING * min(aantal - len(tokens), 3)
        if score > beste[0] + 1e-9:
            beste = (score, aantal, plek.van, tot)
    return beste


def _randen(tekst: str, van: int, tot: int, lengte: int) -> tuple[int, int]:
    """Where to begin and end: with a whole sentence when one begins near, else between words."""
    begin = 0
    if van > AANLOOP // 2 or tot > lengte:
        vanaf = max(0, van - AANLOOP)
        eindes = [einde.end() for einde in _ZINSEINDE.finditer(tekst, vanaf, van)]
        ruimte = max(0, min(AANLOOP, lengte - (tot - van)))
        dichtbij = [einde for einde in eindes if van - einde <= ruimte]
        if dichtbij:
            begin = dichtbij[0]
        elif van > ruimte // 2:
            begin = tekst.rfind(" ", 0, max(van - ruimte // 2, 1)) + 1
    eind = min(len(tekst), max(begin + lengte, tot))
    if eind < len(tekst):
        ruimte_op = max(tekst.rfind(" ", tot, eind), tekst.rfind("\n", tot, eind))
        eind = ruimte_op if ruimte_op > tot else eind if tekst[eind].isspace() else max(tot, eind)
    return begin, eind


def _is_zinsbegin(tekst: str, plek: int) -> bool:
    voor = tekst[:plek].rstrip(" ")
    return not voor or voor[-1] in ".?!:\n"


def _html(tekst: str, plekken: list[Plek], begin: int, eind: int) -> Markup:
    uit = []
    klaar = begin
    for plek in plekken:
        if plek.van < klaar or plek.tot > eind:
            continue
        uit += [escape(tekst[klaar : plek.van]), _OPEN, escape(tekst[plek.van : plek.tot]), _DICHT]
        klaar = plek.tot
    uit.append(escape(tekst[klaar:eind]))
    return Markup("".join(uit))  # noqa: S704  each piece is escaped above
