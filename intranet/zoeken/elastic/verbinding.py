"""The connection with Elasticsearch: one client for each process, and one exception for all that fails."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch

# A search that takes longer comes from the built-in engine; the reader waits for both together at most 1.5 s.
ZOEK_SECONDEN = 1.0
SCHRIJF_SECONDEN = 30.0
# An answer of a node that has lost the others: ask another one.
NOG_EENS = (429, 502, 503, 504)


class Weg(Exception):
    """Elasticsearch did not answer in time, or not as it should: it is down, empty, or refuses."""


@contextmanager
def vertaal() -> Iterator[None]:
    """Everything that goes wrong inside becomes ``Weg``, without what people asked or wrote."""
    try:
        yield
    except ApiError as fout:
        raise Weg(f"{fout.meta.status} {fout.error}") from None
    except TransportError as fout:
        # One line: while it is down every write says this.
        raise Weg(f"{type(fout).__name__} {fout.message}"[:200]) from None


@lru_cache(maxsize=8)
def client(adressen: str) -> Elasticsearch:
    """The client for these addresses (with commas between); it keeps its connections open."""
    hosts = [adres.strip() for adres in adressen.split(",")]
    # A node that was away is tried again soon: with one node there is no other.
    return Elasticsearch(
        hosts,
        request_timeout=SCHRIJF_SECONDEN,
        max_retries=max(2, len(hosts)),
        retry_on_status=NOG_EENS,
        retry_on_timeout=len(hosts) > 1,
        dead_node_backoff_factor=0.5,
        max_dead_node_backoff=5,
    )


@lru_cache(maxsize=8)
def zoeker(adressen: str) -> Elasticsearch:
    """The same client for who is waiting: all attempts together stay within ``ZOEK_SECONDEN``."""
    meer = "," in adressen
    return client(adressen).options(
        request_timeout=ZOEK_SECONDEN / 2 if meer else ZOEK_SECONDEN,
        max_retries=1,
        retry_on_timeout=meer,
    )
