"""What is about a person and not about a question: let in, another rol, a Groep that is theirs, praise."""

import pytest

from groepen.models import Groep
from intranet.events.models import Event
from intranet.meldingen import gebeurd, lijst, ontvangers
from intranet.meldingen.models import Melding, Niveau, Plein
from profielen.models import Deskundigheid, Onderwerp


def regels(wie):
    """What the page tells this person: (title, words)."""
    return [(rij.titel, rij.wat.striptags()) for dag in lijst.blad(wie).dagen for rij in dag.rijen]


@pytest.fixture
def groep(eva):
    return Groep.start(eva, naam="Markten", soort="besloten")


def test_let_in_is_told_once(groep, bram, eva, bezorg_alles):
    verzoek = groep.vraag_toegang(bram, "Ik werk mee.")
    bezorg_alles()
    assert regels(eva) == [("Markten", "Bram Buiten wil erbij.")]
    verzoek.beslis(eva, toegelaten=True)
    bezorg_alles()
    erbij = ("Markten", "Eva Eigenaar haalde je erbij. Je hoort nu bij deze groep.")
    assert regels(bram) == [erbij]
    groep.geef_rol(bram, "beheerder", eva)
    bezorg_alles()
    assert regels(bram) == [("Markten", "Eva Eigenaar maakte je beheerder van deze groep."), erbij]


def test_who_walks_in_knows_it(open_groep, bram, bezorg_alles):
    open_groep.voeg_toe(bram)
    bezorg_alles()
    assert regels(bram) == []


def test_a_groep_that_becomes_theirs_is_one_line(groep, bram, eva, bezorg_alles):
    groep.draag_over(eva, bram)
    bezorg_alles()
    assert regels(bram) == [("Markten", "Eva Eigenaar droeg de groep aan jou over.")]


def test_who_left_again_hears_nothing(groep, bram, eva, bezorg_alles):
    groep.voeg_toe(bram, door=eva)
    groep.verwijder_lid(bram, door=eva)
    bezorg_alles()
    assert not Melding.objects.van(bram).exists()


def test_praise_comes_on_the_page_alone(anna, bram, bezorg_alles):
    markten = Onderwerp.objects.create(naam="Markten")
    Deskundigheid.beveel_aan(anna.profiel, markten, bram)
    bezorg_alles()
    assert regels(anna) == [("Jouw profiel", "Bram Buiten beveelt je aan voor Markten.")]
    melding = Melding.objects.get()
    assert (melding.reden, melding.mail, melding.naar_telefoon) == ("jij", "", False)
    Event.objects.all().delete()  # cleaned up before the Melding is
    assert regels(anna) == [("Jouw profiel", "Bram Buiten beveelt je aan voor een onderwerp.")]


@pytest.mark.parametrize("soort", ontvangers.REGELS)
def test_every_soort_says_who_and_what(soort):
    for naam in ("Anna", ""):
        zin = gebeurd.daad(soort, naam)
        assert "iets nieuws" not in zin
        assert zin[0].isupper()
        assert soort in gebeurd.VANZELF or (naam or "iemand") in zin.lower().replace("anna", "Anna")


def test_thanks_only_for_who_wants_to_hear_what_is_about_them(open_groep, anna, bram, dora, bezorg_alles):
    vraag = open_groep.stel_vraag(anna, "Mag dit?")
    antwoord = vraag.beantwoord(bram, "<p>Ja.</p>")
    bezorg_alles()
    Melding.objects.all().delete()
    Niveau.objects.create(gebruiker=anna, plein=Plein.NOEMT)
    vraag.thread.bedank(dora, antwoord)
    vraag.thread.bedank(dora)
    bezorg_alles()
    assert regels(bram) == [("Mag dit?", "Dora Beheer bedankte je voor je antwoord.")]
    assert regels(anna) == []
    Niveau.objects.all().delete()
    vraag.thread.bedank(bram)
    bezorg_alles()
    assert regels(anna) == [("Mag dit?", "Bram Buiten bedankte je voor je vraag.")]
