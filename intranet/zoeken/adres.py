"""What an address of the search page asks for. Anything that makes no sense is left out."""

from dataclasses import dataclass

from django.http import QueryDict

from intranet.zoeken.analyse import LANGSTE_TOKEN, MEESTE_WOORDEN
from intranet.zoeken.motor import PERIODEN, Filters, Sorteer, sinds

# Nobody leafs further; who wants more asks a sharper question.
VERSTE = 500
# Room for all words that are looked at; every link of the page repeats it.
LANGSTE = 1_000
MEESTE_KEUZES = 50
SOORTEN = ("vraag", "artikel", "mens", "groep", "onderwerp")


@dataclass(frozen=True, slots=True)
class Adres:
    """What was asked.

    Attributes:
        vanaf: how many hits the pages before this one showed.
        gezien: people who were mixed in on the first page, so that they do not come again as a hit.
        erbij: how many of those are no hit at all, so that they count beside the hits.
        letterlijk: do not correct the words.
    """

    q: str = ""
    soort: str = ""
    groepen: tuple[int, ...] = ()
    organisaties: tuple[int, ...] = ()
    onderwerpen: tuple[int, ...] = ()
    wanneer: str = ""
    opgelost: bool = False
    sorteer: Sorteer = "relevantie"
    vanaf: int = 0
    gezien: tuple[int, ...] = ()
    erbij: int = 0
    letterlijk: bool = False

    @classmethod
    def van(cls, get: QueryDict) -> "Adres":
        soort, wanneer = get.get("soort", ""), get.get("wanneer", "")
        return cls(
            q=_woorden(get.get("q", "").replace("\0", "")),
            soort=soort if soort in SOORTEN else "",
            groepen=_nummers(get.getlist("groep")),
            organisaties=_nummers(get.getlist("organisatie")),
            onderwerpen=_nummers(get.getlist("onderwerp")),
            wanneer=wanneer if wanneer in PERIODEN else "",
            opgelost=get.get("opgelost") == "ja",
            sorteer="nieuwste" if get.get("sorteer") == "nieuwste" else "relevantie",
            vanaf=min(_nummer(get.get("vanaf", "")) or 0, VERSTE),
            gezien=_nummers(get.get("gezien", "").split("-")),
            erbij=min(_nummer(get.get("erbij", "")) or 0, MEESTE_KEUZES),
            letterlijk=get.get("letterlijk") == "ja",
        )

    @property
    def filters(self) -> Filters:
        return Filters(
            soorten=(self.soort,) if self.soort else (),
            groepen=self.groepen,
            organisaties=self.organisaties,
            onderwerpen=self.onderwerpen,
            sinds=sinds(self.wanneer) if self.wanneer else None,
            opgelost=True if self.opgelost else None,
        )

    @property
    def is_verfijnd(self) -> bool:
        """Whether something stands in the panel of filters; the kind stands above the list."""
        return self.aantal_verfijnd > 0

    @property
    def aantal_verfijnd(self) -> int:
        """How many choices stand there."""
        keuzes = len(self.groepen) + len(self.organisaties) + len(self.onderwerpen)
        return keuzes + bool(self.wanneer) + self.opgelost

    @property
    def is_alles(self) -> bool:
        """Nothing was chosen: all kinds, everywhere, what fits best first."""
        return not (self.soort or self.is_verfijnd or self.sorteer != "relevantie")

    @property
    def is_lang(self) -> bool:
        """Whether there is more than is looked at."""
        return len(self.q) > LANGSTE - LANGSTE_TOKEN or self.q.count(" ") >= MEESTE_WOORDEN

    @property
    def kort(self) -> str:
        """The query as a heading may hold it."""
        return kort(self.q)


def kort(woorden: str) -> str:
    """Cut off where a heading gets too long."""
    return woorden if len(woorden) <= 120 else woorden[:119].rstrip() + "…"


def _woorden(tekst: str) -> str:
    """With one space between; what is too long ends with a whole word: half of one is another word."""
    begin = tekst[:LANGSTE]
    if tekst[LANGSTE : LANGSTE + 1].strip():
        begin = begin.rpartition(" ")[0] or begin
    return " ".join(begin.split())


def _nummers(waarden: list[str]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(n for n in map(_nummer, waarden[:MEESTE_KEUZES]) if n))


def _nummer(waarde: str) -> int | None:
    """A primary key, or None for anything that cannot be one."""
    return int(waarde) if waarde.isascii() and waarde.isdigit() and len(waarde) < 16 else None
