"""The chain: from a text, or a query, to the tokens that both engines store and look up."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from itertools import islice, pairwise
from math import log2
from typing import Literal, Protocol, TypeAlias

import Stemmer

from intranet.zoeken.analyse import gewichten, lexicon, splitser
from intranet.zoeken.analyse import tekst as teksten
from intranet.zoeken.analyse.lijsten import MAP, lees
from intranet.zoeken.analyse.stam import LANGSTE_TOKEN, stam

# Raise this when the code of the chain gives other tokens; what is in the files is seen by itself.
VERSIE = 3
# The most of a query that is looked at, in characters and in words.
LANGSTE_VRAAG = 10_000
MEESTE_WOORDEN = 60
# So many neighbours are tried as one word.
MEESTE_PAREN = 16

Herkomst: TypeAlias = Literal["hoofd", "deel", "synoniem"]

# In no index.
STOPWOORDEN = frozenset(lees("stopwoorden.txt"))
# Said in many questions, telling in none.
VRAAGWOORDEN = frozenset(lees("vraagwoorden.txt"))


class Synoniemen(Protocol):
    """Where a query finds other words for its own."""

    def bij(self, woorden: list[str]) -> Iterable[tuple[int, int, list[str], float]]:
        """For folded words: (from, up to, the other words, weight) of each synonym that fits there."""


@dataclass(slots=True)
class Ontleed:
    """A document taken apart.

    Attributes:
        titel, tekst: main tokens and how often.
        titel_delen, tekst_delen: tokens of the parts of compounds and how much they count; in the text
            the second and later ones count for less, or a long law would be about every part of its words.
        lengtes: of title and text, with the parts in them; then of the parts alone.
        volgorde: the main tokens in order, for phrases; "" between title and text.
        woorden: the words as written (folded), for the vocabulary.
    """

    titel: Counter[str] = field(default_factory=Counter)
    tekst: Counter[str] = field(default_factory=Counter)
    titel_delen: Counter[str] = field(default_factory=Counter)
    tekst_delen: dict[str, float] = field(default_factory=dict)
    lengtes: tuple[int, int, int, int] = (0, 0, 0, 0)
    volgorde: list[str] = field(default_factory=list)
    woorden: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Term:
    """A token to look for, how much it weighs, and the word of the query that it came from."""

    token: str
    gewicht: float
    soort: Herkomst
    woord: str


@dataclass(frozen=True, slots=True)
class Zoekvraag:
    """A query taken apart.

    Attributes:
        tekst: as it was asked.
        termen: what to look for; each token once.
        zinnen: the main tokens of what stood between quotes, in order; each must be found.
        woorden: the words as typed (folded), without stop words.
    """

    tekst: str = ""
    termen: tuple[Term, ...] = ()
    zinnen: tuple[tuple[str, ...], ...] = ()
    woorden: tuple[str, ...] = ()

    @property
    def leeg(self) -> bool:
        """Nothing to look for: only stop words, punctuation or emoji."""
        return not self.termen


@lru_cache(maxsize=8192)
def delen(woord: str) -> tuple[str, ...]:
    """The tokens of the parts of a folded word, compounds within compounds too, without its own token."""
    uit: dict[str, None] = {}
    stukken = [stuk for stuk in woord.split("-") if len(stuk) > 1]
    if len(stukken) > 1:
        uit.update((stam(stuk), None) for stuk in stukken if stuk not in STOPWOORDEN)
    for stuk in stukken:
        uit.update((stam(deel), None) for deel in splitser.alle(stuk))
    uit.pop(stam(woord), None)
    return tuple(uit)


def ontleed(titel: str, tekst: str) -> Ontleed:
    """A document taken apart."""
    uit = Ontleed()
    in_tekst: Counter[str] = Counter()
    _lees(titel, uit.titel, uit.titel_delen, uit)
    uit.volgorde.append("")
    _lees(tekst, uit.tekst, in_tekst, uit)
    uit.tekst_delen = {deel: 1 + gewichten.HERHALING * log2(keer) for deel, keer in in_tekst.items()}
    titel_delen, tekst_delen = uit.titel_delen.total(), in_tekst.total()
    uit.lengtes = (uit.titel.total() + titel_delen, uit.tekst.total() + tekst_delen, titel_delen, tekst_delen)
    return uit


def _lees(bron: str, hoofd: Counter[str], stukken: Counter[str], uit: Ontleed) -> None:
    for _, _, woord in teksten.woorden(bron):
        if woord in STOPWOORDEN:
            continue
        token = stam(woord)
        hoofd[token] += 1
        uit.volgorde.append(token)
        uit.woorden.add(woord[:LANGSTE_TOKEN])
        for deel in delen(woord):
            stukken[deel] += 1


_ZIN = re.compile(r"[\"“”„«]([^\"“”„«»]+)[\"“”»]")


def vraag(tekst: str, synoniemen: Synoniemen | None = None) -> Zoekvraag:
    """A query taken apart; of a very long one the first ``MEESTE_WOORDEN`` telling words."""
    tekst = tekst[:LANGSTE_VRAAG]
    alle = [woord for _, _, woord in teksten.woorden(tekst)]
    woorden = list(dict.fromkeys(w for w in alle if w not in STOPWOORDEN and w not in VRAAGWOORDEN))
    if not woorden:
        woorden = list(dict.fromkeys(w for w in alle if w not in STOPWOORDEN))
    woorden = woorden[:MEESTE_WOORDEN]
    termen: dict[str, Term] = {}

    def voeg_toe(token: str, gewicht: float, soort: Herkomst, woord: str) -> None:
        if token not in termen or termen[token].gewicht < gewicht:
            termen[token] = Term(token, gewicht, soort, woord)

    for woord in woorden:
        voeg_toe(stam(woord), gewichten.HOOFD, "hoofd", woord)
    for woord in woorden:
        for deel in delen(woord) or map(stam, splitser.grof(woord)):
            voeg_toe(deel, gewichten.DEEL, "deel", woord)
    # Written apart what is one word: "kans spel vergunning".
    for links, rechts in islice(pairwise(alle), MEESTE_PAREN):
        if {links, rechts} <= set(woorden) and links.isalpha() and rechts.isalpha():
            for voeg in ("", "s"):
                voeg_toe(stam(links + voeg + rechts), gewichten.SAMEN, "deel", f"{links} {rechts}")
    if synoniemen:
        for van, tot, andere, gewicht in synoniemen.bij(alle[: 4 * MEESTE_WOORDEN]):
            if not any(woord in woorden for woord in alle[van:tot]):
                continue
            tokens = list(dict.fromkeys(stam(ander) for ander in andere if ander not in STOPWOORDEN))
            # "wmo" stands for all three words of the phrase, and together they for it.
            gevraagd = sum(woord not in STOPWOORDEN for woord in alle[van:tot])
            spreiding = gewichten.MEERWOORDIG[min(len(tokens), len(gewichten.MEERWOORDIG)) - 1]
            gewicht *= max(spreiding, gevraagd / max(1, len(tokens)))
            if not set(woorden) <= set(alle[van:tot]):
                gewicht *= gewichten.NAAST_ANDERE
            for token in tokens:
                voeg_toe(token, gewicht, "synoniem", " ".join(alle[van:tot]))
    zinnen = tuple(zin for zin in map(_zin, _ZIN.findall(tekst)) if zin)
    return Zoekvraag(tekst, tuple(termen.values()), zinnen, tuple(woorden))


def _zin(tekst: str) -> tuple[str, ...]:
    return tuple(stam(w) for _, _, w in teksten.woorden(tekst) if w not in STOPWOORDEN)


def _stempel() -> str:
    wegen = [getattr(gewichten, naam) for naam in gewichten.IN_DE_INDEX]
    som = blake2b(f"{VERSIE} {Stemmer.version()} {wegen}".encode(), digest_size=6)
    lijsten = (MAP / f"{naam}.txt" for naam in ("stopwoorden", "heel", "korte_delen", "geen_laatste"))
    for bestand in (lexicon.WOORDEN, lexicon.DELEN, *lijsten):
        if bestand.exists():  # while maak_lexicon runs for the first time it does not
            som.update(bestand.read_bytes())
    return som.hexdigest()


# The version of chain, lexicon and weights together: an index with another one must be made anew.
STEMPEL = _stempel()
