"""The search engine on Elasticsearch. Anything that goes wrong with it comes out as ``Weg``."""

import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from heapq import nlargest
from typing import Any

from django.conf import settings
from elasticsearch.helpers import streaming_bulk
from elasticsearch_dsl import Q, Search

from intranet.zoeken import analyse
from intranet.zoeken.analyse import Term, Zoekvraag
from intranet.zoeken.document import Zoekdocument
from intranet.zoeken.elastic import vragen
from intranet.zoeken.elastic.bouw import Bouw, gewoonlijk, klopt, verdeel
from intranet.zoeken.elastic.verbinding import Weg, client, vertaal, zoeker
from intranet.zoeken.elastic.vorm import MEESTE_KERN, VORM
from intranet.zoeken.ingebouwd.gelijkenis import TELLEND
from intranet.zoeken.ingebouwd.motor import KORTSTE_DEEL, VERGELEKEN
from intranet.zoeken.ingebouwd.sterkte import Gemiddeld, getemperd, zeldzaam
from intranet.zoeken.ingebouwd.woorden import MEESTE_WOORDEN, PASSENDE
from intranet.zoeken.motor import Filters, Opdracht, Treffer, Uitkomst

ALLES = Filters()

# What goes over the line at once, at most.
BULK_BYTES = 8 * 1024 * 1024
_ID = re.compile(r"[a-z]+:\d+")


@dataclass(frozen=True, slots=True)
class Stand:
    """How the index is: made by the present analysis, of how many documents, and how many there are now."""

    klopt: bool
    bij_bouw: int
    documenten: int


