"""The number on the bell: about how many things there is something new. It comes along with the Gebruiker."""

from typing import Any

from django.db import models
from django.db.models import Q, Subquery, Value
from django.utils import timezone

from groepen import toegang
from groepen.models import Thread
from intranet.meldingen.models import Melding

# More than this is "99+": no need to count them all.
MEEST = 100


class _Tel(Subquery):
    """How many rows a subquery with a limit has."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS geteld)"
    output_field = models.IntegerField()


def aantal_nieuw(gebruiker: Any, nu: Any) -> _Tel:
    """For ``annotate``: unread Threads (and other things) of this person, by the rule, at most ``MEEST``.

    ``gebruiker`` and ``nu`` may be places in a prepared query.
    """
    nieuw = Melding.objects.filter(gebruiker=gebruiker, is_laatste=True, gelezen_op=None)
    te_lezen = toegang.leest("gebruiker", "thread__groep", nu=nu)
    zonder_thread = Q(thread=None) & (Q(groep=None) | toegang.leest("gebruiker", "groep", nu=nu))
    nieuw = nieuw.filter(zonder_thread | Q(thread__verwijderd_op=None) & te_lezen)
    return _Tel(nieuw.order_by().annotate(een=Value(1)).values("een")[:MEEST])


def zie(gebruiker: Any, thread: Thread) -> None:
    """Who sees a Thread has heard: its Meldingen are read (``groepen.haken.bij_lezen``)."""
    if not getattr(gebruiker, "bel", 1):
        return
    if lees(Melding.objects.filter(gebruiker=gebruiker, thread=thread)) and getattr(gebruiker, "bel", 0):
        gebruiker.bel -= 1  # the frame of this very page shows it


def lees(meldingen: models.QuerySet) -> int:
    """Mark as read; how many were not."""
    return meldingen.filter(gelezen_op=None).update(gelezen_op=timezone.now())
