"""docker-compose.yml and Dockerfile cannot rot: what they say is read here, and started.

There is no Docker engine on a test machine. So the web, live, worker and migrate *commands* of the file run
here with its own environment, hosts and ports replaced, against a real PostgreSQL, Redis, mail server and
nginx with the nginx.conf of the image.
"""

import http.client
import json
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlencode

import psycopg
import pytest
import yaml

from tests import diensten

WORTEL = Path(__file__).resolve().parent.parent
COMPOSE = WORTEL / "docker-compose.yml"
DOCKERFILE = WORTEL / "Dockerfile"
VRAAGTEKEN = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")
EIGEN = ("web", "live", "worker", "migrate", "demo")
DUURZAAM = ("postgres", "redis", "elasticsearch", "mailpit", "web", "live", "worker", "nginx")

pytestmark = pytest.mark.eenmaal


def invullen(waarde, omgeving):
    """Fill in ${NAME}, ${NAME:-default} and ${NAME:?message} the way compose does."""
    if isinstance(waarde, dict):
        return {sleutel: invullen(deel, omgeving) for sleutel, deel in waarde.items()}
    if isinstance(waarde, list):
        return [invullen(deel, omgeving) for deel in waarde]
    if not isinstance(waarde, str):
        return waarde

    def een(treffer):
        naam, soort, rest = treffer.groups()
        if omgeving.get(naam):
            return omgeving[naam]
        assert soort != "?", f"{naam}: {rest}"
        return rest or ""

    return VRAAGTEKEN.sub(een, waarde)


@pytest.fixture(scope="module")
def compose():
    return invullen(yaml.safe_load(COMPOSE.read_text()), {"SECRET_KEY": "sleutel-van-de-proef-0123456789"})


# --- What the files say ------------------------------------------------------------------------


def test_without_a_secret_key_nothing_starts():
    with pytest.raises(AssertionError, match="zet SECRET_KEY"):
        invullen(yaml.safe_load(COMPOSE.read_text()), {})


def test_the_services_are_those_of_the_design(compose):
    assert set(compose["services"]) == {*DUURZAAM, "migrate", "demo"}
    assert compose["services"]["postgres"]["image"] == "postgres:17"
    assert compose["services"]["redis"]["image"] == "redis:7"
    assert compose["services"]["elasticsearch"]["image"] == "elasticsearch:8.19.3"


def test_every_image_has_a_version_or_a_build_stage(compose):
    stages = set(re.findall(r"^FROM \S+ AS (\w+)$", DOCKERFILE.read_text(), re.M))
    for naam, dienst in compose["services"].items():
        if "build" in dienst:
            assert dienst["build"]["target"] in stages, naam
        else:
            assert re.fullmatch(r"[\w./-]+:v?\d+(\.\d+)*", dienst["image"]), naam


def test_every_lasting_service_has_a_healthcheck_and_restarts(compose):
    for naam in DUURZAAM:
        dienst = compose["services"][naam]
        assert dienst["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL"), naam
        assert dienst["restart"] == "unless-stopped", naam


def test_dependencies_exist_and_wait_for_the_right_thing(compose):
    diensten_ = compose["services"]
    for naam, dienst in diensten_.items():
        for andere, hoe in dienst.get("depends_on", {}).items():
            assert andere in diensten_, naam
            verwacht = "service_completed_successfully" if andere == "migrate" else "service_healthy"
            assert hoe["condition"] == verwacht, (naam, andere)
    for naam in ("web", "live", "worker", "demo"):
        assert "migrate" in diensten_[naam]["depends_on"]
    assert set(diensten_["migrate"]["depends_on"]) == {"postgres"}


def test_volumes_are_declared_and_only_two_doors_stand_open(compose):
    genoemd = {
        deel.split(":")[0] for dienst in compose["services"].values() for deel in dienst.get("volumes", [])
    }
    assert genoemd == set(compose["volumes"])
    open_ = {naam: dienst["ports"] for naam, dienst in compose["services"].items() if "ports" in dienst}
    assert open_ == {"mailpit": ["127.0.0.1:8025:8025"], "nginx": ["8080:8080"]}


# Read by the C library under Python, not by us.
VAN_DE_MACHINE = {"MALLOC_ARENA_MAX"}


def test_every_variable_is_one_that_the_settings_read(compose):
    gelezen = set(re.findall(r'env\.\w+\(\s*"(\w+)"', (WORTEL / "intranet" / "settings.py").read_text()))
    gelezen |= VAN_DE_MACHINE
    for naam in EIGEN:
        assert set(compose["services"][naam]["environment"]) <= gelezen, naam


