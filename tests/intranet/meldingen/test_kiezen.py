"""Whom the picker offers: through the rule, the nearest first, whatever the spelling, at a fixed price."""

import re

import pytest
from django.test import Client

from groepen.models import Groep, Reactie
from intranet.meldingen.kiezen import kies, markeer
from profielen.models import Afdeling, Deskundigheid, Gebruiker, Onderwerp
from tests.conftest import maak

pytestmark = pytest.mark.django_db


def namen(opties):
    return [optie.naam for optie in opties]


@pytest.fixture
def jannen(zandmeer, oosterwold, open_groep, anna):
    """Five who match "ja", each nearer than the next."""
    afdeling = Afdeling.objects.create(organisatie=zandmeer, naam="Balie")
    for mens in (anna, collega := maak("c@zandmeer.example", "Jaap", "Collega", zandmeer)):
        mens.profiel.afdeling = afdeling
        mens.profiel.save()
    elders = maak("j@oosterwold.example", "Jan", "Elders", oosterwold)
    verder = maak("v@zandmeer.example", "Jannie", "Aalders", zandmeer)
    lid = maak("l@zandmeer.example", "Kees", "Jansen", zandmeer)
    open_groep.voeg_toe(lid)
    hier = maak("h@zandmeer.example", "Anne-Jasmijn", "Zwart", zandmeer)
    vraag = open_groep.stel_vraag(anna, "Wie weet dit?")
    vraag.beantwoord(hier, "<p>Ik.</p>")
    return {"vraag": vraag, "hier": hier, "lid": lid, "collega": collega, "verder": verder, "elders": elders}


def test_the_nearest_come_first_and_who_cannot_read_comes_last(jannen, anna, open_groep):
    keuze = kies(anna, "Ja", open_groep, jannen["vraag"].thread)
    assert namen(keuze.mensen) == [jannen[wie].naam for wie in ("hier", "lid", "collega", "verder")]
    assert namen(keuze.buiten) == [jannen["elders"].naam]


def test_in_a_closed_groep_only_its_leden_read(jannen, anna, besloten_groep):
    besloten_groep.voeg_toe(jannen["elders"])
    keuze = kies(anna, "ja", besloten_groep)
    assert namen(keuze.mensen) == ["Jan Elders"]
    assert len(keuze.buiten) == 3


def test_a_bare_at_sign_offers_who_talks_here(jannen, anna, eva, open_groep):
    Reactie.geef(jannen["vraag"].thread, eva, "Ik ook")
    keuze = kies(anna, "", open_groep, jannen["vraag"].thread)
    assert namen(keuze.mensen) == ["Eva Eigenaar", "Anne-Jasmijn Zwart"]
    assert len(kies(anna, "", open_groep)) == 0


@pytest.mark.parametrize(
    ("getypt", "gevonden"),
    [
        ("emile", True),
        ("Ém", True),
        ("çel", True),
        ("celik", True),
        ("émile van", True),
        ("emile van der c", True),
        ("der celik", True),
        ("mile", False),
        ("emile x", False),
        ("%", False),
        ("e_", False),
        ("em\0", True),
    ],
)
def test_names_are_found_by_the_beginning_of_each_word_folded(getypt, gevonden, anna, zandmeer, open_groep):
    maak("emile@zandmeer.example", "Émile", "Çelik", zandmeer, tussenvoegsel="van der")
    assert namen(kies(anna, getypt, open_groep).mensen) == ["Émile van der Çelik"] * gevonden


def test_nobody_is_offered_themselves(anna, open_groep):
    assert namen(kies(anna, "anna", open_groep).mensen) == []


def test_who_left_is_not_offered(anna, bram, open_groep):
    assert namen(kies(anna, "bram", open_groep).mensen) == ["Bram Buiten"]
    bram.blokkeer()
    assert len(kies(anna, "bram", open_groep)) == 0


def test_a_gast_is_offered_whom_they_know_here(chris, bram, dora, open_groep):
    open_groep.voeg_toe(chris)
    assert namen(kies(chris, "dora", open_groep).mensen) == ["Dora Beheer"]
    # Bram reads along, as everyone of Zandmeer does, and is nobody that Chris may see.
    assert len(kies(chris, "bram", open_groep)) == 0


