"""What the worker does by the clock."""

from datetime import timedelta

import pytest
from django.utils import timezone

from intranet.events import clock
from intranet.events.models import Turn

gedaan: list[str] = []


def klus():
    gedaan.append("klus")


def stuk():
    gedaan.append("stuk")
    raise RuntimeError("met opzet")


@pytest.fixture(autouse=True)
def _klussen(settings, db):
    gedaan.clear()
    settings.KLUSSEN = {f"{__name__}.klus": 60, f"{__name__}.stuk": 60}


def test_each_runs_at_most_once_in_its_time(caplog):
    nu = timezone.now()
    clock.run_due(nu)
    clock.run_due(nu + timedelta(seconds=59))
    assert gedaan == ["klus", "stuk"]
    assert "met opzet" in caplog.text
    clock.run_due(nu + timedelta(seconds=60))
    assert gedaan == ["klus", "stuk"] * 2


def test_a_turn_that_another_worker_took_is_not_taken_again():
    nu = timezone.now()
    Turn.objects.create(name=f"{__name__}.klus", began_at=nu - timedelta(seconds=1))
    assert clock.run_due(nu) == [f"{__name__}.stuk"]


def test_what_the_house_does_by_the_clock_exists():
    from django.utils.module_loading import import_string

    from intranet.settings import KLUSSEN

    assert all(callable(import_string(naam)) for naam in KLUSSEN)
