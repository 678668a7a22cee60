"""Elasticsearch with the built-in engine behind it: searching always works, and the index heals by itself.

Both indexes are written, each by an outlet of its own (``docs/adr/0009-two-engines.md``). A search that
Elasticsearch does not answer in time comes from the built-in engine, with a notice. For a while after that
nobody waits for Elasticsearch any more (the fuse). ``herstel``, by the clock, brings its index up to date
when it is back, also when it comes back empty.
"""

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager
from functools import cache
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import cache as geheugen
from django.utils import timezone

from intranet.events.models import Delivery
from intranet.zoeken.document import Zoekdocument, nummer, soorten
from intranet.zoeken.elastic import ALLES, Elastic, Weg
from intranet.zoeken.models.index import Index
from intranet.zoeken.motor import Bouw, Filters, Motor, Opdracht, Treffer, Uitkomst

logger = logging.getLogger(__name__)
T = TypeVar("T")

# The outlet that writes Elasticsearch; its name begins like that of the built-in index (see onderhoud).
UITGANG = "zoeken_elastic"
# How long nobody waits for Elasticsearch after it failed: doubled at each new failure.
RUST_SECONDEN, MEESTE_RUST = 2.0, 30.0
# In the cache: Elasticsearch was away, and its index was not held against ours since.
WAS_WEG = "zoeken:elastic-was-weg"
# Usual lengths are those of the last rebuild; with so many times its documents they are known too badly.
GEGROEID, WEINIG = 4, 1000


class Zekering:
    """Remembers, for this process, that something fails, so that not everyone waits to find out.

    After a failure it stays open for a while; then one caller tries again while the others still pass by.
    """

    def __init__(self, klok: Callable[[], float] = time.monotonic):
        self.klok, self.slot = klok, threading.Lock()
        self.mislukt, self.open_tot = 0, 0.0

    def mag(self) -> bool:
        """Whether this caller may try."""
        with self.slot:
            if self.klok() < self.open_tot:
                return False
            if self.mislukt:  # we try; until we know the others do not
                self.open_tot = self.klok() + RUST_SECONDEN
            return True

    def gelukt(self) -> bool:
        """It works; tells whether it did not before."""
        with self.slot:
            was, self.mislukt, self.open_tot = self.mislukt, 0, 0.0
            return bool(was)

    def ging_mis(self) -> bool:
        """It failed; tells whether this is the first time."""
        with self.slot:
            rust = min(RUST_SECONDEN * 2**self.mislukt, MEESTE_RUST)
            self.mislukt += 1
            self.open_tot = self.klok() + rust
            return self.mislukt == 1


class MetTerugval:
    """An engine that answers from ``achter`` when ``voor`` does not (see ``intranet.zoeken.motor.Motor``)."""

    def __init__(self, voor: Motor, achter: Motor, zekering: Zekering | None = None):
        self.voor, self.achter = voor, achter
        self.zekering = zekering or Zekering()
        self.naam = voor.naam

    def _lees(self, vraag: Callable[[Motor], T]) -> tuple[T, bool]:
        """The answer of ``voor`` (True) or else that of ``achter``."""
        if self.zekering.mag():
            try:
                antwoord = vraag(self.voor)
            except Weg as fout:
                if self.zekering.ging_mis():
                    logger.warning("Searching falls back to the built-in engine (%s)", fout)
            else:
                if self.zekering.gelukt():
                    logger.info("Searching uses Elasticsearch again")
                return antwoord, True
        return vraag(self.achter), False

    def zoek(self, opdracht: Opdracht) -> Uitkomst:
        """Search; ``Uitkomst.noodrad`` says that the built-in engine did it."""
        uitkomst, voor = self._lees(lambda motor: motor.zoek(opdracht))
        uitkomst.noodrad = not voor
        return uitkomst

    def kent(self, woorden: Collection[str], sleutels: Collection[str]) -> dict[str, int]:
        """See ``Motor``."""
        return self._lees(lambda motor: motor.kent(woorden, sleutels))[0]

    def voorspel(
        self, begin: str, sleutels: Collection[str], soorten: Collection[str] = (), aantal: int = 8
    ) -> list[Treffer]:
        """See ``Motor``."""
        return self._lees(lambda motor: motor.voorspel(begin, sleutels, soorten, aantal))[0]

    def bevat(
        self, deel: str, sleutels: Collection[str], filters: Filters = ALLES, aantal: int = 10
    ) -> list[Treffer]:
        """See ``Motor``."""
        return self._lees(lambda motor: motor.bevat(deel, sleutels, filters, aantal))[0]

    def lijkt_op(
        self, bron: str, sleutels: Collection[str], soorten: Collection[str] = (), aantal: int = 5
    ) -> list[Treffer]:
        """See ``Motor``."""
        return self._lees(lambda motor: motor.lijkt_op(bron, sleutels, soorten, aantal))[0]

    # Writing: the outlets write each index apart, so that one that is away holds up nobody.

    def schrijf(self, documenten: Iterable[Zoekdocument]) -> None:
        """Write both; raises ``Weg`` when Elasticsearch is away."""
        documenten = list(documenten)
        self.achter.schrijf(documenten)
        self.voor.schrijf(documenten)

    def verwijder(self, ids: Iterable[str]) -> None:
        """Remove from both; raises ``Weg`` when Elasticsearch is away."""
        ids = list(ids)
        self.achter.verwijder(ids)
        self.voor.verwijder(ids)

    def standen(self, na: str = "", aantal: int = 1000) -> list[tuple[str, str]]:
        """Of Elasticsearch."""
        return self.voor.standen(na, aantal)

    def herbouw(self, opnieuw: bool = False) -> AbstractContextManager[Bouw]:
        """Of Elasticsearch."""
        return self.voor.herbouw(opnieuw)

    def gezond(self) -> bool:
        """Whether one of both is."""
        return self.voor.gezond() or self.achter.gezond()


