"""One question from the first word to the last, through pages alone: as people do it, without JavaScript."""

import uuid

import pytest
from django.test import Client

from groepen.models import Groep, Vraag
from groepen.toegang import BEHEERDER
from intranet.events.models import Event
from intranet.meldingen.models import Melding
from profielen.models import Onderwerp
from tests.groepen.hulp import tekst


class Collega:
    """Someone at a browser: opens pages, presses buttons, and says what they see."""

    def __init__(self, gebruiker):
        self.gebruiker = gebruiker
        self.client = Client()
        self.client.force_login(gebruiker)
        self.ziet = ""

    def opent(self, adres):
        return self._kijkt(self.client.get(adres, follow=True))

    def doet(self, adres, **velden):
        return self._kijkt(self.client.post(adres, velden, follow=True))

    def mag_niet(self, adres, status, **velden):
        assert self.client.post(adres, velden).status_code == status

    def _kijkt(self, response):
        assert response.status_code == 200, (response.status_code, tekst(response)[:500])
        self.ziet = tekst(response)
        return self

    def leest(self, *stukken):
        assert [stuk for stuk in stukken if stuk not in self.ziet] == []
        return self

    def leest_niet(self, *stukken):
        assert [stuk for stuk in stukken if stuk in self.ziet] == []
        return self


def sleutel():
    return str(uuid.uuid4())


@pytest.fixture
def plein(eva, dora, anna):
    """The open Groep of the story, and a second one that dora manages as well."""
    groep = Groep.start(eva, naam="Vergunningen en APV", norm_werkdagen=2)
    groep.voeg_toe(dora, BEHEERDER)
    groep.voeg_toe(anna)
    return groep


