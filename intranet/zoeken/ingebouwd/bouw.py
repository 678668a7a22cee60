"""Building a new index beside the one in use, and putting it in its place."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from intranet.zoeken.analyse import STEMPEL
from intranet.zoeken.document import Zoekdocument

from .schrijven import Schrijver, porties
from .stand import ACTIEF, BOUW, LEEG, Stand, vergrendel
from .taal import is_postgres

TABELLEN = (
    "term",
    "posting",
    "document",
    "inhoud",
    "documentsleutel",
    "sleutel",
    "woord",
    "titelwoord",
    "drietal",
)


class Vervallen(RuntimeError):
    """The index that was being built is no longer: another rebuild took over, or was ready first."""


class Bouw:
    """An index being filled, beside the one in use."""

    def __init__(self, plek: int, tot: str):
        self.plek = plek
        self.tot = tot

    def schrijf(self, documenten: Iterable[Zoekdocument], tot: str = "") -> None:
        """Add documents, and remember that it came to ``tot``.

        What is there already is newer than what comes here: the outlet wrote it while these were on their
        way, or removed it. After a kill documents may come a second time; that is no harm either.
        """
        for portie in porties(documenten):
            with transaction.atomic(), connection.cursor() as cursor:
                Schrijver(cursor, self._stand(vergrendel(cursor))).schrijf(portie, alleen_nieuw=True)
        if tot:
            with transaction.atomic(), connection.cursor() as cursor:
                stand = self._stand(vergrendel(cursor))
                stand.tot = self.tot = tot
                stand.bewaar(cursor)

    def _stand(self, standen: list[Stand]) -> Stand:
        stand = standen[self.plek]
        if stand.stand != BOUW:
            raise Vervallen
        return stand


@contextmanager
def herbouw(opnieuw: bool = False) -> Iterator[Bouw]:
    """A new index; without an error at the end it takes the place of the one in use.

    Raises:
        Vervallen: another rebuild was ready first.
    """
    bouw = _begin(opnieuw)
    yield bouw
    _ruim_op(bouw.plek)
    _wissel(bouw)
    _leeg(1 - bouw.plek)


def _begin(opnieuw: bool) -> Bouw:
    with transaction.atomic(), connection.cursor() as cursor:
        standen = vergrendel(cursor)
        stand = next(stand for stand in standen if stand.stand != ACTIEF)
        if stand.stand == BOUW and stand.stempel == STEMPEL and not opnieuw:
            return Bouw(stand.plek, stand.tot)
        # Nothing is written to it until it is told to be built.
        stand.stand = LEEG
        stand.bewaar(cursor)
    _leeg(stand.plek)
    with transaction.atomic(), connection.cursor() as cursor:
        if vergrendel(cursor)[stand.plek].stand != LEEG:
            raise Vervallen
        Stand(stand.plek, BOUW, STEMPEL, "", 0, 0, 0).bewaar(cursor)
    return Bouw(stand.plek, "")


def _wissel(bouw: Bouw) -> None:
    """From one moment to the next the new index answers; who writes waits for it."""
    with transaction.atomic(), connection.cursor() as cursor:
        standen = vergrendel(cursor)
        nieuw, oud = bouw._stand(standen), standen[1 - bouw.plek]
        cursor.execute(f"delete from zoeken_document{nieuw.plek} where is_weg")  # noqa: S608
        oud.stand, nieuw.stand = LEEG, ACTIEF
        oud.bewaar(cursor)
        nieuw.bewaar(cursor)


def _leeg(plek: int) -> None:
    """Empty an index that nobody asks: at once, however large it was. Not one that is being built again."""
    with transaction.atomic(), connection.cursor() as cursor:
        if vergrendel(cursor)[plek].stand != LEEG:
            return
        namen = [f"zoeken_{tabel}{plek}" for tabel in TABELLEN]
        if is_postgres():
            cursor.execute(f"truncate {', '.join(namen)}")
        else:
            for naam in namen:
                cursor.execute(f"delete from {naam}")  # noqa: S608  SQLite drops the pages as a whole


def _ruim_op(plek: int) -> None:
    """Let PostgreSQL look at the new tables once: it then answers from the index alone."""
    if is_postgres() and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            for tabel in TABELLEN:
                cursor.execute(f"vacuum (analyze) zoeken_{tabel}{plek}")
