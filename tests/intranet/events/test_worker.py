from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from intranet.events import claims
from intranet.events.claims import claim, delay, describe
from intranet.events.models import Delivery, Event
from intranet.events.worker import Worker

pytestmark = pytest.mark.django_db


def test_drain_hands_every_event_to_its_outlets(use, heard):
    use("note")
    for soort in ("a.b", "c.d", "e.f"):
        Event.record(soort)
    assert Worker().drain() == Counter(delivered=3)
    assert sorted(heard) == ["a.b", "c.d", "e.f"]
    assert Worker().drain() == Counter()
    assert not Delivery.objects.pending().exists()


def test_drain_delivers_what_an_outlet_records(use, heard):
    use("answer")
    Event.record("vraag.gesteld")
    assert Worker().drain() == Counter(delivered=2)
    assert heard == ["vraag.gesteld", "melding.gemaakt"]


def test_strict_lets_the_error_out(use):
    use("refuse")
    Event.record("a.b")
    with pytest.raises(ValueError, match="invalid input"):
        Worker().drain(strict=True)


@pytest.mark.parametrize("outlet", ["refuse", "leave", "gone"])
def test_a_failure_is_noted_and_tried_later(use, heard, outlet):
    use(outlet, "note")
    Event.record("a.b")
    assert Worker().drain() == Counter(delivered=1, failed=1)
    failed = Delivery.objects.get(outlet=outlet)
    assert failed.attempts == 1
    assert failed.claimed_until is None
    assert timedelta(seconds=3) < failed.available_at - timezone.now() < timedelta(seconds=7)
    assert heard == ["a.b"]


def test_the_note_of_an_error_holds_nothing_people_wrote(use):
    use("refuse")
    Event.record("a.b")
    Worker().drain()
    line = Delivery.objects.get().last_error
    assert line.startswith("ValueError: invalid input: … (outlets.py:")


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("can't connect to server", "can't connect to server"),
        ('violates constraint "events_event_pkey"', 'violates constraint "events_event_pkey"'),
        ("mail to jan@zandmeer.nl bounced", "mail to … bounced"),
        ("no such field 'Jan", "no such field …"),
        ("“Hoe vraag ik een paspoort aan?” is te lang", "… is te lang"),
        ("", ""),
        ("x" * 400, "x" * 288),
    ],
)
def test_describe(message, kept):
    assert describe(ValueError(message)) == f"ValueError: {kept}"


def test_the_delay_grows_to_an_hour():
    def middle(attempts):
        return sorted(delay(attempts).total_seconds() for _ in range(201))[100]

    assert [round(middle(n) / 3.0 ** (n - 1)) for n in (1, 2, 3)] == [5, 5, 5]
    for attempts in (10, 5000):
        assert 0.8 * 3600 <= delay(attempts).total_seconds() <= 1.2 * 3600


def test_a_claim_keeps_others_out_until_its_lease_ends(use, time_machine):
    use("note")
    Event.record("a.b")
    Event.record("c.d")
    start = timezone.now() + timedelta(seconds=1)
    time_machine.move_to(start, tick=False)
    first = claim("note")
    assert len(first.deliveries) == 2
    assert claim("note") is None
    time_machine.move_to(start + timedelta(seconds=59), tick=False)
    assert first.is_valid()
    first.extend()
    time_machine.move_to(start + timedelta(seconds=118), tick=False)
    assert claim("note") is None
    time_machine.move_to(start + timedelta(seconds=120), tick=False)
    assert not first.is_valid()
    second = claim("note")
    # What a dead worker leaves behind goes one by one: it may be what killed that worker.
    assert [one.attempts for one in second.deliveries] == [1]
    third = claim("note")
    assert {one.pk for one in second.deliveries + third.deliveries} == {one.pk for one in first.deliveries}
    # The first worker was only asleep: its late failure changes nothing.
    first.failed(second.deliveries[0], ValueError())
    second.deliveries[0].refresh_from_db()
    assert second.deliveries[0].claimed_by == second.token


def test_giving_back_frees_what_is_not_delivered(use):
    use("note")
    Event.record("a.b")
    Event.record("c.d")
    mine = claim("note")
    mine.delivered(mine.deliveries[0])
    mine.give_back()
    other = claim("note")
    assert other.deliveries == mine.deliveries[1:]
    assert other.deliveries[0].attempts == 0


def test_a_batch_is_small(use, monkeypatch):
    use("note")
    for _ in range(claims.BATCH + 1):
        Event.record("a.b")
    assert len(claim("note").deliveries) == claims.BATCH
    assert len(claim("note").deliveries) == 1


def test_looking_for_work_is_one_small_query(use, django_assert_num_queries):
    use("note", "refuse")
    worker = Worker()
    with django_assert_num_queries(1):
        worker._look()
