"""Who leaves or moves to another Organisatie: no Groep is left alone, nobody keeps reading the old house."""

from datetime import timedelta

import pytest
from django.utils import timezone

from groepen.models import Groep, Lidmaatschap
from intranet.events.models import Event
from profielen import haken
from profielen.models import Afdeling, Gebruiker, Profiel
from tests.conftest import maak


def rollen(groep):
    return dict(groep.lidmaatschappen.values_list("gebruiker__voornaam", "rol"))


@pytest.fixture
def manager(zandmeer):
    return maak("mia@zandmeer.example", "Mia", "Manager", zandmeer, is_communitymanager=True)


# --- leaving ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("werkwoord", ["blokkeer", "beeindig"])
def test_the_vervanger_comes_first(open_groep, eva, dora, bram, anna, manager, werkwoord):
    Profiel.objects.filter(pk=eva.pk).update(vervanger=bram)
    getattr(eva, werkwoord)(manager)
    assert rollen(open_groep) == {"Eva": "beheerder", "Dora": "beheerder", "Anna": "lid", "Bram": "eigenaar"}
    gebeurd = Event.objects.get(soort="groep.overgedragen")
    assert (gebeurd.groep_id, gebeurd.ding_id, gebeurd.actor_id) == (open_groep.pk, bram.pk, manager.pk)
    assert Groep.objects.get(pk=open_groep.pk).aantal_leden == 4


def test_then_the_beheerder_who_served_longest(open_groep, eva, dora, anna, manager):
    open_groep.geef_rol(anna, "beheerder", eva)
    Lidmaatschap.objects.filter(gebruiker=anna).update(begonnen_op=timezone.now() - timedelta(days=9))
    eva.beeindig()
    assert rollen(open_groep) == {"Eva": "beheerder", "Dora": "beheerder", "Anna": "eigenaar"}


def test_then_a_communitymanager_rather_one_of_the_house(open_groep, eva, dora, oosterwold, manager):
    maak("aad@oosterwold.example", "Aad", "Ander", oosterwold, is_communitymanager=True)
    open_groep.geef_rol(dora, "lid", eva)
    eva.beeindig()
    assert rollen(open_groep) == {"Eva": "beheerder", "Dora": "lid", "Anna": "lid", "Mia": "eigenaar"}


def test_a_communitymanager_of_elsewhere_is_better_than_none(open_groep, eva, dora, oosterwold):
    aad = maak("aad@oosterwold.example", "Aad", "Ander", oosterwold, is_communitymanager=True)
    open_groep.geef_rol(dora, "lid", eva)
    eva.beeindig()
    assert open_groep.lidmaatschappen.get(rol="eigenaar").gebruiker == aad


def test_without_anyone_the_groep_keeps_its_eigenaar_and_an_event_says_so(open_groep, eva, dora, anna):
    open_groep.geef_rol(dora, "waarnemer", eva)
    eva.beeindig()
    assert rollen(open_groep) == {"Eva": "eigenaar", "Dora": "waarnemer", "Anna": "lid"}
    assert Event.objects.get(soort="groep.zonder_eigenaar").groep_id == open_groep.pk


def test_who_cannot_log_in_or_is_an_outsider_is_passed_over(open_groep, eva, dora, anna, chris, manager):
    open_groep.geef_rol(anna, "beheerder", eva)
    Gebruiker.objects.filter(pk=dora.pk).update(is_active=False)
    Lidmaatschap.objects.filter(gebruiker=anna).update(eindigt_op=timezone.now() - timedelta(days=1))
    Profiel.objects.filter(pk=eva.pk).update(vervanger=chris)  # a Gast elsewhere, no lid here
    eva.beeindig()
    assert rollen(open_groep)["Mia"] == "eigenaar"
    assert "Chris" not in rollen(open_groep)


def test_a_gast_who_is_lid_may_take_over(open_groep, eva, chris):
    open_groep.voeg_toe(chris)
    Profiel.objects.filter(pk=eva.pk).update(vervanger=chris)
    eva.beeindig()
    assert rollen(open_groep)["Chris"] == "eigenaar"


def test_another_eigenaar_is_enough(open_groep, eva, dora):
    open_groep.geef_rol(dora, "eigenaar", eva)
    eva.beeindig()
    assert rollen(open_groep) == {"Eva": "eigenaar", "Dora": "eigenaar", "Anna": "lid"}
    assert not Event.objects.filter(soort__startswith="groep.over").exists()
    dora.beeindig()  # Eva does not count any more, and there is nobody else
    assert Event.objects.filter(soort="groep.zonder_eigenaar").count() == 1


