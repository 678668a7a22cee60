"""The two sides of the bench, each with a PostgreSQL of its own, filled and served: ours and the bare app."""

import os
import random
import re
import shutil
import subprocess
import sys
import uuid
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote

import psycopg
import yaml

from intranet.demo.omvang import OMVANGEN, adres
from tests import diensten
from tests.bench import proces
from tests.bench.eisen import WOORDEN
from tests.bench.klant import Klant, Verzoek
from tests.test_compose import COMPOSE, Huis, invullen

WORTEL = Path(__file__).resolve().parent.parent.parent
KAAL = Path(os.environ.get("BENCH_KAAL", WORTEL.parent / "shared" / "bench" / "kaal"))
# Questions per person and kind: enough that no page is asked for over and over.
VRAGEN = 12
# What connections of the measured servers are called.
SERVER = "bench-server"
# Words of each kind that are searched for.
ZOEKWOORDEN = 6
KLEIN = {"onder", "tussen", "wanneer", "waarom", "wordt", "heeft"}
TEKST = (
    "<p>" + "gemeente besluit woning aanvraag vergunning inwoner zaak dossier " * 3 + "</p>"
    "<p>" + "overleg collega document digitaal afspraak jeugdzorg participatie " * 3 + "{}, {} en {}</p>"
)


def mensen(omvang: str) -> tuple[int, ...]:
    """The people whose sessions both sides have, counted from 1 (``gen.py`` and ``demo --sessies 3``)."""
    aantal = OMVANGEN[omvang].mensen
    return 1, aantal // 2, aantal - 1


class Kant:
    """What both sides share: a served app, and the requests of each kind of page.

    ``groepen`` holds per person (id or slug), ``lees`` and ``schrijf`` per person the ids of questions: two
    sets, so that answers that are given do not make the pages that are read longer.
    """

    naam: str
    poort: int
    server: subprocess.Popen
    opdracht: list[str]
    omgeving: dict[str, str]
    map: Path
    log: Path
    database: str  # as superuser

    def __init__(self, stapel: ExitStack, omvang: str):
        self.stapel, self.omvang = stapel, omvang
        self.mensen = mensen(omvang)
        self.verbruik: list[int] = []  # roots of the processes that count
        self._stand: dict[str, int] = {}

    def volgende(self, handeling: str) -> Verzoek:
        """The next request of this kind: the same order in every run."""
        lijst = self.verzoeken[handeling]
        plek = self._stand.get(handeling, 0)
        self._stand[handeling] = plek + 1
        maak = lijst[plek % len(lijst)]
        return maak() if callable(maak) else maak

    def zoek(self, adres: str, woorden: dict[str, list[str]]) -> dict[str, list[Verzoek]]:
        """Everyone searches for every word."""
        return {
            f"zoek_{soort}": [
                Verzoek(sessie, adres.format(quote(woord)))
                for woord in woorden[soort]
                for sessie in self.sessies
            ]
            for soort in WOORDEN
        }

    def sql(self, vraag: str, *params) -> list[tuple]:
        """Ask the database behind this side."""
        with psycopg.connect(self.database, autocommit=True) as verbinding:
            cursor = verbinding.execute(vraag, params)
            return cursor.fetchall() if cursor.description else []

    def volg_postgres(self) -> None:
        """Count the whole PostgreSQL server; nothing of it runs by the clock while we measure."""
        with psycopg.connect(self.database) as verbinding:
            self.postgres = proces.ouder(verbinding.info.backend_pid)
        self.verbruik.append(self.postgres)
        self.sql("vacuum analyze")
        self.sql("alter system set autovacuum = off")
        self.sql("alter system set log_connections = on")
        self.sql("select pg_reload_conf()")

    def sessies_van_postgres(self) -> int:
        """How many connections the servers of this side ever opened: PostgreSQL logs each with its name.

        Its own counter says not whose they are: the bench asks things too, and anyone may look on.
        """
        log = Path(f"/proc/{self.postgres}/fd/2").resolve().read_text(errors="replace")
        return len(
            re.findall(rf"LOG:  connection authorized: .* application_name={SERVER}$", log, re.MULTILINE)
        )

    def start(self, opdracht: list[str], omgeving: dict[str, str], map_: Path, log: Path) -> subprocess.Popen:
        """Start gunicorn; it stops with the rest."""
        with log.open("ab") as uit:
            server = subprocess.Popen(
                opdracht, cwd=map_, env=omgeving | {"PGAPPNAME": SERVER}, stdout=uit, stderr=uit
            )
        self.stapel.callback(diensten.stop_process, server)
        return server

    def herstart(self) -> None:
        """The server anew: how it lies in memory makes a tenth of difference from one start to the next."""
        diensten.stop_process(self.server)
        self.verbruik.remove(self.server.pid)
        self.server = self.start(self.opdracht, self.omgeving, self.map, self.log)
        self.verbruik.append(self.server.pid)
        self.wacht(self.log)

    def wacht(self, log: Path) -> None:
        """Until the server answers."""
        diensten.wait_until(lambda: diensten.listens(self.poort), self.server, what=self.naam, log=log)
        self.klant = Klant(self.poort)

    def werkers(self) -> list[int]:
        """The worker processes of gunicorn."""
        return sorted(proces.boom([self.server.pid]) - {self.server.pid})


