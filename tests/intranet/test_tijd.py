"""Moments as people say them, seen from Monday 23 November 2026, 8.07 in the morning."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import translation

from intranet.tijd import datum, tijd, uur

NU = datetime(2026, 11, 23, 7, 7, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _maandagmorgen():
    with time_machine.travel(NU, tick=False):
        yield


@pytest.mark.parametrize(
    ("moment", "kort"),
    [
        (datetime(2026, 11, 23, 7, 6, 30, tzinfo=UTC), "zojuist"),
        (datetime(2026, 11, 23, 7, 9, tzinfo=UTC), "zojuist"),
        (datetime(2026, 11, 23, 7, 6, tzinfo=UTC), "1 minuut geleden"),
        (datetime(2026, 11, 23, 6, 32, tzinfo=UTC), "35 minuten geleden"),
        (datetime(2026, 11, 23, 4, 7, tzinfo=UTC), "3 uur geleden"),
        (datetime(2026, 11, 22, 20, 0, tzinfo=UTC), "gisteren"),
        (datetime(2026, 11, 20, 13, 51, tzinfo=UTC), "vrijdag"),
        (datetime(2026, 11, 17, 14, 10, tzinfo=UTC), "dinsdag"),
        (datetime(2026, 11, 16, 14, 10, tzinfo=UTC), "16 november"),
        (datetime(2025, 11, 20, 13, 51, tzinfo=UTC), "20 november 2025"),
    ],
)
def test_how_long_ago(moment, kort):
    assert tijd(moment).endswith(f">{kort}</time>")


def test_hours_go_on_past_midnight_for_a_while():
    with time_machine.travel(datetime(2026, 11, 23, 0, 30, tzinfo=UTC), tick=False):
        assert tijd(datetime(2026, 11, 22, 20, 0, tzinfo=UTC)).endswith(">4 uur geleden</time>")
        assert tijd(datetime(2026, 11, 22, 17, 0, tzinfo=UTC)).endswith(">gisteren</time>")


def test_exact_moment_stands_in_the_title_in_dutch_time():
    assert tijd(datetime(2026, 11, 20, 13, 51, tzinfo=UTC)) == (
        '<time datetime="2026-11-20T14:51+01:00" title="vrijdag 20 november 2026, 14.51 uur">vrijdag</time>'
    )


def test_summer_and_winter_time_are_kept_apart():
    # Half past midnight in Dutch summer time: still the day before in UTC.
    assert 'title="woensdag 1 juli 2026, 0.30 uur"' in tijd(datetime(2026, 6, 30, 22, 30, tzinfo=UTC))


def test_language_of_the_reader():
    with translation.override("en"):
        assert tijd(datetime(2026, 11, 20, 13, 51, tzinfo=UTC)).endswith(">Friday</time>")


def test_days_and_hours():
    assert datum(date(2026, 11, 20)) == "vrijdag 20 november 2026"
    assert datum(date(2026, 11, 20), "dag") == "vrijdag 20 november"
    assert datum(date(2026, 11, 20), "kort") == "20 november"
    assert datum(date(2025, 11, 20), "kort") == "20 november 2025"
    # Late in the evening in UTC it is the next day here.
    assert datum(datetime(2026, 11, 19, 23, 30, tzinfo=UTC)) == "vrijdag 20 november 2026"
    assert uur(datetime(2026, 11, 20, 13, 5, tzinfo=UTC)) == "14.05 uur"
