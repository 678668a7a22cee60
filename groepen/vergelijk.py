"""What changed between two texts, word by word."""

import re
from difflib import SequenceMatcher

_STUKJE = re.compile(r"\s+|[^\s]+")
# Beyond this many words the comparison is made line by line: SequenceMatcher is quadratic at worst.
_MEEST = 4000


def vergelijk(oud: str, nieuw: str) -> list[tuple[str, str]]:
    """Pieces of plain text, each ("gelijk" | "weg" | "nieuw", piece), that together read as both texts."""
    stukjes = _STUKJE.findall if len(oud) + len(nieuw) < _MEEST * 6 else _regels
    a, b = stukjes(oud), stukjes(nieuw)
    uit: list[tuple[str, str]] = []
    for soort, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=len(a) > 1000).get_opcodes():
        if soort == "equal":
            uit.append(("gelijk", "".join(a[a1:a2])))
            continue
        if a2 > a1:
            uit.append(("weg", "".join(a[a1:a2])))
        if b2 > b1:
            uit.append(("nieuw", "".join(b[b1:b2])))
    return uit


def _regels(tekst: str) -> list[str]:
    return tekst.splitlines(keepends=True)
