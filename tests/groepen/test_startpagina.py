"""What the start page puts before somebody, and what it leaves out."""

from datetime import timedelta

import pytest
from django.utils import timezone

from groepen import startpagina, toegang
from groepen.models import Groep
from profielen.models import Deskundigheid, Onderwerp

LANG_GELEDEN = timezone.now() - timedelta(days=60)


@pytest.fixture
def onderwerpen(db):
    return [Onderwerp.objects.create(naam=naam) for naam in ("Kapvergunning", "Rijbewijs", "Rioolheffing")]


def te_laat(gebruiker):
    return [taak.titel for taak in startpagina.taken(gebruiker) if taak.soort == "laat"]


def helpen(gebruiker):
    return [vraag.titel for vraag in startpagina.helpen(gebruiker)]


def test_what_waits_beyond_the_norm_of_its_own_groep(anna, bram, eva, open_groep, besloten_groep):
    open_groep.norm_werkdagen, besloten_groep.norm_werkdagen = 2, 200
    for groep in (open_groep, besloten_groep):
        groep.save()
        groep.stel_vraag(eva, f"Oud in {groep.soort}", gesteld_op=LANG_GELEDEN)
        groep.stel_vraag(eva, f"Nieuw in {groep.soort}")
    assert te_laat(anna) == ["Oud in open"]
    assert te_laat(bram) == []  # no lid
    besloten_groep.norm_werkdagen = 2
    besloten_groep.save()
    toegang.vergeet_lidmaatschappen(anna)
    assert sorted(te_laat(anna)) == ["Oud in besloten", "Oud in open"]


def test_nothing_waits_where_one_only_looks_on_or_where_all_is_closed(anna, eva, open_groep, besloten_groep):
    for groep in (open_groep, besloten_groep):
        groep.stel_vraag(eva, f"Oud in {groep.soort}", gesteld_op=LANG_GELEDEN)
    anna.lidmaatschappen.filter(groep=open_groep).update(rol="waarnemer")
    Groep.objects.filter(pk=besloten_groep.pk).update(gesloten_op=timezone.now())
    assert te_laat(anna) == []


def test_what_one_took_up_or_asked_in_a_closed_groep_waits_no_longer(anna, bram, eva, open_groep):
    open_groep.stel_vraag(bram, "Opgepakt").pak_op(anna)
    open_groep.stel_vraag(anna, "Gevraagd").beantwoord(bram, "<p>Zo.</p>")
    assert len(startpagina.taken(anna)) == 2
    open_groep.sluit(eva)
    assert startpagina.taken(anna) == []


def test_helping_is_asked_of_who_knows(anna, bram, eva, open_groep, verborgen_groep, onderwerpen):
    kap, rijbewijs, riool = onderwerpen
    gevraagd = [
        open_groep.stel_vraag(eva, "Twee onderwerpen", onderwerpen=[kap, rijbewijs]),
        open_groep.stel_vraag(eva, "Een onderwerp", onderwerpen=[rijbewijs]),
        open_groep.stel_vraag(eva, "Een ander onderwerp", onderwerpen=[riool]),
        verborgen_groep.stel_vraag(eva, "Verborgen", onderwerpen=[kap]),
        open_groep.stel_vraag(anna, "Van Anna zelf", onderwerpen=[kap]),
    ]
    assert helpen(anna) == helpen(bram) == []  # nobody said anything on a profile
    for onderwerp in (kap, rijbewijs):
        for wie in (anna, bram):
            Deskundigheid.objects.create(profiel=wie.profiel, onderwerp=onderwerp)
    assert helpen(bram) == ["Van Anna zelf", "Een onderwerp", "Twee onderwerpen"]
    assert helpen(anna) == ["Verborgen", "Een onderwerp", "Twee onderwerpen"]
    gevraagd[1].beantwoord(bram, "<p>Zo.</p>")
    assert helpen(anna) == ["Verborgen", "Twee onderwerpen"]


def test_this_week_and_no_longer(anna, bram, eva, open_groep):
    for titel in ("Nu", "Toen"):
        vraag = open_groep.stel_vraag(eva, titel)
        antwoord = vraag.beantwoord(anna, "<p>Zo.</p>")
        vraag.kies_oplossing(antwoord, eva)
        vraag.thread.bedank(eva, antwoord)
    type(vraag.thread).objects.filter(pk=vraag.pk).update(opgelost_op=LANG_GELEDEN)
    vraag.thread.bedankjes.update(gegeven_op=LANG_GELEDEN)
    assert [een.titel for een in startpagina.geleerd(anna)] == ["Nu"]
    assert [een["thread"].titel for een in startpagina.bedankt(anna)] == ["Nu"]
    assert startpagina.geleerd(bram) == []  # no lid of any Groep
