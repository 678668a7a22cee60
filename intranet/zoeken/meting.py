"""An index of its own for a measurement: the live one is never read or written."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from django.db import connection

from intranet.zoeken.ingebouwd import Ingebouwd
from intranet.zoeken.ingebouwd.bouw import TABELLEN
from intranet.zoeken.ingebouwd.taal import is_postgres
from intranet.zoeken.motor import Motor


@contextmanager
def eigen_index(naam: str) -> Iterator[Motor]:
    """An engine whose index is empty and gone afterwards.

    Args:
        naam: "ingebouwd" or "elastic".
    """
    if naam == "elastic":
        with _eigen_elastic() as motor:
            yield motor
        return
    tabellen = ["zoeken_index", *(f"zoeken_{tabel}{plek}" for tabel in TABELLEN for plek in (0, 1))]
    with connection.cursor() as cursor:
        if is_postgres():
            # Temporary tables live in memory of their own, small by default.
            cursor.execute("set temp_buffers = '256MB'")
        for tabel in tabellen:
            _maak_tijdelijk(cursor, tabel)
    try:
        yield Ingebouwd()
    finally:
        with connection.cursor() as cursor:
            for tabel in tabellen:
                cursor.execute(f"drop table {'pg_temp' if is_postgres() else 'temp'}.{tabel}")


def _maak_tijdelijk(cursor, tabel: str) -> None:
    """A temporary table of the same name and shape: it stands before the real one, for this connection."""
    if is_postgres():
        cursor.execute(f"create temporary table {tabel} (like public.{tabel} including all)")
        return
    cursor.execute("select sql from main.sqlite_master where tbl_name = %s and sql is not null", [tabel])
    for (sql,) in cursor.fetchall():
        # An index is made where its table is.
        sql = re.sub(r"(?i)^create table ", "create temporary table ", sql.strip())
        cursor.execute(re.sub(r"(?i)^create index ", "create index temp.", sql))


@contextmanager
def _eigen_elastic() -> Iterator[Motor]:
    from intranet.zoeken.elastic import Elastic

    motor = Elastic(prefix=f"meting-{uuid4().hex[:12]}")
    try:
        yield motor
    finally:
        motor.ruim_op()
