"""Many rows into one table, the fastest way the database has: COPY on PostgreSQL, executemany on SQLite."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction

from . import Meld

PER_KEER = 20_000


def moment(seconden: int) -> Any:
    """A moment as the database takes it."""
    return connection.ops.adapt_datetimefield_value(datetime.fromtimestamp(seconden, UTC))


@contextmanager
def snel() -> Iterator[None]:
    """One transaction for everything, with the settings that make a large one quick."""
    if connection.vendor == "postgresql":
        with transaction.atomic():
            _controleer_meteen()
            yield
        return
    los = not connection.in_atomic_block
    with connection.cursor() as cursor:
        oud = cursor.execute("PRAGMA cache_size").fetchone()[0]
        cursor.execute("PRAGMA cache_size = -262144")  # 256 MB: random places in large indexes
    try:
        # What is made together fits together; tests check the keys of a small one.
        uit = los and connection.disable_constraint_checking()
        try:
            with transaction.atomic():
                yield
        finally:
            if uit:
                connection.enable_constraint_checking()
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = {int(oud)}")


def _controleer_meteen() -> None:
    """Check keys per statement instead of remembering millions of them until the end.

    All but one: a Vraag names its Oplossing before that Antwoord is there.
    """
    with connection.cursor() as cursor:
        sleutels = connection.introspection.get_constraints(cursor, "groepen_vraag")
        wacht = next(
            naam
            for naam, een in sleutels.items()
            if een["foreign_key"] and een["columns"] == ["oplossing_id"]
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"SET CONSTRAINTS {connection.ops.quote_name(wacht)} DEFERRED")


def laad(
    model: type[models.Model], velden: tuple[str, ...], rijen: Iterable[tuple], meld: Meld, **vast: Any
) -> None:
    """Rows with ``velden`` (names of columns) into the table of ``model``.

    Values are as the database takes them. Other columns get ``vast`` or else the default of their field; a
    primary key that is not named is left to the database.
    """
    rest = {
        veld.attname: veld.get_db_prep_save(vast.get(veld.attname, veld.get_default()), connection)
        for veld in model._meta.concrete_fields
        if veld.attname not in velden and not (veld.primary_key and veld.attname not in vast)
    }
    staart = tuple(rest.values())
    kolom_van = {veld.attname: veld.column for veld in model._meta.concrete_fields if veld.column}
    kolommen = [kolom_van[naam] for naam in (*velden, *rest)]
    namen = ", ".join(connection.ops.quote_name(kolom) for kolom in kolommen)
    tabel = connection.ops.quote_name(model._meta.db_table)
    stroom = iter(rijen)
    with connection.cursor() as cursor:
        while stuk := [rij + staart for rij in islice(stroom, PER_KEER)]:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {tabel} ({namen}) FROM STDIN") as kopie:
                    for rij in stuk:
                        kopie.write_row(rij)
            else:
                gaten = ", ".join(["%s"] * len(kolommen))
                cursor.executemany(f"INSERT INTO {tabel} ({namen}) VALUES ({gaten})", stuk)  # noqa: S608
            meld(str(model._meta.verbose_name_plural), len(stuk))


def volgende(model: type[models.Model]) -> int:
    """The first number that is free in this table."""
    return (model._default_manager.aggregate(hoogste=models.Max("pk"))["hoogste"] or 0) + 1


def zet_tellers_van_nummers(*soorten: type[models.Model]) -> None:
    """After rows with their own numbers: let the database count on from there."""
    with connection.cursor() as cursor:
        for regel in connection.ops.sequence_reset_sql(no_style(), soorten):
            cursor.execute(regel)


def maak_planner_wijs() -> None:
    """Tell the query planner what is in the tables; on PostgreSQL also what is visible to all."""
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute("PRAGMA analysis_limit = 1000")
            cursor.execute("ANALYZE")
        else:
            cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE")
