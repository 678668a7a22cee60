"""A Lidmaatschap that ends by date: nobody does anything, and still it is told, once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from groepen.klussen import meld_verlopen_lidmaatschappen
from groepen.models import Lidmaatschap
from intranet.events.models import Event

pytestmark = pytest.mark.django_db


def gemeld():
    return list(
        Event.objects.filter(soort="lidmaatschap.verlopen").order_by("pk").values_list("groep_id", "ding_id")
    )


def laat_eindigen(groep, gebruiker, op):
    Lidmaatschap.objects.filter(groep=groep, gebruiker=gebruiker).update(eindigt_op=op)


def test_what_ended_since_the_last_time_is_told_once(anna, dora, open_groep, besloten_groep):
    nu = timezone.now()
    laat_eindigen(open_groep, anna, nu - timedelta(minutes=5))
    laat_eindigen(besloten_groep, anna, nu + timedelta(minutes=5))
    laat_eindigen(open_groep, dora, nu - timedelta(days=9))  # told long ago

    assert meld_verlopen_lidmaatschappen(nu) == 1
    assert meld_verlopen_lidmaatschappen(nu) == 0
    assert gemeld() == [(open_groep.pk, anna.pk)]

    # The worker was away for a while: nothing is skipped.
    assert meld_verlopen_lidmaatschappen(nu + timedelta(days=3)) == 1
    assert gemeld() == [(open_groep.pk, anna.pk), (besloten_groep.pk, anna.pk)]
