"""When things happened: always in working hours, never in the future, counted back from now.

Whatever the day, the same number of lots is drawn: what is drawn after it stays the same.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from intranet.werkdagen import is_werkdag

OPEN, DICHT = 8, 17
# What happens on a quiet day still looks as if people thought about it.
TUSSENPOOS = timedelta(minutes=7)


def _op(dag: date, uur: int, minuut: int) -> datetime:
    return timezone.make_aware(datetime.combine(dag, time(uur, minuut)))


def moment(nu: datetime, dagen_geleden: int, rnd: Random) -> datetime:
    """A moment in working hours ``dagen_geleden`` days ago, or on the last working day before that."""
    uur, minuut, deel = rnd.randint(OPEN, DICHT - 1), rnd.randint(0, 59), rnd.random() ** 0.5
    dag = _werkdag(timezone.localtime(nu).date() - timedelta(days=dagen_geleden))
    gekozen, ochtend = _op(dag, uur, minuut), _op(dag, OPEN, 0)
    if gekozen < nu - TUSSENPOOS:
        return gekozen
    # Today, and not that late yet: somewhere between opening time and now, or on the working day before.
    if nu - ochtend > 4 * TUSSENPOOS:
        return ochtend + (nu - ochtend - TUSSENPOOS) * deel
    return _op(_werkdag(dag - timedelta(days=1)), uur, minuut)


def _werkdag(dag: date) -> date:
    """This day, or the last working day before it."""
    while not is_werkdag(dag):
        dag -= timedelta(days=1)
    return dag


def in_werktijd(op: datetime, rnd: Random) -> datetime:
    """``op``, or the next time somebody is at work."""
    uur, minuut = OPEN + rnd.randint(0, 2), rnd.randint(0, 59)
    plaatselijk = timezone.localtime(op)
    if is_werkdag(plaatselijk.date()) and OPEN <= plaatselijk.hour < DICHT + 1:
        return op
    dag = plaatselijk.date()
    if not (is_werkdag(dag) and plaatselijk.hour < OPEN):
        dag += timedelta(days=1)
        while not is_werkdag(dag):
            dag += timedelta(days=1)
    return _op(dag, uur, minuut)


def reeks(begin: datetime, uren: Sequence[float], nu: datetime, rnd: Random) -> list[datetime]:
    """Moments ``uren`` after ``begin``: in working hours, one after the other, and before ``nu``."""
    uit: list[datetime] = []
    vorige = begin
    for uur in uren:
        op = in_werktijd(begin + timedelta(hours=uur, minutes=rnd.randint(0, 40)), rnd)
        vorige = max(op, vorige + TUSSENPOOS)
        uit.append(vorige)
    if uit and uit[-1] > nu:
        # Too recent for so much to have happened: the same order in the working time there was.
        duur = uit[-1] - begin
        uit = [_deel_van(begin, nu, (op - begin) / duur) for op in uit]
    return uit


def _deel_van(begin: datetime, nu: datetime, deel: float) -> datetime:
    """The moment at which ``deel`` of the working time between ``begin`` and ``nu`` has passed."""
    dagdelen = list(_werktijd(begin, nu - timedelta(minutes=1))) or [(begin, max(begin, nu))]
    rest = sum((tot - van for van, tot in dagdelen), timedelta()) * deel
    for van, tot in dagdelen:
        if rest <= tot - van:
            return van + rest
        rest -= tot - van
    return dagdelen[-1][1]


def _werktijd(van: datetime, tot: datetime) -> Iterator[tuple[datetime, datetime]]:
    dag = timezone.localtime(van).date()
    while dag <= timezone.localtime(tot).date():
        begin, einde = max(van, _op(dag, OPEN, 0)), min(tot, _op(dag, DICHT + 1, 0))
        if is_werkdag(dag) and begin < einde:
            yield begin, einde
        dag += timedelta(days=1)
