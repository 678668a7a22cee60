"""A search: hits, how many, and the facets, in two statements."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from time import time

from intranet.zoeken.motor import FACETTEN, PERIODEN, Facet, Filters, Opdracht, Treffer, Uitkomst, sinds

from .sterkte import VOL
from .vinden import FIJN, TREFFERS, Lezing, Sql, Woord, binnen_groepen, kandidaten
from .zinnen import met_zinnen

# ruff: noqa: S608  names of our own tables go into these statements, values never do

# How much being new counts, and after how many seconds half of that is gone.
NIEUW, HALF = 0.05, 365 * 86_400
# Sorted by newest: documents with at least this share of what the best has.
DEKKING = 0.5


def zoek(lezing: Lezing, opdracht: Opdracht) -> Uitkomst | None:
    """Search an index whose words of the query were looked up; None when there is nothing."""
    if not lezing.woorden:
        return None
    alleen = None
    if opdracht.vraag.zinnen:
        alleen = met_zinnen(lezing, opdracht.vraag.zinnen)
        if not alleen:
            return None
    return zoek_woorden(lezing, list(lezing.woorden.values()), opdracht, alleen)


def zoek_woorden(
    lezing: Lezing,
    woorden: Sequence[Woord],
    opdracht: Opdracht,
    alleen: Sequence[tuple[int, int]] | None = None,
) -> Uitkomst:
    """Documents with these words, and only those in ``alleen`` when it is given."""
    filters = opdracht.filters
    if not filters.groepen:
        return _zoek(lezing, woorden, opdracht, alleen)
    # Only what lives there is read; the other Groepen are looked at for their counts alone.
    uitkomst = _zoek(binnen_groepen(lezing, filters.groepen), woorden, opdracht, alleen)
    if opdracht.facetten:
        ruimer = replace(opdracht, filters=replace(filters, groepen=()), aantal=0)
        rondom = _zoek(lezing, woorden, ruimer, alleen).facetten["groep"]
        uitkomst.facetten["groep"] = rondom | uitkomst.facetten["groep"]
    return uitkomst


def _zoek(
    lezing: Lezing,
    woorden: Sequence[Woord],
    opdracht: Opdracht,
    alleen: Sequence[tuple[int, int]] | None,
) -> Uitkomst:
    nieuwste = opdracht.sorteer == "nieuwste"
    met_filters = opdracht.filters != Filters()
    alles = nieuwste or met_filters
    waar = _waar(opdracht.filters, "d.") if met_filters else None
    sql, volledig = kandidaten(lezing, woorden, None if alles else TREFFERS, nieuwste, alleen, waar)
    uitkomst = _maak_af(sql, lezing, opdracht, nieuwste)
    uitkomst.meer_dan = not volledig or (not alles and uitkomst.totaal >= TREFFERS)
    return uitkomst


def _maak_af(sql: Sql, lezing: Lezing, opdracht: Opdracht, nieuwste: bool) -> Uitkomst:
    """Read the documents of the candidates: filter, sort, count."""
    nu, filters = int(time()), opdracht.filters
    sql.bij(
        ", vol(naam, kenmerk, op, score) as materialized (select d.naam, d.kenmerk, d.op, k.score * (case"
        f" when d.op > 0 then 1 + cast({NIEUW * HALF} as double precision) / ({HALF} + abs(%s - d.op))"
        " else 1 end)"
        f" from kandidaat k join {lezing.tabel('document')} d on d.id = k.document",
        nu,
    )
    if nieuwste:
        sql.bij(f" where k.score >= {DEKKING} * (select max(score) from kandidaat)")
    volgorde = "op desc, score desc, naam" if nieuwste else "score desc, op desc, naam"
    sql.bij(") select * from (select 0 as deel, naam, score, op, 1 as past from vol where ")
    sql.voeg_toe(_waar(filters)).bij(
        f" order by {volgorde} limit %s offset %s) h union all ", opdracht.aantal, opdracht.vanaf
    )
    if not opdracht.facetten:
        sql.bij("select 1, '', count(*), 0, 1 from vol where ").voeg_toe(_waar(filters))
        rijen = sql.haal()
        uitkomst = Uitkomst(_treffers(rijen, nieuwste))
        uitkomst.totaal = next(int(score) for deel, _, score, _, _ in rijen if deel == 1)
        return uitkomst
    grenzen = [int(sinds(periode).timestamp()) for periode in PERIODEN]
    sql.bij(
        "select 1, kenmerk, count(*), periode, past from (select kenmerk, "
        + "case when op >= %s then 0 when op >= %s then 1 when op >= %s then 2 else 3 end as periode,"
        " case when op >= %s then 1 else 0 end as past from vol) v group by kenmerk, periode, past",
        *grenzen,
        int(filters.sinds.timestamp()) if filters.sinds else 0,
    )
    rijen = sql.haal()
    totaal, facetten = _tel(rijen, filters)
    return Uitkomst(_treffers(rijen, nieuwste), totaal, facetten=facetten)


def _treffers(rijen: list[tuple], nieuwste: bool) -> list[Treffer]:
    gevonden = [
        (op if nieuwste else score, score, op, naam) for deel, naam, score, op, _ in rijen if deel == 0
    ]
    gevonden.sort(key=lambda rij: (-rij[0], -rij[1], -rij[2], rij[3]))
    return [Treffer.van(naam, float(score) / (VOL * FIJN)) for _, score, _, naam in gevonden]


def _waar(filters: Filters, rij: str = "") -> Sql:
    """The condition that a document passes all filters."""
    sql = Sql().bij("1 = 1")
    for keuzes in _keuzes(filters):
        past = " or ".join([f"{rij}kenmerk like %s"] * len(keuzes))
        sql.bij(f" and ({past})", *(f"% {keuze} %" for keuze in keuzes))
    if filters.sinds:
        sql.bij(f" and {rij}op >= %s", int(filters.sinds.timestamp()))
    return sql


def _keuzes(filters: Filters) -> list[list[str]]:
    """What was chosen, in the words of ``Document.kenmerk``."""
    keuzes = [
        list(filters.soorten),
        [f"g{nummer}" for nummer in filters.groepen],
        [f"o{nummer}" for nummer in filters.organisaties],
        [f"t{nummer}" for nummer in filters.onderwerpen],
        [] if filters.opgelost is None else [f"s{filters.opgelost:d}"],
    ]
    return [keuze for keuze in keuzes if keuze]


_FACET = {"g": "groep", "o": "organisatie", "t": "onderwerp", "s": "opgelost"}


@lru_cache(maxsize=8192)
def _paren(kenmerk: str) -> tuple[tuple[str, str | int | bool], ...]:
    """``Document.kenmerk`` as (facet, value)."""
    soort, *rest = kenmerk.split()
    return (
        ("soort", soort),
        *((_FACET[deel[0]], deel == "s1" if deel[0] == "s" else int(deel[1:])) for deel in rest),
    )


def _tel(rijen: Sequence[tuple], filters: Filters) -> tuple[int, dict[str, Facet]]:
    """The number of hits, and of each facet the counts, without the filter of that facet itself."""
    gekozen: dict[str, set[tuple[str, str | int | bool]]] = {
        naam: {(naam, waarde) for waarde in waarden}
        for naam, waarden in (
            ("soort", filters.soorten),
            ("groep", filters.groepen),
            ("organisatie", filters.organisaties),
            ("onderwerp", filters.onderwerpen),
            ("opgelost", () if filters.opgelost is None else (filters.opgelost,)),
        )
        if waarden
    }
    tel: defaultdict[tuple[str, str | int | bool], int] = defaultdict(int)
    per_periode = [0] * (len(PERIODEN) + 1)
    totaal = 0
    for deel, kenmerk, aantal, periode, past in rijen:
        if deel == 0:
            continue
        paren, aantal = _paren(kenmerk), int(aantal)
        buiten = [naam for naam, keuze in gekozen.items() if keuze.isdisjoint(paren)]
        if not past:
            buiten.append("sinds")
        if not buiten:
            totaal += aantal
            per_periode[periode] += aantal
            for paar in paren:
                tel[paar] += aantal
        elif buiten == ["sinds"]:
            per_periode[periode] += aantal
        elif len(buiten) == 1:
            for paar in paren:
                if paar[0] == buiten[0]:
                    tel[paar] += aantal
    facetten: dict[str, Facet] = {naam: {} for naam in FACETTEN}
    for (naam, waarde), aantal in sorted(tel.items(), key=lambda paar: -paar[1]):
        facetten[naam][waarde] = aantal
    # What is of this week is of this month too.
    for plek, naam in enumerate(PERIODEN):
        if binnen := sum(per_periode[: plek + 1]):
            facetten["sinds"][naam] = binnen
    return totaal, facetten
