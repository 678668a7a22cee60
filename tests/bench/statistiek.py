"""A ratio with its margin: what rounds say when some of them were disturbed."""

import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

TREKKINGEN = 2_000


class Marge(NamedTuple):
    """A number between the bounds that hold 95 % of what other rounds could have said."""

    waarde: float
    laag: float
    hoog: float

    def mist(self, eis: float) -> bool:
        """Whether the demand is missed beyond doubt: the lower bound passes it."""
        return self.laag > eis


def per_ronde(rondes: Sequence, maat: Callable[[Sequence], float]) -> Marge:
    """``maat`` of all rounds, with margins by drawing rounds anew (bootstrap).

    Rounds are drawn whole: what disturbs one measurement disturbs its neighbours.
    """
    lot = random.Random(42)
    uit = sorted(maat(lot.choices(rondes, k=len(rondes))) for _ in range(TREKKINGEN))
    return Marge(maat(rondes), uit[int(TREKKINGEN * 0.025)], uit[int(TREKKINGEN * 0.975)])


def verhouding(boven: Sequence[float], onder: Sequence[float]) -> Marge:
    """The ratio of two series that were measured in the same rounds."""
    paren = list(zip(boven, onder, strict=True))
    return per_ronde(paren, lambda trek: sum(b for b, _ in trek) / sum(o for _, o in trek))


def p95(waarden: Sequence[float]) -> float:
    """The value that 95 % stay below."""
    return sorted(waarden)[int(len(waarden) * 0.95)]


def verhouding_p95(boven: Sequence[Sequence[float]], onder: Sequence[Sequence[float]]) -> Marge:
    """The ratio of the 95th percentiles of two series of durations, one list per round."""

    def maat(trek: Sequence) -> float:
        return p95([w for b, _ in trek for w in b]) / p95([w for _, o in trek for w in o])

    return per_ronde(list(zip(boven, onder, strict=True)), maat)
