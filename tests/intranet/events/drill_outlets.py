"""Outlets for the drills. They write down what they heard where a killed process cannot take it along."""

import os
import random
import time
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone


def note(outlet, event, what="gehoord"):
    """Append one line to the log of the drill: outlet, Event, process, what."""
    line = f"{outlet} {event.pk} {os.getpid()} {what}\n".encode()
    log = os.open(Path(settings.DRILL_DIR) / "gehoord.log", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        os.write(log, line)
    finally:
        os.close(log)


def bestand(event):
    """Take a while, then write to a file."""
    time.sleep(random.uniform(0.001, 0.010))
    note("bestand", event)


def tabel(event):
    """Write to a table, in a transaction of its own."""
    with transaction.atomic(), connection.cursor() as cursor:
        time.sleep(random.uniform(0, 0.002))
        cursor.execute("INSERT INTO drill_gehoord (event_id) VALUES (%s)", [event.pk])


def wankel(event):
    """Fail one time in ten."""
    if random.random() < 0.1:
        raise ConnectionError("Elasticsearch is even weg")
    note("wankel", event)


def gif(event):
    """Fail on every Event marked as poison."""
    if event.feiten.get("gif"):
        raise ValueError("invalid input: 'Jan Jansen' <jan@zandmeer.nl>")
    note("gif", event)


def moordenaar(event):
    """Take the process along on every Event marked as poison, as a crash in C or the OOM killer does."""
    if event.feiten.get("gif"):
        note("moordenaar", event, "doodt")
        os.kill(os.getpid(), 9)
    note("moordenaar", event)


def prompt(event):
    """Note how many milliseconds after it was recorded the Event arrives."""
    note("prompt", event, round((timezone.now() - event.op).total_seconds() * 1000))


def traag(event):
    """Take longer than a lease."""
    note("traag", event, "begint")
    time.sleep(4)
    note("traag", event)