# --- Ours -----------------------------------------------------------------------------------------


class Gevuld(Kant):
    """Our database of this size, on real PostgreSQL and Redis, and nothing that serves it."""

    naam = "Binnenplein"

    def __init__(self, stapel: ExitStack, omvang: str, map_: Path):
        super().__init__(stapel, omvang)
        map_.mkdir()
        compose = invullen(
            yaml.safe_load(COMPOSE.read_text()),
            {"SECRET_KEY": "sleutel-van-de-bench-0123456789", "DEMO_TOEGESTAAN": "1"},
        )
        self.huis = Huis(stapel, compose, map_)
        self.database = self.huis.database
        self.huis.draai(
            ["sh", "-c", "python manage.py migrate --no-input -v0 && python manage.py createcachetable"]
        )
        self.huis.draai(["python", "manage.py", "demo", "--omvang", omvang])


class Wij(Gevuld):
    """Binnenplein as docker-compose.yml serves it."""

    def __init__(
        self, stapel: ExitStack, omvang: str, map_: Path, woorden: dict[str, list[str]] | None = None
    ):
        """``woorden``: to search for; by default chosen from what is asked here."""
        super().__init__(stapel, omvang, map_)
        self.huis.draai(["python", "manage.py", "collectstatic", "--no-input", "-v0"])
        self.huis.draai(["python", "manage.py", "demo", "--sessies", "3", str(map_ / "sessies.txt")])
        self.herindexeer = proces.draai(
            ["python", "manage.py", "herindexeer"], self.huis.omgeving("web"), WORTEL
        )
        ((self.documenten,),) = self.sql("select documenten from zoeken_index where stand = 'actief'")
        self.sessies = (map_ / "sessies.txt").read_text().split()
        self.woorden = woorden or woorden_per_soort(
            self.sql(
                "select t.titel, v.inhoud from groepen_vraag v join groepen_thread t on t.id = v.thread_id"
            )
        )
        self._kies()
        self.volg_postgres()
        self.verbruik.append(self._redis())
        self.opdracht, self.omgeving, self.log = (
            self.huis.opdracht("web"),
            self.huis.omgeving("web"),
            map_ / "web.log",
        )
        self.poort, self.map = self.huis.web, WORTEL
        self.server = self.start(self.opdracht, self.omgeving, self.map, self.log)
        self.verbruik.append(self.server.pid)
        self.wacht(self.log)

    def _redis(self) -> int:
        import redis

        return redis.from_url(self.huis.vervang["redis://redis:6379/0"]).info("server")["process_id"]

    def _kies(self) -> None:
        nummers = dict(self.sql("select email, id from profielen_gebruiker where email like 'gebruiker%%'"))
        wie = [nummers[adres(mens)] for mens in self.mensen]
        ((groot, groep),) = self.sql(
            "select id, groep_id from groepen_thread order by aantal_antwoorden desc limit 1"
        )
        self.sql(
            "insert into groepen_lidmaatschap (groep_id, gebruiker_id, rol, begonnen_op)"
            " values (%s, %s, 'lid', now()) on conflict do nothing",
            groep,
            wie[0],
        )
        start, groepen, lees, groot_, stel, antwoord = [], [], [], [], [], []
        for sessie, mens in zip(self.sessies, wie, strict=True):
            start.append(Verzoek(sessie, "/"))
            van_mij = self.sql(
                "select g.id, g.slug from groepen_groep g join groepen_lidmaatschap l on l.groep_id = g.id"
                " where l.gebruiker_id = %s and l.rol <> 'waarnemer' order by g.aantal_vragen desc, g.id",
                mens,
            )
            slugs = [slug for _id, slug in spreiding(van_mij, 3)]
            vragen = self.sql(
                "select id from groepen_thread where groep_id = any(%s) and aantal_antwoorden <= 50"
                " order by aantal_antwoorden, id", [id_ for id_, _slug in van_mij],
            )  # fmt: skip
            vragen = [pk for (pk,) in spreiding(vragen, 2 * VRAGEN)]
            groepen += [Verzoek(sessie, f"/groepen/{slug}/") for slug in slugs]
            lees += [Verzoek(sessie, f"/vragen/{pk}/") for pk in vragen[::2]]
            stel += [self._stel(sessie, slug) for slug in slugs]
            antwoord += [self._antwoord(sessie, pk) for pk in vragen[1::2]]
        groot_ = [Verzoek(self.sessies[0], f"/vragen/{groot}/")]
        self._wie = list(nummers.values())
        self.verzoeken = {
            "start": start,
            "groep": groepen,
            "vraag": lees,
            "vraag50": groot_,
            "stel": stel,
            "antwoord": antwoord,
        } | self.zoek("/zoeken/?q={}", self.woorden)
        self._lot = random.Random(42)

    def _tekst(self) -> str:
        genoemd = self._lot.sample(self._wie, 3)
        return TEKST.format(*(f'<span data-mention="gebruiker:{pk}">Jan Jansen</span>' for pk in genoemd))

    def _stel(self, sessie: str, slug: str):
        return lambda: Verzoek(sessie, "/vragen/stel/", {
            "titel": "Hoe vraag ik een vergunning aan voor een evenement",
            "inhoud": self._tekst(), "inhoud_opmaak": "html", "groep": slug, "kanaal": "zelf",
            "sleutel": str(uuid.uuid4()),
        })  # fmt: skip

    def _antwoord(self, sessie: str, pk: int):
        return lambda: Verzoek(
            sessie, f"/vragen/{pk}/antwoorden/",
            {"inhoud": self._tekst(), "inhoud_opmaak": "html", "sleutel": str(uuid.uuid4())},
        )  # fmt: skip


