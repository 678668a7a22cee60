"""From text to words: folding, and where each word stands.

Whoever marks a word in a snippet and whoever indexes it read the text through the same ``woorden``.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# Letters that NFKD leaves whole.
_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "ı": "i"}
    | dict.fromkeys("’‘ʼ´`′", "'")
    | dict.fromkeys("‐‑", "-")
    # Soft hyphen and zero-width characters: pasted from Word and the web, never seen by the reader.
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\ufeff")
)
# In a word: an apostrophe or hyphen, when a letter or digit follows at once.
_BINNEN = "['’‘ʼ´`′‐‑-]"
_NIETS = "\u00ad\u200b\u200c\u200d\ufeff"
_LETTER = r"[^\W_]"
_WOORD = re.compile(
    rf"(?<!\w)(?:{_LETTER}\.){{2,}}(?!\w)(?!\.)"  # b.v., n.v.t.
    rf"|(?<!\w){_LETTER}&{_LETTER}(?!\w)"  # B&W
    r"|\d+(?:\.\d+)+"  # 1.000, 3.1.2
    rf"|{_LETTER}(?:[\w\u0300-\u036f{_NIETS}]|{_BINNEN}(?={_LETTER}))*"
)
_ACHTERVOEGSEL = re.compile(r"'(?:s|er|ers|en|tje|tjes|je|jes)$")
_OVERIG = re.compile(r"[\W_]+")


def vouw(tekst: str) -> str:
    """``tekst`` in lower case, without accents and invisible characters. Folding twice changes nothing."""
    if tekst.isascii():
        return tekst.lower()
    # Once is not enough: a lower-case form may decompose again (İ), a decomposed one may have capitals.
    for _ in range(3):
        gevouwen = unicodedata.normalize("NFKD", tekst.translate(_LETTERS).casefold())
        gevouwen = "".join(c for c in gevouwen if not unicodedata.combining(c)).translate(_LETTERS)
        if gevouwen == tekst:
            break
        tekst = gevouwen
    return tekst


@lru_cache(maxsize=8192)
def _vouw_woord(woord: str) -> str:
    woord = vouw(woord)
    if "'" in woord:
        woord = _ACHTERVOEGSEL.sub("", woord)
    return _OVERIG.sub(lambda m: "-" if m[0] == "-" else "", woord).strip("-")


def woorden(tekst: str) -> Iterator[tuple[int, int, str]]:
    """Each word of ``tekst``: where it starts, where it ends, and its folded form.

    A hyphen stays in the folded form ("e-mail"), an apostrophe goes ("foto's" is "foto"), so do the
    dots of an abbreviation or a number ("b.v." is "bv").
    """
    for gevonden in _WOORD.finditer(tekst):
        gevouwen = _vouw_woord(gevonden[0])
        if gevouwen:
            yield gevonden.start(), gevonden.end(), gevouwen
