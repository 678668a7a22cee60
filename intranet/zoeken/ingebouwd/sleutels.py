"""Keys as whole numbers: ``"g:12"`` is smaller, and quicker to compare, as one.

Worked out, not looked up: a key always has the same number, and no two keys share one.
"""

import re
from collections.abc import Collection

# In the tables instead of the key of a document that has none, or several.
MEER = 0
_LETTERS = {letter: plek << 26 for plek, letter in enumerate("abcdefghijklmnopqrstuvwxyz*", 1)}
_VORM = re.compile(r"([a-z*])(?::([1-9]\d*))?", re.ASCII)


def getal(sleutel: str) -> int:
    """The number of a key: a letter or ``*``, with or without a primary key below 67 million.

    Raises:
        ValueError: it does not look like that.
    """
    vorm = _VORM.fullmatch(sleutel)
    nummer = int(vorm[2] or 0) if vorm else 0
    if vorm is None or nummer >= 1 << 26:
        raise ValueError(f"no key of a document: {sleutel!r}")
    return _LETTERS[vorm[1]] + nummer


def getallen(sleutels: Collection[str]) -> list[int]:
    """The numbers of the keys of a reader or a document, ascending."""
    return sorted({getal(sleutel) for sleutel in sleutels})
