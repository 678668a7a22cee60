"""Queries that are written once.

Django writes the SQL of a QuerySet anew each time it runs, and for a page that asks many joins that costs
more than the database takes to answer. A ``Prepared`` lets Django write it the first time, with ``Param``
where a value belongs; from then on a call fills in the values, runs it and makes the instances::

    vraag = Prepared(lambda pk: Vraag.objects.filter(pk=pk).select_related("thread"))
    vraag(pk=12)      # a list

What decides the *shape* of the query goes in as positional arguments (any hashable value), what only changes
values by name: a number, a text, a moment, or a list of numbers for ``__in``; never None. Values are bound by
the database driver, as always. ``only``, ``select_related``, ``annotate``, slices and subqueries work;
``prefetch_related`` does not, and ``values`` only for ``sql``.
"""

import json
import re
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models.lookups import In
from django.db.models.query import get_related_populators

# How Django can write a list as one value, and what it becomes (``_Klaar``): PostgreSQL then goes to each of
# a few keys, where for a subquery it would rather read a table whole, and everything that is joined to it.
# Where it sees how many there are, a plan for just these looks cheaper than the one it could keep, so that it
# would plan each time.
_UNNEST, _ANY = "(SELECT unnest(%s::bigint[]))", "ANY((SELECT %s::bigint[])::bigint[])"


class Param(models.Expression):
    """The place of a value that is filled in when the query runs."""

    def __init__(self, naam: str, soort: models.Field | None = None):
        super().__init__(output_field=soort or models.BigIntegerField())
        self.naam = naam

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]

    def waarde(self, waarden: dict[str, Any], db: Any) -> Any:
        return self.output_field.get_db_prep_value(waarden[self.naam], db)


