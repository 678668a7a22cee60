"""The worker: hands every Delivery to its outlet.

One lane (a thread) per outlet, so that a slow or broken outlet holds up nobody else; and one watcher that
looks what is waiting, wakes the lanes and keeps the leases of busy lanes alive. Any number of workers run
side by side. When the database is away the worker waits and goes on where it was.
"""

import contextlib
import logging
import threading
import time
from collections import Counter

from django.conf import settings
from django.db import Error as DatabaseProblem
from django.db import connection
from django.utils import timezone
from django.utils.module_loading import import_string

from . import clock, wakeup
from .claims import claim, lease_time
from .models import Delivery

logger = logging.getLogger(__name__)

# An Event is handled at most this long after its commit when the worker is in another process.
POLL_SECONDS = 0.3
# After a database problem; short, because everything waits for it.
PAUSE_SECONDS = 1.0
# How often the worker looks whether something is due by the clock.
CLOCK_SECONDS = 20.0


class Lane:
    """The road to one outlet, for one worker."""

    def __init__(self, outlet, stopping=None):
        self.outlet, self.stopping = outlet, stopping or threading.Event()
        self.claim, self.busy = None, False
        self.counts = Counter()
        self._awake = threading.Event()

    def wake(self):
        """Let the lane look for work."""
        self.busy = True
        self._awake.set()

    def run(self):
        """Work whenever woken, until stopped (the thread's main function)."""
        while True:
            self._awake.wait()
            self._awake.clear()
            if self.stopping.is_set():
                return
            try:
                while not self.stopping.is_set() and self.round():
                    pass
            except Exception as problem:
                _report(f"Lane {self.outlet}", problem)
                self.stopping.wait(PAUSE_SECONDS)
            finally:
                _close_connection()
                self.busy = False

    def round(self, strict=False):
        """Claim one batch and hand it out; False when nothing was due. ``strict``: see `Worker.drain`."""
        if self.claim:  # left from before the database went away
            self.claim.give_back()
            self.claim = None
        current = self.claim = claim(self.outlet)
        if current is None:
            return False
        for delivery in current.deliveries:
            if self.stopping.is_set() or not current.is_valid():
                current.give_back()
                break
            self._deliver(current, delivery, strict)
        self.claim = None
        return True

    def _deliver(self, current, delivery, strict):
        try:
            import_string(settings.OUTLETS[self.outlet])(delivery.event)
        # SystemExit too: one outlet that calls sys.exit() must not end the lane.
        except (Exception, SystemExit) as error:
            if strict:
                raise
            logger.warning("Outlet %s failed on %s", self.outlet, delivery.event, exc_info=True)
            # The outlet may have lost the connection; the note of that needs one that works.
            if not connection.in_atomic_block:
                connection.close_if_unusable_or_obsolete()
            current.failed(delivery, error)
            self.counts["failed"] += 1
        else:
            current.delivered(delivery)
            self.counts["delivered"] += 1


class Worker:
    """Lanes and watcher in threads of this process: ``start()``, later ``stop()``."""

    def __init__(self, outlets=None):
        self.stopping = threading.Event()
        self.lanes = [Lane(outlet, self.stopping) for outlet in outlets or settings.OUTLETS]
        self._threads = [
            threading.Thread(target=lane.run, name=f"outlet-{lane.outlet}", daemon=True)
            for lane in self.lanes
        ]
        self._threads.append(threading.Thread(target=self._watch, name="outlets", daemon=True))
        if settings.KLUSSEN:
            self._threads.append(threading.Thread(target=self._tick, name="clock", daemon=True))

    def start(self):
        """Start to work; returns at once."""
        for thread in self._threads:
            thread.start()

    def stop(self, seconds=8):
        """Finish what is in hand and give the rest back.

        Returns:
            False when a lane was still busy after this many seconds. Its lease then runs out by itself.
        """
        self.request_stop()
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def drain(self, *, strict=False):
        """Deliver everything that is due now in this thread, without starting any.

        Args:
            strict: let the error of an outlet come out instead of noting it (for tests).

        Returns:
            a Counter with ``delivered`` and ``failed``. What failed is tried again later.
        """
        while sum(_empty(lane, strict) for lane in self.lanes):
            pass  # once more: an outlet may have recorded Events itself
        return sum((lane.counts for lane in self.lanes), Counter())

    def request_stop(self):
        """Ask to stop, without waiting (safe in a signal handler)."""
        self.stopping.set()
        for lane in self.lanes:
            lane.wake()
        wakeup.ring()

    def _tick(self):
        """Do by the clock what ``settings.KLUSSEN`` asks."""
        try:
            while not self.stopping.wait(CLOCK_SECONDS):
                try:
                    clock.run_due()
                except Exception as problem:
                    _report("Clock", problem)
                    _close_connection()
        finally:
            _close_connection()

    def _watch(self):
        away = False
        try:
            while not self.stopping.is_set():
                try:
                    self._look()
                    if away:
                        logger.info("The database answers again")
                    away = False
                except Exception as problem:
                    if not away:
                        _report("Watcher", problem)
                    away = True
                    _close_connection()
                    self.stopping.wait(PAUSE_SECONDS)
                wakeup.wait(POLL_SECONDS)
        finally:
            _close_connection()

    def _look(self):
        """Wake the idle lanes that have work (one small query), and extend the leases of busy ones."""
        idle = {lane.outlet: lane for lane in self.lanes if not lane.busy}
        if idle:
            due = Delivery.objects.due(timezone.now()).filter(outlet__in=idle).order_by()
            waiting = set(due.values_list("outlet", flat=True).distinct())
            for lane in idle.values():
                if lane.claim or lane.outlet in waiting:  # a claim: the database was away, give it back
                    lane.wake()
        for lane in self.lanes:
            current = lane.claim
            if lane.busy and current and current.until - timezone.now() < lease_time() * 2 / 3:
                current.extend()


def _empty(lane, strict):
    """Tell whether the lane had anything to do, after doing all of it."""
    worked = False
    while lane.round(strict):
        worked = True
    return worked


def _report(who, problem):
    if isinstance(problem, DatabaseProblem):
        logger.warning("%s: the database does not answer (%s)", who, type(problem).__name__)
    else:
        logger.exception("%s stumbled", who)


def _close_connection():
    """Close this thread's connection, also one that is broken already."""
    with contextlib.suppress(DatabaseProblem):
        connection.close()
