"""How a Dutch word sounds: what is spelled differently and sounds alike has the same key."""

import re
from functools import lru_cache

_REGELS = [
    (re.compile(van), naar)
    for van, naar in (
        (r"ij|ei|y", "y"),
        (r"auw|ouw|au|ou", "w"),
        (r"sch(?=[aeiouwy])", "sx"),
        (r"sch$", "s"),
        (r"ch|gh|g", "x"),
        (r"ph|v|f", "f"),
        (r"qu|kw", "kw"),
        (r"ck|c(?=[aouklrt])|c$|q|k", "k"),
        (r"th|dt|d\b|t", "t"),
        (r"d$", "t"),
        (r"c|z|s", "s"),
        (r"tie(?=$|[snl])", "si"),
        (r"ieu", "iu"),
        (r"ie|i", "i"),
        (r"oe", "u"),
        (r"b$", "p"),
        (r"(.)\1+", r"\1"),
    )
]


@lru_cache(maxsize=2048)
def klank(woord: str) -> str:
    """The sound key of a folded word."""
    for patroon, naar in _REGELS:
        woord = patroon.sub(naar, woord)
    return woord
