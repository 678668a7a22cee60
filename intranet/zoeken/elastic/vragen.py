"""From an ``Opdracht`` to a search of Elasticsearch, and back. No user's text is ever parsed: terms only."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from elasticsearch_dsl import SF, A, Q, Search
from elasticsearch_dsl.query import Query

from intranet.zoeken.analyse import gewichten
from intranet.zoeken.elastic.vorm import SCHAAL
from intranet.zoeken.motor import FACETTEN, PERIODEN, Facet, Filters, Opdracht, Treffer, Uitkomst

# How much being new counts, and after how many days half of that is gone (as in the built-in engine).
NIEUW, HALF = 0.05, 365
# The ages between which that is taken to be the same, in days.
STAPPEN = (60, 180, 365, 730, 1460, 2920, 7300)
# Sorted by newest: documents with at least this share of what the best has.
DEKKING = 0.5
_PRIOR = {"field": "prior", "missing": 1.0}
# Counted up to here; above it there are "more than" so many.
TEL_TOT = 10_000
# Values that one facet shows at most.
MEESTE_WAARDEN = 100
# Fields that hold numbers, as keywords.
_GETALLEN = ("groep", "organisatie", "onderwerp")
_VELDEN = {
    "soort": "soort",
    "groep": "groep",
    "organisatie": "organisaties",
    "onderwerp": "onderwerpen",
    "opgelost": "opgelost",
}


def mag(sleutels: Collection[str]) -> Query:
    """The documents of this reader."""
    return Q("terms", sleutels=sorted(sleutels))


def keuzes(filters: Filters) -> dict[str, Query]:
    """What the reader chose, by the facet it belongs to."""
    uit: dict[str, Query] = {}
    if filters.soorten:
        uit["soort"] = Q("terms", soort=list(filters.soorten))
    if filters.groepen:
        uit["groep"] = Q("terms", groep=list(filters.groepen))
    if filters.organisaties:
        uit["organisatie"] = Q("terms", organisaties=list(filters.organisaties))
    if filters.onderwerpen:
        uit["onderwerp"] = Q("terms", onderwerpen=list(filters.onderwerpen))
    if filters.sinds is not None:
        uit["sinds"] = Q("range", op={"gte": filters.sinds})
    if filters.opgelost is not None:
        uit["opgelost"] = Q("term", opgelost=filters.opgelost)
    return uit


def met_prior(query: Query) -> Query:
    """The score of ``query``, multiplied by the prior of the document."""
    return Q("function_score", query=query, field_value_factor=_PRIOR, boost_mode="multiply")


def met_prior_en_nieuw(query: Query) -> Query:
    """The same, and a little more for what is new: in steps of age, as there are no scripts."""
    # Whole hours: Elasticsearch remembers who falls in which step.
    nu = timezone.now().replace(minute=0, second=0, microsecond=0)
    functies = [SF("field_value_factor", **_PRIOR)]
    jonger = None
    for dagen in STAPPEN:
        ouder = nu - timedelta(days=dagen)
        vak = Q("range", op={"gt": ouder} | ({"lte": jonger} if jonger else {}))
        functies.append(SF({"filter": vak, "weight": nieuw(0.75 * dagen)}))
        jonger = ouder
    return Q("function_score", query=query, functions=functies, score_mode="multiply", boost_mode="multiply")


def nieuw(dagen: float) -> float:
    """How much more something counts that is so many days old."""
    return 1 + NIEUW * HALF / (HALF + dagen)


def met_een_van(termen: Iterable[tuple[str, float]], *eisen: Query) -> Query:
    """Documents with at least one of these tokens, scored by all; ``eisen`` do not score."""
    return Q(
        "bool",
        should=[Q("term", tokens={"value": token, "boost": gewicht}) for token, gewicht in termen],
        minimum_should_match=1,
        filter=list(eisen),
    )


def zoek(opdracht: Opdracht, minstens: float = 0.0) -> Search:
    """The search for ``opdracht``, among documents with at least this score."""
    zinnen = [Q("match_phrase", volgorde=" ".join(zin)) for zin in opdracht.vraag.zinnen]
    termen = _termen(opdracht)
    gekozen = keuzes(opdracht.filters)
    eisen = [mag(opdracht.sleutels), *zinnen]
    if not opdracht.facetten:
        eisen += gekozen.values()
    search = Search().query(met_prior_en_nieuw(met_een_van(termen, *eisen)))
    if opdracht.facetten:
        # Facets are counted before what was chosen, each with all choices but its own.
        if gekozen:
            search = search.post_filter(Q("bool", filter=list(gekozen.values())))
        for naam in FACETTEN:
            andere = [query for sleutel, query in gekozen.items() if sleutel != naam]
            search.aggs.bucket(naam, "filter", Q("bool", filter=andere)).bucket("per", _waarden(naam))
    volgorde: list[Any] = ["_score", {"op": {"order": "desc", "missing": "_last"}}]
    if opdracht.sorteer == "nieuwste":
        volgorde.reverse()
    search = search.sort(*volgorde, "id")
    search = search[opdracht.vanaf : opdracht.vanaf + opdracht.aantal]
    if minstens:
        search = search.extra(min_score=minstens)
    return search.extra(track_total_hits=TEL_TOT, track_scores=True)


def hoogste(opdracht: Opdracht) -> Search:
    """Only to learn how high the best document scores, whatever was chosen."""
    return zoek(replace(opdracht, filters=Filters(), facetten=False, sorteer="relevantie", vanaf=0, aantal=1))


def _termen(opdracht: Opdracht) -> list[tuple[str, float]]:
    uit = {token: 1.0 for zin in opdracht.vraag.zinnen for token in zin}
    uit |= {term.token: term.gewicht for term in opdracht.vraag.termen}
    return list(uit.items())


def _waarden(naam: str):
    if naam == "sinds":
        nu = timezone.now()
        return A("filters", filters={p: Q("range", op={"gte": sinds(p, nu)}) for p in PERIODEN})
    return A("terms", field=_VELDEN[naam], size=MEESTE_WAARDEN)


def sinds(periode: str, nu: datetime) -> datetime:
    """When a period of the facet began."""
    return nu - timedelta(days=PERIODEN[periode])


def uitkomst(antwoord: dict[str, Any], opdracht: Opdracht) -> Uitkomst:
    """What Elasticsearch answered, as every engine says it."""
    totaal = antwoord["hits"]["total"]
    facetten = {}
    if opdracht.facetten:
        facetten = {naam: _facet(naam, antwoord["aggregations"][naam]["per"]) for naam in FACETTEN}
    return Uitkomst(treffers(antwoord), totaal["value"], totaal["relation"] != "eq", facetten)


def _facet(naam: str, per: dict[str, Any]) -> Facet:
    emmers = per["buckets"]
    if naam == "sinds":
        return {periode: emmer["doc_count"] for periode, emmer in emmers.items() if emmer["doc_count"]}
    uit: Facet = {}
    for emmer in emmers:
        waarde: str | int | bool = emmer["key"]
        if naam in _GETALLEN:
            waarde = int(waarde)
        elif naam == "opgelost":
            waarde = bool(waarde)
        uit[waarde] = emmer["doc_count"]
    return uit


def treffers(antwoord: dict[str, Any]) -> list[Treffer]:
    """The hits of an answer; what Elasticsearch adds to BM25 (k1 + 1) is taken off the score."""
    deler = gewichten.K1 * SCHAAL + 1
    return [Treffer.van(hit["_id"], (hit["_score"] or 0.0) / deler) for hit in antwoord["hits"]["hits"]]


def voorspel(woorden: Collection[str], sleutels: Collection[str], soorten: Collection[str]) -> Search:
    """Documents whose title has, for each of these words, one that begins like it."""
    eisen = [mag(sleutels)]
    if soorten:
        eisen.append(Q("terms", soort=list(soorten)))
    begint = [Q("prefix", begin={"value": woord}) for woord in woorden]
    # A whole word counts more than the beginning of one.
    heel = [Q("constant_score", filter=Q("term", begin=woord), boost=0.5) for woord in woorden]
    return Search().query(met_prior(Q("bool", must=begint, should=heel, filter=eisen))).sort("_score", "id")


def bevat(deel: str, sleutels: Collection[str], filters: Filters) -> Search:
    """Documents with a word that has ``deel`` in it; in the title counts more."""
    patroon = "*" + "".join(f"\\{teken}" if teken in "*?\\" else teken for teken in deel) + "*"
    return (
        Search()
        .query(
            met_prior(
                Q(
                    "bool",
                    should=[
                        Q("constant_score", filter=Q("wildcard", titelwoorden={"value": patroon}), boost=2),
                        Q("wildcard", woorden={"value": patroon}),
                    ],
                    minimum_should_match=1,
                    filter=[mag(sleutels), *keuzes(filters).values()],
                )
            )
        )
        .sort("_score", "id")
    )


def gelijkenis(
    termen: Iterable[tuple[str, float]], sleutels: Collection[str], soorten: Collection[str], zonder: str
) -> Search:
    """Documents with these tokens, but not ``zonder`` itself."""
    eisen = [mag(sleutels)]
    if soorten:
        eisen.append(Q("terms", soort=list(soorten)))
    if zonder:
        eisen.append(~Q("term", id=zonder))
    return Search().query(met_prior(met_een_van(termen, *eisen))).sort("_score", "id")
