"""The one Dutch analysis of Binnenplein, for every engine, when indexing and when searching.

Text becomes tokens here and nowhere else, so that SQLite, PostgreSQL and Elasticsearch rank alike.
Needs no Django.
"""

from intranet.zoeken.analyse.keten import (
    LANGSTE_VRAAG,
    MEESTE_WOORDEN,
    STEMPEL,
    STOPWOORDEN,
    Ontleed,
    Synoniemen,
    Term,
    Zoekvraag,
    delen,
    ontleed,
    vraag,
)
from intranet.zoeken.analyse.klank import klank
from intranet.zoeken.analyse.stam import LANGSTE_TOKEN, stam
from intranet.zoeken.analyse.tekst import vouw, woorden

__all__ = [
    "LANGSTE_TOKEN",
    "LANGSTE_VRAAG",
    "MEESTE_WOORDEN",
    "STEMPEL",
    "STOPWOORDEN",
    "Ontleed",
    "Synoniemen",
    "Term",
    "Zoekvraag",
    "delen",
    "klank",
    "ontleed",
    "stam",
    "vouw",
    "vraag",
    "woorden",
]
