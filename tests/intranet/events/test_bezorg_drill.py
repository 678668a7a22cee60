"""The worker under fire, in real processes: kill -9, poison, a database that goes away."""

import os
import random
import signal
import statistics
import subprocess
import time

import pytest

from tests.intranet.events.drill import Drill, database

# On both databases whatever the suite runs on, so once is enough.
pytestmark = pytest.mark.eenmaal
KILLS, EVENTS = 50, 1000


@pytest.fixture(params=["sqlite", "postgres"])
def place(request):
    with database(request.param) as place:
        yield place


def test_workers_killed_at_random_lose_and_strand_nothing(place):
    folder, url, _ = place
    drill, rng = Drill(folder, url), random.Random(3)
    with drill.nest(4) as nest:
        producer = drill.start("-m", "tests.intranet.events.drill_script", "produce", EVENTS, 8)
        for _ in range(KILLS):
            time.sleep(rng.uniform(0.05, 0.30))
            while nest.size() < 4:
                time.sleep(0.01)
            victim = rng.choice(nest.living)
            os.kill(victim, signal.SIGKILL)
            nest.living.remove(victim)
        assert producer.wait(90) == 0
        state = drill.wait(lambda state: not state["pending"])
    # What was rolled back was never recorded, and was recorded anew under a number of its own.
    assert state["threads"] == len(state["events"]) == EVENTS
    assert state["deliveries"] == 3 * EVENTS
    everything = set(state["events"])
    for outlet in ("bestand", "wankel"):
        assert set(drill.heard(outlet)) == everything
    assert set(state["tabel"]) == everything
    # The drill bit: workers died with work in hand, and others took it over.
    assert state["taken_over"] > 0


def test_workers_side_by_side_do_not_handle_the_same_delivery(place):
    folder, url, _ = place
    # A lease that no stall of the machine outlasts: then nothing may be heard twice.
    drill = Drill(folder, url, DRILL_LEASE=60, DRILL_OUTLETS="bestand,tabel")
    drill.script("produce", 300, 0)
    with drill.nest(4):
        state = drill.wait(lambda state: not state["pending"])
    assert drill.heard("bestand") == dict.fromkeys(state["events"], 1)
    assert sorted(state["tabel"]) == state["events"]


def test_poison_delays_itself_alone(place):
    folder, url, _ = place
    drill = Drill(folder, url, DRILL_OUTLETS="gif,bestand", DRILL_RETRY=60)
    drill.script("produce", 60, 0, 20)
    with drill.nest(1):
        state = drill.wait(lambda state: len(state["pending"]) == 3)
    poison = [one["event_id"] for one in state["pending"]]
    assert {one["outlet"] for one in state["pending"]} == {"gif"}
    assert {one["attempts"] for one in state["pending"]} == {1}
    assert set(drill.heard("gif")) == set(state["events"]) - set(poison)
    assert set(drill.heard("bestand")) == set(state["events"])
    # What people wrote does not end up in the note about the failure.
    error = state["pending"][0]["last_error"]
    assert error.startswith("ValueError: invalid input: … … (drill_outlets.py:")


def test_an_event_that_kills_its_worker_does_not_take_the_others_along():
    with database("sqlite") as (folder, url, _):
        drill = Drill(folder, url, DRILL_OUTLETS="moordenaar", DRILL_LEASE=0.5, DRILL_RETRY=0.5)
        drill.script("produce", 30, 0, 15)
        with drill.nest(2, deadly=True):
            state = drill.wait(lambda state: len(state["pending"]) == 2)
        killers = {one["event_id"] for one in state["pending"]}
        assert set(drill.heard("moordenaar")) == set(state["events"]) - killers
        assert set(drill.heard("moordenaar", "doodt")) == killers


def test_a_slow_outlet_keeps_its_lease_and_holds_up_no_other():
    with database("sqlite") as (folder, url, _):
        drill = Drill(folder, url, DRILL_OUTLETS="traag,bestand", DRILL_LEASE=1)
        with drill.nest(2):
            drill.script("produce", 1, 0)
            state = drill.wait(
                lambda state: not [one for one in state["pending"] if one["outlet"] == "bestand"]
            )
            assert [one["outlet"] for one in state["pending"]] == ["traag"]
            state = drill.wait(lambda state: not state["pending"])
        assert list(drill.heard("traag", "begint").values()) == [1]


def test_the_worker_goes_on_when_the_database_comes_back():
    with database("postgres") as (folder, url, server):
        drill = Drill(folder, url)
        with drill.nest(1) as nest:
            drill.script("produce", 20, 0)
            drill.wait(lambda state: not state["pending"])
            nest.size()
            before = list(nest.living)
            server.stop(signal.SIGQUIT)
            time.sleep(3)
            server.start()
            drill.script("produce", 20, 0)
            drill.wait(lambda state: not state["pending"], seconds=15)
            nest.size()
            assert nest.living == before  # the same process: it waited, it did not die


def test_bezorg_is_prompt_and_stops_on_sigterm():
    with database("sqlite") as (folder, url, _):
        drill = Drill(folder, url, DRILL_OUTLETS="prompt")
        worker = drill.start("manage.py", "bezorg", stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        try:
            drill.script("produce", 1, 0)
            drill.wait(lambda state: not state["pending"])  # it runs, and from here on it is idle
            drill.script("produce", 20, 3)
            drill.wait(lambda state: not state["pending"])
            waits = [milliseconds for _, milliseconds in drill.noted("prompt")][1:]
            assert statistics.median(waits) <= 500
            start = time.monotonic()
            worker.send_signal(signal.SIGTERM)
            output, _ = worker.communicate(timeout=10)
            assert (worker.returncode, output) == (0, "")
            assert time.monotonic() - start < 3
        finally:
            worker.kill()
