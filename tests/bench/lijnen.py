"""Many open sockets on one process, ours beside a raw websocket server: what a delivery costs, and arrives.

Both hear the same Redis. The pages are this process: raw sockets that read frames and count them.
"""

import asyncio
import base64
import json
import os
import sys
import time
from collections import defaultdict
from contextlib import ExitStack
from pathlib import Path

import redis

from tests import diensten, voorraad
from tests.bench import proces
from tests.bench.eisen import LIJNEN
from tests.bench.statistiek import p95
from tests.intranet.live.huis import Huis

# Deliveries to all in one block: enough that a tick of /proc (10 ms) is 1 %.
KEREN = 10
VERMELDINGEN = 200
TEGELIJK = 50

MENSEN = """
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from intranet.live import bus
from profielen.models import Organisatie, Profiel
zandmeer = Organisatie.objects.get(naam="Zandmeer")
mensen = Gebruiker.objects.bulk_create(
    [Gebruiker(email=f"lijn{n}@zandmeer.example", password="!", organisatie=zandmeer) for n in range(%d)]
)
Profiel.objects.bulk_create([Profiel(gebruiker=mens) for mens in mensen])
winkel = import_module(settings.SESSION_ENGINE).SessionStore()
tot = timezone.now() + timezone.timedelta(days=1)
sessies = []
for mens in mensen:
    inhoud = {
        SESSION_KEY: str(mens.pk),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: mens.get_session_auth_hash(),
    }
    sessies.append(
        Session(session_key=f"lijn{mens.pk:028}", session_data=winkel.encode(inhoud), expire_date=tot)
    )
Session.objects.bulk_create(sessies)
print(__import__("json").dumps([bus.channel(), [mens.pk for mens in mensen]]))
"""