class Reeks(Param):
    """The place of a list of numbers, for ``pk__in``: however many, the SQL stays the same."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        if connection.vendor == "postgresql":
            return _UNNEST, [self]
        return "(SELECT value FROM json_each(%s))", [self]

    def waarde(self, waarden: dict[str, Any], db: Any) -> Any:
        getallen = waarden[self.naam]
        # Written out here: much faster than letting the driver look at each number.
        return f"{{{','.join(map(str, getallen))}}}" if db.vendor == "postgresql" else json.dumps(getallen)


# Between the values of ``Achtereen``: a character that no text has.
SCHEIDING = "\x1e"


class Achtereen(models.Subquery):
    """What a list has as ``waarde``, in its order, as one text with ``SCHEIDING`` between; null for nothing.

    So that a handful of things comes along with another in one row. The SQL is the same on each database,
    but for a name.
    """

    template = "(SELECT group_concat(s.waarde, char(30)) FROM (%(subquery)s) s)"
    output_field = models.TextField()

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        template = "(SELECT string_agg(s.waarde::text, chr(30)) FROM (%(subquery)s) s)"
        return self.as_sql(compiler, connection, template=template)


class EerstIn(In):
    """``pk__eerst_in=subquery``: as ``in``, and PostgreSQL finds the few keys first and goes to each of them.

    For a plain ``in`` it may read everything there is, and throw away what is not among them.
    """

    lookup_name = "eerst_in"

    def get_rhs_op(self, connection: Any, rhs: str) -> str:
        return (
            f"= ANY(ARRAY{rhs})" if connection.vendor == "postgresql" else super().get_rhs_op(connection, rhs)
        )


models.BigAutoField.register_lookup(EerstIn)


def _plaats(naam: str, waarde: Any) -> Param:
    """The place for values like this one."""
    if isinstance(waarde, list):
        return Reeks(naam)
    if isinstance(waarde, datetime):
        return Param(naam, models.DateTimeField())
    return Param(naam, models.TextField() if isinstance(waarde, str) else None)


class plan_cursor:
    """A cursor for a statement that comes back often: PostgreSQL plans it a few times and keeps the plan.

    Planning a join by the rule takes longer than running it. ``prepare_threshold`` in the settings says after
    how many times a connection keeps a statement; without it, and on SQLite, this is a cursor like any other.
    """

    # Every page opens some ten of them: no generator, which costs as much again as what it does.
    __slots__ = ("_cursor",)

    def __enter__(self) -> Any:
        # Asked once: every look at ``django.db.connection`` finds out anew which thread this is.
        db = connections[DEFAULT_DB_ALIAS]
        if db.vendor != "postgresql":
            self._cursor = db.cursor()
            return self._cursor.__enter__()
        db.ensure_connection()
        echt = db.connection
        # Inside Django's wrapper, so that what is counted and logged stays the same.
        gewoon, echt.cursor_factory = echt.cursor_factory, _plan_cursor_class()
        try:
            self._cursor = db.cursor()
        finally:
            echt.cursor_factory = gewoon
        return self._cursor.__enter__()

    def __exit__(self, *fout: Any) -> None:
        self._cursor.__exit__(*fout)


@lru_cache
def _plan_cursor_class() -> Any:
    from django.db.backends.postgresql import base  # asks for psycopg

    # Any: the stubs miss the base that psycopg gives it.
    basis: Any = base.ServerBindingCursor

    class PlanCursor(basis):
        _query: Any

        def execute(self, sql: Any, params: Any = None, **opties: Any) -> Any:
            uit = super().execute(sql, params, **opties)
            if self._query is None:
                # psycopg keeps no text of what ran by a kept plan; Django's log asks for it.
                self._query = SimpleNamespace(query=sql.encode())
            return uit

    return PlanCursor


def _met_vaste_waarden(sql: str, params: Iterable[Any]) -> tuple[str, list[Any]]:
    """(SQL, params) with the whole numbers and plain words of the code itself written out.

    An index on ``aantal_antwoorden = 0`` alone serves a kept plan that says 0, not one that says $3; and of
    ``rol = $3`` PostgreSQL does not know that few are "eigenaar".
    """
    rest = []
    waarden = iter(params)

    def vul(plaats: re.Match) -> str:
        if plaats[0] == "%%":
            return "%%"
        waarde = next(waarden)
        if isinstance(waarde, int) and not isinstance(waarde, bool):
            return f"{int(waarde)}" if waarde >= 0 else f"({int(waarde)})"
        # Small letters only: nothing in it that SQL could read as something else.
        if isinstance(waarde, str) and re.fullmatch("[a-z]+", str(waarde)):
            return f"'{waarde!s}'"
        rest.append(waarde)
        return "%s"

    return re.sub("%%|%s", vul, sql), rest


class _Klaar:
    """A query as Django wrote it, with what makes its rows into instances."""

    def __init__(self, vragen: models.QuerySet):
        # What follows is what django.db.models.query.ModelIterable does for each run.
        compiler = self.compiler = vragen.query.get_compiler(connection=connection)
        sql, self.params = _met_vaste_waarden(*compiler.as_sql())
        self.sql = sql.replace(f"IN {_UNNEST}", f"= {_ANY}")
        info = compiler.klass_info
        if info is None:  # values(): only good for its SQL
            return
        velden = info["select_fields"]
        self.begin, self.eind = velden[0], velden[-1] + 1
        self.model = info["model"]
        self.namen = [compiler.select[plek][0].target.attname for plek in velden]
        self.annotaties = compiler.annotation_col_map
        self.rondom = get_related_populators(info, compiler.select, connection.alias)  # type: ignore[call-arg]  # Django 6's signature
        self.omzetters = compiler.get_converters([rij[0] for rij in compiler.select])

    def bind(self, waarden: dict[str, Any]) -> list[Any]:
        db = connections[DEFAULT_DB_ALIAS]
        return [deel.waarde(waarden, db) if isinstance(deel, Param) else deel for deel in self.params]

    def haal(self, waarden: dict[str, Any]) -> list[Any]:
        with plan_cursor() as cursor:
            cursor.execute(self.sql, self.bind(waarden))
            rijen = cursor.fetchall()
        if self.omzetters:
            rijen = self.compiler.apply_converters(rijen, self.omzetters)
        uit = []
        for rij in rijen:
            ding = self.model.from_db(DEFAULT_DB_ALIAS, self.namen, rij[self.begin : self.eind])
            for bij in self.rondom:
                bij.populate(rij, ding)
            for naam, plek in self.annotaties.items():
                setattr(ding, naam, rij[plek])
            uit.append(ding)
        return uit


class Prepared:
    """``bouw(*vorm, **params)`` gives the QuerySet; calling gives its instances as a list."""

    def __init__(self, bouw: Callable[..., models.QuerySet]):
        self.bouw = bouw
        self._klaar: dict[tuple, _Klaar] = {}

    def __call__(self, *vorm: Any, **waarden: Any) -> list[Any]:
        return self._van(vorm, waarden).haal(waarden)

    def sql(self, *vorm: Any, **waarden: Any) -> tuple[str, list[Any]]:
        """(SQL, values), to stand inside a larger statement."""
        klaar = self._van(vorm, waarden)
        return klaar.sql, klaar.bind(waarden)

    def _van(self, vorm: tuple, waarden: dict[str, Any]) -> _Klaar:
        # Per database: tests run on a copy, and SQL differs between vendors.
        sleutel = (connections[DEFAULT_DB_ALIAS].vendor, vorm, *waarden)
        klaar = self._klaar.get(sleutel)
        if klaar is None:
            params = {naam: _plaats(naam, waarde) for naam, waarde in waarden.items()}
            klaar = self._klaar[sleutel] = _Klaar(self.bouw(*vorm, **params))
        return klaar
