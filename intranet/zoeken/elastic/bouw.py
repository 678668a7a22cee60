"""A new index beside the one in use, and the aliases through which everybody reads and writes.

=======================  ==============================================================
``<prefix>-v1-lees``     the index that is searched
``<prefix>-v1-schrijf``  the same index, for who writes
``<prefix>-v1-bouw``     the index that is being filled, when there is one
=======================  ==============================================================

Who writes, writes to ``schrijf`` and ``bouw``. The rebuild itself writes as version 1 from outside, which
loses from anything that stands there or was deleted there: so nothing of it is ever older than the database.
The swap is one request that happens whole or not at all.
"""

import re
import secrets
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from intranet.zoeken.analyse import STEMPEL, Ontleed, ontleed
from intranet.zoeken.document import Zoekdocument
from intranet.zoeken.elastic.verbinding import Weg, vertaal
from intranet.zoeken.elastic.vorm import VORM, Vorm, instellingen, lichaam
from intranet.zoeken.ingebouwd.sterkte import Gemiddeld

if TYPE_CHECKING:
    from intranet.zoeken.elastic.motor import Elastic

# Documents that are taken apart before the first is written: they say how long a text usually is. Of long
# ones fewer, as two such portions are in memory.
PER_KEER, LETTERS_PER_KEER = 500, 2_000_000
# Tokens of a title and of a text in an index that was made without documents.
ONBEKEND = Gemiddeld(5.0, 100.0)