class Elastic:
    """Search in Elasticsearch (see ``intranet.zoeken.motor.Motor``).

    Args:
        adressen: of the nodes, with commas between; by default ``settings.ELASTICSEARCH_URL``.
        prefix: what the names of its indexes begin with, so that several can share a server.
    """

    naam = "elastic"

    def __init__(self, adressen: str = "", prefix: str = ""):
        self.adressen = adressen or settings.ELASTICSEARCH_URL
        self.prefix = prefix or settings.ELASTICSEARCH_PREFIX
        # Of an index of another form there is no alias: it is as if it were not there.
        self.basis = f"{self.prefix}-v{VORM}"
        self.lees, self.schrijf_naar, self.bouw = (
            f"{self.basis}-{rol}" for rol in ("lees", "schrijf", "bouw")
        )

    @cached_property
    def es(self):
        """The client for who can wait."""
        return client(self.adressen)

    # --- Writing --------------------------------------------------------------------------------

    def schrijf(self, documenten: Iterable[Zoekdocument]) -> None:
        """Insert or replace."""
        with vertaal():
            self.bulk(verdeel(documenten, self._doelen()))

    def verwijder(self, ids: Iterable[str]) -> None:
        """Take out."""
        with vertaal():
            doelen = self._doelen()
            self.bulk(
                {"_op_type": "delete", "_index": alias, "_id": id, "require_alias": True}
                for id in ids
                for alias in doelen
            )

    def _doelen(self) -> dict[str, Gemiddeld]:
        """The aliases to write to, and how long texts usually are in the index behind each."""
        uit = {
            alias: gewoonlijk(meta)
            for alias in (self.schrijf_naar, self.bouw)
            for meta in self.indexen(alias).values()
        }
        if not uit:
            raise Weg("no index to write to")
        return uit

    def indexen(self, alias: str) -> dict[str, dict[str, Any]]:
        """The indexes behind an alias, each with what it says of itself."""
        with vertaal():
            antwoord = self.es.indices.get_mapping(
                index=alias, ignore_unavailable=True, allow_no_indices=True
            )
        return {naam: deel["mappings"].get("_meta", {}) for naam, deel in antwoord.items()}

    def bulk(self, acties: Iterable[dict[str, Any]]) -> None:
        """Do all of these; what the rebuild loses from a newer write, and what is gone already, is well."""
        with vertaal():
            for goed, regel in streaming_bulk(
                self.es,
                acties,
                max_chunk_bytes=BULK_BYTES,
                raise_on_error=False,
                max_retries=2,
                initial_backoff=0.5,
            ):
                if goed:
                    continue
                (soort, uit), *_ = regel.items()
                voorbij = soort == "delete" or uit.get("_index") == self.bouw
                if uit["status"] == 409 or (uit["status"] == 404 and voorbij):
                    continue
                fout = uit.get("error", {})
                raise Weg(f"{uit['status']} {fout.get('type') if isinstance(fout, dict) else fout}")

    def ververs(self) -> None:
        """Make what was written findable now, instead of within a second."""
        with vertaal():
            self.es.indices.refresh(index=self.schrijf_naar)

    # --- Searching ------------------------------------------------------------------------------

    def _vraag(self, search: Search, **meer: Any) -> dict[str, Any]:
        with vertaal():
            antwoord = zoeker(self.adressen).search(
                index=self.lees,
                # Half an answer is no answer: the built-in engine has a whole one.
                allow_partial_search_results=False,
                body={"_source": False, **search.to_dict(), **meer},
            )
        return antwoord.body

    def zoek(self, opdracht: Opdracht) -> Uitkomst:
        """Search."""
        if not opdracht.sleutels or not (opdracht.vraag.termen or opdracht.vraag.zinnen):
            return Uitkomst()
        opdracht = replace(opdracht, vraag=self._getemperd(opdracht.vraag))
        minstens = 0.0
        if opdracht.sorteer == "nieuwste":
            hoogste = self._vraag(vragen.hoogste(opdracht))["hits"]["max_score"]
            minstens = vragen.DEKKING * (hoogste or 0.0)
        return vragen.uitkomst(self._vraag(vragen.zoek(opdracht, minstens)), opdracht)

    def _getemperd(self, vraag: Zoekvraag) -> Zoekvraag:
        """The query with its synonyms weighing no more than the words they stand for allow."""
        if not any(term.soort == "synoniem" for term in vraag.termen):
            return vraag
        df, documenten = self._hoe_vaak(term.token for term in vraag.termen if term.soort != "deel")
        idf = {token: zeldzaam(aantal, documenten) for token, aantal in df.items() if aantal}
        deel = {token: telt / idf[token] for token, telt in getemperd(vraag, idf).items()}
        termen = (replace(term, gewicht=term.gewicht * deel.get(term.token, 1.0)) for term in vraag.termen)
        return replace(vraag, termen=tuple(termen))

    def _hoe_vaak(self, tokens: Iterable[str]) -> tuple[dict[str, int], int]:
        """In how many documents each of these stands, and how many there are."""
        antwoord = self._vraag(vragen.hoe_vaak(tokens))
        emmers = antwoord["aggregations"]["df"]["buckets"]
        return {token: emmer["doc_count"] for token, emmer in emmers.items()}, antwoord["hits"]["total"][
            "value"
        ]

    def kent(self, woorden: Collection[str], sleutels: Collection[str]) -> dict[str, int]:
        """Count the documents of this reader with each word."""
        gezocht = sorted({woord for woord in woorden if woord})
        if not gezocht or not sleutels:
            return {}
        antwoord = self._vraag(vragen.kent(gezocht, sleutels), track_total_hits=False)
        return vragen.bekend(antwoord)

    def voorspel(
        self, begin: str, sleutels: Collection[str], soorten: Collection[str] = (), aantal: int = 8
    ) -> list[Treffer]:
        """Type-ahead on titles."""
        woorden = list(dict.fromkeys(woord for _, _, woord in analyse.woorden(begin[:200])))
        if not woorden or not sleutels:
            return []
        search = vragen.voorspel(woorden[:MEESTE_WOORDEN], sleutels, soorten)[:aantal]
        gevonden = vragen.treffers(self._vraag(search, track_total_hits=False, track_scores=True))
        return [replace(treffer, score=1 / plek) for plek, treffer in enumerate(gevonden, 1)]

    def bevat(
        self, deel: str, sleutels: Collection[str], filters: Filters = ALLES, aantal: int = 10
    ) -> list[Treffer]:
        """Substring: the words that have it, and then a search for those."""
        delen = {
            woord[: analyse.LANGSTE_TOKEN]: None
            for _, _, woord in analyse.woorden(deel[:200])
            if len(woord) >= KORTSTE_DEEL and woord not in analyse.STOPWOORDEN
        }
        if not sleutels or not delen:
            return []
        antwoord = self._vraag(vragen.passende(delen, sleutels, PASSENDE), track_total_hits=False)
        termen: dict[str, Term] = {}
        for stuk in delen:
            for emmer in antwoord["aggregations"][stuk]["woorden"]["buckets"]:
                token = analyse.stam(emmer["key"])
                termen.setdefault(token, Term(token, 1.0, "hoofd", emmer["key"]))
        vraag = Zoekvraag(deel, tuple(termen.values()))
        return self.zoek(Opdracht(vraag, frozenset(sleutels), filters, aantal=aantal)).treffers

    def lijkt_op(
        self, bron: str, sleutels: Collection[str], soorten: Collection[str] = (), aantal: int = 5
    ) -> list[Treffer]:
        """Documents like a text or like another document: its most telling words are the query."""
        if not sleutels:
            return []
        zelf = bron if _ID.fullmatch(bron) else ""
        if zelf:
            termen = [(token, keer**0.5) for token, keer in self._kern(zelf, sleutels)]
        else:
            ding = analyse.ontleed("", bron[:VERGELEKEN])
            termen = [(token, float(keer)) for token, keer in ding.tekst.most_common(MEESTE_KERN)]
        termen = self._tellend(termen, 2 if zelf else 1)
        if not termen:
            return []
        search = vragen.gelijkenis(termen, sleutels, soorten, zelf)[:aantal]
        return vragen.treffers(self._vraag(search, track_total_hits=False, track_scores=True))

    def _kern(self, id: str, sleutels: Collection[str]) -> list[tuple[str, int]]:
        """The tokens of a document and how often; none when this reader may not see it."""
        search = Search().query("bool", filter=[vragen.mag(sleutels), Q("term", id=id)])
        gevonden = self._vraag(search[:1], _source=["kern"])["hits"]["hits"]
        return [(token, keer) for hit in gevonden for token, keer in hit["_source"]["kern"]]

    def _tellend(self, termen: list[tuple[str, float]], minstens: int) -> list[tuple[str, float]]:
        """The most telling of these tokens, of those in at least so many documents."""
        if not termen:
            return []
        df, documenten = self._hoe_vaak(token for token, _ in termen)
        zwaar = {t: keer * zeldzaam(df[t], documenten) for t, keer in termen if df[t] >= minstens}
        return [
            (t, keer) for t, keer in nlargest(TELLEND, termen, key=lambda p: zwaar.get(p[0], 0)) if t in zwaar
        ]

    # --- The index itself -----------------------------------------------------------------------

    def standen(self, na: str = "", aantal: int = 1000) -> list[tuple[str, str]]:
        """(id, fingerprint) of what is in the index, by id."""
        search = Search().query("match_all").sort("id")[:aantal]
        meer: dict[str, Any] = {"docvalue_fields": ["vingerafdruk"], "track_total_hits": False}
        if na:
            meer["search_after"] = [na]
        with vertaal():
            antwoord = self.es.search(
                index=self.lees, body={"_source": False, **search.to_dict(), **meer}
            ).body
        return [(hit["_id"], hit["fields"]["vingerafdruk"][0]) for hit in antwoord["hits"]["hits"]]

    def stand(self) -> Stand:
        """How the index is; waits longer for the answer than a reader would."""
        meta = next(iter(self.indexen(self.lees).values()), {})
        if not meta:
            return Stand(False, 0, 0)
        with vertaal():
            aantal = self.es.count(index=self.lees).body["count"]
        return Stand(klopt(meta), meta.get("aantal", 0), aantal)

    @contextmanager
    def herbouw(self, opnieuw: bool = False) -> Iterator[Bouw]:
        """A new index, swapped in at the end."""
        with vertaal():
            bouw = Bouw(self, opnieuw)
        with bouw.open():
            yield bouw
        with vertaal():
            bouw.wissel()

    def gezond(self) -> bool:
        """Whether it answers, with an index made by the present analysis."""
        try:
            with vertaal():
                antwoord = zoeker(self.adressen).indices.get_mapping(index=self.lees)
        except Weg:
            return False
        return any(klopt(deel["mappings"].get("_meta", {})) for deel in antwoord.values())

    def ruim_op(self) -> None:
        """Take away every index of this prefix (for tests and measurements)."""
        with vertaal():
            for alias in (self.lees, self.bouw):
                for naam in self.indexen(alias):
                    self.es.indices.delete(index=naam)
