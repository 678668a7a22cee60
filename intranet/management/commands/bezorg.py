"""``manage.py bezorg``: the worker that brings Events to the outlets."""

import signal
import sys
import threading

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.table import Table

from intranet.events.stand import stand
from intranet.events.worker import Worker


class Command(BaseCommand):
    help = "Bezorgt gebeurtenissen bij meldingen, zoeken en de andere uitgangen. Stopt met Ctrl-C."
    requires_system_checks = []  # of pages, which this process does not serve

    def add_arguments(self, parser):
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--eenmaal", action="store_true", help="bezorg wat nu klaarligt en stop")
        choice.add_argument(
            "--stand", action="store_true", help="toon wat er wacht; eindigt met 1 als er iets vastzit"
        )

    def handle(self, *args, eenmaal=False, stand=False, **options):
        if stand:
            return show_stand()
        if eenmaal:
            counts = Worker().drain()
            self.stdout.write(f"{counts['delivered']} bezorgd, {counts['failed']} mislukt.")
            return None
        return work()


def work():
    """Run a worker until SIGTERM or Ctrl-C."""
    stop = threading.Event()
    worker = Worker()
    for sig in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sig, lambda *_: stop.set())
    worker.start()
    stop.wait()
    worker.stop()


def show_stand():
    """Print what is on its way per outlet; exits with 1 when something is stuck."""
    table = Table(title="Bezorging")
    table.add_column("Uitgang")
    for heading in ("Wacht", "In behandeling", "Opnieuw", "Vastgelopen", "Oudste"):
        table.add_column(heading, justify="right")
    outlets = stand()
    for one in outlets:
        name = one.outlet if one.in_use else f"{one.outlet} (niet meer in gebruik: overgeslagen)"
        stuck = f"[bold red]{one.stuck}[/]" if one.stuck else "0"
        waits = age(one.oldest_seconds) if one.waiting + one.claimed + one.retrying else "–"
        numbers = [str(one.waiting), str(one.claimed), str(one.retrying), stuck, waits]
        table.add_row(name, *numbers, style=None if one.in_use else "dim")
    Console().print(table)
    if any(one.stuck for one in outlets):
        sys.exit(1)


def age(seconds):
    """Return a duration in the largest unit that says enough: 12 s, 7 min, 3 u, 2 d."""
    for unit, size in (("d", 86_400), ("u", 3_600), ("min", 60)):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"