@cache
def _zekering(_adressen: str) -> Zekering:
    return Zekering()


def met_terugval() -> MetTerugval:
    """The engine of a site with Elasticsearch; its fuse is that of the process."""
    from intranet.zoeken.ingebouwd import Ingebouwd

    return MetTerugval(Elastic(), Ingebouwd(), _zekering(settings.ELASTICSEARCH_URL))


# --- Writing and healing ------------------------------------------------------------------------


def handle(event: Any) -> None:
    """The outlet of Elasticsearch; what fails is tried again by the worker."""
    from intranet.zoeken.outlet import verwerk

    try:
        verwerk(Elastic(), event)
    except Weg:
        geheugen.set(WAS_WEG, True, timeout=None)
        raise


def herstel() -> str:
    """By the clock: bring the index in Elasticsearch up to date when it was away, empty or made otherwise.

    Returns:
        what was done, in a word.
    """
    from intranet.zoeken import onderhoud

    elastic = Elastic()
    try:
        stand = elastic.stand()
        if not stand.klopt or stand.documenten > GEGROEID * max(stand.bij_bouw, WEINIG):
            onderhoud.herbouw(elastic)
            klaar = "herbouwd"
        elif geheugen.get(WAS_WEG) or _telt_anders(stand.documenten):
            klaar = stel_gelijk(elastic)
        else:
            klaar = ""
    except Weg:
        geheugen.set(WAS_WEG, True, timeout=None)
        return "weg"
    except onderhoud.Bezig:
        return "bezig"
    geheugen.delete(WAS_WEG)
    _nu_opnieuw()
    return klaar


def _nu_opnieuw() -> None:
    """What waits for its next attempt need wait no longer."""
    nu = timezone.now()
    wacht = Delivery.objects.pending().filter(outlet=UITGANG, claimed_until=None, available_at__gt=nu)
    wacht.update(available_at=nu)


def _telt_anders(aantal: int) -> bool:
    """Whether the built-in index holds another number, while nothing is on its way to either."""
    ons = Index.objects.filter(stand=Index.Stand.ACTIEF).values_list("documenten", flat=True).first() or 0
    onderweg = Delivery.objects.pending().filter(outlet__in=("zoeken", UITGANG))
    return aantal != ons and not onderweg.exists()


def stel_gelijk(elastic: Elastic) -> str:
    """Hold the index against the built-in one and write what differs; says how many documents.

    Fingerprints only: of what is equal nothing is read from the database. While the built-in index is
    being made anew itself, the database is the measure.
    """
    from intranet.zoeken import onderhoud
    from intranet.zoeken.ingebouwd import Ingebouwd
    from intranet.zoeken.outlet import werk_bij

    elastic.ververs()
    ons = Ingebouwd()
    if not ons.gezond():
        return str(onderhoud.controleer(elastic))
    daar = dict(_standen(elastic))
    anders = [id for id, afdruk in _standen(ons) if daar.pop(id, None) != afdruk]
    anders += daar  # what it holds too much
    for soort in soorten():
        nummers = [nummer(id) for id in anders if id.startswith(f"{soort.naam}:")]
        for motor in (elastic, ons):  # the database knows which of the two was right
            werk_bij(motor, soort, nummers)
    bekend = tuple(f"{soort.naam}:" for soort in soorten())
    elastic.verwijder([id for id in daar if not id.startswith(bekend)])
    return f"{len(anders)} hersteld"


def _standen(motor: Motor) -> Iterable[tuple[str, str]]:
    na = ""
    while deel := motor.standen(na):
        yield from deel
        na = deel[-1][0]