def test_the_dockerfile_copies_what_exists_and_does_not_run_as_root():
    regels = DOCKERFILE.read_text().replace("\\\n", " ").splitlines()
    for regel in regels:
        if regel.startswith("COPY ") and "--from" not in regel:
            *bronnen, _ = regel.split()[1:]
            for bron in bronnen:
                assert (WORTEL / bron).exists(), regel
    web = DOCKERFILE.read_text().split(" AS web\n")[1]
    assert re.search(r"^USER (?!root|0)\w+$", web, re.M)
    assert "HEALTHCHECK" in web
    assert web.index("USER ") < web.index("CMD [")


# --- What happens when it is started ------------------------------------------------------------


def _wacht_op(voorwaarde, wat, seconden=30.0):
    einde = time.monotonic() + seconden
    while time.monotonic() < einde:
        if (uitkomst := voorwaarde()) is not None:
            return uitkomst
        time.sleep(0.1)
    raise AssertionError(f"{wat}: niet binnen {seconden:.0f} s")


class Huis:
    """The compose file, running on this machine."""

    def __init__(self, stapel, compose, map_):
        self.stapel, self.map, self.compose = stapel, map_, compose
        self.database = stapel.enter_context(diensten.postgres())
        self.mail = stapel.enter_context(diensten.smtp())
        self.web, self.live = diensten.free_port(), diensten.free_port()
        self.vervang = {
            "postgres://binnenplein:binnenplein@postgres:5432/binnenplein": self.database,
            "redis://redis:6379/0": stapel.enter_context(diensten.redis()),
            "smtp://mailpit:1025": self.mail.url,
            "/data/media": str(map_ / "media"),
            "/data": str(map_ / "data"),
            "0.0.0.0:8000": f"127.0.0.1:{self.web}",
            "0.0.0.0": "127.0.0.1",
            "8001": str(self.live),
        }
        (map_ / "media").mkdir()
        (map_ / "data").mkdir()

    def _hier(self, tekst):
        """A value of the compose file as it reads on this machine."""
        for daar, hier in self.vervang.items():
            if tekst == daar:
                return hier
        return tekst

    def omgeving(self, dienst):
        """The environment of a service, and nothing of the developer's own."""
        eigen = {
            naam: self._hier(waarde)
            for naam, waarde in self.compose["services"][dienst]["environment"].items()
        }
        basis = {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.map),
        }
        return {**basis, "STATIC_ROOT": str(self.map / "www" / "static"), **eigen}

    def opdracht(self, dienst):
        return [self._hier(deel) for deel in self.compose["services"][dienst]["command"]]

    def draai(self, opdracht, dienst="web"):
        """Run one command to its end; returns what it printed."""
        uitkomst = subprocess.run(
            opdracht,
            cwd=WORTEL,
            env=self.omgeving(dienst),
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )
        assert uitkomst.returncode == 0, f"{opdracht}:\n{uitkomst.stdout}\n{uitkomst.stderr}"
        return uitkomst.stdout

    def shell(self, code):
        return self.draai(["python", "manage.py", "shell", "--no-imports", "-c", code])

    def start(self, dienst):
        """Start the command of a service; it is stopped with the rest."""
        log = (self.map / f"{dienst}.log").open("w")
        proces = subprocess.Popen(
            self.opdracht(dienst), cwd=WORTEL, env=self.omgeving(dienst), stdout=log, stderr=log
        )
        self.stapel.callback(log.close)
        self.stapel.callback(diensten.stop_process, proces)
        return proces

    def gezond(self, dienst):
        """What the healthcheck of this service in the compose file says: None until it is well."""
        opdracht = [self._hier(deel) for deel in self.compose["services"][dienst]["healthcheck"]["test"][1:]]
        opdracht = [str(self.web) if deel == "8000" else deel for deel in opdracht]
        uitkomst = subprocess.run(opdracht, cwd=WORTEL, env=self.omgeving(dienst), capture_output=True)
        return True if uitkomst.returncode == 0 else None

    def nginx_conf(self):
        conf = (WORTEL / "intranet" / "deploy" / "nginx.conf").read_text()
        for daar, hier in {
            "server web:8000;": f"server 127.0.0.1:{self.web};",
            "server live:8001;": f"server 127.0.0.1:{self.live};",
            "listen 8080;": "listen @POORT@;",
            "/srv/www": str(self.map / "www"),
            "/data/media/": f"{self.map}/media/",
        }.items():
            assert daar in conf
            conf = conf.replace(daar, hier)
        types = next(
            pad
            for pad in ("/etc/nginx/mime.types", "/opt/homebrew/etc/nginx/mime.types")
            if Path(pad).exists()
        )
        return f"include {types};\naccess_log off;\n{conf}"


