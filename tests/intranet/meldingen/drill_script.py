"""The processes of the drill: ``python -m tests.intranet.meldingen.drill_script WHAT``.

``prepare`` makes the tables and what is to be sent, ``nest`` keeps a number of senders alive: each is forked
from one process that has loaded Django, prints its number and sends until it is killed. ``report`` prints
how it stands.
"""

import contextlib
import json
import os
import signal
import sys
import time
from datetime import timedelta

import django


def prepare(count):
    """``count`` people who are to hear of one question, in mail that may go at any hour."""
    from django.core.management import call_command
    from django.utils import timezone

    from groepen.models import Groep
    from intranet.meldingen import zendingen
    from intranet.meldingen.models import Instelling, Melding
    from profielen.models import Gebruiker, Organisatie, Profiel

    call_command("migrate", run_syncdb=True, verbosity=0)
    zandmeer = Organisatie.objects.create(naam="Zandmeer", deelname="deelnemer")
    eva = Gebruiker.objects.create_user("eva@zandmeer.example", voornaam="Eva", organisatie=zandmeer)
    groep = Groep.start(eva, naam="De groep")
    vraag = groep.stel_vraag(eva, "Wie weet dit?", "<p>Ik niet.</p>")
    mensen = Gebruiker.objects.bulk_create(
        Gebruiker(email=f"lid{n}@zandmeer.example", voornaam=f"Lid{n}", organisatie=zandmeer)
        for n in range(int(count))
    )
    Profiel.objects.bulk_create(Profiel(gebruiker=wie) for wie in mensen)
    Instelling.objects.bulk_create(Instelling(gebruiker=wie, rust=False) for wie in mensen)
    Melding.objects.bulk_create(
        Melding(
            gebruiker=wie, event_id=10**6, thread=vraag.thread, groep=groep, soort="vraag.gesteld",
            reden="noemt", door=eva, mail="m", op=timezone.now() - timedelta(minutes=5),
        )
        for wie in mensen
    )  # fmt: skip
    zendingen.zet_klaar(timezone.now())


def report():
    """Print how many are open, sent, and otherwise done; and how many Meldingen were not noted as mailed."""
    from intranet.meldingen.models import VERSTUURD, Melding, Zending

    klaar = Zending.objects.exclude(klaar_op=None)
    stand = {
        "open": Zending.objects.open().count(),
        "verstuurd": klaar.filter(uitkomst=VERSTUURD).count(),
        "anders": list(klaar.exclude(uitkomst=VERSTUURD).values_list("uitkomst", flat=True)),
        "niet_genoteerd": Melding.objects.filter(gemaild_op=None).count(),
    }
    print(json.dumps(stand))


def work():
    """Send until killed."""
    from django.db import connection

    from intranet.meldingen import zendingen

    while True:
        with contextlib.suppress(Exception):
            zendingen.verwerk(5)
        connection.close()
        time.sleep(0.05)


def nest(size):
    """Keep ``size`` senders alive until SIGTERM."""
    living, stopping = set(), []
    signal.signal(signal.SIGTERM, lambda *_: stopping.append(True))
    while not stopping:
        while len(living) < int(size):
            pid = os.fork()
            if pid == 0:
                signal.signal(signal.SIGTERM, signal.SIG_DFL)
                work()
            living.add(pid)
            print(pid, flush=True)
        time.sleep(0.005)
        with contextlib.suppress(ChildProcessError):
            while dead := os.waitpid(-1, os.WNOHANG)[0]:
                living.discard(dead)
    for pid in living:
        os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    django.setup()
    {"prepare": prepare, "report": report, "nest": nest}[sys.argv[1]](*sys.argv[2:])
