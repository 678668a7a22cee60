"""The shipped groups, in ``groepen.txt``, and how a line of an editor becomes a group."""

from collections import Counter
from functools import cache
from pathlib import Path

from intranet.zoeken.analyse import gewichten, vouw

BESTAND = Path(__file__).parent / "groepen.txt"


class Synoniemgroep(tuple[str, ...]):
    """Words and phrases that stand for one another; a tuple of them.

    Attributes:
        gewicht: how much a word counts that was not in the query itself.
        sleutel: what an editor's choice to switch a shipped group off refers to: its first word, which
            stays when others are added in an update.
        thema: the heading it stands under.
    """

    gewicht: float
    sleutel: str
    thema: str

    def __new__(cls, woorden=(), gewicht: float = gewichten.SYNONIEM, sleutel: str = "", thema: str = ""):
        groep = super().__new__(cls, woorden)
        groep.gewicht, groep.sleutel, groep.thema = gewicht, sleutel, thema
        return groep

    @property
    def woorden(self) -> tuple[str, ...]:
        """Its words, without what is told of them."""
        return tuple(self)

    def __str__(self) -> str:
        return ", ".join(self)


def uit_regel(regel: str) -> Synoniemgroep | None:
    """The group of a line "wmo, wet maatschappelijke ondersteuning"; None when it holds no two words.

    With ~ in front the words are near each other and count for less.
    """
    verwant = regel.lstrip().startswith("~")
    woorden = (" ".join(woord.split()) for woord in regel.strip().lstrip("~").split(","))
    uniek = dict.fromkeys(woord for woord in woorden if woord)
    return (
        Synoniemgroep(uniek, gewichten.VERWANT if verwant else gewichten.SYNONIEM) if len(uniek) > 1 else None
    )


@cache
def lees() -> tuple[Synoniemgroep, ...]:
    """The shipped groups, in the order of the file."""
    groepen, thema = [], ""
    eerder: Counter[str] = Counter()
    for regel in BESTAND.read_text(encoding="utf8").splitlines():
        if regel.startswith("## "):
            thema = regel[3:].strip()
        elif regel.strip() and not regel.startswith("#"):
            groep = uit_regel(regel)
            if groep is None:
                continue
            # vve is a school for toddlers and an owners' association: the second is "vve 2".
            eerste = vouw(groep[0])[:90]
            eerder[eerste] += 1
            sleutel = eerste if eerder[eerste] == 1 else f"{eerste} {eerder[eerste]}"
            groepen.append(Synoniemgroep(groep, groep.gewicht, sleutel, thema))
    return tuple(groepen)
