"""The processes of a drill: ``python -m tests.intranet.events.drill_script WHAT``, on its own settings.

``prepare`` makes the tables, ``produce`` records Events, ``reports`` prints the state as JSON for each line
that it reads, ``nest`` keeps a number of workers alive. The nest forks them from one process that has loaded
Django: each is a process that runs the same code as ``manage.py bezorg``, and is there again milliseconds
after it was killed.
"""

import contextlib
import json
import os
import random
import signal
import sys
import time

import django


def prepare():
    """Make the tables."""
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE drill_gehoord (event_id bigint NOT NULL)")


def produce(count, seconds, poison_every=0):
    """Record Events spread over this time, in transactions of one to ten; one in six is rolled back."""
    from django.db import transaction

    from intranet.events.models import Event

    count, seconds, poison_every = int(count), float(seconds), int(poison_every)
    rng, made, start = random.Random(12), 0, time.monotonic()
    while made < count:
        with contextlib.suppress(ZeroDivisionError), transaction.atomic():
            size = min(rng.randint(1, 10), count - made)
            for number in range(made, made + size):
                facts = {"gif": True} if poison_every and number % poison_every == 0 else {}
                Event.record("drill.gedaan", groep=1, thread=number, **facts)
            if rng.random() < 1 / 6:
                raise ZeroDivisionError
            made += size
        time.sleep(max(0, start + seconds * made / count - time.monotonic()))


def report():
    """Print how things stand: Events, what is pending, what was taken over, rows of the table outlet."""
    from django.db import connection

    from intranet.events.models import Delivery, Event

    # What is pending first: when nothing is, what was heard is all there. The other way round a row could be
    # written between the two.
    pending = list(
        Delivery.objects.pending().order_by("pk").values("event_id", "outlet", "attempts", "last_error")
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT event_id FROM drill_gehoord")
        rows = [row[0] for row in cursor.fetchall()]
    state = {
        "events": list(Event.objects.order_by("pk").values_list("pk", flat=True)),
        "threads": Event.objects.values("thread_id").distinct().count(),
        "deliveries": Delivery.objects.count(),
        "pending": pending,
        "taken_over": Delivery.objects.filter(outlet="bestand", attempts__gt=0).count(),
        "tabel": rows,
    }
    print(json.dumps(state), flush=True)


def reports():
    """Report for each line of the input."""
    for _ in sys.stdin:
        report()


def nest(size):
    """Keep ``size`` workers alive until SIGTERM; print the number of each process that starts."""
    living, stopping = set(), []
    signal.signal(signal.SIGTERM, lambda *_: stopping.append(True))
    while not stopping:
        while len(living) < int(size):
            pid = os.fork()
            if pid == 0:
                from intranet.management.commands.bezorg import work

                work()
                os._exit(0)
            living.add(pid)
            print(pid, flush=True)
        time.sleep(0.005)
        with contextlib.suppress(ChildProcessError):
            while dead := os.waitpid(-1, os.WNOHANG)[0]:
                living.discard(dead)
    for pid in living:
        os.kill(pid, signal.SIGTERM)
    sys.exit(max([os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in living], key=abs, default=0))


if __name__ == "__main__":
    django.setup()
    {"prepare": prepare, "produce": produce, "reports": reports, "nest": nest}[sys.argv[1]](*sys.argv[2:])
