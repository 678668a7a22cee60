"""What every search engine of Binnenplein can do, and which one is in use.

Every face of it takes the keys of the reader and looks only at documents that have one of them: hits,
counts, facets, suggestions and known words alike. No keys, nothing found.
"""

from collections.abc import Collection, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from django.utils import timezone

from intranet.zoeken.document import Zoekdocument, nummer

if TYPE_CHECKING:
    from intranet.zoeken.analyse import Zoekvraag

Sorteer: TypeAlias = Literal["relevantie", "nieuwste"]
# A count per value: the primary key of a Groep, the name of a soort, True and False for opgelost.
Facet: TypeAlias = dict[str | int | bool, int]
FACETTEN = ("soort", "groep", "organisatie", "onderwerp", "sinds", "opgelost")
# The periods of the facet "sinds", in days.
PERIODEN = {"week": 7, "maand": 31, "jaar": 366}


def sinds(periode: str) -> datetime:
    """When a period began: with the start of that day, so that all day long it is the same question.

    For the count beside a choice and for what the choice gives alike.
    """
    vandaag = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return vandaag - timedelta(days=PERIODEN[periode])


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader chose; values of one filter are alternatives, filters together must all hold."""

    soorten: tuple[str, ...] = ()
    groepen: tuple[int, ...] = ()
    organisaties: tuple[int, ...] = ()
    onderwerpen: tuple[int, ...] = ()
    sinds: datetime | None = None
    opgelost: bool | None = None


@dataclass(frozen=True, slots=True)
class Opdracht:
    """One search: what, for whom, which part of the list."""

    vraag: "Zoekvraag"
    sleutels: frozenset[str]
    filters: Filters = Filters()
    sorteer: Sorteer = "relevantie"
    vanaf: int = 0
    aantal: int = 10
    facetten: bool = False


@dataclass(slots=True)
class Treffer:
    """A hit. The database decides whether the reader sees it: load it through the rule."""

    id: str
    soort: str
    nummer: int
    score: float

    @classmethod
    def van(cls, id: str, score: float) -> "Treffer":
        return cls(id, id.partition(":")[0], nummer(id), score)


@dataclass(slots=True)
class Uitkomst:
    """Hits, best first, with what is known of all hits.

    Attributes:
        totaal: the number of hits on all pages together.
        meer_dan: there are more than ``totaal``; they were not counted.
        facetten: name (see ``FACETTEN``) → count per value, each counted without its own filter.
        bekend: the words of the query that this reader can see, with in how many documents (as ``kent``);
            None from an engine that has to be asked apart.
        noodrad: Elasticsearch did not answer; this comes from the built-in engine, and the page says so.
    """

    treffers: list[Treffer] = field(default_factory=list)
    totaal: int = 0
    meer_dan: bool = False
    facetten: dict[str, Facet] = field(default_factory=dict)
    bekend: dict[str, int] | None = None
    noodrad: bool = False


class Bouw(Protocol):
    """A new index being filled beside the one in use.

    Attributes:
        tot: how far a rebuild that was broken off had come, as last told to ``schrijf``; "" at the start.
    """

    tot: str

    def schrijf(self, documenten: Iterable[Zoekdocument], tot: str = "") -> None:
        """Add documents to the new index and remember, together with them, that it came to ``tot``."""


class Motor(Protocol):
    """A search engine."""

    naam: str

    def schrijf(self, documenten: Iterable[Zoekdocument]) -> None:
        """Insert or replace, whole; may be repeated, and by several workers at once."""

    def verwijder(self, ids: Iterable[str]) -> None:
        """Take documents out; one that is not there is no error."""

    def zoek(self, opdracht: Opdracht) -> Uitkomst:
        """Search."""

    def kent(self, woorden: Collection[str], sleutels: Collection[str]) -> dict[str, int]:
        """How many documents that this reader may see hold each of these (folded) words."""

    def voorspel(
        self, begin: str, sleutels: Collection[str], soorten: Collection[str] = (), aantal: int = 8
    ) -> list[Treffer]:
        """Type-ahead: documents with words in their title that begin like the words in ``begin``."""

    def bevat(
        self, deel: str, sleutels: Collection[str], filters: Filters = Filters(), aantal: int = 10
    ) -> list[Treffer]:
        """Documents with a word that has ``deel`` somewhere within it; those with it in their title first."""

    def lijkt_op(
        self, bron: str, sleutels: Collection[str], soorten: Collection[str] = (), aantal: int = 5
    ) -> list[Treffer]:
        """Documents like a text, or like a document (its id, which the reader may see); never itself."""

    def standen(self, na: str = "", aantal: int = 1000) -> list[tuple[str, str]]:
        """(id, fingerprint) of what is in the index, by id, after ``na``."""

    def herbouw(self, opnieuw: bool = False) -> AbstractContextManager[Bouw]:
        """A new index beside the old one; leaving the block without an error puts it in its place.

        What is written meanwhile goes to both. After a kill the next call goes on where it stood
        (``Bouw.tot``), unless the analysis changed since, or ``opnieuw``.
        """

    def gezond(self) -> bool:
        """Whether it can answer now, with an index made by the present analysis."""


def motor() -> Motor:
    """The engine in use: the built-in one, or Elasticsearch with the built-in one behind it."""
    from django.conf import settings

    from intranet.zoeken.ingebouwd import Ingebouwd

    if settings.ELASTICSEARCH_URL:
        from intranet.zoeken.terugval import met_terugval

        return met_terugval()
    return Ingebouwd()
