"""From an ``Opdracht`` to a search of Elasticsearch, and back. No user's text is ever parsed: terms only."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils import timezone
from elasticsearch_dsl import SF, A, Q, Search
from elasticsearch_dsl.query import Query

from intranet.zoeken.analyse import gewichten
from intranet.zoeken.elastic.vorm import SCHAAL
from intranet.zoeken.ingebouwd.woorden import VOLGORDE
from intranet.zoeken.motor import FACETTEN, PERIODEN, Facet, Filters, Opdracht, Treffer, Uitkomst, sinds

# How much being new counts, and after how many days half of that is gone (as in the built-in engine).
NIEUW, HALF = 0.05, 365
# The ages between which that is taken to be the same, in days.
STAPPEN = (60, 180, 365, 730, 1460, 2920, 7300)
# Sorted by newest: documents with at least this share of what the best has.
DEKKING = 0.5
_NIEUWSTE = {"op": {"order": "desc", "missing": "_last"}}
OP_SCORE, OP_DATUM = ("_score", _NIEUWSTE, "id"), (_NIEUWSTE, "_score", "id")
_PRIOR = {"field": "prior", "missing": 1.0}
# Counted up to here; above it there are "more than" so many.
TEL_TOT = 10_000
# Up to so many words are counted one by one.
MEESTE_APART = 100
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


def met_prior_en_nieuw(query: Query) -> Query:
    """The score of ``query`` times the prior, and a little more for what is new (in steps: no scripts)."""
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
        for emmer, (eisen, namen) in _emmers(gekozen).items():
            # Without anything to hold against, no bucket: that halves what counting costs.
            aggs = search.aggs.bucket(emmer, "filter", Q("bool", filter=eisen)) if eisen else search.aggs
            for naam in namen:
                aggs.bucket(naam, _waarden(naam))
    search = search.sort(*(OP_DATUM if opdracht.sorteer == "nieuwste" else OP_SCORE))
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


def _emmers(gekozen: dict[str, Query]) -> dict[str, tuple[list[Query], list[str]]]:
    """Facets that are counted under the same choices, together: all that is chosen but its own."""
    uit: dict[str, tuple[list[Query], list[str]]] = {}
    for naam in FACETTEN:
        emmer = f"zonder_{naam}" if naam in gekozen else "met_alles"
        andere = [query for sleutel, query in gekozen.items() if sleutel != naam]
        uit.setdefault(emmer, (andere, []))[1].append(naam)
    return uit


def _waarden(naam: str):
    if naam == "sinds":
        return A("filters", filters={p: Q("range", op={"gte": sinds(p)}) for p in PERIODEN})
    return A("terms", field=_VELDEN[naam], size=MEESTE_WAARDEN)


def uitkomst(antwoord: dict[str, Any], opdracht: Opdracht) -> Uitkomst:
    """What Elasticsearch answered, as every engine says it."""
    totaal = antwoord["hits"]["total"]
    facetten: dict[str, Facet] = {}
    if opdracht.facetten:
        alle = antwoord["aggregations"]
        for emmer, (_, namen) in _emmers(keuzes(opdracht.filters)).items():
            in_ = alle.get(emmer, alle)
            facetten |= {naam: _facet(naam, in_[naam]) for naam in namen}
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


def kent(woorden: Sequence[str], sleutels: Collection[str]) -> Search:
    """How many documents of this reader hold each of these words."""
    search = Search().query("bool", filter=[mag(sleutels), Q("terms", woorden=list(woorden))])
    if len(woorden) <= MEESTE_APART:
        # Of each its own list of documents: ten times as fast as all words of those documents.
        tel = A("filters", filters={woord: Q("term", woorden=woord) for woord in woorden})
    else:
        tel = A("terms", field="woorden", include=list(woorden), size=len(woorden))
    search.aggs.bucket("woorden", tel)
    return search[:0]


def bekend(antwoord: dict[str, Any]) -> dict[str, int]:
    """What was answered to ``kent``; a word that nobody wrote is not in it."""
    emmers = antwoord["aggregations"]["woorden"]["buckets"]
    if isinstance(emmers, list):
        return {emmer["key"]: emmer["doc_count"] for emmer in emmers}
    return {woord: emmer["doc_count"] for woord, emmer in emmers.items() if emmer["doc_count"]}


def voorspel(woorden: Sequence[str], sleutels: Collection[str], soorten: Collection[str]) -> Search:
    """Documents whose title has, for each of these words, one that begins like it.

    The score only says the order: first who has the longest word whole, then by kind.
    """
    eisen = [mag(sleutels), *(Q("prefix", begin={"value": woord}) for woord in woorden)]
    if soorten:
        eisen.append(Q("terms", soort=list(soorten)))
    punten = [_punten(Q("term", begin=max(woorden, key=len)), 100)]
    punten += [_punten(Q("term", soort=soort), 50 - plek) for plek, soort in enumerate(VOLGORDE)]
    return Search().query("bool", filter=eisen, should=punten).sort(*OP_SCORE)


def _punten(query: Query, aantal: int) -> Query:
    return Q("constant_score", filter=query, boost=aantal)


def passende(delen: Iterable[str], sleutels: Collection[str], aantal: int) -> Search:
    """For each of these the words that this reader may see with it within them, the most used first."""
    search = Search().query("bool", filter=[mag(sleutels)])
    volgorde = [{"_count": "desc"}, {"_key": "asc"}]
    for deel in delen:
        patroon = "".join(teken if teken.isalnum() else f"\\{teken}" for teken in deel)
        wie = Q("wildcard", woorden={"value": f"*{patroon}*"})
        tel = A("terms", field="woorden", include=f".*{patroon}.*", size=aantal, order=volgorde)
        search.aggs.bucket(deel, "filter", wie).bucket("woorden", tel)
    return search[:0]


def hoe_vaak(tokens: Iterable[str]) -> Search:
    """In how many documents each token stands, and how many documents there are."""
    search = Search()
    search.aggs.bucket("df", "filters", filters={token: Q("term", tokens=token) for token in tokens})
    return search.extra(track_total_hits=True)[:0]


def gelijkenis(
    termen: Iterable[tuple[str, float]], sleutels: Collection[str], soorten: Collection[str], zonder: str
) -> Search:
    """Documents with these tokens, but not ``zonder`` itself."""
    eisen = [mag(sleutels)]
    if soorten:
        eisen.append(Q("terms", soort=list(soorten)))
    if zonder:
        eisen.append(~Q("term", id=zonder))
    return Search().query(met_prior_en_nieuw(met_een_van(termen, *eisen))).sort(*OP_SCORE)
