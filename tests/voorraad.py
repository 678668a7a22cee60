"""A database that has its tables already: migrating takes ten seconds, and a run of the suite wants many.

On SQLite one file in ``build/`` serves every process, and tests that start a Binnenplein of their own. It is
made by ``manage.py migrate`` itself, for each state of the migrations and models anew. On PostgreSQL
``tests/alles.py`` migrates one database and the processes copy that.
"""

import contextlib
import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import django

WORTEL = Path(__file__).resolve().parent.parent
MAP = Path(os.environ.get("TEST_VOORRAAD") or WORTEL / "build" / "test-database")
# The name of a migrated database on the server that the suite runs on.
SJABLOON = "TEST_DATABASE_TEMPLATE"
DAG = 24 * 3600


def stempel() -> str:
    """What the tables follow from: every migration, and the models, whose permissions are rows too."""
    from django.apps import apps

    som = hashlib.sha256(f"{django.VERSION} {sqlite3.sqlite_version}".encode())
    for app in sorted(apps.get_app_configs(), key=lambda app: app.name):
        som.update(app.name.encode())
        for patroon in ("migrations/*.py", "models.py", "models/**/*.py"):
            for bestand in sorted(Path(app.path).glob(patroon)):
                som.update(bestand.read_bytes())
    return som.hexdigest()[:20]


def migreer(adres: str, **omgeving: str) -> None:
    """``manage.py migrate`` on this database."""
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity", "0"],
        cwd=WORTEL,
        env=os.environ | {"DATABASE_URL": adres, "DEBUG": "1"} | omgeving,
        stdin=subprocess.DEVNULL,
        check=True,
    )


def bestand() -> Path:
    """The file with all tables; the first who asks makes it, the others wait."""
    MAP.mkdir(parents=True, exist_ok=True)
    klaar = MAP / f"{stempel()}.sqlite3"
    with (MAP / "slot").open("w") as slot:
        fcntl.flock(slot, fcntl.LOCK_EX)
        if not klaar.exists():
            for ander in MAP.glob("*.sqlite3"):
                if ander.stat().st_mtime < time.time() - DAG:
                    ander.unlink()
            with tempfile.TemporaryDirectory(dir=MAP) as map_:
                nieuw = Path(map_) / "nieuw.sqlite3"
                migreer(f"sqlite:///{nieuw}", DATA_DIR=map_)
                nieuw.rename(klaar)
    return klaar


def leg_neer(map_: Path) -> None:
    """The database of a Binnenplein whose ``DATA_DIR`` this is."""
    with contextlib.closing(sqlite3.connect(bestand())) as bron:
        bron.execute("VACUUM INTO ?", (str(Path(map_) / "binnenplein.sqlite3"),))


def in_plaats_van_migreren(patch) -> None:
    """Have ``migrate`` fill an empty test database from what is in stock, until ``patch`` is undone."""
    from django.core.management.commands.migrate import Command as Migrate
    from django.db import connections

    echt = Migrate.handle

    def vul(self, *argumenten, **opties):
        verbinding = connections[opties["database"]]
        if verbinding.vendor == "sqlite":
            verbinding.ensure_connection()
            with contextlib.closing(sqlite3.connect(bestand())) as bron:
                bron.backup(verbinding.connection)
        elif not verbinding.settings_dict["TEST"].get("TEMPLATE"):
            echt(self, *argumenten, **opties)

    patch.setattr(Migrate, "handle", vul)
