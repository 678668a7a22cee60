"""``manage.py serveer``: pages, sockets and worker in one process. What ``make start`` runs."""

import os
import signal
import socket
import sys

import uvicorn
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connections
from rich.console import Console
from rich.table import Table

from intranet import demo
from intranet.events.gezond import migrations_applied
from intranet.events.worker import Worker


class Command(BaseCommand):
    help = "Start Binnenplein op deze computer: pagina's en bezorging in één proces. PORT kiest de poort."

    def handle(self, **options):
        port = port_from_environment()
        sockets = listen(port)
        if not migrations_applied():
            sys.exit("De database is niet bijgewerkt. Draai eerst: make setup")
        for sig in (signal.SIGINT, signal.SIGTERM):
            # uvicorn stops on these itself and then raises them again: by default that is the end of us,
            # before the worker could give back what it holds.
            signal.signal(sig, lambda *_: sys.exit(0))
        people = demo_people()
        worker = Worker()
        worker.start()
        code = 0
        try:
            Server(config(), ready=lambda: greet(port, people)).run(sockets)
        except SystemExit as ended:
            code = ended.code
        finally:
            worker.stop(1.5)
            connections.close_all()
        # Taking all of Django apart takes seconds on a busy machine, and nothing is left to do.
        sys.stdout.flush()
        os._exit(code)


class Server(uvicorn.Server):
    """uvicorn that tells when it answers."""

    def __init__(self, config, ready):
        super().__init__(config)
        self.ready = ready

    async def startup(self, sockets=None):
        """Start, then call ``ready``."""
        await super().startup(sockets)
        self.ready()


def config():
    """Return how uvicorn serves Binnenplein here."""
    return uvicorn.Config(
        "intranet.asgi:application",
        lifespan="off",
        ws_max_size=65_536,
        ws_per_message_deflate=False,  # saves memory per socket; nudges are a few bytes
        server_header=False,
        log_config=None,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=1,
    )


def port_from_environment():
    """Return the port of ``PORT``, or 8000."""
    wanted = os.environ.get("PORT") or "8000"
    if not (wanted.isdecimal() and 0 < int(wanted) < 65_536):
        sys.exit(f"PORT={wanted} is geen poort. Kies een getal, bijvoorbeeld PORT=8001.")
    return int(wanted)


def listen(port):
    """Return sockets on this port of "localhost", IPv4 and where there is one IPv6.

    By that name and not by number, because passkeys work on http://localhost alone.
    """
    found = []
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            one = socket.socket(family, socket.SOCK_STREAM)
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            one.bind((address, port))
            # Linux notices a listener that shares the address here, not at bind.
            one.listen(1024)
        except PermissionError:
            sys.exit(f"Poort {port} mag niet zonder meer rechten. Kies een andere: PORT=8001 make start")
        except OSError:
            if family == socket.AF_INET6 and not _taken(port):
                continue  # a machine without IPv6
            sys.exit(
                f"Poort {port} is al in gebruik. Kies een andere, bijvoorbeeld: PORT={port + 1} make start"
            )
        found.append(one)
    return found


def _taken(port):
    """Tell whether something else answers on the IPv6 side of this port."""
    try:
        with socket.create_connection(("::1", port), timeout=1):
            return True
    except OSError:
        return False


def greet(port, people):
    """Say where Binnenplein is and as whom to log in."""
    console = Console(highlight=False)
    console.print(f"\n[bold]{settings.SITE_NAAM}[/] staat klaar op [bold cyan]http://localhost:{port}[/]\n")
    if people:
        table = Table(title="Log in als", title_justify="left")
        for heading in ("Wie", "E-mailadres", "Wachtwoord", ""):
            table.add_column(heading, overflow="fold")
        for one in people:
            table.add_row(one["naam"], one["email"], one["wachtwoord"], one["waarom"])
        console.print(table)
        console.print("Iedereen van de demo: manage.py demo --toon")
    console.print("Stoppen: Ctrl-C\n")


def demo_people():
    """Return who to log in as; nobody when there is no demo or it must not be shown."""
    return demo.helden() if settings.DEMO_TOEGESTAAN and demo.staat_er() else []
