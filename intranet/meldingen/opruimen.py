"""What is old news goes, at night: a Melding that was read after three months, any other after a year."""

from collections.abc import Iterator
from datetime import timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from intranet.meldingen.models import Melding

GELEZEN = timedelta(days=90)
ONGELEZEN = timedelta(days=365)
# So many in one statement: who writes meanwhile waits for none of it.
PER_KEER = 2_000


def ruim_op() -> int:
    """Delete what is old; how many rows. Then each person's newest of a Thread is marked as such again."""
    nu = timezone.now()
    # Both by the index on ``op``; the second finds little, for most of what is that old was read.
    gelezen = Melding.objects.filter(op__lt=nu - GELEZEN, gelezen_op__isnull=False)
    alles = Melding.objects.filter(op__lt=nu - ONGELEZEN)
    aantal = 0
    for oud in (gelezen, alles):
        for pks in _porties(oud.order_by("op")):
            weg = Melding.objects.filter(pk__in=pks)
            aantal += weg._raw_delete(weg.db)  # nothing hangs on a Melding
    herstel_laatste()
    return aantal


def herstel_laatste() -> int:
    """Make ``is_laatste`` true again of exactly the newest per person and Thread; how many rows were wrong.

    ``ontvangers.meld`` keeps it. What it cannot see: a newer row that went, because its answer was wiped.
    """
    nieuwer = Melding.objects.filter(
        thread=OuterRef("thread"), gebruiker=OuterRef("gebruiker"), pk__gt=OuterRef("pk")
    )
    wel = Melding.objects.filter(Q(thread=None) | ~Exists(nieuwer), is_laatste=False)
    niet = Melding.objects.filter(Exists(nieuwer), is_laatste=True, thread__isnull=False)
    return wel.update(is_laatste=True) + niet.update(is_laatste=False)


def _porties(rijen: models.QuerySet) -> Iterator[list[int]]:
    while pks := list(rijen.values_list("pk", flat=True)[:PER_KEER]):
        yield pks
