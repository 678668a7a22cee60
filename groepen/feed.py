"""The newest questions of many Groepen at once, at a cost that does not grow with the number of questions.

``groep IN (...) ORDER BY laatst_actief_op`` reads every question of those Groepen before it can sort.
PostgreSQL can do better with LATERAL: the newest of each Groep first (one step in the index
``thread_in_groep``), then the newest few of no more Groepen than fit on the page. Other databases get the
plain query. Either stands inside the query that fetches the rows, so a feed is one statement.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from groepen import lijsten
from groepen.models import Groep, Thread, Vraag
from groepen.voorbereid import Voor
from profielen.toegang import is_actief

STANDEN = {
    "": "",
    "onopgelost": "and t.is_onopgelost",
    "onbeantwoord": "and t.is_onopgelost and t.aantal_antwoorden = 0",
}

# The n newest rows lie in the n Groepen whose newest row is newest; so two steps.
_LATERAL = """
select rij.id
from (
    select g.id, eerste.laatst_actief_op, eerste.id as eerste_id
    from ({groepen}) g(id)
    cross join lateral (
        select t.id, t.laatst_actief_op from {thread} t
        where t.groep_id = g.id and t.verwijderd_op is null and t.soort = 'vraag' {stand} {na}
        order by t.laatst_actief_op desc, t.id desc limit 1
    ) eerste
    order by eerste.laatst_actief_op desc, eerste.id desc limit {n}
) g
cross join lateral (
    select t.id, t.laatst_actief_op from {thread} t
    where t.groep_id = g.id and t.verwijderd_op is null and t.soort = 'vraag' {stand} {na}
    order by t.laatst_actief_op desc, t.id desc limit {n}
) rij
order by rij.laatst_actief_op desc, rij.id desc limit {n}
"""


def nieuwste(
    gebruiker,
    n: int = 25,
    na: tuple[datetime, int] | None = None,
    alleen_groepen: Iterable[int] | None = None,
    stand: str = "",
) -> list[Vraag]:
    """The ``n`` most recently active questions that ``gebruiker`` may read, newest first: one query.

    Args:
        na: (laatst_actief_op, pk) of the last row of the page before.
        alleen_groepen: pks of Groepen to stay within; all visible ones by default.
        stand: "" for all, "onbeantwoord" or "onopgelost".

    Each Vraag comes with all that a row shows: ``lijsten.rijen(vragen, gebruiker)`` makes the rows.
    """
    waarden = {} if na is None else {"op": na[0], "na": na[1]}
    if alleen_groepen is not None:
        waarden["groepen"] = list(alleen_groepen)
    if not is_actief(gebruiker) or waarden.get("groepen") == []:
        return []
    return _nieuwste(gebruiker, n, stand, **waarden)


def _te_lezen(ik, groepen=None):
    te_lezen = Groep.objects.zichtbaar_voor(ik)
    return (te_lezen if groepen is None else te_lezen.filter(pk__in=groepen)).order_by().values("pk")


def _bouw(ik, n, stand, groepen=None, **plek):
    kies = _met_lateral if connection.vendor == "postgresql" else _gewoon
    # The rule twice: among Groepen to choose from, and, as everywhere, on what is fetched.
    vragen = Vraag.objects.zichtbaar_voor(ik).filter(pk__in=kies(_te_lezen(ik, groepen), n, stand, **plek))
    return lijsten.met_alles_voor_rij(vragen, ik).order_by("-thread__laatst_actief_op", "-thread_id")


_nieuwste = Voor(_bouw)


def blad(
    gebruiker,
    na: str | None = None,
    alleen_groepen: Iterable[int] | None = None,
    stand: str = "",
    per: int = lijsten.PER_BLAD,
) -> lijsten.Blad:
    """``nieuwste`` as a page of rows, with the cursors of ``lijsten``."""
    plek = lijsten.lees_plek(na, "laatst_actief_op")
    gevonden = nieuwste(gebruiker, per + 1, plek, alleen_groepen, stand)
    meer = len(gevonden) > per
    gevonden = gevonden[:per]
    volgende = lijsten.schrijf_plek(gevonden[-1].thread, "laatst_actief_op") if meer else None
    return lijsten.Blad(lijsten.rijen(gevonden, gebruiker), volgende, plek is None)


def _met_lateral(groepen, n, stand, op=None, na=None) -> RawSQL:
    binnen, params = groepen.query.get_compiler(connection=connection).as_sql()
    grens = () if op is None else (op, na)
    sql = _LATERAL.format(
        groepen=binnen,
        thread=connection.ops.quote_name(Thread._meta.db_table),
        stand=STANDEN[stand],
        na="and (t.laatst_actief_op, t.id) < (%s, %s)" if grens else "",
        n=int(n),
    )
    return RawSQL(sql, (*params, *grens, *grens))  # noqa: S611  Django wrote what is filled in


def _gewoon(groepen, n, stand, op=None, na=None):
    threads = Thread.objects.levend().filter(groep__in=groepen, soort=Thread.Soort.VRAAG)
    if stand:
        threads = threads.filter(is_onopgelost=True)
    if stand == "onbeantwoord":
        threads = threads.filter(aantal_antwoorden=0)
    if op is not None:
        threads = threads.filter(Q(laatst_actief_op__lte=op), Q(laatst_actief_op__lt=op) | Q(pk__lt=na))
    return threads.order_by("-laatst_actief_op", "-pk").values("pk")[:n]
