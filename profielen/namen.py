"""Folding of names, so that sorting and filtering do not lean on a database's collation.

SQLite's ``icontains`` misses "Émile" for "émile", and PostgreSQL's sort order differs from it:
whatever people sort or filter by is stored folded beside the original.
"""

import unicodedata

_EIGEN = str.maketrans(
    {"ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


def vouw(tekst: str) -> str:
    """The text lower case, without accents, its white space single: "Élise  de Wit" → "elise de wit"."""
    ontleed = unicodedata.normalize("NFKD", tekst.casefold())
    zonder = "".join(teken for teken in ontleed if not unicodedata.combining(teken))
    return " ".join(zonder.translate(_EIGEN).split())