def test_life_of_a_vraag(plein, anna, bram, chris, dora, eva, finn, bezorg_alles):
    Onderwerp.objects.create(naam="Standplaatsen")
    balie, vak, beheer = Collega(anna), Collega(bram), Collega(dora)

    # Anna asks, for an inwoner at the counter.
    balie.opent(f"/vragen/stel/?groep={plein.slug}").leest("Dit lezen alle collega’s van Zandmeer.")
    balie.doet(
        f"/vragen/stel/?groep={plein.slug}",
        titel="Mag een marktkoopman op koopzondag staan?",
        inhoud="Hij heeft een vaste plek op dinsdag.",
        inhoud_opmaak="tekst",
        groep=plein.slug,
        onderwerpen="standplaatsen",
        kanaal="balie",
        sleutel=sleutel(),
    ).leest(
        "Je vraag staat in Vergunningen en APV.", "gesteld aan de balie", "Standplaatsen", "Nog geen antwoord"
    )
    vraag = Vraag.objects.get()
    adres = f"/vragen/{vraag.pk}/"

    # Bram, no lid, finds it, has the same question, and picks it up: that makes him lid.
    vak.opent("/vragen/").leest("Mag een marktkoopman op koopzondag staan?", "Open")
    vak.opent(adres).doet(f"{adres}stem/", aan="1").leest("Ook mijn vraag 1")
    vak.doet(f"{adres}behandelaar/").leest(
        "Je bent nu lid van Vergunningen en APV.", "Behandelaar Bram Buiten"
    )

    # Colleagues of another municipality and guests see nothing of all this.
    for buiten in (Collega(chris), Collega(finn)):
        assert buiten.client.get(adres).status_code == 404
        buiten.opent("/vragen/").leest_niet("marktkoopman")

    # Bram needs to know more; Anna tells, and the question goes on.
    vak.doet(
        f"{adres}status/", actie="meer_informatie", toelichting="Welk plein bedoelt hij?", sleutel=sleutel()
    ).leest("Meer informatie nodig", "Welk plein bedoelt hij?")
    balie.opent(adres).leest("Wacht op de vraagsteller")
    balie.doet(
        f"{adres}reacties/", **{"antwoord": "0", "inhoud-0": "Het Raadhuisplein.", "sleutel": sleutel()}
    )
    balie.leest("Het Raadhuisplein.", "Opgepakt")

    # He answers; it goes to Eva as well, who answers better; Dora vouches for hers.
    vak.doet(f"{adres}antwoorden/", inhoud="Ik denk van niet.", inhoud_opmaak="tekst", sleutel=sleutel())
    vak.leest("Je antwoord staat erbij.")
    bezorg_alles()
    balie.opent("/meldingen/").leest(
        "Mag een marktkoopman op koopzondag staan?", "Bram Buiten gaf antwoord", "omdat jij dit vroeg"
    )
    vak.doet(f"{adres}behandelaar/", actie="draag_over", naar="eva@zandmeer.example")
    vak.leest("Eva Eigenaar heeft de vraag nu.", "Overgedragen 1 keer")
    jurist = Collega(eva)
    jurist.doet(
        f"{adres}antwoorden/",
        inhoud="Nee: vraag een <em>dag</em> aan.",
        inhoud_opmaak="html",
        sleutel=sleutel(),
    )
    beter = vraag.antwoorden.latest("pk")
    beheer.doet(f"/antwoorden/{beter.pk}/controle/", goed="1").leest("Gecontroleerd door Dora Beheer")

    # The bell tells Anna; reading the question is enough.
    bezorg_alles()
    assert "bp-kop__teller" in balie.client.get("/").text
    assert "bp-kop__teller" not in balie.client.get(adres).text

    # Anna chooses, thanks, and says it helped; Bram may not choose.
    vak.mag_niet(f"{adres}oplossing/", 403, antwoord=beter.pk)
    balie.doet(f"{adres}oplossing/", antwoord=beter.pk).leest(
        "Opgelost", "gekozen door jou", "1 ander antwoord"
    )
    balie.doet(f"/antwoorden/{beter.pk}/bedankje/", aan="1").leest("Bedankt 1")
    balie.doet(f"{adres}hulp/").leest("1 collega geholpen")
    balie.doet(
        f"{adres}reacties/", **{"antwoord": beter.pk, f"inhoud-{beter.pk}": "Top.", "sleutel": sleutel()}
    )
    balie.leest("Top.")

    # Who reads it later is helped too; in the list the solution stands at once.
    beheer.opent(adres).leest("2 collega’s geholpen")
    vak.opent("/vragen/").leest("Opgelost", "Oplossing: Nee: vraag een dag aan.", "Gecontroleerd")

    # Dora moves it to a closed circle: the same address, other readers.
    kring = Groep.start(dora, naam="Markten", soort="besloten")
    beheer.doet(f"{adres}verplaatsing/", groep=kring.pk).leest("Markten", "Mag een marktkoopman")
    assert vak.client.get(adres).status_code == 404
    assert balie.client.get(adres).status_code == 404
    vak.opent("/vragen/?filter=gevolgd").leest_niet("marktkoopman")
    kring.voeg_toe(anna)
    balie.opent(adres).leest("Nee: vraag een dag aan.", "Dit lezen alleen de leden van deze groep.")

    # All of it was told to whoever has to hear it.
    bezorg_alles()
    verteld = Event.objects.filter(thread_id=vraag.pk).exclude(soort="melding.gemaakt").order_by("pk")
    assert list(verteld.values_list("soort", flat=True)) == [
        "vraag.gesteld",
        "vraag.gedeeld",
        "vraag.opgepakt",
        "reactie.gegeven",
        "vraag.informatie_gevraagd",
        "vraag.informatie_gegeven",
        "reactie.gegeven",
        "antwoord.gegeven",
        "vraag.overgedragen",
        "antwoord.gegeven",
        "antwoord.gecontroleerd",
        "oplossing.gekozen",
        "bedankt",
        "reactie.gegeven",
        "thread.verplaatst",
    ]
    # Nothing is left of it for who may not read there: Bram, and the finders of other days.
    assert set(Melding.objects.values_list("gebruiker__voornaam", flat=True)) <= {"Anna", "Dora", "Eva"}
