"""Mentions as readers see them: the name of now for who may know it, the words of then for anybody else."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from groepen.models import Groep, Reactie
from intranet.meldingen.tekenen import met_namen
from profielen.models import Afdeling, Onderwerp

pytestmark = pytest.mark.django_db


def noem(soort, pk, naam="Zoals toen"):
    return f'<span data-mention="{soort}:{pk}">@{naam}</span>'


def link(adres, naam):
    return f'<a class="bp-vermelding" href="{adres}">@{naam}</a>'


@pytest.fixture
def alles(zandmeer, anna, bram, besloten_groep):
    """What can be named: (kind, number, address, name)."""
    afdeling = Afdeling.objects.create(organisatie=zandmeer, naam="Balie & Burgers")
    onderwerp = Onderwerp.objects.create(naam="Markt")
    return [
        ("gebruiker", bram.pk, f"/mensen/{bram.pk}/", "Bram Buiten"),
        ("groep", besloten_groep.pk, f"/groepen/{besloten_groep.slug}/", "Groep besloten"),
        ("afdeling", afdeling.pk, f"/mensen/?afdeling={afdeling.pk}", "Balie &amp; Burgers"),
        ("onderwerp", onderwerp.pk, f"/vragen/?waar=alle&amp;onderwerp={onderwerp.slug}", "Markt"),
    ]


def test_each_kind_is_a_link_with_the_name_of_now_in_one_statement(alles, anna, django_assert_num_queries):
    html = " ".join(noem(soort, pk) for soort, pk, _adres, _naam in alles)
    with django_assert_num_queries(1):
        assert met_namen(html, anna) == " ".join(link(adres, naam) for _s, _pk, adres, naam in alles)


def test_a_gast_gets_links_to_what_they_may_know(alles, chris, bram, open_groep, django_assert_num_queries):
    html = " ".join(noem(soort, pk) for soort, pk, _adres, _naam in alles)
    with django_assert_num_queries(1):
        getekend = met_namen(html, chris)
    assert getekend == " ".join(["@Zoals toen"] * 3 + [link(*alles[3][2:])])
    # In one Groep they know each other.
    open_groep.voeg_toe(chris)
    open_groep.voeg_toe(bram)
    assert met_namen(html, chris).startswith(link(*alles[0][2:]))


def test_who_left_keeps_the_name_of_then(anna, bram):
    bram.blokkeer()
    assert met_namen(noem("gebruiker", bram.pk), anna) == "@Zoals toen"


@pytest.mark.parametrize("wie", [None, AnonymousUser()])
def test_for_nobody_the_words_stay(wie, bram):
    assert met_namen(noem("gebruiker", bram.pk), wie) == "@Zoals toen"


def test_without_mentions_nothing_is_asked(anna, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert met_namen("<p>jan@zandmeer.example</p>", anna) == "<p>jan@zandmeer.example</p>"


def test_in_mail_an_address_is_whole(anna, bram):
    getekend = met_namen(noem("gebruiker", bram.pk), anna, site="https://plein.example")
    assert getekend == link(f"https://plein.example/mensen/{bram.pk}/", "Bram Buiten")


def test_the_question_page_and_its_history_show_the_name_of_now(anna, bram, eva, open_groep):
    tekst = f"<p>Weet {noem('gebruiker', bram.pk)} dit?</p>"
    vraag = open_groep.stel_vraag(anna, "Wie weet dit?", tekst)
    antwoord = vraag.beantwoord(eva, tekst)
    Reactie.geef(vraag.thread, anna, f"Dag @[Zoals toen](gebruiker:{bram.pk})", antwoord=antwoord)
    vraag.bewerk(anna, titel="Wie weet dit nu?", inhoud=tekst + "<p>Nu.</p>", versie=1)
    bram.voornaam = "Abraham"
    bram.save()
    client = Client()
    client.force_login(anna)
    hier = link(f"/mensen/{bram.pk}/", "Abraham Buiten")

    assert client.get(f"/vragen/{vraag.pk}/").text.count(hier) == 3
    assert client.get(f"/vragen/{vraag.pk}/geschiedenis/").text.count(hier) == 2
    # Where it is written the reference stays, to be saved again.
    bewerken = client.get(f"/vragen/{vraag.pk}/bewerken/").text
    assert hier not in bewerken
    assert f"@[Zoals toen](gebruiker:{bram.pk})" in bewerken


def test_a_page_full_of_names_asks_once(anna, bram, eva, open_groep):
    client = Client()
    client.force_login(anna)

    def statements(vraag):
        client.get(f"/vragen/{vraag.pk}/")  # the first visit is noted
        with CaptureQueriesContext(connection) as gevangen:
            client.get(f"/vragen/{vraag.pk}/")
        return len(gevangen)

    zonder, met = (open_groep.stel_vraag(eva, f"Wie weet dit {nummer} keer?") for nummer in range(2))
    for nummer in range(20):
        zonder.beantwoord(eva, "<p>Ik niet.</p>")
        met.beantwoord(eva, f"<p>{noem('gebruiker', (bram, anna)[nummer % 2].pk)} misschien.</p>")
    assert statements(met) == statements(zonder) + 1


def test_a_snippet_is_words_alone(anna, bram, open_groep):
    vraag = open_groep.stel_vraag(anna, "Wie weet dit?", f"<p>Weet {noem('gebruiker', bram.pk)} dit?</p>")
    assert vraag.thread.fragment == "Weet @Zoals toen dit?"


def test_a_hidden_groep_is_not_named_anew(bram, verborgen_groep):
    Groep.objects.filter(pk=verborgen_groep.pk).update(naam="Nu heel anders")
    assert met_namen(noem("groep", verborgen_groep.pk, "Oud"), bram) == "@Oud"
