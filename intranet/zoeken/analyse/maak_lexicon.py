"""Make the lexicon anew: ``python -m intranet.zoeken.analyse.maak_lexicon``.

Needs wordfreq (how common words are) and simplemma (their base form), from requirements-dev.txt. What
comes out is in the repository, so nobody else needs them; LICENTIE.md says what it was made from.
"""

import math
from collections import Counter

import marisa_trie
import simplemma
import Stemmer
import wordfreq
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from intranet.zoeken.analyse import lexicon
from intranet.zoeken.analyse.tekst import vouw

# Below this a word is more often a misspelling or a name than a word.
ZEKER = 1.5
# From here on a word may be part of a compound; three letters only when very common.
DEEL = 2.4


def frequenties() -> dict[str, float]:
    """Folded word → zipf."""
    som: Counter[str] = Counter()
    for woord, frequentie in wordfreq.get_frequency_dict("nl", "large").items():
        gevouwen = vouw(woord)
        if gevouwen.isalpha():
            som[gevouwen] += frequentie  # type: ignore[assignment]
    return {woord: math.log10(f) + 9 for woord, f in som.items()}


def lemmas() -> dict[str, str]:
    """Folded word → folded base form."""
    uit = {}
    for woord, lemma in DefaultDictionaryFactory().get_dictionary("nl").items():
        gevouwen, basis = vouw(woord), vouw(lemma)
        if gevouwen.isalpha() and basis.isalpha() and (woord == gevouwen or gevouwen not in uit):
            uit[gevouwen] = basis
    return uit


def afwijking(woord: str, stam: str) -> bytes:
    """``stam`` told as a change of ``woord``: how many letters go, and what comes instead."""
    gelijk = 0
    while gelijk < min(len(woord), len(stam)) and woord[gelijk] == stam[gelijk]:
        gelijk += 1
    return bytes([len(woord) - gelijk]) + stam[gelijk:].encode()


def maak() -> None:
    stemmer = Stemmer.Stemmer("dutch")
    zipf, lemma = frequenties(), lemmas()
    woorden = {w for w, z in zipf.items() if z >= ZEKER} | lemma.keys()
    regels = []
    for woord in sorted(woorden):
        waarde = bytes([min(255, max(0, round(zipf.get(woord, 0) * lexicon.ZIPF_STAP)))])
        stam = stemmer.stemWord(lemma.get(woord, woord))
        if stam != stemmer.stemWord(woord):
            waarde += afwijking(woord, stam)
        elif woord not in zipf or zipf[woord] < ZEKER:
            if woord not in lemma:
                continue
        regels.append((woord, waarde))
    marisa_trie.BytesTrie(regels).save(str(lexicon.WOORDEN))
    delen = [
        (w, bytes([min(255, round(z * lexicon.ZIPF_STAP))]))
        for w, z in sorted(zipf.items())
        if len(w) >= 3 and z >= DEEL and (w in lemma or z >= 3)
    ]
    marisa_trie.BytesTrie(delen).save(str(lexicon.DELEN))
    print(f"{len(regels)} words, {lexicon.WOORDEN.stat().st_size} bytes")
    print(f"{len(delen)} parts, {lexicon.DELEN.stat().st_size} bytes")


if __name__ == "__main__":
    maak()
