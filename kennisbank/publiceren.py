"""From what editors do in Wagtail to the Thread and the Event: the only place that listens to its signals.

Everywhere else a verb says what happens; here Wagtail's own pages are the form, so its signals are the door.
``/cms/`` runs each POST in one transaction (``kennisbank.deur``): article, Thread and Event stand or fall
together.
"""

from django.db.models.signals import pre_delete
from wagtail.log_actions import get_active_log_context
from wagtail.signals import page_published, page_unpublished, post_page_move

from kennisbank.models import Kennisartikel


def door():
    """Who is at work in ``/cms/``; None outside it."""
    return get_active_log_context().user


def gepubliceerd(sender, instance, revision=None, **kwargs):
    instance.bij_publicatie(door() or (revision.user if revision is not None else None))


def ingetrokken(sender, instance, **kwargs):
    instance.bij_intrekking(door())


def verwijderd(sender, instance, **kwargs):
    instance.bij_intrekking(door(), "kennisartikel.verwijderd")


def verplaatst(sender, instance, **kwargs):
    """To the kennisbank of another Groep: the Thread moves along, so the rule does."""
    artikel = instance.specific  # the signal hands over a bare Page
    if artikel.thread_id is not None:
        artikel.thread.verplaats(artikel.groep, door())


def verbind():
    page_published.connect(gepubliceerd, sender=Kennisartikel, dispatch_uid="kennisbank.gepubliceerd")
    page_unpublished.connect(ingetrokken, sender=Kennisartikel, dispatch_uid="kennisbank.ingetrokken")
    pre_delete.connect(verwijderd, sender=Kennisartikel, dispatch_uid="kennisbank.verwijderd")
    post_page_move.connect(verplaatst, sender=Kennisartikel, dispatch_uid="kennisbank.verplaatst")