class Bezoeker:
    """A browser with cookies, over one kept connection."""

    def __init__(self, adres):
        self.host = adres.removeprefix("http://")
        self.verbinding = http.client.HTTPConnection(self.host, timeout=30)
        self.koekjes = {}

    def vraag(self, methode, pad, velden=None, lichaam=None, **kop):
        if velden is not None:
            lichaam = urlencode(velden)
            kop["Content-Type"] = "application/x-www-form-urlencoded"
        kop["Cookie"] = "; ".join(f"{naam}={waarde}" for naam, waarde in self.koekjes.items())
        self.verbinding.request(methode, pad, lichaam, kop)
        antwoord = self.verbinding.getresponse()
        tekst = antwoord.read()
        for koekje in antwoord.headers.get_all("Set-Cookie") or []:
            naam, _, waarde = koekje.partition(";")[0].partition("=")
            self.koekjes[naam] = waarde
        return SimpleNamespace(
            status=antwoord.status, kop=antwoord.headers, tekst=tekst.decode(errors="replace")
        )

    def log_in(self, email, wachtwoord):
        formulier = self.vraag("GET", "/account/login/")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', formulier.tekst)[1]
        return self.vraag(
            "POST",
            "/account/login/",
            {"csrfmiddlewaretoken": token, "login": email, "password": wachtwoord},
            Referer=f"http://{self.host}/account/login/",
            Origin=f"http://{self.host}",
        )


WACHTWOORD = "proef-van-het-huis-2026"
MENSEN = f"""
from allauth.account.models import EmailAddress
from profielen.models import Gebruiker, Organisatie
o = Organisatie.objects.create(naam="Zandmeer", deelname="deelnemer")
mail = "anna@zandmeer.test"
naam = dict(voornaam="Anna", achternaam="Lidwoord")
g = Gebruiker.objects.create_user(email=mail, password={WACHTWOORD!r}, organisatie=o, **naam)
EmailAddress.objects.get_or_create(user=g, email=g.email, defaults=dict(verified=True, primary=True))
"""


@pytest.fixture(scope="module")
def huis(compose, tmp_path_factory):
    map_ = tmp_path_factory.mktemp("compose")
    map_.chmod(0o755)
    with ExitStack() as stapel:
        huis = Huis(stapel, compose, map_)
        huis.draai(huis.opdracht("migrate"), "migrate")
        huis.draai(["python", "manage.py", "collectstatic", "--no-input", "--verbosity", "0"])
        huis.shell(MENSEN)
        fouten = map_ / "www" / "fouten"
        fouten.mkdir()
        for pagina in ("413.html", "502.html"):
            (fouten / pagina).write_bytes((WORTEL / "intranet" / "deploy" / pagina).read_bytes())
        poort = diensten.free_port()
        # Forms name the port they were sent from.
        huis.compose["services"]["web"]["environment"]["CSRF_TRUSTED_ORIGINS"] = f"http://localhost:{poort}"
        for dienst in ("web", "live", "worker"):
            huis.start(dienst)
        huis.adres = stapel.enter_context(diensten.nginx(huis.nginx_conf(), port=poort))
        for dienst in ("web", "live"):
            _wacht_op(lambda dienst=dienst: huis.gezond(dienst), dienst)
        yield huis


@pytest.fixture
def anna(huis):
    bezoeker = Bezoeker(huis.adres)
    antwoord = bezoeker.log_in("anna@zandmeer.test", WACHTWOORD)
    assert antwoord.status == 302, antwoord.tekst[:2000]
    return bezoeker


def test_a_page_comes_out_of_nginx(huis):
    bezoeker = Bezoeker(huis.adres)
    assert bezoeker.vraag("GET", "/").status == 302
    pagina = bezoeker.vraag("GET", "/account/login/")
    assert pagina.status == 200
    assert "script-src 'self'" in pagina.kop["Content-Security-Policy"]
    assert pagina.kop["Server"] == "nginx"


