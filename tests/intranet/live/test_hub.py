"""The hub by itself: whom it tells, what it remembers, and that nobody waits for who reads slowly."""

import asyncio
import json
import time

import pytest

from intranet.live import hub as hub_module
from intranet.live.consumers import LiveConsumer
from intranet.live.hub import BATCH, Hub
from intranet.live.oorsprong import is_own

pytestmark = pytest.mark.eenmaal


class Proef:
    """A socket that remembers what it was told."""

    def __init__(self, pk=1):
        self.gebruiker_id, self.keys, self.gehoord, self.dicht = pk, set(), [], None

    def push(self, key, message):
        self.gehoord.append(json.loads(message["text"]))

    def hang_up(self, code):
        self.dicht = code


@pytest.fixture
def hub():
    hub = Hub()
    hub.hears()
    return hub


def volgt(hub, *sleutels, pk=1):
    proef = Proef(pk)
    hub.follow(proef, [f"u:{pk}", *sleutels])
    return proef


def test_it_tells_who_follows_and_nobody_else(hub):
    een, ander = volgt(hub, "t:1", "g:2"), volgt(hub, "t:1", pk=2)
    hub.nudge(["t:1", "g:2", "t:9"])
    assert [frame["sleutel"] for frame in een.gehoord] == ["t:1", "g:2"]
    assert [frame["sleutel"] for frame in ander.gehoord] == ["t:1"]
    hub.unfollow(een, ["t:1"])
    hub.remove(ander)
    hub.nudge(["t:1"])
    assert len(een.gehoord) == 2
    assert len(ander.gehoord) == 1
    assert hub.followed("t") == []


def test_close_takes_all_of_one_person(hub):
    een, ook, ander = volgt(hub), volgt(hub, "t:1"), volgt(hub, pk=2)
    beurt = hub.turn
    hub.close(["u:1"], 4401)
    assert (een.dicht, ook.dicht, ander.dicht) == (4401, 4401, None)
    assert hub.everyone() == [ander]
    assert hub.turn > beurt


def test_what_was_missed(hub, monkeypatch):
    nu = time.time()
    monkeypatch.setattr(hub_module.time, "time", lambda: nu)
    hub.hears()
    nu += 60
    hub.nudge(["t:1"])
    nu += 60
    hub.nudge(["t:2", "u:1"])
    assert hub.missed(["t:1", "t:2", "t:3", "u:1"], nu) == ["t:2", "u:1"]
    assert hub.missed(["t:1", "t:2"], nu - 58) == ["t:1", "t:2"]
    nu += 30
    assert hub.missed(["t:1"], nu - 119) is None
    hub.is_deaf()
    assert hub.missed(["t:1"], nu) is None
    hub.hears()
    assert hub.missed(["t:1"], nu) is None  # the slack reaches back into the gap
    assert hub.missed(["t:1"], nu + 6) == []


def test_it_remembers_no_more_than_so_much(hub, monkeypatch):
    monkeypatch.setattr(hub_module, "MEMORY_KEYS", 10)
    nu = time.time()
    monkeypatch.setattr(hub_module.time, "time", lambda: nu)
    hub.hears()
    nu += 20
    hub.nudge([f"t:{nummer}" for nummer in range(10)])
    nu += 20
    hub.nudge(["t:100"])
    assert hub.missed(["t:0"], nu - 21) is None
    assert hub.missed(["t:100"], nu) == ["t:100"]


def test_many_are_told_in_turns_and_come_back_spread(hub):
    asyncio.run(_many_are_told_in_turns_and_come_back_spread(hub))


async def _many_are_told_in_turns_and_come_back_spread(hub):
    allen = [volgt(hub, "g:1", pk=pk) for pk in range(4 * BATCH)]
    hub.nudge(["g:1"])
    hub.nudge(["u:3"])  # does not wait for all of them
    assert allen[3].gehoord[0]["sleutel"] == "u:3"
    for _keer in range(10):
        await asyncio.sleep(0)
    assert all(len(proef.gehoord) == 1 + (proef is allen[3]) for proef in allen)
    assert allen[0].gehoord[0]["spreid"] == 10


# --- A page that reads slowly ---------------------------------------------------------------------


def lijn(send):
    consumer = LiveConsumer()
    consumer.straight, consumer.keys, consumer._late = send, set(), {}
    return consumer


def test_a_slow_page_holds_up_nobody_and_gets_the_newest():
    asyncio.run(_a_slow_page_holds_up_nobody_and_gets_the_newest())


async def _a_slow_page_holds_up_nobody_and_gets_the_newest():
    open_, gestuurd = asyncio.Event(), []

    async def send(message):
        await open_.wait()
        gestuurd.append(message["text"])

    traag = lijn(send)
    for nummer in range(1000):
        traag.push("t:1", {"text": f"t {nummer}"})
        traag.push("u:1", {"text": f"u {nummer}"})
    assert len(traag._late) == 2
    open_.set()
    for _keer in range(10):
        await asyncio.sleep(0)
    assert gestuurd == ["t 999", "u 999"]
    traag.push("t:1", {"text": "weer"})
    assert gestuurd[-1] == "weer"


def test_a_page_that_is_gone_breaks_nothing():
    asyncio.run(_a_page_that_is_gone_breaks_nothing())


async def _a_page_that_is_gone_breaks_nothing():
    async def weg(message):
        raise OSError

    async def straks_weg(message):
        await asyncio.sleep(0)
        raise OSError

    for send in (weg, straks_weg):
        een = lijn(send)
        een.push("t:1", {"text": ""})
        await asyncio.sleep(0.01)
        assert een._late == {}


# --- Whose page -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("origin", "host", "eigen"),
    [
        ("https://plein.zandmeer.nl", "plein.zandmeer.nl", True),
        ("http://localhost:8000", "localhost:8000", True),
        ("https://ander.zandmeer.nl", "plein.zandmeer.nl", False),
        ("https://plein.zandmeer.nl:444", "plein.zandmeer.nl", False),
        ("https://kwaad.example", "kwaad.example", False),  # a name that is not ours
        ("https://op.vertrouwd.nl", "plein.zandmeer.nl", True),
        ("http://op.vertrouwd.nl", "plein.zandmeer.nl", False),
        ("https://vertrouwd.nl.kwaad.example", "plein.zandmeer.nl", False),
        ("https://site.zandmeer.nl", "intern:8001", True),
        ("null", "plein.zandmeer.nl", False),
        ("", "plein.zandmeer.nl", False),
        ("", "", False),
        ("https://[kapot", "plein.zandmeer.nl", False),
    ],
)
def test_whose_page_may_open_a_socket(settings, origin, host, eigen):
    settings.ALLOWED_HOSTS = ["plein.zandmeer.nl", "localhost"]
    settings.SITE_URL = "https://site.zandmeer.nl"
    settings.CSRF_TRUSTED_ORIGINS = ["https://*.vertrouwd.nl"]
    assert is_own(origin, host) is eigen


def test_all_hosts_allowed_is_not_all_origins(settings):
    settings.ALLOWED_HOSTS = ["*"]
    assert not is_own("https://kwaad.example", "plein.zandmeer.nl")
    assert is_own("https://plein.zandmeer.nl", "plein.zandmeer.nl")