def test_groepen_and_afdelingen_and_onderwerpen(
    anna, bram, chris, finn, zandmeer, oosterwold, open_groep, besloten_groep, verborgen_groep
):
    for waar in (zandmeer, oosterwold):
        Afdeling.objects.create(organisatie=waar, naam="Groen en grijs")
    Onderwerp.objects.create(naam="Aanleg van groen")
    groen = Onderwerp.objects.create(naam="Groente en fruit")
    Deskundigheid.objects.create(profiel=bram.profiel, onderwerp=groen)
    Deskundigheid.objects.create(profiel=finn.profiel, onderwerp=groen)

    keuze = kies(anna, "gro", open_groep)
    assert namen(keuze.groepen) == ["Groep open", "Groep besloten", "Groep verborgen", "Groen en grijs"]
    assert [(o.naam, o.uitleg) for o in keuze.onderwerpen] == [
        ("Groente en fruit", "1 mens weet hier veel van"),
        ("Aanleg van groen", "Nog niemand weet hier veel van"),
    ]
    # Bram may see the card of the besloten one; the verborgen one is not there for him.
    assert namen(kies(bram, "groep", open_groep).groepen) == ["Groep open", "Groep besloten"]
    open_groep.voeg_toe(chris)
    assert namen(kies(chris, "gro", open_groep).groepen) == ["Groep open"]


def test_without_a_groep_everybody_one_may_see(jannen, anna):
    keuze = kies(anna, "jan elders")
    assert namen(keuze.mensen) == ["Jan Elders"]
    assert keuze.buiten == []


def test_what_was_typed_stands_out():
    assert markeer("Émile van <der> Jansen", "em jan") == "<b>Ém</b>ile van &lt;der&gt; <b>Jan</b>sen"


# --- The address ----------------------------------------------------------------------------------


@pytest.fixture
def client(anna):
    client = Client()
    client.force_login(anna)
    return client


def test_options_say_what_is_stored(client, jannen, bram):
    html = client.get(f"/vermelden/?q=ja&thread={jannen['vraag'].pk}").text
    assert re.findall(r'data-doel="(\S+)" data-naam="([^"]+)"', html)[0] == (
        f"gebruiker:{jannen['hier'].pk}",
        "Anne-Jasmijn Zwart",
    )
    assert html.count("Kan deze groep niet lezen en krijgt geen bericht") == 1


def test_where_one_cannot_read_nothing_is_said(client, bram, verborgen_groep, besloten_groep, dora):
    vraag = besloten_groep.stel_vraag(dora, "Wie weet dit?")
    client.force_login(bram)
    for zoek in (
        f"groep={verborgen_groep.slug}",
        f"groep={besloten_groep.slug}",
        f"thread={vraag.pk}",
        "groep=niets",
        "thread=x",
    ):
        assert client.get(f"/vermelden/?q=an&{zoek}").status_code == 404, zoek
        assert client.get(f"/vermelden/bereik/?doel=gebruiker:1&{zoek}").status_code == 404, zoek


def test_as_many_statements_for_few_as_for_many(
    client, jannen, zandmeer, open_groep, anna, django_assert_max_num_queries
):
    adres = f"/vermelden/?q=j&thread={jannen['vraag'].pk}"
    Onderwerp.objects.create(naam="Jacht")
    with django_assert_max_num_queries(12) as eerst:
        client.get(adres)
    for nummer in range(40):
        maak(f"j{nummer}@zandmeer.example", f"Jan{nummer}", "Jansen", zandmeer)
        Groep.start(anna, naam=f"Jaarwerk {nummer}")
        Onderwerp.objects.create(naam=f"Jaarmarkt {nummer}")
        Afdeling.objects.create(organisatie=zandmeer, naam=f"Jachthaven {nummer}")
    with django_assert_max_num_queries(len(eerst)):
        html = client.get(adres).text
    assert html.count('role="option"') == 7 + 3 + 3 + 3
    assert Gebruiker.objects.count() > 40


@pytest.mark.parametrize("getypt", ["gr", "groep", "iedereen"])
def test_the_word_groep_means_this_one(open_groep, anna, getypt):
    keuze = kies(anna, getypt, open_groep)
    assert keuze.groepen[0].doel == f"groep:{open_groep.pk}"
    assert keuze.groepen[0].uitleg.startswith("Deze groep, ")
    assert len({optie.doel for optie in keuze.groepen}) == len(keuze.groepen)


def test_the_word_afdeling_means_my_own(open_groep, zandmeer, anna):
    assert kies(anna, "afd", open_groep).groepen == []
    anna.profiel.afdeling = Afdeling.objects.create(organisatie=zandmeer, naam="Balie")
    anna.profiel.save()
    (optie,) = kies(anna, "afd", open_groep).groepen
    assert (optie.naam, optie.uitleg) == ("Balie", "Jouw afdeling")
