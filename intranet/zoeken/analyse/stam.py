"""The stem of a word: what its singular, plural and other forms have in common."""

from functools import cache, lru_cache

import Stemmer

from intranet.zoeken.analyse import lexicon, splitser

# No token is longer: it has to fit in a column and in a term of Lucene.
LANGSTE_TOKEN = 64
# The shortest last part that decides how an unknown word bends.
STAART = 5


@cache
def _kraaij_pohlmann() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("dutch", 0)


def romp(woord: str) -> str:
    """What Kraaij-Pohlmann makes of a word, kept from taking every "ge" for that of a participle.

    By itself it makes meen of gemeente and werkver of werkgevers. In the participles of verbs in -eren
    (geregistreerd) it is right; those of other verbs are in the lexicon.
    """
    if "ge" not in woord or "q" in woord or woord.endswith(("eerd", "eerde", "eerden")):
        return _kraaij_pohlmann().stemWord(woord)
    return _kraaij_pohlmann().stemWord(woord.replace("ge", "qe")).replace("q", "g")


@lru_cache(maxsize=16384)
def stam(woord: str) -> str:
    """The token of a folded word."""
    woord = woord.replace("-", "")[:LANGSTE_TOKEN]
    bekend = lexicon.stam(woord)
    if bekend:
        return bekend
    if lexicon.zipf(woord) is None:
        enkel = _enkelvoud(woord)
        if enkel:
            return stam(enkel)
        staart = _staart(woord)
        if staart:
            return woord[: -len(staart)] + stam(staart)
    return romp(woord)


# Endings that leave no doubt: plural or bent, and what of.
_MEERVOUD = {
    "ingen": "ing",
    "heden": "heid",
    "schappen": "schap",
    "ige": "ig",
    "teiten": "teit",
    "aties": "atie",
    "ders": "der",
    "gers": "ger",
    "kers": "ker",
    "mers": "mer",
    "ners": "ner",
    "ters": "ter",
    "vers": "ver",
    "zers": "zer",
    "aars": "aar",
}


def _enkelvoud(woord: str) -> str:
    for uitgang, enkel in _MEERVOUD.items():
        if woord.endswith(uitgang) and len(woord) > len(uitgang) + 3:
            return woord[: -len(uitgang)] + enkel
    return ""


def _staart(woord: str) -> str:
    """The last part of an unknown compound, which bends as that part: woonadressen as adressen."""
    delen = splitser.splits(woord)
    if delen:
        return delen[-1]
    for plek in range(3, len(woord) - STAART + 1):
        if lexicon.zipf(woord[plek:]) and lexicon.zipf(woord[:plek].removesuffix("s")):
            return woord[plek:]
    return ""
