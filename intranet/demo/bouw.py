"""Build the demo: everything in one transaction, the same every time and every day, dated back from now."""

from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone, translation

from groepen import tellers
from groepen.models import Antwoord
from intranet.events.models import Event
from intranet.meldingen import ontvangers
from intranet.meldingen.models import Melding
from profielen.importeren import importeer_gemeenten, importeer_upl

from . import artikelen, nasleep, waar, wat, wie

ZAAD = 20_26
# The Meldingen of so many days are made; those older than the last are read.
NIEUWS, GELEZEN = timedelta(days=10), timedelta(days=4)


@transaction.atomic
def bouw(nu: datetime | None = None) -> None:
    """Build the whole demo. Nothing of it is there when any part fails.

    Args:
        nu: counted back from here instead of from now; who is in it and says what stays the same.
    """
    nu = nu or timezone.now()
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
    _meld_het_nieuws(laatste, nu)
    # What happened long ago is no news: without this the worker would tell everybody about all of it.
    # (Past Events are cleaned up after 90 days anyway; those of the demo would all be of today.)
    Event.objects.filter(pk__gt=laatste).delete()


def _meld_het_nieuws(laatste: int, nu: datetime) -> None:
    """Behind the bells stands what the last days brought, as if the worker had been there; no mail goes out."""
    verteld = Event.objects.filter(pk__gt=laatste, soort__in=("antwoord.gegeven", "oplossing.gekozen"))
    momenten = dict(
        Antwoord.objects.filter(gegeven_op__gt=nu - NIEUWS).order_by("pk").values_list("pk", "gegeven_op")
    )
    for event in verteld.filter(ding_soort="antwoord", ding_id__in=momenten).order_by("pk"):
        event.op = momenten[event.ding_id or 0]
        ontvangers.meld(event)
    nieuw = Melding.objects.filter(op__gt=nu - NIEUWS)
    nieuw.update(gemaild_op=nu, geduwd_op=nu)
    nieuw.filter(op__lt=nu - GELEZEN).update(gelezen_op=nu)
    nieuw.filter(op__gte=nu - GELEZEN).update(gelezen_op=None)


def _lot(deel: str) -> Random:
    # A lot of its own for each part: a change in one leaves the others as they are.
    return Random(f"{ZAAD} {deel}")  # noqa: S311
