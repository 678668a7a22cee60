"""The compiled lexicon: how common a word is, what its stem is, and which words may be part of a compound.

Both files are made by ``maak_lexicon`` and read through mmap: the workers of one machine share them.
LICENTIE.md names the sources.
"""

from functools import cache
from pathlib import Path

import marisa_trie

MAP = Path(__file__).parent
WOORDEN = MAP / "woorden.marisa"
DELEN = MAP / "delen.marisa"
# A frequency is kept in seven bits; the eighth says that a dictionary has the word, not just some text.
ZIPF_STAP = 16
ERKEND = 0x80


@cache
def _woorden() -> marisa_trie.BytesTrie:
    return marisa_trie.BytesTrie().mmap(str(WOORDEN))


@cache
def _delen() -> marisa_trie.BytesTrie:
    return marisa_trie.BytesTrie().mmap(str(DELEN))


def ververs() -> None:
    """Read the files anew."""
    _woorden.cache_clear()
    _delen.cache_clear()


def zipf(woord: str) -> float | None:
    """How common a (folded) word is: 7 is "de", 3 once in a million, 0 known but rare; None is unknown."""
    gevonden = _woorden().get(woord)
    return (gevonden[0][0] & ~ERKEND) / ZIPF_STAP if gevonden else None


def erkend(woord: str) -> bool:
    """Whether a dictionary has this (folded) word."""
    gevonden = _woorden().get(woord)
    return bool(gevonden and gevonden[0][0] & ERKEND)


def stam(woord: str) -> str | None:
    """The stem of a (folded) word where the stemmer would give another one; else None."""
    gevonden = _woorden().get(woord)
    if not gevonden or len(gevonden[0]) == 1:
        return None
    waarde = gevonden[0]
    return woord[: len(woord) - waarde[1]] + waarde[2:].decode()


def begint(tekst: str) -> list[tuple[int, float]]:
    """The parts of compounds with which ``tekst`` begins: their length and how common they are."""
    delen = _delen()
    return [(len(deel), delen[deel][0][0] / ZIPF_STAP) for deel in delen.prefixes(tekst)]


def met_begin(begin: str) -> list[str]:
    """The parts of compounds, which are the common words, that begin with ``begin``."""
    return _delen().keys(begin)