def test_a_hook_that_fails_undoes_the_leaving(open_groep, eva, monkeypatch):
    def stuk(gebruiker, door):
        raise RuntimeError

    monkeypatch.setattr(haken, "bij_vertrek", [*haken.bij_vertrek, stuk])
    with pytest.raises(RuntimeError):
        eva.blokkeer()
    assert Gebruiker.objects.get(pk=eva.pk).is_active
    assert rollen(open_groep)["Eva"] == "eigenaar"


# --- moving -------------------------------------------------------------------------------------------


def test_moving_ends_what_is_none_of_the_new_organisatie(open_groep, besloten_groep, eva, anna, oosterwold):
    gedeeld = Groep.start(eva, naam="Samen", organisaties=[eva.organisatie, oosterwold])
    gedeeld.voeg_toe(anna, "beheerder")
    vraag = open_groep.stel_vraag(anna, "Hoe zat dat hier?", "<p>Nou?</p>")
    Profiel.objects.filter(pk=anna.pk).update(
        afdeling=Afdeling.objects.create(organisatie=anna.organisatie, naam="Balie")
    )
    oud = anna.organisatie
    anna.wissel_organisatie(oosterwold, eva)
    anna = Gebruiker.objects.get(pk=anna.pk)
    assert (anna.organisatie, anna.profiel.afdeling) == (oosterwold, None)
    assert dict(anna.lidmaatschappen.values_list("groep__naam", "rol")) == {"Samen": "beheerder"}
    assert set(Groep.objects.zichtbaar_voor(anna)) == {gedeeld}
    assert (vraag.thread.steller, Groep.objects.get(pk=open_groep.pk).aantal_leden) == (anna, 2)
    wissel = Event.objects.get(soort="gebruiker.wisselde_organisatie")
    assert (wissel.ding_id, wissel.actor_id) == (anna.pk, eva.pk)
    assert wissel.feiten == {"oude_organisatie": oud.pk, "nieuwe_organisatie": oosterwold.pk}
    weg = Event.objects.filter(soort="lidmaatschap.beeindigd")
    assert {(e.groep_id, e.ding_id, e.feiten["reden"]) for e in weg} == {
        (open_groep.pk, anna.pk, "wisselde_organisatie"),
        (besloten_groep.pk, anna.pk, "wisselde_organisatie"),
    }  # fmt: skip


def test_a_gast_stays_where_they_become_a_medewerker(open_groep, finn, zandmeer):
    open_groep.voeg_toe(finn)
    assert Groep.objects.get(pk=open_groep.pk).aantal_gasten == 1
    finn.wissel_organisatie(zandmeer)
    assert rollen(open_groep)["Finn"] == "lid"
    assert Groep.objects.get(pk=open_groep.pk).aantal_gasten == 0


@pytest.mark.parametrize("naar", ["partner", "nergens"])
def test_to_an_organisatie_that_takes_no_part_ends_all(open_groep, anna, van_elk, naar):
    open_groep.organisaties.add(van_elk)
    anna.wissel_organisatie(van_elk if naar == "partner" else None)
    assert not anna.lidmaatschappen.exists()
    assert not Groep.objects.zichtbaar_voor(Gebruiker.objects.get(pk=anna.pk)).exists()


def test_a_sole_eigenaar_who_moves_hands_over_first(open_groep, eva, dora, oosterwold):
    eva.wissel_organisatie(oosterwold)
    assert rollen(open_groep) == {"Dora": "eigenaar", "Anna": "lid"}


def test_a_sole_eigenaar_without_anyone_stays(open_groep, eva, dora, oosterwold):
    open_groep.geef_rol(dora, "lid", eva)
    eva.wissel_organisatie(oosterwold)
    assert rollen(open_groep) == {"Eva": "eigenaar", "Dora": "lid", "Anna": "lid"}
    assert Event.objects.filter(soort="groep.zonder_eigenaar").count() == 1


def test_to_the_same_organisatie_is_nothing(open_groep, anna, zandmeer):
    anna.wissel_organisatie(zandmeer)
    assert rollen(open_groep)["Anna"] == "lid"
    assert not Event.objects.filter(soort="gebruiker.wisselde_organisatie").exists()