def test_static_files_come_from_nginx_and_stay(huis):
    bezoeker = Bezoeker(huis.adres)
    blad = re.search(r'href="(/static/[^"]+\.css)"', bezoeker.vraag("GET", "/account/login/").tekst)[1]
    assert re.search(r"\.[0-9a-f]{12}\.css$", blad)
    antwoord = bezoeker.vraag("GET", blad, **{"Accept-Encoding": "gzip"})
    assert antwoord.status == 200
    assert antwoord.kop["Content-Encoding"] == "gzip"
    assert "immutable" in antwoord.kop["Cache-Control"]
    assert antwoord.kop["Content-Type"].startswith("text/css")


def test_logging_in_goes_through_the_proxy(anna):
    assert anna.vraag("GET", "/").status == 200


def test_the_socket_refuses_who_is_not_logged_in(huis):
    from websockets.exceptions import ConnectionClosed, InvalidStatus
    from websockets.sync.client import connect

    adres = huis.adres.replace("http://", "ws://") + "/ws/"
    with (
        pytest.raises((ConnectionClosed, InvalidStatus)) as geweigerd,
        connect(adres, origin=huis.adres) as verbinding,
    ):
        verbinding.recv(timeout=10)
    fout = geweigerd.value
    code = fout.response.status_code if isinstance(fout, InvalidStatus) else fout.rcvd.code
    assert code in (403, 4401)


def test_the_socket_greets_who_is_logged_in(huis, anna):
    from websockets.sync.client import connect

    adres = huis.adres.replace("http://", "ws://") + "/ws/"
    koekje = "; ".join(f"{naam}={waarde}" for naam, waarde in anna.koekjes.items())
    with connect(adres, origin=huis.adres, additional_headers={"Cookie": koekje}) as verbinding:
        verbinding.send(json.dumps({"soort": "ping"}))
        assert json.loads(verbinding.recv(timeout=10))["soort"] == "pong"


def test_the_worker_delivers_an_event(huis):
    huis.shell(
        "from django.db import transaction\n"
        "from intranet.events.models import Event\n"
        "with transaction.atomic(): Event.record('proef.gedaan')"
    )
    with psycopg.connect(huis.database, autocommit=True) as verbinding:
        vraag = (
            "SELECT count(*) FROM events_delivery d JOIN events_event e ON e.id = d.event_id"
            " WHERE e.soort = 'proef.gedaan' AND d.delivered_at IS NULL"
        )
        _wacht_op(lambda: verbinding.execute(vraag).fetchone()[0] == 0 or None, "bezorging")
        alle = vraag.replace(" AND d.delivered_at IS NULL", "")
        assert verbinding.execute(alle).fetchone()[0] > 0
    assert huis.gezond("worker")


def test_mail_leaves_through_the_mail_server(huis):
    huis.shell(
        "from django.core.mail import send_mail; send_mail('Proef', 'Dag', None, ['anna@zandmeer.test'])"
    )
    assert [brief["Subject"] for brief in huis.mail.messages][-1] == "Proef"


def test_what_is_too_large_gets_an_answer_in_words(huis):
    antwoord = Bezoeker(huis.adres).vraag("POST", "/account/login/", lichaam=b"x" * (13 * 1024 * 1024))
    assert antwoord.status == 413
    assert "te groot" in antwoord.tekst


def test_files_are_not_to_be_had_without_the_view(huis):
    (huis.map / "media" / "geheim.txt").write_text("geheim")
    bezoeker = Bezoeker(huis.adres)
    for pad in ("/intern/media/geheim.txt", "/data/media/geheim.txt", "/fouten/413.html"):
        antwoord = bezoeker.vraag("GET", pad)
        assert antwoord.status in (302, 404), pad
        assert "geheim" not in antwoord.tekst


def test_a_thousand_requests_open_no_database_session(huis, anna):
    """psycopg's pool holds as many connections as gunicorn has threads; counted by PostgreSQL itself."""
    vraag = "SELECT sum(sessions) FROM pg_stat_database"

    def bezoek(aantal):
        ik = Bezoeker(huis.adres)
        ik.koekjes = dict(anna.koekjes)
        return [ik.vraag("GET", "/").status for _ in range(aantal)]

    with psycopg.connect(huis.database, autocommit=True) as verbinding, ThreadPoolExecutor(4) as pool:
        list(pool.map(bezoek, [25] * 8))  # every worker has seen work, every pool is full
        time.sleep(2)  # PostgreSQL gathers its numbers now and then
        voor = verbinding.execute(vraag).fetchone()[0]
        antwoorden = [status for deel in pool.map(bezoek, [125] * 8) for status in deel]
        time.sleep(2)
        na = verbinding.execute(vraag).fetchone()[0]
    assert antwoorden == [200] * 1000
    assert na - voor == 0
