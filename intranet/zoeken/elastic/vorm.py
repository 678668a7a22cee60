"""The form of the index in Elasticsearch: its fields, and how a document becomes one.

Elasticsearch is told tokens, never text. BM25F is worked out here: how much a token counts in a document
(title, text, parts of compounds, each against its usual length) becomes the number of times that it is
repeated in one field, with length left out (``b`` 0). What Lucene makes of that is the score of the
built-in engine: idf · tf / (tf + k1).
"""

from typing import Any

from elasticsearch_dsl import (
    Boolean,
    Date,
    Document,
    Float,
    Keyword,
    MetaField,
    Object,
    Text,
)

from intranet.zoeken.analyse import LANGSTE_TOKEN, Ontleed, gewichten, woorden
from intranet.zoeken.document import Zoekdocument, vingerafdruk
from intranet.zoeken.ingebouwd.sterkte import Gemiddeld, tellingen

# Raise this when the fields below change: indexes of another form are made anew.
VORM = 1
# How often a token stands in the field that counts 1.0 in its document: a sixteenth is the smallest step.
SCHAAL = 16
# How many of its tokens a document keeps, the most frequent, to find others like it.
MEESTE_KERN = 200
# Between title and text in the field of phrases: no token looks like it.
GRENS = "|"

SIMILARITY = {"bm25f": {"type": "BM25", "k1": gewichten.K1 * SCHAAL, "b": 0.0}}


class Vorm(Document):
    """The fields; anything else is refused."""

    id = Keyword()
    vingerafdruk = Keyword(index=False)
    soort = Keyword()
    sleutels = Keyword(doc_values=False)
    groep = Keyword()
    organisaties = Keyword()
    onderwerpen = Keyword()
    opgelost = Boolean()
    op = Date()
    prior = Float(index=False)
    tokens = Text(analyzer="whitespace", similarity="bm25f", norms=False, index_options="freqs")
    volgorde = Text(analyzer="whitespace", norms=False)
    begin = Text(
        analyzer="whitespace",
        norms=False,
        index_options="docs",
        index_prefixes={"min_chars": 1, "max_chars": 12},
    )
    titelwoorden = Keyword(doc_values=False)
    # Counted by number (global ordinals), worked out when the index changes and not when somebody searches.
    woorden = Keyword(eager_global_ordinals=True)
    kern = Object(enabled=False)

    class Meta:
        dynamic = MetaField("strict")
        # Of what is indexed nothing is kept in readable form.
        source = MetaField(includes=["kern"])


def instellingen() -> dict[str, Any]:
    """The settings of a new index, while it is being filled."""
    return {
        # One shard: idf is that of all documents, and a small house needs no more.
        "number_of_shards": 1,
        # A copy as soon as there is a second node.
        "auto_expand_replicas": "0-1",
        "refresh_interval": "-1",
        # How long a deletion is remembered, so that the rebuild cannot bring back what went meanwhile.
        "gc_deletes": "10m",
        "similarity": SIMILARITY,
    }


def lichaam(document: Zoekdocument, ontleed: Ontleed, gemiddeld: Gemiddeld) -> dict[str, Any]:
    """The document as Elasticsearch is told it."""
    tf = tellingen(ontleed, gemiddeld)
    titel = titelwoorden(document.titel)
    return {
        "id": document.id,
        "vingerafdruk": vingerafdruk(document),
        "soort": document.soort,
        "sleutels": list(document.sleutels),
        "groep": document.groep,
        "organisaties": list(document.organisaties),
        "onderwerpen": list(document.onderwerpen),
        "opgelost": document.opgelost,
        "op": document.op,
        "prior": document.prior,
        "tokens": " ".join(
            " ".join([token] * max(1, round(aantal * SCHAAL))) for token, aantal in tf.items()
        ),
        "volgorde": " ".join(token or GRENS for token in ontleed.volgorde),
        "begin": " ".join(titel),
        "titelwoorden": titel,
        "woorden": sorted(ontleed.woorden),
        "kern": (ontleed.titel + ontleed.tekst).most_common(MEESTE_KERN),
    }


def titelwoorden(titel: str) -> list[str]:
    """The folded words of a title."""
    return list(dict.fromkeys(woord[:LANGSTE_TOKEN] for _, _, woord in woorden(titel)))
