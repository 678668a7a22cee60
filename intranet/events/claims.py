"""Claiming Deliveries: who works on what, and until when.

A claim is a lease. A worker that dies gives nothing back; its lease runs out and the next worker takes over.
Several workers, on several machines, claim from the same table without meeting each other.
"""

import os
import random
import re
import secrets
import socket
import traceback
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from .models import Delivery

# Small, so that a worker that dies leaves little behind and one slow Event delays few others.
BATCH = 20
MAX_DELAY = timedelta(hours=1)
# Quoted, and not the name of a constraint or a module (those have a "_" or "." and nothing else).
QUOTED = re.compile(r"""(?<!\w)["'‘“«](?!\w*[_.][\w.]*["'’”»]).*?(?:["'’”»]|$)""")


def lease_time():
    """How long a claim holds without a sign of life (``EVENT_LEASE_SECONDS``, 60)."""
    return timedelta(seconds=getattr(settings, "EVENT_LEASE_SECONDS", 60))


def delay(attempts):
    """How long to wait after this many failures: 5 s, 15 s, 45 s, … at most an hour, give or take a fifth.

    The fifth spreads out what failed together, so that it does not come back all at once.
    """
    first = getattr(settings, "EVENT_RETRY_SECONDS", 5)
    seconds = min(first * 3.0 ** min(attempts - 1, 20), MAX_DELAY.total_seconds())
    return timedelta(seconds=seconds * random.uniform(0.8, 1.2))  # noqa: S311


@dataclass
class Claim:
    """The Deliveries one worker holds, with their Events, until a moment that it may move."""

    token: str
    deliveries: list[Delivery]
    until: datetime

    def _mine(self):
        return Delivery.objects.pending().filter(
            pk__in=[delivery.pk for delivery in self.deliveries], claimed_by=self.token
        )

    def is_valid(self):
        """Tell whether the lease still holds: after a long sleep others may have taken over."""
        return timezone.now() < self.until

    def extend(self):
        """Give a sign of life: a slow outlet keeps its claim as long as its worker lives."""
        until = timezone.now() + lease_time()
        if self._mine().update(claimed_until=until):
            self.until = until

    def give_back(self):
        """Let go of what is not delivered, so that another worker need not wait for the lease to end."""
        self._mine().update(claimed_until=None, claimed_by="")

    def delivered(self, delivery):
        """Tick off. Also when the lease was lost meanwhile: the outlet has heard it."""
        Delivery.objects.pending().filter(pk=delivery.pk).update(
            delivered_at=timezone.now(), claimed_until=None, last_error=""
        )

    def failed(self, delivery, error):
        """Put a Delivery back, to be tried again after a growing delay."""
        self._mine().filter(pk=delivery.pk).update(
            attempts=F("attempts") + 1,
            available_at=timezone.now() + delay(delivery.attempts + 1),
            claimed_until=None,
            claimed_by="",
            last_error=describe(error),
        )


def claim(outlet, size=BATCH):
    """Claim up to ``size`` due Deliveries of one outlet; None when there are none."""
    now = timezone.now()
    token = f"{socket.gethostname()[:60]}/{os.getpid()}/{secrets.token_hex(6)}"
    due = Delivery.objects.due(now).filter(outlet=outlet).order_by("available_at", "pk")
    if connection.features.has_select_for_update_skip_locked:
        with transaction.atomic():
            rows = list(due.select_for_update(skip_locked=True)[:size])
            _take(rows, token, now)
    else:
        rows = list(due[:size])
        _take(rows, token, now)
    if not rows:
        return None
    # Read back what was won: without row locks another worker may have been first for some.
    won = Delivery.objects.filter(claimed_by=token, pk__in=[row.pk for row in rows])
    return Claim(token, list(won.select_related("event").order_by("pk")), now + lease_time())


def _take(rows, token, now):
    """Write our name on the rows that are still free."""
    # A lease that ran out may mean that this very Event kills its worker (out of memory, a crash in C).
    # Such a row goes alone and counts as a failure beforehand: if it strikes again its delay grows,
    # and the rest of the batch gets through.
    orphan = next((row for row in rows if row.claimed_until), None)
    if orphan:
        rows[:] = [orphan]
        changes = {"attempts": F("attempts") + 1, "available_at": now + delay(orphan.attempts + 1)}
    else:
        changes = {}
    if rows:
        Delivery.objects.due(now).filter(pk__in=[row.pk for row in rows]).update(
            claimed_by=token, claimed_until=now + lease_time(), **changes
        )


def describe(error):
    """One line about an error, without what people wrote: where it came from and what kind it was.

    Messages quote values ("invalid input: 'Jan Jansen'"), so quoted parts go, and all but the first line.
    The log of the worker holds the whole story.
    """
    lines = str(error).strip().splitlines()
    message = re.sub(r"\S+@\S+", "…", lines[0] if lines else "")
    message = QUOTED.sub("…", message)
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "/lib/python" not in frame.filename] or frames
    place = f" ({os.path.basename(ours[-1].filename)}:{ours[-1].lineno})" if ours else ""
    return f"{type(error).__name__}: {message}"[: 300 - len(place)] + place
