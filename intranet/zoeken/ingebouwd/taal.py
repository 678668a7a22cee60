"""What PostgreSQL and SQLite say differently: lists as values, and many rows at once."""

import json
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.db import connection

from .sleutels import MEER

# ruff: noqa: S608  names of our own tables and columns go into these statements, values never do


@cache
def is_postgres() -> bool:
    return connection.vendor == "postgresql"


def reeks(waarden: Iterable[Any]) -> Any:
    """A list as one value of a statement: see ``in_reeks`` and ``als_tabel``."""
    waarden = list(waarden)
    if not is_postgres():
        return json.dumps(waarden)
    # Numbers are written out here: much faster than letting the driver look at each.
    return f"{{{','.join(map(str, waarden))}}}" if waarden and type(waarden[0]) is int else waarden


def in_reeks(kolom: str, soort: str = "integer") -> str:
    """``kolom`` is in a list, given as one value (``reeks``)."""
    if is_postgres():
        return f"{kolom} = any(%s::{soort}[])"
    return f"{kolom} in (select value from json_each(%s))"


def in_blind(kolom: str, soort: str) -> str:
    """As ``in_reeks``, for a statement that comes back with lists of every length.

    PostgreSQL does not look into the list when it plans, so every plan costs the same, and it keeps one.
    """
    if is_postgres():
        return f"{kolom} = any((select %s::{soort}[])::{soort}[])"
    return in_reeks(kolom, soort)


def zeef(kolom: str) -> str:
    """The same for a list of numbers, when rows are read anyway and each has to be looked at.

    PostgreSQL hashes the list, which it does not do for ``any`` in a plan that it keeps.
    """
    if is_postgres():
        return f"({kolom} in (select unnest(%s::integer[]))) is true"
    return f"+{kolom} in (select value from json_each(%s))"


def te_zien(plek: int, rij: str, document: str = "document") -> str:
    """Of a row whose key is among those of the reader: also when the document has several.

    Not ``exists``: PostgreSQL would rather hash all documents that have several, to ask about one.
    """
    return (
        f"({rij}.sleutel <> {MEER} or (select 1 from zoeken_documentsleutel{plek} ds"
        f" where ds.document = {rij}.{document} and {in_blind('ds.sleutel', 'integer')} limit 1) is not null)"
    )


def als_tabel(soorten: Sequence[str]) -> str:
    """Rows, given as values (``als_rijen``), as a table ``r`` with the columns a, b, c, …"""
    letters = "abcdefghij"[: len(soorten)]
    if is_postgres():
        plaatsen = ", ".join(f"%s::{soort}[]" for soort in soorten)
        return f"unnest({plaatsen}) r({', '.join(letters)})"
    kolommen = ", ".join(f"value->>{plek} as {letter}" for plek, letter in enumerate(letters))
    return f"(select {kolommen} from json_each(%s)) r"


def als_rijen(rijen: Sequence[Sequence[Any]]) -> list[Any]:
    """The values that ``als_tabel`` asks for."""
    if not is_postgres():
        return [json.dumps(rijen)]
    kolommen: list[Any] = []
    for plek in range(len(rijen[0])):
        kolom = [rij[plek] for rij in rijen]
        kolommen.append(reeks(kolom))
    return kolommen


def voer_uit(cursor: Any, opdracht: str, soorten: Sequence[str], rijen: Sequence[Sequence[Any]]) -> bool:
    """Run one statement over many rows, which stand in it as ``{rijen}`` (``als_tabel``); none, nothing."""
    if rijen:
        cursor.execute(opdracht.format(rijen=als_tabel(soorten)), als_rijen(rijen))
    return bool(rijen)


def voeg_in(cursor: Any, tabel: str, kolommen: Sequence[str], rijen: Sequence[Sequence[Any]]) -> None:
    """Insert many rows, the fastest way the database has."""
    if not rijen:
        return
    namen = ", ".join(kolommen)
    if not is_postgres():
        plaatsen = ", ".join(["%s"] * len(kolommen))
        cursor.executemany(f"insert into {tabel} ({namen}) values ({plaatsen})", rijen)
        return
    with cursor.copy(f"copy {tabel} ({namen}) from stdin") as stroom:
        if all(isinstance(waarde, int) for waarde in rijen[0]):
            stroom.write("".join("\t".join(map(str, rij)) + "\n" for rij in rijen))
        else:
            for rij in rijen:
                stroom.write_row(rij)


def haal_weg(
    cursor: Any, tabel: str, kolommen: Sequence[str], rijen: Sequence[Sequence[Any]], mits: str = "true"
) -> None:
    """Delete many rows by their primary key, those for which ``mits`` holds."""
    if not rijen:
        return
    if not is_postgres():
        waar = " and ".join([*(f"{kolom} = %s" for kolom in kolommen), mits])
        cursor.executemany(f"delete from {tabel} where {waar}", rijen)
        return
    soorten = ["text" if isinstance(waarde, str) else "integer" for waarde in rijen[0]]
    gelijk = [f"t.{kolom} = r.{letter}" for kolom, letter in zip(kolommen, "abc", strict=False)]
    waar = " and ".join([*gelijk, mits])
    voer_uit(cursor, f"delete from {tabel} t using {{rijen}} where {waar}", soorten, rijen)