class Bouw:
    """A new index, being filled (see ``intranet.zoeken.motor.Bouw``).

    While Elasticsearch takes in one portion, the next is taken apart. What goes wrong with a portion is heard
    at the next one, or when everything is in.
    """

    def __init__(self, motor: "Elastic", opnieuw: bool = False):
        self.motor = motor
        self._onderweg: Future[None] | None = None
        self.naam, self.meta = self._lopende()
        if self.naam and (opnieuw or not klopt(self.meta)):
            motor.es.indices.delete(index=self.naam)
            self.naam = ""
        if not self.naam:
            self._begin()
        self.tot: str = self.meta["tot"]

    def _lopende(self) -> tuple[str, dict[str, Any]]:
        gevonden = self.motor.indexen(self.motor.bouw)
        return next(iter(gevonden.items()), ("", {}))

    def _begin(self) -> None:
        """A fresh index. The lengths of the old one tell what is usual until enough is known of this one."""
        oude = next(iter(self.motor.indexen(self.motor.lees).values()), {})
        self.meta = {
            "stempel": STEMPEL,
            "vorm": VORM,
            "tot": "",
            "aantal": 0,
            "lengtes": [0, 0],
            "gewoon": gewoonlijk(oude) if oude.get("aantal") else None,
        }
        moment = timezone.now().strftime("%Y%m%d-%H%M%S")
        self.naam = f"{self.motor.basis}-{moment}-{secrets.token_hex(3)}"
        vorm = Vorm._doc_type.mapping.to_dict()
        self.motor.es.indices.create(
            index=self.naam,
            settings={"index": instellingen()},
            mappings={**vorm, "_meta": self.meta},
            aliases={self.motor.bouw: {}},
        )

    @contextmanager
    def open(self) -> Iterator["Bouw"]:
        """While this is open it can be written to; when it is left, all that was written is in."""
        with ThreadPoolExecutor(1) as self._zender:
            yield self
            self._wacht()

    def schrijf(self, documenten: Iterable[Zoekdocument], tot: str = "") -> None:
        """Add documents, and remember that everything up to ``tot`` is in."""
        deel: list[Zoekdocument] = []
        letters = 0
        for document in documenten:
            if len(deel) >= PER_KEER or letters >= LETTERS_PER_KEER:
                self._voeg_toe(deel)
                deel, letters = [], 0
            deel.append(document)
            letters += len(document.tekst)
        self._voeg_toe(deel, tot)
        self.tot = tot or self.tot

    def _voeg_toe(self, documenten: list[Zoekdocument], tot: str = "") -> None:
        """Take apart, and let go on its way once the portion before it is in."""
        paren = [(document, ontleed(document.titel, document.tekst)) for document in documenten]
        self._wacht()
        for _, delen in paren:
            self.meta["aantal"] += 1
            som = zip(self.meta["lengtes"], delen.lengtes[:2], strict=True)
            self.meta["lengtes"] = [oud + nieuw for oud, nieuw in som]
        self._onderweg = self._zender.submit(self._stuur, paren, gewoonlijk(self.meta), tot)

    def _wacht(self) -> None:
        onderweg, self._onderweg = self._onderweg, None
        if onderweg is not None:
            onderweg.result()

    def _stuur(self, paren: list[tuple[Zoekdocument, Ontleed]], gemiddeld: Gemiddeld, tot: str) -> None:
        self.motor.bulk(
            {
                "_op_type": "index",
                "_index": self.naam,
                "_id": document.id,
                "version": 1,
                "version_type": "external",
                "_source": lichaam(document, delen, gemiddeld),
            }
            for document, delen in paren
        )
        # Only now: whoever goes on after a kill must not pass over what never came.
        self.meta["tot"] = tot or self.meta["tot"]
        with vertaal():
            self.motor.es.indices.put_mapping(index=self.naam, meta=self.meta)

    def wissel(self) -> None:
        """Put the new index in the place of the old one, which goes."""
        es, motor = self.motor.es, self.motor
        self.meta["gewoon"] = None
        es.indices.put_mapping(index=self.naam, meta=self.meta)
        es.indices.put_settings(index=self.naam, settings={"refresh_interval": "1s"})
        es.indices.refresh(index=self.naam)
        if self._lopende()[0] != self.naam:
            raise Weg("another rebuild was first")
        acties: list[dict[str, Any]] = [
            {"remove": {"index": self.naam, "alias": motor.bouw, "must_exist": True}},
            {"add": {"index": self.naam, "alias": motor.lees}},
            {"add": {"index": self.naam, "alias": motor.schrijf_naar}},
        ]
        acties += [
            {"remove_index": {"index": oude}} for oude in (*motor.indexen(motor.lees), *self._vorige())
        ]
        es.indices.update_aliases(actions=acties)

    def _vorige(self) -> list[str]:
        """Indexes of an older form, which nobody reads any more."""
        hiervoor = re.compile(rf"{re.escape(self.motor.prefix)}-v(\d+)-\d{{8}}-\d{{6}}-[0-9a-f]{{6}}")
        namen = {naam: hiervoor.fullmatch(naam) for naam in self.motor.indexen(f"{self.motor.prefix}-v*")}
        return [naam for naam, past in namen.items() if past and int(past[1]) < VORM]


def gewoonlijk(meta: dict[str, Any]) -> Gemiddeld:
    """How many tokens a title and a text usually have; a guess as long as there are none.

    While an index is being filled it is what the one before it came to; once it is in use, its own average.
    """
    if gegeven := meta.get("gewoon"):
        return Gemiddeld(*gegeven)
    aantal = meta.get("aantal", 0)
    return Gemiddeld(*(som / aantal for som in meta["lengtes"])) if aantal else ONBEKEND


def klopt(meta: dict[str, Any]) -> bool:
    """Whether an index was made by the present analysis, in the present form."""
    return meta.get("stempel") == STEMPEL and meta.get("vorm") == VORM


def verdeel(documenten: Iterable[Zoekdocument], doelen: dict[str, Gemiddeld]) -> Iterator[dict[str, Any]]:
    """The writes of live documents, to each of these aliases, by what is usual there."""
    for document in documenten:
        delen = ontleed(document.titel, document.tekst)
        for alias, gemiddeld in doelen.items():
            yield {
                "_op_type": "index",
                "_index": alias,
                "_id": document.id,
                "require_alias": True,
                "_source": lichaam(document, delen, gemiddeld),
            }
