"""How strongly a token speaks for a document (BM25F), in whole numbers.

The part that only the document decides is worked out when it is written; a query multiplies it by how rare
the token is and adds up. Whole numbers, so that every database comes to the same sum and the same order.
"""

from collections.abc import Mapping
from math import log
from typing import NamedTuple

from intranet.zoeken.analyse import Ontleed, Zoekvraag, gewichten

# A token that says all there is to say about a document whose prior is 1.
VOL = 10_000
MEEST = 32_000  # fits in two bytes
# Postings from here on have an index of their own (migration 0001): in a title, or said again and again.
STERK = 6_000


class Gemiddeld(NamedTuple):
    """The average length of titles and texts, in tokens."""

    titel: float
    tekst: float


def tellingen(ding: Ontleed, gemiddeld: Gemiddeld) -> dict[str, float]:
    """How often each token stands in a document, weighed by where, against usual lengths (tf of BM25F)."""
    titel_lengte, tekst_lengte, _, _ = ding.lengtes
    in_titel = 1 + gewichten.B_TITEL * (titel_lengte / (gemiddeld.titel or 1) - 1)
    langer = tekst_lengte / (gemiddeld.tekst or 1) - 1
    in_tekst = 1 + (gewichten.B_LANG if langer > 0 else gewichten.B_KORT) * langer
    som: dict[str, float] = {}
    for tokens, gewicht in (
        (ding.titel, gewichten.TITEL / in_titel),
        (ding.titel_delen, gewichten.TITEL_DELEN / in_titel),
        (ding.tekst, gewichten.TEKST / in_tekst),
        (ding.tekst_delen, gewichten.TEKST_DELEN / in_tekst),
    ):
        for token, keer in tokens.items():
            som[token] = som.get(token, 0.0) + gewicht * keer
    return som


def sterktes(ding: Ontleed, gemiddeld: Gemiddeld, prior: float) -> dict[str, int]:
    """Of each token of a document how strongly it speaks for it."""
    hoogte = VOL * prior
    return {
        token: min(MEEST, round(hoogte * x / (gewichten.K1 + x)))
        for token, x in tellingen(ding, gemiddeld).items()
    }


def zeldzaam(df: int, documenten: int) -> float:
    """How telling a token is that stands in ``df`` of so many documents (the idf of BM25)."""
    return log(1 + (documenten - df + 0.5) / (df + 0.5)) if documenten >= df else log(1 + 0.5 / (df + 0.5))


def getemperd(vraag: Zoekvraag, idf: Mapping[str, float]) -> dict[str, float]:
    """Of each token that was looked up how telling it is for this query.

    A synonym is never more telling than the word it stands for, as far as anybody wrote that: a rare one
    would outweigh what was asked.
    """
    hoofd = {
        term.woord: idf[term.token] for term in vraag.termen if term.soort == "hoofd" and term.token in idf
    }
    uit = dict(idf)
    for term in vraag.termen:
        gevraagd = [hoofd[woord] for woord in term.woord.split() if woord in hoofd]
        if term.soort == "synoniem" and gevraagd and term.token in idf:
            uit[term.token] = min(idf[term.token], max(gevraagd))
    return uit
