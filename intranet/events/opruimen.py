"""Cleaning up the event log; ``manage.py nightly`` calls it."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone

from .models import Delivery, Event

BATCH = 500


def opruimen(dagen=90):
    """Delete the Events older than this many days that every outlet in use has heard.

    In small batches, so that people who write meanwhile wait for none of it.

    Returns:
        the number of Events deleted.
    """
    waiting = Delivery.objects.pending().filter(event=OuterRef("pk"), outlet__in=settings.OUTLETS)
    before = timezone.now() - timedelta(days=dagen)
    old = Event.objects.filter(~Exists(waiting), op__lt=before).order_by("op").values_list("pk", flat=True)
    deleted = 0
    while batch := list(old[:BATCH]):
        Event.objects.filter(pk__in=batch).delete()
        deleted += len(batch)
    return deleted
