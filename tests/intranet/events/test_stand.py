import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from intranet.events import gezond as health
from intranet.events.claims import claim
from intranet.events.models import Delivery, Event
from intranet.events.opruimen import opruimen
from intranet.events.stand import Stand, stand
from intranet.events.worker import Worker

pytestmark = pytest.mark.django_db


def record(soort="a.b", ago=timedelta(0)):
    event = Event.record(soort)
    Event.objects.filter(pk=event.pk).update(op=timezone.now() - ago)
    return event


def test_stand_counts_each_delivery_once(use):
    use("note", "refuse", "leave")
    record(ago=timedelta(seconds=100))
    Worker(["note"]).drain()
    Worker(["refuse"]).drain()
    record(ago=timedelta(minutes=6))
    claim("leave", size=1)
    use("note", "refuse", "new")
    shown = stand()
    assert [(one.outlet, one.in_use, one.waiting, one.claimed, one.retrying, one.stuck) for one in shown] == [
        ("note", True, 1, 0, 0, 1),
        ("refuse", True, 1, 0, 1, 1),
        ("new", True, 0, 0, 0, 0),
        ("leave", False, 1, 1, 0, 0),
    ]
    assert [round(one.oldest_seconds, -1) for one in shown] == [360, 360, 0, 360]
    assert shown[2] == Stand("new", in_use=True)


def test_stand_is_one_query(use, django_assert_num_queries):
    use("note", "refuse")
    record()
    with django_assert_num_queries(1):
        stand()


def test_bezorg_stand_shows_and_exits(use, capsys):
    use("note")
    record()
    call_command("bezorg", stand=True)
    assert "note" in capsys.readouterr().out
    record(ago=timedelta(minutes=7))
    use("note", "refuse")
    with pytest.raises(SystemExit) as ended:
        call_command("bezorg", stand=True)
    assert ended.value.code == 1
    assert "7 min" in capsys.readouterr().out


def test_an_outlet_that_is_gone_is_shown_as_skipped(use, capsys):
    use("note")
    record(ago=timedelta(days=2))
    use("refuse")
    call_command("bezorg", stand=True)
    told = capsys.readouterr().out
    assert "niet meer" in told
    assert "2 d" in told


def test_bezorg_eenmaal(use, heard, capsys):
    use("note", "refuse")
    record()
    call_command("bezorg", eenmaal=True)
    assert capsys.readouterr().out == "1 bezorgd, 1 mislukt.\n"
    assert heard == ["a.b"]


def test_gezond(client, use):
    use("note")
    answer = client.get(reverse("gezond"))
    assert answer.status_code == 200
    assert answer["Cache-Control"].startswith("max-age=0")
    assert answer.json() == {
        "gezond": True,
        "database": "goed",
        "migraties": "goed",
        "redis": "niet ingesteld",
        "bezorging": {"vastgelopen": 0, "oudste_wacht_seconden": 0},
    }
    assert client.post(reverse("gezond")).status_code == 405


def test_gezond_is_503_when_something_is_stuck(client, use):
    use("note")
    record(ago=timedelta(minutes=6))
    answer = client.get(reverse("gezond"))
    assert (answer.status_code, answer.json()["gezond"]) == (503, False)
    assert answer.json()["bezorging"] == {
        "vastgelopen": 1,
        "oudste_wacht_seconden": pytest.approx(360, abs=5),
    }
    # Restarting the pages would heal nothing.
    assert client.get(reverse("gezond"), {"alleen": "web"}).status_code == 200
    # An outlet that is gone is nobody's problem.
    use("refuse")
    assert client.get(reverse("gezond")).status_code == 200


def test_gezond_is_503_after_five_failures(client, use):
    use("note")
    record()
    Delivery.objects.update(attempts=5)
    assert client.get(reverse("gezond")).status_code == 503


def test_gezond_is_two_queries_at_most(client, use, django_assert_max_num_queries):
    use("note")
    client.get(reverse("gezond"))
    with django_assert_max_num_queries(2):
        client.get(reverse("gezond"))


def test_gezond_without_database(client, monkeypatch):
    # The worker drill takes a real database away; here only the words are at stake.
    def gone():
        raise OperationalError("connection refused for user 'jan'")

    monkeypatch.setattr(health, "stand", gone)
    answer = client.get(reverse("gezond"))
    assert answer.status_code == 503
    assert answer.json()["database"] == "onbereikbaar"
    assert "jan" not in json.dumps(answer.json())


def test_gezond_says_when_migrations_are_missing(client, monkeypatch):
    from django.db.migrations.recorder import MigrationRecorder

    monkeypatch.setitem(health._known, "migrated", False)
    MigrationRecorder.Migration.objects.filter(app="events").delete()
    answer = client.get(reverse("gezond"))
    assert (answer.status_code, answer.json()["migraties"]) == (503, "niet bijgewerkt")


def test_gezond_goes_on_without_redis(client, settings, use):
    use("note")
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    answer = client.get(reverse("gezond"))
    assert (answer.status_code, answer.json()["redis"]) == (200, "onbereikbaar")


def test_opruimen_deletes_what_is_old_and_heard(use):
    use("note")
    heard = record(ago=timedelta(days=91))
    Worker().drain()
    young = record(ago=timedelta(days=89))
    Worker().drain()
    waiting = record(ago=timedelta(days=200))
    assert opruimen() == 1
    assert set(Event.objects.values_list("pk", flat=True)) == {young.pk, waiting.pk}
    assert not Delivery.objects.filter(event_id=heard.pk).exists()
    use("refuse")  # nobody waits for an outlet that is gone
    assert opruimen() == 1
    assert opruimen(dagen=0) == 1
