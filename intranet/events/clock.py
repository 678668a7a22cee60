"""What the worker does by the clock, beside what Events ask for.

``settings.KLUSSEN`` names functions and how often each runs at most, over all workers together::

    KLUSSEN = {"groepen.klussen.geef_stille_vragen_vrij": 300}   # seconds

A row per function remembers when it last began; a conditional update decides which worker takes its turn.
A function that fails is tried again at its next turn; what it does must bear to run twice.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from .models import Turn

logger = logging.getLogger(__name__)


def run_due(now=None):
    """Run whatever is due and not taken by another worker.

    Returns:
        the names of the functions that ran here.
    """
    now = now or timezone.now()
    ran = []
    for name, seconds in settings.KLUSSEN.items():
        if not _take(name, now, timedelta(seconds=seconds)):
            continue
        try:
            import_string(name)()
        except Exception:
            logger.exception("The clock: %s failed", name)
        ran.append(name)
    return ran


def _take(name, now, every):
    """Whether this worker does ``name`` now."""
    _turn, first = Turn.objects.get_or_create(name=name, defaults={"began_at": now})
    return first or Turn.objects.filter(name=name, began_at__lte=now - every).update(began_at=now) == 1
