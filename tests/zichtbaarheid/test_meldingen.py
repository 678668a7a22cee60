"""Meldingen: who gets one, and what is left of it when the right to read goes. To the number on the bell."""

import re

import pytest
from django.urls import reverse

from groepen.models import Thread
from intranet.events.models import Event
from intranet.meldingen import lijst, ontvangers
from intranet.meldingen.models import Melding, Niveau, Plein

from .plan import GROEPEN, KIJKERS

pytestmark = pytest.mark.django_db

BINNEN = [naam for naam, mens in KIJKERS.items() if mens is not None and mens.is_actief]


@pytest.mark.parametrize("naam", BINNEN)
def test_list_and_bell_hold_what_one_reads_now(naam, wereld, als, monkeypatch):
    """As if every Event ever reached this person: a row that outlived the right to read shows nothing."""
    monkeypatch.setattr(lijst, "PER_BLAD", 1000)
    kijker, ik = als(naam), wereld.mensen[naam]
    Melding.objects.all().delete()
    threads = list(Thread.objects.filter(pk__in=wereld.thread_in))
    Melding.objects.bulk_create(
        Melding(
            gebruiker=ik, event_id=n, soort="antwoord.gegeven", reden="volgt", groep_id=thread.groep_id,
            thread=thread, door=thread.steller,
        )
        for n, thread in enumerate(threads)
    )  # fmt: skip
    Melding.objects.bulk_create(
        Melding(gebruiker=ik, event_id=1000 + n, soort="groep.overgedragen", reden="jij", groep=groep)
        for n, groep in enumerate(wereld.groepen.values())
    )

    bel, fout = kijker.bekijk("get", reverse("meldingen:bel"))
    assert not fout, fout[:5]
    response, fout = kijker.bekijk("get", reverse("meldingen:lijst"))
    assert not fout, fout[:5]

    levend = [
        t for t in threads if t.verwijderd_op is None and wereld.orakel.leest(naam, wereld.thread_in[t.pk])
    ]
    groepen = [groep for groep in GROEPEN if wereld.orakel.leest(naam, groep)]
    assert len(re.findall(r'<li class="bp-melding', response.text)) == len(levend) + len(groepen)
    geteld = re.search(r"bp-kop__teller[^>]*>(\d+)", bel.text)
    assert int(geteld[1] if geteld else 0) == len(levend) + len(groepen)


def test_a_melding_goes_to_who_may_read_and_to_nobody_else(wereld):
    """Everybody follows, everybody is named, everybody wants all of it: who reads decides."""
    Melding.objects.all().delete()
    mensen = list(wereld.mensen.values())
    Niveau.objects.bulk_create(
        Niveau(gebruiker=mens, groep=groep, plein=Plein.ALLES)
        for mens in mensen
        for groep in wereld.groepen.values()
    )
    for thread in Thread.objects.filter(pk__in=wereld.thread_in):
        soort = thread.volgers.model
        soort.objects.bulk_create(
            [soort(thread=thread, gebruiker=mens) for mens in mensen], ignore_conflicts=True
        )
    wie = {mens.pk: naam for naam, mens in wereld.mensen.items()}
    for event in Event.objects.filter(thread_id__in=wereld.thread_in).order_by("pk"):
        ontvangers.meld(event)
    rijen = Melding.objects.filter(thread__isnull=False).values_list("gebruiker_id", "thread_id")
    kregen = {(wie[mens], wereld.thread_in[thread]) for mens, thread in rijen.distinct()}
    assert kregen == {
        (naam, groep) for naam in wereld.mensen for groep in GROEPEN if wereld.orakel.leest(naam, groep)
    }
