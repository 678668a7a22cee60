"""The feed gives what the plain query gives, on both databases, page after page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from groepen import lijsten
from groepen.feed import nieuwste
from groepen.models import Groep, Thread, Vraag

NU = timezone.now()


@pytest.fixture
def vragen(open_groep, besloten_groep, verborgen_groep, anna, eva):
    """Five questions in each of three groups, with ties in laatst_actief_op across groups."""
    alle = []
    for nummer in range(5):
        for groep in (open_groep, besloten_groep, verborgen_groep):
            op = NU - timedelta(hours=nummer)
            alle.append(groep.stel_vraag(eva, f"Vraag {nummer} in {groep.naam}", gesteld_op=op))
    return alle


def gewoon(gebruiker, **filters):
    threads = Thread.objects.zichtbaar_voor(gebruiker).levend().filter(**filters)
    return list(threads.order_by("-laatst_actief_op", "-pk").values_list("pk", flat=True))


def pks(vragen):
    return [vraag.pk for vraag in vragen]


def test_anna_gets_all_her_groepen_newest_first(vragen, anna):
    assert pks(nieuwste(anna)) == gewoon(anna)
    assert pks(nieuwste(anna, n=4)) == gewoon(anna)[:4]


def test_bram_gets_only_the_open_groep_and_chris_nothing(vragen, bram, chris, open_groep):
    assert pks(nieuwste(bram)) == gewoon(bram) == gewoon(bram, groep=open_groep)
    assert nieuwste(chris) == []


def test_walking_all_pages_gives_every_row_once(vragen, anna):
    gezien, na = [], None
    while blad := nieuwste(anna, n=4, na=na):
        gezien += pks(blad)
        na = (blad[-1].thread.laatst_actief_op, blad[-1].pk)
    assert gezien == gewoon(anna)


def test_within_some_groepen(vragen, anna, bram, open_groep, verborgen_groep):
    assert pks(nieuwste(anna, alleen_groepen=[verborgen_groep.pk])) == gewoon(anna, groep=verborgen_groep)
    # Naming a Groep opens no door.
    assert nieuwste(bram, alleen_groepen=[verborgen_groep.pk]) == []
    assert nieuwste(anna, alleen_groepen=[]) == []


def test_only_what_waits(vragen, anna, eva):
    opgelost, beantwoord, verwijderd = vragen[:3]
    opgelost.kies_oplossing(opgelost.beantwoord(anna, "Zo."), eva)
    beantwoord.beantwoord(anna, "Misschien.")
    verwijderd.thread.verwijder(eva)
    assert pks(nieuwste(anna, stand="onopgelost")) == gewoon(anna, is_onopgelost=True)
    assert pks(nieuwste(anna, stand="onbeantwoord")) == gewoon(anna, is_onopgelost=True, aantal_antwoorden=0)
    assert verwijderd.pk not in pks(nieuwste(anna))
    assert opgelost.pk not in pks(nieuwste(anna, stand="onopgelost"))


def test_one_query_with_all_that_rows_show(vragen, anna, django_assert_num_queries):
    with django_assert_num_queries(1):
        gevonden = nieuwste(anna)
    anna.lidmaatschappen.count()
    with django_assert_num_queries(1):  # the Lidmaatschappen of the reader
        rijen = lijsten.rijen(gevonden, anna)
    with django_assert_num_queries(0):
        assert all((rij.thread.groep.naam, rij.steller.naam) for rij in rijen)


def test_more_groepen_than_rows(anna, zandmeer):
    """The newest n rows lie in the n Groepen whose newest row is newest."""
    for nummer in range(6):
        groep = Groep.start(anna, naam=f"Groep {nummer}")
        for stap in range(3):
            groep.stel_vraag(anna, "Hoe laat?", gesteld_op=NU - timedelta(minutes=nummer * 2 + stap * 5))
    assert pks(nieuwste(anna, n=3)) == gewoon(anna)[:3]
    assert Vraag.objects.count() == 18
