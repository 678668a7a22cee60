"""The working week as ten half-days, Monday morning first; kept as bits in ``Profiel.dagdelen``."""

from datetime import datetime, time

DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag")
DAGDELEN = ("ochtend", "middag")
OCHTEND, MIDDAG = range(2)
ALLE_DAGDELEN = (1 << len(DAGEN) * len(DAGDELEN)) - 1
MIDDAG_BEGINT = time(12, 30)


def dagdeel_bit(dag: int, dagdeel: int) -> int:
    """The bit of one half-day: ``dag`` 0 is Monday, ``dagdeel`` 0 is the morning."""
    return 1 << (dag * len(DAGDELEN) + dagdeel)


def dag_masker(dag: int) -> int:
    """The bits of both halves of weekday ``dag``; 0 in the weekend."""
    return dagdeel_bit(dag, OCHTEND) | dagdeel_bit(dag, MIDDAG) if dag < len(DAGEN) else 0


def dagdeel_van(moment: datetime) -> int:
    """The half of the day in which ``moment`` (in local time) falls."""
    return OCHTEND if moment.time() < MIDDAG_BEGINT else MIDDAG
