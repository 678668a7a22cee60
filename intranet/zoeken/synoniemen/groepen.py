"""The shipped groups, in ``groepen.txt``, and how a line of an editor becomes a group."""

from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

from intranet.zoeken.analyse import gewichten, vouw

BESTAND = Path(__file__).parent / "groepen.txt"


@dataclass(frozen=True, slots=True)
class Synoniemgroep:
    """Words that stand for one another.

    Attributes:
        sleutel: what an editor's choice to switch it off refers to; the same as long as the words are.
        woorden: each a word or a phrase.
        gewicht: how much a word counts that was not in the query itself.
        thema: the heading it stands under.
    """

    sleutel: str
    woorden: tuple[str, ...]
    gewicht: float = gewichten.SYNONIEM
    thema: str = ""

    def __str__(self) -> str:
        return ", ".join(self.woorden)


def uit_regel(regel: str, thema: str = "") -> Synoniemgroep | None:
    """The group of a line "wmo, wet maatschappelijke ondersteuning"; None when it holds no two words.

    With ~ in front the words are near each other and count for less.
    """
    verwant = regel.lstrip().startswith("~")
    woorden = tuple(dict.fromkeys(" ".join(woord.split()) for woord in regel.strip().lstrip("~").split(",")))
    woorden = tuple(woord for woord in woorden if woord)
    if len(woorden) < 2:
        return None
    sleutel = blake2b(
        ("~" * verwant + ",".join(sorted(map(vouw, woorden)))).encode(), digest_size=8
    ).hexdigest()
    return Synoniemgroep(sleutel, woorden, gewichten.VERWANT if verwant else gewichten.SYNONIEM, thema)


@cache
def lees() -> tuple[Synoniemgroep, ...]:
    """The shipped groups, in the order of the file."""
    groepen, thema = [], ""
    for regel in BESTAND.read_text(encoding="utf8").splitlines():
        if regel.startswith("## "):
            thema = regel[3:].strip()
        elif regel.strip() and not regel.startswith("#"):
            groep = uit_regel(regel, thema)
            if groep:
                groepen.append(groep)
    return tuple(groepen)
