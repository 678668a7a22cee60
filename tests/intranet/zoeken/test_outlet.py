"""The index follows: whatever verb changed something that can be found, and whatever order Events come in."""

from datetime import timedelta
from random import Random

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groepen.klussen import meld_verlopen_lidmaatschappen
from groepen.models import Antwoord, Lidmaatschap, Reactie, Thread, Vraag
from groepen.toegang import BEHEERDER
from intranet.events.models import Event
from intranet.zoeken import analyse, onderhoud, outlet
from intranet.zoeken.bronnen import vraag as vragen
from intranet.zoeken.document import Soort, soorten
from intranet.zoeken.ingebouwd import Ingebouwd
from intranet.zoeken.lezer import sleutels
from intranet.zoeken.motor import Opdracht
from kennisbank.models import GroepKennisbank, Kennisartikel
from profielen.importeren import importeer_upl
from profielen.models import Afdeling, Deskundigheid, Gebruiker, Onderwerp
from tests.zichtbaarheid import uitgangen

pytestmark = pytest.mark.django_db

# Events that change nothing that can be found: who is busy with it, who liked it, who knocked, who was told
# or reminded of it. Synonyms are looked up when somebody searches.
STIL = {
    "afdeling.gemaakt", "bedankt", "groep.overgedragen", "groep.zonder_eigenaar", "melding.gemaakt",
    "norm.nadert", "organisatie.gemaakt", "profiel.bevestigd", "stilte.gemerkt", "stilte.uitgelegd",
    "synoniem.gewijzigd", "toegang.gevraagd", "toegang.geweigerd", "toegang.verleend",
    "uitnodiging.aanvaard", "uitnodiging.gemaakt", "uitnodiging.ingetrokken",
    "vraag.gedeeld", "vraag.gesloten", "vraag.heropend", "vraag.informatie_gegeven",
    "vraag.informatie_gevraagd", "vraag.losgelaten", "vraag.opgepakt", "vraag.overgedragen", "vraag.verlopen",
}  # fmt: skip


@pytest.fixture
def motor(settings, db):
    settings.OUTLETS = {"zoeken": "intranet.zoeken.outlet.handle"}
    ingebouwd = Ingebouwd()
    onderhoud.herbouw(ingebouwd)
    return ingebouwd


def standen(motor):
    return dict(motor.standen(aantal=100_000))


def gevonden(motor, wat, gebruiker):
    lezer = Gebruiker.objects.select_related("organisatie").get(pk=gebruiker.pk)
    return [treffer.id for treffer in motor.zoek(Opdracht(analyse.vraag(wat), sleutels(lezer))).treffers]


# --- Every verb -----------------------------------------------------------------------------------


@pytest.fixture
def beheer(db):
    """Someone at work in /beheer/."""
    beheerder = Gebruiker.objects.create_superuser("beheer@zandmeer.example", "geheim-genoeg-1")
    client = Client()
    client.force_login(beheerder)

    def stuur(adres, *args, **velden):
        response = client.post(reverse(f"admin:{adres}", args=args), velden)
        assert response.status_code == 302, response.context["errors"]

    return stuur


def _gesprekken(anna, bram, dora, open_groep, besloten_groep):
    vraag = open_groep.stel_vraag(anna, "Mag een aanhanger?", "<p>In de straat.</p>")
    yield "gesteld"
    vraag.bewerk(anna, titel="Mag een caravan?", inhoud="<p>In de straat.</p>", versie=1)
    yield "bewerkt"
    antwoord = vraag.beantwoord(dora, "<p>Drie dagen.</p>")
    yield "beantwoord"
    antwoord.bewerk(dora, inhoud="<p>Vier dagen.</p>", versie=1)
    yield "antwoord bewerkt"
    antwoord.controleer(dora)
    yield "gecontroleerd"
    antwoord.controleer(dora, goed=False)
    yield "niet meer gecontroleerd"
    vraag.kies_oplossing(antwoord, anna)
    yield "opgelost"
    vraag.trek_oplossing_in(anna)
    yield "toch niet"
    reactie = Reactie.geef(vraag.thread, anna, "<p>Waar precies?</p>", antwoord=antwoord)
    yield "reactie"
    reactie.bewerk(anna, inhoud="<p>Waar dan?</p>", versie=1)
    yield "reactie bewerkt"
    reactie.verwijder(anna)
    yield "reactie weg"
    reactie.zet_terug(anna)
    yield "reactie terug"
    antwoord = Antwoord.objects.get(pk=antwoord.pk)
    antwoord.verwijder(dora)
    yield "antwoord weg"
    antwoord.zet_terug(dora)
    yield "antwoord terug"
    thread = Thread.objects.get(pk=vraag.pk)
    thread.verplaats(besloten_groep, dora)
    yield "verplaatst"
    thread.verwijder(dora)
    yield "weg"
    thread.zet_terug(dora)
    yield "terug"
    vraag = Vraag.objects.get(pk=vraag.pk)
    vraag.kies_oplossing(antwoord, anna)
    yield "weer opgelost"
    vraag.heropen(anna)
    yield "heropend"


