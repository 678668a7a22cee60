"""Two processes with sockets and one Redis, which is killed and comes back."""

import contextlib
import signal
import subprocess
import time

import pytest

from tests import diensten

from .huis import Huis, Lijn

pytestmark = pytest.mark.eenmaal


class Redis:
    """A Redis that can be killed and started again, on the same port."""

    def __init__(self, folder):
        self.binary, self.port = diensten.find_binary("redis-server", "redis-server"), diensten.free_port()
        self.folder, self.url, self.process = folder, f"redis://127.0.0.1:{self.port}/0", None

    def start(self):
        command = [self.binary, "--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder)]
        log = self.folder / "redis.log"
        with log.open("ab") as uit:
            self.process = subprocess.Popen(
                [*command, "--save", "", "--appendonly", "no"], stdout=uit, stderr=uit
            )
        diensten.wait_until(lambda: diensten.listens(self.port), self.process, what="Redis", log=log)

    def kill(self):
        diensten.stop_process(self.process, signal.SIGKILL)


@pytest.fixture(scope="module")
def redis():
    with diensten.temporary_folder("redis") as folder:
        redis = Redis(folder)
        redis.start()
        yield redis
        redis.kill()


@pytest.fixture(scope="module")
def twee(redis):
    """Two live processes and a worker; what is done in the house is done in a fourth process.

    A house of their own: the worker of ``in_een``, which may run still, knows no Redis and would take the
    Events of the shared one.
    """
    with contextlib.ExitStack() as stapel:
        huis = Huis(stapel.enter_context(diensten.temporary_folder("redis-huis"))).vul()
        stapel.callback(huis.laat_los)
        met = [huis.op(diensten.free_port(), REDIS_URL=redis.url) for _keer in range(2)]
        for een in met:
            stapel.enter_context(een.live())
        stapel.enter_context(met[0].draait("manage.py", "bezorg"))
        stapel.callback(met[0].laat_los)
        yield met


def test_each_process_hears_what_happens_anywhere(twee):
    hier, daar = twee
    anna, bram = hier.sessies("anna", "bram")
    with Lijn(hier, anna, [hier.t("open")]) as van_anna, Lijn(daar, bram, [hier.t("open")]) as van_bram:
        van_anna.stil(), van_bram.stil()
        hier.antwoord("bram")
        assert van_anna.hoor("nieuw", hier.t("open"))
        assert van_bram.hoor("nieuw", hier.t("open"))
        assert van_anna.hoor("nieuw", f"u:{hier.mensen['anna']}")
        assert f"u:{hier.mensen['anna']}" not in van_bram.stil()


def test_a_session_that_ends_anywhere_closes_its_sockets_everywhere(twee):
    hier, daar = twee
    sessie, ander = hier.sessies("anna", "anna")
    with Lijn(hier, sessie) as een, Lijn(daar, sessie) as twee_, Lijn(daar, ander) as derde:
        hier.doe(
            f"from django.contrib.sessions.backends.db import SessionStore\nSessionStore({sessie!r}).flush()"
        )
        begin = time.monotonic()
        assert een.dicht() == twee_.dicht() == 4401
        assert time.monotonic() - begin < 5
        assert derde.volg(hier.t("open"))


def test_redis_away_and_back(twee, redis):
    """Posting goes on; who follows is told to look again within ten seconds of its return."""
    hier, daar = twee
    anna, bram, chris = hier.sessies("anna", "bram", "chris")
    groep, wie = hier.groepen["besloten"], hier.mensen["chris"]
    with (
        Lijn(hier, anna, [hier.t("open")]) as van_anna,
        Lijn(daar, bram, [hier.t("open")]) as van_bram,
        Lijn(daar, chris, [hier.t("besloten")]) as van_chris,
    ):
        van_anna.stil(), van_bram.stil()
        redis.kill()
        begin = time.monotonic()
        hier.antwoord("anna")
        assert time.monotonic() - begin < 10
        assert van_anna.volg(hier.t("besloten")) == [hier.t("besloten")]
        # A session that ends now is found without being told.
        (weg,) = hier.sessies("anna")
        with Lijn(daar, weg) as lijn:
            model = "from django.contrib.sessions.models import Session"
            hier.doe(f"{model}; Session.objects.filter(pk={weg!r}).delete()")
            assert lijn.dicht() == 4401
        # And a lost Groep is lost when Redis is back, though nobody could say so.
        hier.doe(f"Groep.objects.get(pk={groep}).verwijder_lid(g(pk={wie}))")
        redis.start()
        terug = time.monotonic()
        try:
            for lijn in (van_anna, van_bram, van_chris):
                assert lijn.hoor("kijk")
            assert time.monotonic() - terug < 10
            hier.antwoord("bram")
            assert van_anna.hoor("nieuw", hier.t("open"))
            time.sleep(1)
            hier.antwoord("anna", op="besloten")
            assert van_anna.hoor("nieuw", hier.t("besloten"))
            assert hier.t("besloten") not in van_chris.stil()
        finally:
            hier.doe(f"Groep.objects.get(pk={groep}).voeg_toe(g(pk={wie}))")
