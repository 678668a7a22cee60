"""Make the lexicon anew: ``python -m intranet.zoeken.analyse.maak_lexicon``.

Needs wordfreq (how common words are) and simplemma (their base form), from requirements-dev.txt. What
comes out is in the repository, so nobody else needs them; LICENTIE.md says what it was made from.
"""

import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import marisa_trie
import wordfreq
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from intranet.zoeken.analyse import lexicon, splitser
from intranet.zoeken.analyse.lijsten import lees
from intranet.zoeken.analyse.stam import romp
from intranet.zoeken.analyse.tekst import vouw

# Below this a word is more often a misspelling or a name than a word.
ZEKER = 1.5
# From here on a word may be part of a compound.
DEEL = 2.2
ONBEKEND_DEEL = 3.2
# Who ends like this is Dutch, known or not.
ECHT = ("ing", "ingen", "heid", "schap", "atie", "aties", "teit", "baarheid")
KLINKERS = "aeiouy"


def _schrijf(boom: marisa_trie.BytesTrie, bestand: Path) -> None:
    """In one step: a process that has the old file mapped would fall over while it is written again."""
    nieuw = bestand.with_suffix(".nieuw")
    boom.save(str(nieuw))
    nieuw.replace(bestand)


def frequenties() -> dict[str, float]:
    """Folded word → zipf."""
    som: Counter[str] = Counter()
    for woord, frequentie in wordfreq.get_frequency_dict("nl", "large").items():
        gevouwen = vouw(woord)
        if gevouwen.isalpha():
            som[gevouwen] += frequentie  # type: ignore[assignment]
    return {woord: math.log10(f) + 9 for woord, f in som.items()}


def simplemmas() -> tuple[dict[str, str], set[str]]:
    """Folded word → folded base form as simplemma has it; and the words that are no names."""
    uit, gewoon = {}, set()
    for woord, lemma in DefaultDictionaryFactory().get_dictionary("nl").items():
        gevouwen, basis = vouw(woord), vouw(lemma)
        if not (gevouwen.isalpha() and basis.isalpha()):
            continue
        if woord == woord.lower():
            gewoon.add(gevouwen)
            uit[gevouwen] = basis
        else:
            uit.setdefault(gevouwen, basis)
    return uit, gewoon


def enkelvouden(woord: str) -> Iterator[str]:
    """What ``woord`` may be the plural of, likeliest first."""
    if woord.endswith("heden"):
        yield woord[:-5] + "heid"
    if woord.endswith("s"):
        yield woord[:-1]
    if woord.endswith("en") and len(woord) > 5:
        romp = woord[:-2]
        einde = {"v": "f", "z": "s"}.get(romp[-1], romp[-1])
        if romp[-1] not in KLINKERS:
            if romp[-1] == romp[-2]:
                yield romp[:-1]
            if romp[-2] in "aeou" and romp[-3] not in KLINKERS:
                yield romp[:-1] + romp[-2] + einde
        yield romp[:-1] + einde
    if woord.endswith("n") and len(woord) > 4:
        yield woord[:-1]
    if woord.endswith("eren"):
        yield woord[:-4]


def hele_werkwoorden(stam: str) -> Iterator[str]:
    """The infinitives that ``stam`` may be of: verhoog is of verhogen."""
    eind = {"f": "v", "s": "z"}.get(stam[-1], stam[-1])
    yield stam + "en"
    if stam[-1] in KLINKERS:
        return
    yield stam[:-1] + eind + "en"
    yield stam + stam[-1] + "en"
    if stam[-3:-2] == stam[-2:-1]:
        yield stam[:-2] + eind + "en"