def _plekken(anna, dora, open_groep, oosterwold, parkeren, beheer):
    open_groep.wijzig(dora, naam="Straten en stegen", doel="Alles over straten.")
    yield "groep hernoemd"
    open_groep.wijzig(dora, onderwerpen=[parkeren])
    yield "groep met onderwerp"
    open_groep.wijzig(dora, soort="verborgen")
    yield "groep verborgen"
    open_groep.sluit(dora)
    yield "groep gesloten"
    open_groep.heropen(dora)
    yield "groep heropend"
    beheer(
        "groepen_groep_change",
        open_groep.pk,
        soort="besloten",
        organisaties=[anna.organisatie_id, oosterwold.pk],
    )
    yield "groep van twee organisaties"
    beheer("profielen_onderwerp_change", parkeren.pk, naam="Parkeren en stallen")
    yield "onderwerp hernoemd"
    beheer("profielen_onderwerp_add", naam="Steigers")
    yield "onderwerp gemaakt"
    importeer_upl()
    yield "onderwerpen ingelezen"


def _mensen(anna, bram, chris, dora, open_groep, oosterwold, parkeren, beheer):
    profiel = anna.profiel
    profiel.werk_bij(anna, versie=profiel.versie, functie="Adviseur", onderwerpen=[parkeren])
    yield "profiel"
    Deskundigheid.beveel_aan(bram.profiel, parkeren, anna)
    yield "aanbevolen"
    kennis = Deskundigheid.objects.get(profiel=bram.pk)
    kennis.verberg(bram)
    yield "aanbeveling verborgen"
    kennis.toon(bram)
    yield "aanbeveling getoond"
    kennis.trek_aanbeveling_in(anna)
    yield "aanbeveling ingetrokken"
    afdeling = Afdeling.objects.create(organisatie=anna.organisatie, naam="Ruimte")
    profiel.refresh_from_db()
    profiel.werk_bij(anna, versie=profiel.versie, afdeling=afdeling)
    yield "afdeling gekozen"
    beheer("profielen_afdeling_change", afdeling.pk, organisatie=anna.organisatie_id, naam="Ruimte en wonen")
    yield "afdeling hernoemd"
    beheer("profielen_afdeling_delete", afdeling.pk, post="yes")
    yield "afdeling weg"
    open_groep.voeg_toe(chris)
    yield "gast erbij"
    open_groep.verwijder_lid(chris)
    yield "gast weg"
    open_groep.voeg_toe(chris)
    yield "gast weer erbij"
    Lidmaatschap.objects.filter(gebruiker=chris).update(eindigt_op=timezone.now() - timedelta(seconds=1))
    meld_verlopen_lidmaatschappen()
    yield "gast verlopen"
    open_groep.voeg_toe(chris, BEHEERDER)
    yield "gast terug"
    open_groep.voeg_toe(bram)
    open_groep.stel_vraag(bram, "Van wie is dit?")
    yield "vraag van Bram"
    bram.wissel_organisatie(oosterwold)
    yield "andere organisatie"
    dora.blokkeer()
    yield "geblokkeerd"
    dora.laat_weer_toe()
    yield "weer toegelaten"
    dora.beeindig()
    yield "uit dienst"
    velden = {"email": "gina@zandmeer.example", "voornaam": "Gina", "achternaam": "Nieuw", "taal": "nl"}
    beheer("profielen_gebruiker_add", **velden, organisatie=anna.organisatie_id)
    yield "account gemaakt"
    gina = Gebruiker.objects.get(email="gina@zandmeer.example")
    velden["achternaam"] = "Anders"
    beheer("profielen_gebruiker_change", gina.pk, **velden, organisatie=anna.organisatie_id)
    yield "account hernoemd"
    domeinen = {"domeinen-TOTAL_FORMS": "0", "domeinen-INITIAL_FORMS": "0"}
    beheer(
        "profielen_organisatie_change",
        oosterwold.pk,
        naam="Oosterwold",
        soort="gemeente",
        deelname="partner",
        **domeinen,
    )
    yield "organisatie doet niet meer mee"


def _kennis(anna, open_groep, besloten_groep):
    artikel = Kennisartikel(title="Aanhangers", samenvatting="Drie dagen.", owner=anna, live=False)
    GroepKennisbank.open_voor(open_groep).add_child(instance=artikel)
    artikel.save_revision().publish()
    yield "gepubliceerd"
    artikel = Kennisartikel.objects.get(pk=artikel.pk)
    artikel.title = "Aanhangers en caravans"
    artikel.save_revision().publish()
    yield "opnieuw gepubliceerd"
    Kennisartikel.objects.get(pk=artikel.pk).move(GroepKennisbank.open_voor(besloten_groep), pos="last-child")
    yield "naar een andere groep"
    Kennisartikel.objects.get(pk=artikel.pk).unpublish()
    yield "ingetrokken"
    Kennisartikel.objects.get(pk=artikel.pk).save_revision().publish()
    yield "weer gepubliceerd"
    Kennisartikel.objects.get(pk=artikel.pk).delete()
    yield "verwijderd"