class Pagina(asyncio.Protocol):
    """One open page: follows what it is told to and hands every nudge to its ``kant``."""

    def __init__(self, kant, nummer, koekje):
        self.kant, self.nummer, self.koekje = kant, nummer, koekje
        self.rest, self.open = b"", False

    def connection_made(self, transport):
        self.transport = transport
        sleutel = base64.b64encode(os.urandom(16)).decode()
        transport.write(
            f"GET /ws/ HTTP/1.1\r\nHost: localhost:{self.kant.poort}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nOrigin: http://localhost:{self.kant.poort}\r\nCookie: {self.koekje}\r\n"
            f"Sec-WebSocket-Key: {sleutel}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )

    def connection_lost(self, fout):
        self.kant.weg += 1

    def data_received(self, data):
        data = self.rest + data
        if not self.open:
            kop, streep, data = data.partition(b"\r\n\r\n")
            if not streep:
                self.rest = kop
                return
            assert kop.startswith(b"HTTP/1.1 101"), kop
            self.open = True
            self.zeg(1, json.dumps({"soort": "volg", "sleutels": self.kant.volgt(self.nummer)}).encode())
        while len(data) >= 2:
            lang, begin = data[1], 2
            if lang == 126:
                lang, begin = int.from_bytes(data[2:4], "big"), 4
            if len(data) < begin + lang:
                break
            soort, inhoud, data = data[0] & 15, data[begin : begin + lang], data[begin + lang :]
            if soort == 9:
                self.zeg(10, inhoud)
            elif soort == 1:
                self.kant.hoor(self.nummer, inhoud)
        self.rest = data

    def zeg(self, soort, inhoud):
        lengte = bytes([128 | len(inhoud)]) if len(inhoud) < 126 else b"\xfe" + len(inhoud).to_bytes(2, "big")
        self.transport.write(bytes([128 | soort]) + lengte + bytes(4) + inhoud)  # masked with zeros


class Kant:
    """One server with all its pages.

    Attributes:
        cpu: per round, microseconds of the server's CPU for one delivery.
        duren: per round, seconds from saying it on the bus until each page has it, of single mentions.
        zoek: messages that did not arrive.
    """

    def __init__(self, naam, poort, pid, kanaal, allemaal, koekjes, volgt):
        self.naam, self.poort, self.pid, self.kanaal = naam, poort, pid, kanaal
        self.allemaal, self.koekjes, self.volgt = allemaal, koekjes, volgt
        self.weg = self.klaar = self.gehoord = self.zoek = 0
        self.cpu, self.duren, self.totaal = [], [], []
        self.wacht = defaultdict(asyncio.Event)

    def hoor(self, nummer, inhoud):
        if b'"nieuw"' in inhoud:
            self.gehoord += 1
            self.moment = time.perf_counter()
        elif b'"volgt"' in inhoud:
            assert b'"sleutels": [' in inhoud, inhoud
            self.klaar += 1

    async def open(self, aantal):
        """Open all pages; kB of memory that each takes in the server."""
        loop = asyncio.get_running_loop()
        voor = proces.geheugen(self.pid)[0]
        self.paginas = []
        for begin in range(0, aantal, TEGELIJK):
            for nummer in range(begin, min(begin + TEGELIJK, aantal)):
                # Half of them from another address, or the ports of one run out.
                van = (f"127.0.0.{2 + nummer % 4}", 0)
                _, pagina = await loop.create_connection(
                    lambda nummer=nummer: Pagina(self, nummer, self.koekjes(nummer)),
                    "127.0.0.1", self.poort, local_addr=van,
                )  # fmt: skip
                self.paginas.append(pagina)
            await tot(lambda: self.klaar >= len(self.paginas) or self.weg, 300)
            assert not self.weg, f"{self.naam}: de lijn viel weg"
        await asyncio.sleep(1)
        self.kb = (proces.geheugen(self.pid)[0] - voor) * 1024 / aantal

    async def aan_allen(self, bus, keren):
        """Nudge everybody so many times."""
        voor, self.gehoord = proces.cpu([self.pid]), 0
        for keer in range(keren):
            begin = time.perf_counter()
            bus.publish(self.kanaal, json.dumps({"doe": "nieuw", "sleutels": [self.allemaal], "van": 1}))
            await tot(lambda keer=keer: self.gehoord >= (keer + 1) * len(self.paginas), 30)
            self.totaal.append(self.moment - begin)
        await asyncio.sleep(0.05)
        verwacht = keren * len(self.paginas)
        self.zoek += verwacht - self.gehoord
        self.cpu.append((proces.cpu([self.pid]) - voor) / verwacht * 1e6)

    async def vermeldingen(self, bus, aantal, plek):
        """Nudge one person at a time."""
        duren = []
        for nummer in range(aantal):
            self.gehoord, wie = 0, (plek * aantal + nummer) * 7 % len(self.paginas)
            begin = time.perf_counter()
            # The last of what a page follows is its own.
            sleutel = self.volgt(wie)[-1] if self.naam != "wij" else self.bel(wie)
            bus.publish(self.kanaal, json.dumps({"doe": "nieuw", "sleutels": [sleutel], "van": 1}))
            await tot(lambda: self.gehoord >= 1, 5)
            self.zoek += self.gehoord == 0
            duren.append(self.moment - begin)
        self.duren.append(duren)


async def tot(klaar, seconden):
    """Wait until it is so, at most this long."""
    einde = time.monotonic() + seconden
    while not klaar() and time.monotonic() < einde:
        await asyncio.sleep(0.001)


class Lijnen:
    """Both servers, filled and served; ``meet`` measures them in turns."""

    def __init__(self, stapel: ExitStack, map_: Path, aantal: int = LIJNEN):
        map_.mkdir()
        self.aantal = aantal
        self.redis = stapel.enter_context(diensten.redis())
        poort = diensten.free_port()
        huis = Huis(map_)
        stapel.callback(huis.laat_los)
        voorraad.migreer(f"sqlite:///{map_}/binnenplein.sqlite3", DATA_DIR=str(map_))
        huis.bevolk()
        kanaal, self.mensen = json.loads(huis.doe(MENSEN % aantal))
        # As docker-compose.yml starts it.
        wij = huis.op(
            poort, REDIS_URL=self.redis, DEBUG="0", ALLOWED_HOSTS="localhost", DEMO_TOEGESTAAN="1",
            SECRET_KEY=(map_ / "geheim").read_text(),
        )  # fmt: skip
        server = stapel.enter_context(wij.live())
        self.wij = Kant(
            "wij", poort, server.pid, kanaal, huis.g("open"),
            lambda nummer: f"sessionid=lijn{self.mensen[nummer]:028}", lambda nummer: [huis.g("open")],
        )  # fmt: skip
        self.wij.bel = lambda nummer: f"u:{self.mensen[nummer]}"
        poort = diensten.free_port()
        opdracht = ["-m", "tests.bench.kale_lijn", str(poort), self.redis, "kaal"]
        kaal = stapel.enter_context(huis.op(poort).draait(*opdracht, klaar=lambda: diensten.listens(poort)))
        self.kaal = Kant(
            "kaal", poort, kaal.pid, "kaal", "g:1", lambda nummer: "", lambda nummer: ["g:1", f"u:{nummer}"]
        )

    def meet(self, rondes: int) -> None:
        """Open everything, then so many rounds; who goes first changes with the round."""
        import uvloop

        uvloop.run(self._meet(rondes))

    async def _meet(self, rondes):
        bus = redis.Redis.from_url(self.redis)
        kanten = [self.wij, self.kaal]
        for kant in kanten:
            await kant.open(self.aantal)
            await kant.aan_allen(bus, 2)
            kant.cpu.clear()
            kant.totaal.clear()
        for nummer in range(rondes):
            for kant in kanten if nummer % 2 else reversed(kanten):
                await kant.aan_allen(bus, KEREN)
                await kant.vermeldingen(bus, VERMELDINGEN, nummer)
        for kant in kanten:
            assert kant.weg == 0, f"{kant.naam}: {kant.weg} lijnen vielen weg"


if __name__ == "__main__":
    import statistics

    with ExitStack() as stapel:
        aantal = int(sys.argv[1]) if len(sys.argv) > 1 else LIJNEN
        lijnen = Lijnen(stapel, stapel.enter_context(diensten.temporary_folder("lijnen")) / "huis", aantal)
        lijnen.meet(int(sys.argv[2]) if len(sys.argv) > 2 else 5)
        for kant in (lijnen.wij, lijnen.kaal):
            duren = [d * 1000 for ronde in kant.duren for d in ronde]
            print(
                f"{kant.naam:5} {kant.kb:6.1f} kB per lijn  {statistics.median(kant.cpu):6.1f} µs per keer"
                f"  aan allen {statistics.median(kant.totaal) * 1000:6.0f} ms"
                f"  vermelding p50 {statistics.median(duren):.2f} p95 {p95(duren):.2f} ms  zoek {kant.zoek}"
            )
