"""The newest questions of many Groepen at once, at a cost that does not grow with the number of questions.

``groep IN (...) ORDER BY laatst_actief_op`` reads every question of those Groepen before it can sort.
PostgreSQL can do better with LATERAL: the newest of each Groep first (one step in the index
``thread_in_groep``), then the newest few of no more Groepen than fit on the page. Other databases get the
plain query.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.db.models import Q

from groepen import lijsten
from groepen.models import Groep, Thread, Vraag
from groepen.voorbereid import Voor
from intranet.prepared import plan_cursor
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
    order by eerste.laatst_actief_op desc, eerste.id desc limit %s
) g
cross join lateral (
    select t.id, t.laatst_actief_op from {thread} t
    where t.groep_id = g.id and t.verwijderd_op is null and t.soort = 'vraag' {stand} {na}
    order by t.laatst_actief_op desc, t.id desc limit %s
) rij
order by rij.laatst_actief_op desc, rij.id desc limit %s
"""


def nieuwste(
    gebruiker,
    n: int = 25,
    na: tuple[datetime, int] | None = None,
    alleen_groepen: Iterable[int] | None = None,
    stand: str = "",
) -> list[Vraag]:
    """The ``n`` most recently active questions that ``gebruiker`` may read, newest first: two queries.

    Args:
        na: (laatst_actief_op, pk) of the last row of the page before.
        alleen_groepen: pks of Groepen to stay within; all visible ones by default.
        stand: "" for all, "onbeantwoord" or "onopgelost".

    Each Vraag comes with all that a row shows: ``lijsten.rijen(vragen, gebruiker)`` makes the rows.
    """
    if alleen_groepen is not None:
        alleen_groepen = list(alleen_groepen)
    if not is_actief(gebruiker) or alleen_groepen == []:
        return []
    kies = _met_lateral if connection.vendor == "postgresql" else _gewoon
    pks = kies(gebruiker, n, na, alleen_groepen, stand)
    if not pks:
        return []
    vragen = {vraag.pk: vraag for vraag in _rijen(gebruiker, pks=pks)}
    return [vragen[pk] for pk in pks if pk in vragen]


# The pks of all Groepen that somebody may read, as SQL of its own; the keys of a reader are made of it too.
te_lezen_groepen = Voor(lambda ik: Groep.objects.zichtbaar_voor(ik).order_by().values("pk"))
_rijen = Voor(
    lambda ik, pks: lijsten.met_alles_voor_rij(Vraag.objects.zichtbaar_voor(ik).filter(pk__in=pks), ik)
)


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


def _met_lateral(gebruiker, n, na, alleen_groepen, stand) -> list[int]:
    binnen, params = te_lezen_groepen.sql(gebruiker)
    if alleen_groepen is not None:
        binnen = f"select pk from ({binnen}) z where pk = any(%s)"  # noqa: S608  Django wrote it
        params = [*params, alleen_groepen]
    grens = [*na] if na else []
    sql = _LATERAL.format(
        groepen=binnen,
        thread=connection.ops.quote_name(Thread._meta.db_table),
        stand=STANDEN[stand],
        na="and (t.laatst_actief_op, t.id) < (%s, %s)" if na else "",
    )
    with plan_cursor() as cursor:
        cursor.execute(sql, [*params, *grens, n, *grens, n, n])
        return [pk for (pk,) in cursor.fetchall()]


def _gewoon(gebruiker, n, na, alleen_groepen, stand) -> list[int]:
    groepen = Groep.objects.zichtbaar_voor(gebruiker)
    if alleen_groepen is not None:
        groepen = groepen.filter(pk__in=alleen_groepen)
    binnen = groepen.order_by().values("pk")
    threads = Thread.objects.levend().filter(groep__in=binnen, soort=Thread.Soort.VRAAG)
    if stand:
        threads = threads.filter(is_onopgelost=True)
    if stand == "onbeantwoord":
        threads = threads.filter(aantal_antwoorden=0)
    if na:
        threads = threads.filter(
            Q(laatst_actief_op__lte=na[0]), Q(laatst_actief_op__lt=na[0]) | Q(pk__lt=na[1])
        )
    return list(threads.order_by("-laatst_actief_op", "-pk").values_list("pk", flat=True)[:n])
