"""Build the demo: everything in one transaction, the same every time, dated back from now."""

from random import Random

from django.db import transaction
from django.utils import timezone, translation

from groepen import tellers
from intranet.events.models import Event
from profielen.importeren import importeer_gemeenten, importeer_upl

from . import artikelen, nasleep, waar, wat, wie

ZAAD = 20_26


@transaction.atomic
def bouw() -> None:
    """Build the whole demo. Nothing of it is there when any part fails."""
    nu = timezone.now()
    laatste = Event.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    with translation.override("nl"):
        importeer_upl()
        mensen = wie.bouw(_lot("wie"), nu)
        plekken = waar.bouw(_lot("waar"), nu, mensen)
        zaken = wat.bouw(_lot("wat"), nu, mensen, plekken)
        nasleep.bouw(_lot("nasleep"), nu, plekken, zaken)
        artikelen.bouw(_lot("artikelen"), nu, plekken)
        importeer_gemeenten()
    tellers.herstel()
    # What happened long ago is no news: without this the worker would tell everybody about all of it.
    # (Past Events are cleaned up after 90 days anyway; those of the demo would all be of today.)
    Event.objects.filter(pk__gt=laatste).delete()


def _lot(deel: str) -> Random:
    # A lot of its own for each part: a change in one leaves the others as they are.
    return Random(f"{ZAAD} {deel}")  # noqa: S311
