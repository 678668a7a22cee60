"""Working days: Monday to Friday, without the Dutch public holidays.

Response norms count these; so does the release of a question that somebody claimed and then left.
Good Friday and Liberation Day count as holidays: municipal offices are closed on both. Worked out here: the
``holidays`` package says the same (a test holds that), but takes 19 MB of every process for all countries.
"""

from datetime import date, datetime, timedelta
from functools import lru_cache

from dateutil.easter import easter
from django.utils import timezone


@lru_cache(maxsize=64)
def feestdagen(jaar: int) -> frozenset[date]:
    """The days on which a town hall in the Netherlands is closed, weekends aside."""
    eerste_paasdag = easter(jaar)
    koningsdag = date(jaar, 4, 27)
    if koningsdag.weekday() == 6:
        koningsdag = date(jaar, 4, 26)
    # Good Friday, Easter, Ascension, Whitsun.
    vanaf_pasen = (eerste_paasdag + timedelta(days=dagen) for dagen in (-2, 0, 1, 39, 49, 50))
    vast = (date(jaar, 1, 1), koningsdag, date(jaar, 5, 5), date(jaar, 12, 25), date(jaar, 12, 26))
    return frozenset((*vast, *vanaf_pasen))


@lru_cache(maxsize=4096)
def is_werkdag(dag: date) -> bool:
    return dag.weekday() < 5 and dag not in feestdagen(dag.year)


@lru_cache(maxsize=8192)
def werkdag_na(dag: date, aantal: int) -> date:
    """The day ``aantal`` working days after ``dag``."""
    while aantal:
        dag += timedelta(days=1)
        if is_werkdag(dag):
            aantal -= 1
    return dag


@lru_cache(maxsize=8192)
def werkdagen_tussen(van: date, tot: date) -> int:
    """How many working days lie after ``van`` up to and including ``tot``; 0 when ``tot`` is not later."""
    return sum(is_werkdag(van + timedelta(days=n)) for n in range(1, (tot - van).days + 1))


def plus_werkdagen(moment: datetime, aantal: int) -> datetime:
    """The same time of day, ``aantal`` working days later, in Dutch time.

    What comes in on a free day counts from the end of the last working day before it.
    """
    plaatselijk = timezone.localtime(moment)
    dag = werkdag_na(plaatselijk.date(), aantal)
    # Through the wall clock, so that a change of the clock does not shift the hour.
    return timezone.make_aware(datetime.combine(dag, plaatselijk.time().replace(tzinfo=None)))


def min_werkdagen(moment: datetime, aantal: int) -> datetime:
    """The latest moment that lies at least ``aantal`` working days before ``moment``."""
    dag = timezone.localtime(moment).date()
    rest = aantal
    while rest:
        if is_werkdag(dag):
            rest -= 1
        dag -= timedelta(days=1)
    return timezone.make_aware(datetime.combine(dag, timezone.localtime(moment).time().replace(tzinfo=None)))
