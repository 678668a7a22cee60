"""What the kinds share: keys in ascending order, and rows gathered by the thing they belong to."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet

Basis = Callable[[], QuerySet]


def per_nummer(basis: Basis) -> Callable[[int, int], list[int]]:
    """``Soort.alle`` for the rows of ``basis()``: by primary key, so that a rebuild never sorts or skips."""

    def alle(na: int, aantal: int) -> list[int]:
        nummers = basis().filter(pk__gt=na).order_by("pk").values_list("pk", flat=True)
        return list(nummers[:aantal])

    return alle


def tel(basis: Basis) -> Callable[[], int]:
    """``Soort.aantal`` for the rows of ``basis()``."""
    return lambda: basis().count()


def bij_elkaar(rijen: Iterable[tuple]) -> dict[int, list[Any]]:
    """Rows (key, …) by their key; of two columns the second alone."""
    uit: dict[int, list[Any]] = defaultdict(list)
    for sleutel, *rest in rijen:
        uit[sleutel].append(rest[0] if len(rest) == 1 else tuple(rest))
    return uit


def regels(*delen: str) -> str:
    """The parts that say something, each on a line of its own."""
    return "\n".join(deel for deel in delen if deel)
