"""Several people at once, for real: threads with connections and transactions of their own.

SQLite's test database lives in memory, where threads do not wait for each other as they do in a file. So on
SQLite the database is copied to a file for the moment; on PostgreSQL nothing is special.
"""

import contextlib
import sqlite3
import threading

from django.db import connection, connections


@contextlib.contextmanager
def _eigen_bestand(map_):
    """While this lasts new connections go to a copy of the SQLite test database, in a file."""
    instellingen = connections.settings["default"]
    naam = instellingen["NAME"]
    bestand = map_ / "samen.sqlite3"
    doel = sqlite3.connect(bestand)
    connection.ensure_connection()
    connection.connection.backup(doel)
    doel.close()
    instellingen["NAME"] = str(bestand)
    try:
        yield
    finally:
        instellingen["NAME"] = naam


def samen(*functies):
    """Run all at the same moment; what each gave back, or the exception it raised.

    Inside ``echte_transacties``. Look at the result with one more ``samen``: on SQLite it stands in the file.
    """
    uit = [None] * len(functies)
    start = threading.Barrier(len(functies))

    def draai(plek, functie):
        try:
            start.wait(timeout=30)
            uit[plek] = functie()
        except Exception as fout:
            uit[plek] = fout
        finally:
            connection.close()

    draden = [threading.Thread(target=draai, args=paar) for paar in enumerate(functies)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(timeout=60)
    return uit


@contextlib.contextmanager
def echte_transacties(map_):
    """Within it ``samen`` works on one database; on SQLite a copy in a file under ``map_``."""
    if connection.vendor == "sqlite":
        with _eigen_bestand(map_):
            yield
    else:
        yield
