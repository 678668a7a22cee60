"""What can be found: one ``Zoekdocument`` for each thing, whatever its kind.

A kind is made known with ``registreer`` (see ``intranet.zoeken.bronnen``); an engine treats all kinds alike.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any


@dataclass(frozen=True, slots=True)
class Zoekdocument:
    """A thing as the search engines know it.

    Attributes:
        id: kind and primary key, as in ``"vraag:12"``; of a vraag the key of its Thread.
        soort: the kind: vraag, artikel, mens, groep, onderwerp.
        titel: what the thing is called.
        tekst: plain text; of a vraag with its antwoorden and reacties, the Oplossing first.
        sleutels: the keys of the document; a reader finds it who has one of them.
        groep: primary key of the Groep it lives in.
        organisaties, onderwerpen: primary keys, for the facets.
        opgelost: of a vraag whether it is; None for kinds that cannot be.
        op: last changed: the facet of periods, and sorting by newest.
        prior: multiplies the score; close to 1.
    """

    id: str
    soort: str
    titel: str
    tekst: str
    sleutels: tuple[str, ...]
    groep: int | None = None
    organisaties: tuple[int, ...] = ()
    onderwerpen: tuple[int, ...] = ()
    opgelost: bool | None = None
    op: datetime | None = None
    prior: float = 1.0


def nummer(id: str) -> int:
    """The primary key in the id of a document."""
    return int(id.rpartition(":")[2])


def vingerafdruk(document: Zoekdocument) -> str:
    """A short hash of all that an engine was told of this document, and of how the text was taken apart."""
    from intranet.zoeken.analyse import STEMPEL

    velden = [
        STEMPEL,
        document.id,
        document.soort,
        document.titel,
        document.tekst,
        sorted(document.sleutels),
        document.groep,
        sorted(document.organisaties),
        sorted(document.onderwerpen),
        document.opgelost,
        document.op and document.op.astimezone(UTC).isoformat(),
        document.prior,
    ]
    return blake2b(json.dumps(velden).encode(), digest_size=10).hexdigest()


@dataclass(frozen=True, slots=True)
class Soort:
    """A kind of document: where its documents come from.

    Attributes:
        naam: as in ``Zoekdocument.soort``.
        maak: primary keys → their documents; what is gone, or must not be found, is left out.
        alle: primary keys above the given one, ascending, at most so many: for the rebuild.
        waarop: Event → the primary keys of this kind that it changed.
        zichtbaar: reader → the QuerySet of what they may find, by the rule of the database.
        aantal: how many there are, to show how far a rebuild is.
        label: what people call them, in the plural.
    """

    naam: str
    maak: Callable[[Iterable[int]], Iterable[Zoekdocument]]
    alle: Callable[[int, int], list[int]]
    waarop: Callable[[Any], Iterable[int]] = lambda event: ()
    zichtbaar: Callable[[Any], Any] | None = None
    aantal: Callable[[], int] = lambda: 0
    label: Any = ""


_soorten: dict[str, Soort] = {}


def registreer(soort: Soort) -> None:
    """Make a kind known; a second time under the same name replaces it."""
    _soorten[soort.naam] = soort


def soorten() -> Iterator[Soort]:
    """All kinds, in the order in which they were made known."""
    yield from _soorten.values()
