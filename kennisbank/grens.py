"""The images that the running request of ``/cms/`` may touch.

Wagtail looks images up by number in many places (form widgets, choosers, blocks), and most of them do not ask
whose they are. So the door sets a border, and the manager of ``Beeld`` keeps to it, wherever it is asked.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_collecties: ContextVar[frozenset[int] | None] = ContextVar("kennisbank_collecties", default=None)


def collecties() -> frozenset[int] | None:
    """The pks of the Collections inside the border; None where there is no border (the site, the worker)."""
    return _collecties.get()


@contextmanager
def binnen(pks: Iterable[int]) -> Iterator[None]:
    """Within this block only images of these Collections exist."""
    stand = _collecties.set(frozenset(pks))
    try:
        yield
    finally:
        _collecties.reset(stand)
