"""Keys as whole numbers: ``"g:12"`` is smaller, and quicker to compare, as one.

Worked out, not looked up: a key always has the same number, and no two keys share one.
"""

import re
from collections.abc import Collection

# In the tables instead of the key of a document that has none, or several.
MEER = 0
_LETTERS = {letter: plek << 26 for plek, letter in enumerate("abcdefghijklmnopqrstuvwxyz*", 1)}
# The numbers of the keys of all that lives in a Groep.
VAN_GROEP = range(_LETTERS["g"] + 1, _LETTERS["g"] + (1 << 26))
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


def van_andere_groepen(sleutels: Collection[int], groepen: Collection[int]) -> list[int]:
    """Those of these numbers that are the key of a Groep, or of its leden, but of none of ``groepen``."""
    van_groep, van_leden = VAN_GROEP.start - 1, _LETTERS["l"]
    houd = {begin + groep for begin in (van_groep, van_leden) for groep in groepen}
    vakken = (VAN_GROEP, range(van_leden + 1, van_leden + (1 << 26)))
    return [s for s in sleutels if s not in houd and any(s in vak for vak in vakken)]