def test_after_every_verb_the_index_says_what_the_database_says(
    anna, bram, chris, dora, finn, open_groep, besloten_groep, oosterwold, beheer, motor, bezorg_alles
):
    parkeren = Onderwerp.objects.create(naam="Parkeren")
    bezorg_alles()
    onderhoud.controleer(motor)
    voor = standen(motor)
    verhalen = [
        _gesprekken(anna, bram, dora, open_groep, besloten_groep),
        _kennis(anna, open_groep, besloten_groep),
        _plekken(anna, dora, open_groep, oosterwold, parkeren, beheer),
        _mensen(anna, bram, chris, dora, open_groep, oosterwold, parkeren, beheer),
    ]
    for verhaal in verhalen:
        for daad in verhaal:
            bezorg_alles()
            na = standen(motor)
            assert na != voor, daad
            verschil = onderhoud.controleer(motor)
            assert not verschil, (daad, verschil)
            voor = na
    gehoord = set(Event.objects.values_list("soort", flat=True))
    # A new Event has to be thought about: does it change something that can be found?
    assert uitgangen.SOORTEN - gehoord - STIL == set()


def test_who_makes_an_account_can_be_found(zandmeer, anna, motor, bezorg_alles, client):
    zandmeer.domeinen.create(domein="zandmeer.example")
    wachtwoord = "een-lang-geheim-7"
    client.post(
        reverse("account_signup"),
        {
            "voornaam": "Gina", "achternaam": "Wielewaal", "email": "gina@zandmeer.example",
            "password1": wachtwoord, "password2": wachtwoord,
        },
    )  # fmt: skip
    bezorg_alles()
    gina = Gebruiker.objects.get(email="gina@zandmeer.example")
    assert gevonden(motor, "wielewaal", anna) == [f"mens:{gina.pk}"]


def test_opening_or_closing_a_groep_writes_its_card_alone(anna, bram, open_groep, motor, bezorg_alles):
    for nummer in range(5):
        open_groep.stel_vraag(anna, f"Wielewaal {nummer}")
    bezorg_alles()
    voor = standen(motor)
    assert len(gevonden(motor, "wielewaal", bram)) == 5

    open_groep.wijzig(anna, soort="besloten")
    bezorg_alles()

    na = standen(motor)
    assert {id for id in voor.keys() | na.keys() if voor.get(id) != na.get(id)} <= {f"groep:{open_groep.pk}"}
    assert gevonden(motor, "wielewaal", bram) == []


# --- Any order, any number of times ------------------------------------------------------------------


def test_events_in_any_order_and_more_than_once(anna, bram, dora, open_groep, verborgen_groep, motor):
    vraag = open_groep.stel_vraag(anna, "Wielewaal", "<p>x</p>")
    antwoord = vraag.beantwoord(dora, "<p>grutto</p>")
    vraag.kies_oplossing(antwoord, anna)
    tweede = open_groep.stel_vraag(bram, "Fuut")
    vraag.thread.verplaats(verborgen_groep, dora)
    tweede.thread.verwijder(bram)
    bram.profiel.werk_bij(bram, versie=1, functie="Vogelaar")
    events = list(Event.objects.all()) * 3
    Random(8).shuffle(events)
    for event in events:
        outlet.handle(event)
    assert not onderhoud.controleer(motor)
    assert gevonden(motor, "wielewaal grutto fuut", bram) == []
    assert gevonden(motor, "wielewaal grutto fuut", anna) == [f"vraag:{vraag.pk}"]


def test_older_words_never_stay_above_newer_ones(anna, open_groep, motor):
    """Between reading and writing somebody else wrote something newer: we look again after writing."""
    vraag = open_groep.stel_vraag(anna, "Wielewaal")
    keren = []

    def maak(nummers):
        documenten = list(vragen.maak(nummers))
        keren.append(1)
        if len(keren) == 1:
            Thread.objects.filter(pk=vraag.pk).update(titel="Grutto")
        return documenten

    outlet.werk_bij(motor, Soort("vraag", maak, vragen.SOORT.alle), [vraag.pk])

    assert len(keren) == 3
    assert gevonden(motor, "wielewaal", anna) == []
    assert gevonden(motor, "grutto", anna) == [f"vraag:{vraag.pk}"]


def test_a_thing_that_is_gone_leaves_the_index(anna, open_groep, motor):
    vraag = open_groep.stel_vraag(anna, "Wielewaal")
    (event,) = Event.objects.filter(soort="vraag.gesteld")
    outlet.handle(event)
    Thread.objects.filter(pk=vraag.pk).delete()
    outlet.handle(event)
    assert gevonden(motor, "wielewaal", anna) == []


def test_every_kind_answers_for_an_event_that_is_not_its_own():
    for soort in soorten():
        assert list(soort.waarop(Event(soort="iets.anders"))) == []
