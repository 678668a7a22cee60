"""The whole house in one process, as ``make start`` serves it: real sockets, real signals."""

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from tests import diensten, voorraad

pytestmark = pytest.mark.eenmaal  # starts its own SQLite, whatever the suite runs on
ROOT = Path(__file__).resolve().parents[2]

LOG_IN = """
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
gebruiker = get_user_model().objects.create_user(email="anna@zandmeer.example")
session = SessionStore()
session[SESSION_KEY] = str(gebruiker.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = gebruiker.get_session_auth_hash()
session.save()
print("SESSIE", session.session_key)
"""
RECORD = """
from django.db import transaction
from intranet.events.models import Event
with transaction.atomic():
    Event.record("proef.gedaan")
"""


class House:
    """A Binnenplein of its own on a free port."""

    def __init__(self, folder):
        self.folder, self.port = folder, diensten.free_port()
        self.url = f"http://localhost:{self.port}"
        kept = {
            name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")
        }
        self.environment = kept | {
            "DJANGO_SETTINGS_MODULE": "intranet.settings",
            "DATA_DIR": str(folder),
            "DEBUG": "1",
            "PORT": str(self.port),
        }

    def manage(self, *command):
        """Run a management command and return what it printed."""
        ran = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def start(self):
        """Start ``manage.py serveer``."""
        return subprocess.Popen(
            [sys.executable, "manage.py", "serveer"],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    @contextlib.contextmanager
    def served(self):
        """Yield the running server, ready."""
        process = self.start()
        try:
            try:
                diensten.wait_until(lambda: self.get("/gezond/"), process, what="serveer", seconds=60)
            except RuntimeError:
                process.kill()
                pytest.fail(process.stdout.read())
            yield process
        finally:
            if process.poll() is None:
                process.kill()
            process.stdout.close()

    def get(self, path):
        """Return the JSON at this path."""
        with urllib.request.urlopen(self.url + path, timeout=5) as answer:
            return json.load(answer)

    def socket(self, session="", path="/ws/", origin=None):
        """Open a socket as a page of ours does."""
        headers = {"Cookie": f"sessionid={session}"} if session else {}
        where = self.url.replace("http", "ws") + path
        return connect(where, origin=origin or self.url, additional_headers=headers, max_size=None)

    def delivered(self):
        """Return how many Deliveries are ticked off, read past Django."""
        with contextlib.closing(sqlite3.connect(self.folder / "binnenplein.sqlite3")) as database:
            count = "SELECT count(*) FROM events_delivery WHERE delivered_at IS NOT NULL"
            return database.execute(count).fetchone()[0]


@pytest.fixture(scope="module")
def house():
    with diensten.temporary_folder("huis") as folder:
        house = House(folder)
        voorraad.leg_neer(folder)
        yield house


@pytest.fixture(scope="module")
def session(house):
    return house.manage("shell", "-v0", "-c", LOG_IN).split("SESSIE ")[1].strip()


@pytest.fixture(scope="module")
def served(house):
    with house.served() as process:
        yield process


def closes_with(socket):
    """Return the code with which the other side hangs up."""
    with pytest.raises(ConnectionClosed) as closed:
        socket.recv(timeout=5)
    return closed.value.rcvd.code if closed.value.rcvd else None


def test_pages_and_worker_run_in_one_process(house, served):
    assert house.get("/gezond/")["gezond"]
    before = house.delivered()
    house.manage("shell", "-v0", "-c", RECORD)
    deadline = time.monotonic() + 3
    while house.delivered() == before:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_both_addresses_of_localhost_answer(house, served):
    for address in ("127.0.0.1", "[::1]") if os.path.exists("/proc/net/if_inet6") else ("127.0.0.1",):
        with urllib.request.urlopen(f"http://{address}:{house.port}/gezond/", timeout=5) as answer:
            assert answer.status == 200


def test_a_socket_answers_who_is_logged_in(house, served, session):
    with house.socket(session) as socket:
        for _ in range(2):
            socket.send('{"soort": "ping"}')
            assert json.loads(socket.recv(timeout=5))["soort"] == "pong"


@pytest.mark.parametrize("key", ["", "a" * 32])
def test_a_socket_without_login_hears_that_it_must_log_in(house, served, key):
    with house.socket(key) as socket:
        assert closes_with(socket) == 4401


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ('{"soort": "geef_alles"}', 4400),
        ("[]", 4400),
        ("geen json", 4400),
        ("[" * 1000, 4400),
        (b"\x00\x01", 1003),
        ("x" * 2000, 1009),
        ("x" * 70_000, 1009),
    ],
    ids=["unknown", "list", "text", "deep", "bytes", "large", "huge"],
)
def test_a_socket_hangs_up_on_anything_else(house, served, session, frame, code):
    with house.socket(session) as socket:
        with contextlib.suppress(ConnectionClosed):
            socket.send(frame)
        assert closes_with(socket) == code


@pytest.mark.parametrize(
    "call", [{"origin": "https://elders.example"}, {"path": "/ws/groepen/1/"}], ids=["foreign", "nowhere"]
)
def test_a_socket_elsewhere_is_refused(house, served, session, call):
    with pytest.raises(InvalidStatus) as refused:
        house.socket(session, **call)
    assert refused.value.response.status_code == 403


def test_a_taken_port_is_one_clear_line(house, served):
    second = house.start()
    told, _ = second.communicate(timeout=30)
    assert second.returncode == 1
    other = f"Kies een andere, bijvoorbeeld: PORT={house.port + 1} make start"
    assert told == f"Poort {house.port} is al in gebruik. {other}\n"


@pytest.mark.parametrize("sig", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_within_three_seconds_with_a_socket_open(house, session, sig):
    house = House(house.folder)  # the same database, another port
    with house.served() as process, house.socket(session) as socket:
        socket.send('{"soort": "ping"}')
        socket.recv(timeout=5)
        start = time.monotonic()
        process.send_signal(sig)
        told, _ = process.communicate(timeout=10)
        assert time.monotonic() - start < 3
    assert process.returncode == 0
    assert house.url in told
    assert "Traceback" not in told


def test_a_database_without_tables_is_one_clear_line():
    with diensten.temporary_folder("leeg") as folder:
        process = House(folder).start()
        told, _ = process.communicate(timeout=30)
    assert (process.returncode, told) == (1, "De database is niet bijgewerkt. Draai eerst: make setup\n")