class Stammen:
    """The stem of every word: first its base form, then what Kraaij-Pohlmann makes of that."""

    def __init__(self) -> None:
        self.zipf = frequenties()
        self.lemma, self.gewoon = simplemmas()
        self.erkend = frozenset(self.lemma)
        self.woorden = {w for w, z in self.zipf.items() if z >= ZEKER} | self.lemma.keys()
        self.eigen = dict(regel.split() for regel in lees("stammen.txt"))
        self.eigen_staart = tuple(self.eigen)
        self.stop = set(lees("stopwoorden.txt"))
        self._herstel()
        self._deelwoorden()
        self._meervouden()

    def _herstel(self) -> None:
        """What simplemma has wrong: ouder is not oud when ouders is ouder, werkgever no werkgeefster."""
        lemma, zipf = self.lemma, self.zipf
        for woord, doel in list(lemma.items()):
            if doel == woord:
                continue
            if (
                (doel.endswith("ster") and not woord.startswith(doel[:-1]))
                or doel in self.stop
                # boete is no form of boeten when boetes is boete; zieke is a form of ziek all the same
                or (self._heeft_meervoud(woord) and (woord[-1] != "e" or doel.endswith("en")))
                # taxi is no form of the verb taxien
                or (doel == woord + "en" and zipf.get(woord, 0) > zipf.get(doel, 0) + 0.5)
            ):
                lemma[woord] = woord

    def _heeft_meervoud(self, woord: str) -> bool:
        """Whether a plural that people write has this word as its base: betaalds is none of betaald."""
        grens = max(2.0, self.zipf.get(woord, 0) - 2)
        meervouden = (woord + uitgang for uitgang in ("s", "en", "n"))
        return any(self.lemma.get(w) == woord and self.zipf.get(w, 0) >= grens for w in meervouden)

    def _meervouden(self) -> None:
        """Plurals that simplemma does not know, or takes for a verb: verslagen is more often verslag."""
        lemma, zipf = self.lemma, self.zipf
        for woord in sorted(self.woorden, key=len):
            huidig = lemma.get(woord)
            if huidig is not None and (huidig == woord or not huidig.endswith("en") or len(woord) < 5):
                continue
            # A verb keeps its forms unless the noun is the more common word.
            grens = max(2.0, zipf.get(woord, 0) + (0.3 if huidig else -0.7))
            for enkel in enkelvouden(woord):
                bekend = lemma.get(enkel, enkel) == enkel if huidig is None else lemma.get(enkel) == enkel
                if bekend and zipf.get(enkel, 0) >= grens:
                    lemma[woord] = enkel
                    break
            else:
                if huidig is None:
                    basis = self._bijvoeglijk(woord)
                    if basis:
                        lemma[woord] = basis

    def _deelwoorden(self) -> None:
        """Participles that simplemma takes for words of their own: weergegeven is weergeven."""
        lemma = self.lemma
        for woord in [w for w in self.woorden if w.endswith(("d", "t", "en")) and lemma.get(w, w) == w]:
            heel = self._scheidbaar(woord) or self._met_voorvoegsel(woord)
            if heel:
                lemma[woord] = heel

    def _scheidbaar(self, woord: str) -> str | None:
        """The verb of opgenomen, by that of genomen."""
        for plek in range(2, 7):
            deelwoord = woord[plek:]
            rest = self.lemma.get(deelwoord, deelwoord) if deelwoord.startswith("ge") else deelwoord
            heel = woord[:plek] + rest
            if rest != deelwoord and self.lemma.get(heel) == heel:
                return heel
        return None

    def _met_voorvoegsel(self, woord: str) -> str | None:
        """The verb of verhoogd; verband is no participle, it has verbanden."""
        meervoud = woord in (self.lemma.get(woord + "en"), self.lemma.get(woord + "s"))
        if meervoud or woord.endswith("en") or not woord.startswith(("be", "ver", "ont", "her")):
            return None
        for heel in hele_werkwoorden(woord[:-1]):
            if self.lemma.get(heel) == heel and self.zipf.get(heel, 0) >= DEEL:
                return heel
        return None

    def _bijvoeglijk(self, woord: str) -> str | None:
        """The base form of gemachtigde(n), werkloze(n): adjectives and participles used as a noun."""
        kaal = woord.removesuffix("n")
        if kaal.endswith("loze"):
            return kaal[:-3] + "os"
        if kaal.endswith(("de", "te")) and kaal[:-1] in self.lemma:
            return self.lemma[kaal[:-1]]
        if kaal != woord and kaal in self.lemma and kaal.endswith("e"):
            return self.lemma[kaal]
        return None

    def werkwoorden(self) -> Iterator[str]:
        """The bare form of verbs: begraaf of begraven, for begraafplaats."""
        for woord, lemma in self.lemma.items():
            gangbaar = lemma.endswith("en") and self.zipf.get(lemma, 0) >= 3
            if gangbaar and len(woord) >= 5 and woord in self.gewoon and woord in enkelvouden(lemma):
                yield woord

    def stam(self, woord: str) -> str:
        """The stem of a (folded) word."""
        gezien = set()
        while woord not in self.eigen and woord not in gezien:
            gezien.add(woord)
            lemma = self.lemma.get(woord, woord)
            if lemma == woord:
                break
            woord = lemma
        if woord in self.eigen:
            return self.eigen[woord]
        if woord not in self.lemma or woord.endswith(self.eigen_staart):
            stukken = splitser.splits(woord)
            if stukken and (woord not in self.lemma or stukken[-1] in self.eigen):
                return woord[: -len(stukken[-1])] + self.stam(stukken[-1])
        return self._naam(woord)

    def _naam(self, lemma: str) -> str:
        """The stem of a base form, which has no ending of a plural, a verb or a participle to lose."""
        if lemma.endswith("iging") and lemma[:-3] + "en" in self.lemma:
            lemma = lemma[:-3] + "en"  # beveiliging as beveiligen, and not as beveil
        stam = romp(lemma)
        if lemma in (stam + "s", stam + "es", stam + "t"):
            return lemma
        if lemma in (stam + "den", stam + "ten") and stam[-1] not in "dt":  # vermelden, as vermelding
            return lemma[:-2]
        return stam


