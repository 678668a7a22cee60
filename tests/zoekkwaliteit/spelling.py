"""Misspellings, typos, and queries that have none."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from random import Random

import wordfreq

from intranet.zoeken.analyse import ontleed, stam, vouw, vraag, woorden
from intranet.zoeken.corrigeer import afstand, corrigeer
from tests.zoekkwaliteit.sets import WORTEL, Set

SLEUTELS = frozenset("*")
GEMEENTEN = WORTEL / "profielen" / "gegevens" / "Gemeente.xml"
ALFABET = "abcdefghijklmnopqrstuvwxyz"
# Misspelled in the sets themselves: mending these is right.
FOUT_IN_SET = ("tabelkolummen", "automatich", "bestaden", "waardens", "legendas", "Sebian")
Kent = Callable[[Collection[str], Collection[str]], dict[str, int]]


class Bekend(Counter[str]):
    """Words that stand somewhere, as an engine tells them."""

    def kent(self, woorden: Collection[str], sleutels: Collection[str]) -> dict[str, int]:
        return {woord: self[woord] for woord in woorden if woord in self}


class _Kenner:
    def __init__(self, kent: Kent):
        self.kent = kent


def woorden_van(set_: Set) -> Kent:
    """What is known when only this set is there."""
    bekend = Bekend()
    for _id, titel, tekst in set_.documenten:
        bekend.update(ontleed(titel, tekst).woorden)
    return bekend.kent


def veranderd(vragen: Iterable[str], kent: Kent) -> list[tuple[str, str]]:
    """The queries that are read otherwise than they were typed, and how."""
    kenner = _Kenner(kent)
    gelezen = ((tekst, corrigeer(vraag(tekst), kenner, SLEUTELS)) for tekst in vragen)
    return [(tekst, anders) for tekst, anders in gelezen if anders is not None]


def is_fout_in_set(tekst: str) -> bool:
    return any(fout in tekst for fout in FOUT_IN_SET)


def gemeenten() -> list[str]:
    """All names of municipalities, of today and before."""
    return re.findall(r"<prefLabel[^>]*>([^<]+)", GEMEENTEN.read_text(encoding="utf8"))


# --- Typos ------------------------------------------------------------------------------------------


def met_typefout(tekst: str, kent: Kent, rnd: Random) -> str | None:
    """``tekst`` with one slip in its rarest word; None when it has no word to slip in."""
    lang = [w for w in vraag(tekst).woorden if len(w) >= 4 and w.isalpha()]
    keer = kent(lang, SLEUTELS)
    if not keer:
        return None
    doel = min(keer, key=lambda woord: (keer[woord], lang.index(woord)))
    fout = typefout(doel, rnd)
    return " ".join(fout if woord == doel else woord for _, _, woord in woorden(tekst))


def typefout(woord: str, rnd: Random) -> str:
    """One letter too few, too many, another one, or two changed places; the first letter stays."""
    plek, soort = rnd.randrange(1, len(woord)), rnd.randrange(4)
    if soort == 0:
        return woord[:plek] + woord[plek + 1 :]
    if soort == 1:
        return woord[:plek] + rnd.choice(ALFABET) + woord[plek:]
    if soort == 2:
        return woord[:plek] + rnd.choice(ALFABET) + woord[plek + 1 :]
    return woord[: plek - 1] + woord[plek] + woord[plek - 1] + woord[plek + 1 :]


# --- Real misspellings ------------------------------------------------------------------------------


def paren(lijst: Path) -> list[tuple[str, set[str]]]:
    """(as written, what is right) of one word and at most two mistakes, that are more than a hyphen."""
    uit = []
    for regel in lijst.read_text(encoding="utf8").splitlines():
        fout, _, goed = regel.partition("\t")
        if not goed or " " in fout:
            continue
        als_fout, als_goed = _gevouwen(fout), [_gevouwen(een) for een in goed.split(";")]
        if len(als_fout) != 1 or any(len(een) != 1 for een in als_goed):
            continue
        woord, goede = als_fout[0], {een[0] for een in als_goed}
        zelfde = any(een.replace("-", "") == woord.replace("-", "") for een in goede)
        if woord in goede or zelfde or not woord.isalpha() or len(woord) < 4:
            continue
        if min(afstand(woord, een, 3) for een in goede) <= 2:
            uit.append((woord, goede))
    return uit


def niet_goed(fouten: list[tuple[str, set[str]]]) -> list[str]:
    """What is not read as the right word, among 20,000 common ones; another form of it counts as right."""
    bekend = Bekend()
    for woord in wordfreq.top_n_list("nl", 20_000):
        bekend[vouw(woord)] = max(1, int(wordfreq.word_frequency(woord, "nl") * 1e6))
    for _fout, goede in fouten:
        for woord in goede:
            bekend[woord] = max(bekend[woord], 1)
    for fout, _goede in fouten:
        bekend.pop(fout, None)
    mis = []
    for fout, goede in fouten:
        gelezen = corrigeer(vraag(fout), bekend, SLEUTELS) or fout
        if gelezen not in goede and stam(gelezen) not in {stam(woord) for woord in goede}:
            mis.append(f"{fout} → {gelezen} ({'/'.join(sorted(goede))})")
    return mis


def _gevouwen(tekst: str) -> list[str]:
    return [woord for _, _, woord in woorden(tekst)]
