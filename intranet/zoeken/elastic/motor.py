"""The search engine on Elasticsearch. Anything that goes wrong with it comes out as ``Weg``."""

import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from django.conf import settings
from elasticsearch.helpers import streaming_bulk
from elasticsearch_dsl import A, Q, Search

from intranet.zoeken import analyse
from intranet.zoeken.document import Zoekdocument
from intranet.zoeken.elastic import vragen
from intranet.zoeken.elastic.bouw import Bouw, gemiddelden, klopt, verdeel
from intranet.zoeken.elastic.verbinding import Weg, client, vertaal, zoeker
from intranet.zoeken.motor import Filters, Opdracht, Treffer, Uitkomst

ZONDER_FILTER = Filters()

# What goes over the line at once, at most.
BULK_BYTES = 8 * 1024 * 1024
_ID = re.compile(r"[a-z]+:\d+")
# How many words of a text are used to find others like it.
MEESTE_WOORDEN = 25


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
        self.lees = f"{self.prefix}-lees"
        self.schrijf_naar = f"{self.prefix}-schrijf"
        self.bouw = f"{self.prefix}-bouw"

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

    def _doelen(self) -> dict[str, list[float]]:
        """The aliases to write to, and how long texts usually are in the index behind each."""
        uit = {}
        for naam, alias in (("schrijf", self.schrijf_naar), ("bouw", self.bouw)):
            for meta in self.indexen(alias).values():
                uit[alias] = (meta.get("gewoon") if naam == "bouw" else None) or gemiddelden(meta)
        if self.schrijf_naar not in uit:
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
                self.es, acties, max_chunk_bytes=BULK_BYTES, raise_on_error=False, max_retries=2
            ):
                if goed:
                    continue
                (soort, uit), *_ = regel.items()
                weg = uit.get("_index") == self.bouw or self.bouw in str(uit.get("error"))
                if uit["status"] == 409 or (uit["status"] == 404 and (soort == "delete" or weg)):
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
        minstens = 0.0
        if opdracht.sorteer == "nieuwste":
            hoogste = self._vraag(vragen.hoogste(opdracht))["hits"]["max_score"]
            minstens = vragen.DEKKING * (hoogste or 0.0)
        return vragen.uitkomst(self._vraag(vragen.zoek(opdracht, minstens)), opdracht)

    def kent(self, woorden: Collection[str], sleutels: Collection[str]) -> dict[str, int]:
        """Count the documents of this reader with each word."""
        gezocht = sorted({woord for woord in woorden if woord})
        if not gezocht or not sleutels:
            return {}
        search = Search().query("bool", filter=[vragen.mag(sleutels), Q("terms", woorden=gezocht)])
        tel = A("terms", field="woorden", include=gezocht, size=len(gezocht), execution_hint="map")
        search.aggs.bucket("woorden", tel)
        antwoord = self._vraag(search[:0], track_total_hits=False)
        return {emmer["key"]: emmer["doc_count"] for emmer in antwoord["aggregations"]["woorden"]["buckets"]}

    def voorspel(
        self, begin: str, sleutels: Collection[str], soorten: Collection[str] = (), aantal: int = 8
    ) -> list[Treffer]:
        """Type-ahead on titles."""
        woorden = list(dict.fromkeys(woord for _, _, woord in analyse.woorden(begin)))
        if not woorden or not sleutels:
            return []
        search = vragen.voorspel(woorden[:8], sleutels, soorten)[:aantal]
        return vragen.treffers(self._vraag(search, track_total_hits=False, track_scores=True))

    def bevat(
        self, deel: str, sleutels: Collection[str], filters: Filters = ZONDER_FILTER, aantal: int = 10
    ) -> list[Treffer]:
        """Substring of a word."""
        deel = analyse.vouw(deel)[: analyse.LANGSTE_TOKEN]
        if not deel or not sleutels:
            return []
        search = vragen.bevat(deel, sleutels, filters)[:aantal]
        return vragen.treffers(self._vraag(search, track_total_hits=False, track_scores=True))

    def lijkt_op(
        self, bron: str, sleutels: Collection[str], soorten: Collection[str] = (), aantal: int = 5
    ) -> list[Treffer]:
        """Documents like a text or like another document."""
        if not sleutels:
            return []
        zelf = bron if _ID.fullmatch(bron) else ""
        termen = self._kern(zelf, sleutels) if zelf else analyse.ontleed("", bron).tekst.most_common()
        termen = termen[:MEESTE_WOORDEN]
        if not termen:
            return []
        search = vragen.gelijkenis(termen, sleutels, soorten, zelf)[:aantal]
        return vragen.treffers(self._vraag(search, track_total_hits=False, track_scores=True))

    def _kern(self, id: str, sleutels: Collection[str]) -> list[tuple[str, float]]:
        """The tokens that a document is about; none when this reader may not see it."""
        search = Search().query("bool", filter=[vragen.mag(sleutels), Q("term", id=id)])
        gevonden = self._vraag(search[:1], _source=["kern"])["hits"]["hits"]
        return [(token, tf) for hit in gevonden for token, tf in hit["_source"]["kern"]]

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

    def aantal(self) -> int:
        """How many documents the index holds."""
        with vertaal():
            return self.es.count(index=self.lees).body["count"]

    @contextmanager
    def herbouw(self, opnieuw: bool = False) -> Iterator[Bouw]:
        """A new index, swapped in at the end."""
        with vertaal():
            bouw = Bouw(self, opnieuw)
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