# --- Bare -----------------------------------------------------------------------------------------


class Kaal(Kant):
    """The bare app with the same server, the same number of workers and threads, and psycopg's pool."""

    naam = "kale Django"

    def __init__(self, stapel: ExitStack, omvang: str, map_: Path, opdracht: list[str]):
        super().__init__(stapel, omvang)
        app = map_ / "app"
        shutil.copytree(KAAL, app)  # gen.py writes sessions beside itself
        postgres = stapel.enter_context(diensten.postgres_server())
        beheer = postgres.url.rsplit("/", 1)[0] + "/postgres"
        with psycopg.connect(beheer, autocommit=True) as verbinding:
            verbinding.execute("create role postgres superuser login")
            verbinding.execute("create database kaal owner postgres")
        self.database = postgres.url.rsplit("/", 1)[0] + "/kaal"
        self.omgeving = {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "BARE_DB": "pg:kaal", "BARE_POOL": "1", "PGP": str(postgres.port),
        }  # fmt: skip
        gevuld = subprocess.run(
            [sys.executable, "gen.py", omvang],
            cwd=app,
            env=self.omgeving,
            capture_output=True,
            text=True,
            check=False,
        )
        if gevuld.returncode:
            raise RuntimeError(f"gen.py: {gevuld.stderr}")
        self.sessies = (app / "session_kaal.txt").read_text().split()
        self._kies()
        self.volg_postgres()
        self.poort = diensten.free_port()
        hier = {"intranet.wsgi:application": "wsgi:application"}
        self.opdracht = [hier.get(deel, deel) for deel in opdracht]
        self.opdracht[self.opdracht.index("--bind") + 1] = f"127.0.0.1:{self.poort}"
        self.log = map_ / "kaal.log"
        self.map = app
        self.server = self.start(self.opdracht, self.omgeving, self.map, self.log)
        self.verbruik.append(self.server.pid)
        self.wacht(self.log)

    def _kies(self) -> None:
        ((groot, groep),) = self.sql("select id, group_id from app_question order by n_answers desc limit 1")
        self.sql(
            "insert into app_membership (user_id, group_id) values (%s, %s) on conflict do nothing",
            self.mensen[0],
            groep,
        )
        start, groepen, lees, stel, antwoord = [], [], [], [], []
        for sessie, mens in zip(self.sessies, self.mensen, strict=True):
            start.append(Verzoek(sessie, "/feed2"))
            van_mij = self.sql(
                "select g.id from app_group g join app_membership l on l.group_id = g.id where l.user_id = %s"
                " order by g.n_questions desc, g.id", mens,
            )  # fmt: skip
            pks = [pk for (pk,) in spreiding(van_mij, 3)]
            vragen = self.sql(
                "select id from app_question where group_id = any(%s) and n_answers <= 50"
                " order by n_answers, id",
                [pk for (pk,) in van_mij],
            )
            vragen = [pk for (pk,) in spreiding(vragen, 2 * VRAGEN)]
            groepen += [Verzoek(sessie, f"/g/{pk}") for pk in pks]
            lees += [Verzoek(sessie, f"/question/{pk}") for pk in vragen[::2]]
            stel += [self._stel(sessie, pk) for pk in pks]
            antwoord += [self._antwoord(sessie, pk) for pk in vragen[1::2]]
        groot_ = [Verzoek(self.sessies[0], f"/question/{groot}")]
        self.verzoeken = {
            "start": start,
            "groep": groepen,
            "vraag": lees,
            "vraag50": groot_,
            "stel": stel,
            "antwoord": antwoord,
        } | self.zoek(
            "/search?cap=1&q={}", woorden_per_soort(self.sql("select title, body from app_question"))
        )
        self._lot = random.Random(42)

    def _tekst(self) -> str:
        genoemd = self._lot.sample(range(1, OMVANGEN[self.omvang].mensen + 1), 3)
        return TEKST.format(*(f"@user{nummer}" for nummer in genoemd))

    def _stel(self, sessie: str, pk: int):
        titel = "Hoe vraag ik een vergunning aan voor een evenement"
        return lambda: Verzoek(sessie, f"/ask/{pk}", {"title": titel, "body": self._tekst()})

    def _antwoord(self, sessie: str, pk: int):
        return lambda: Verzoek(sessie, f"/answer/{pk}", {"body": self._tekst()})


def woorden_per_soort(vragen: list[tuple[str, str]]) -> dict[str, list[str]]:
    """Words of each kind (``eisen.WOORDEN``) from (title, text): rare ones, common ones, and in between.

    Without the small words that every search leaves out.
    """
    telling: Counter[str] = Counter()
    for vraag in vragen:
        telling.update(set(re.findall(r"[a-z]{5,}", re.sub(r"<[^>]*>", " ", " ".join(vraag)).lower())))
    telling = Counter({woord: aantal for woord, aantal in telling.items() if woord not in KLEIN})
    op_aantal = telling.most_common()
    return {
        soort: spreiding(
            [woord for woord, aantal in op_aantal if laag * len(vragen) <= aantal <= hoog * len(vragen)],
            ZOEKWOORDEN,
        )
        for soort, (laag, hoog) in WOORDEN.items()
    }


def spreiding(rijen: list, aantal: int) -> list:
    """``aantal`` rows at even distances, from the first to the last."""
    if len(rijen) <= aantal:
        return rijen
    return [rijen[plek * (len(rijen) - 1) // (aantal - 1)] for plek in range(aantal)]