def afwijking(woord: str, stam: str) -> bytes:
    """``stam`` told as a change of ``woord``: how many letters go, and what comes instead."""
    gelijk = 0
    while gelijk < min(len(woord), len(stam)) and woord[gelijk] == stam[gelijk]:
        gelijk += 1
    return bytes([len(woord) - gelijk]) + stam[gelijk:].encode()


def maak_delen(stammen: Stammen) -> None:
    """Write the words that may be part of a compound."""
    zipf = stammen.zipf
    nooit = set(lees("geen_deel.txt")) | set(lees("stopwoorden.txt"))
    namen = stammen.lemma.keys() - stammen.gewoon
    delen = dict.fromkeys(stammen.werkwoorden(), DEEL)
    for woord, z in zipf.items():
        if len(woord) < 3 or z < DEEL or woord in nooit:
            continue
        # simplemma misses real words, as schade; what it misses and is not common is a name, or foreign.
        zeker = woord in stammen.gewoon or woord.endswith(ECHT)
        if not zeker and (z < ONBEKEND_DEEL or len(woord) < 5 or woord in namen):
            continue
        delen[woord] = z
    for woord in lees("deel.txt"):
        delen.setdefault(woord, DEEL)
    regels = [(woord, bytes([min(127, round(z * lexicon.ZIPF_STAP))])) for woord, z in sorted(delen.items())]
    _schrijf(marisa_trie.BytesTrie(regels), lexicon.DELEN)
    lexicon.ververs()
    print(f"{len(regels)} parts, {lexicon.DELEN.stat().st_size} bytes")


def maak() -> None:
    """Write both files."""
    stammen = Stammen()
    maak_delen(stammen)
    regels = []
    for woord in sorted(stammen.woorden | stammen.eigen.keys()):
        merk = lexicon.ERKEND if woord in stammen.erkend else 0
        waarde = bytes([merk | min(127, max(0, round(stammen.zipf.get(woord, 0) * lexicon.ZIPF_STAP)))])
        stam = stammen.stam(woord)
        if stam != romp(woord):
            waarde += afwijking(woord, stam)
        regels.append((woord, waarde))
    _schrijf(marisa_trie.BytesTrie(regels), lexicon.WOORDEN)
    lexicon.ververs()
    print(f"{len(regels)} words, {lexicon.WOORDEN.stat().st_size} bytes")


if __name__ == "__main__":
    maak()
