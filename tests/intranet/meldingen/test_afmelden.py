"""Unsubscribing from the mail itself: one click, no login, nothing told, and the way back."""

import re

import pytest
from django.test import Client

from intranet.meldingen import afmelden
from intranet.meldingen.models import Instelling, Niveau


@pytest.fixture
def vraag(besloten_groep, eva):
    return besloten_groep.stel_vraag(eva, "Geheim van de groep")


@pytest.fixture
def browser():
    """As a mail program posts: no session, no token against forgery."""
    return Client(enforce_csrf_checks=True)


def pad(keuze):
    return f"/meldingen/afmelden/{keuze.token}/"


def klik(browser, adres):
    """POST as RFC 8058 says; gives the page and the address of its button."""
    response = browser.post(adres, "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded")
    assert response.status_code == 200
    assert "Geheim" not in response.text
    assert "Groep besloten" not in response.text
    return response.text, re.search(r'action="(/meldingen/afmelden/[^"]+)"', response.text)[1]


def test_not_following_any_more_and_again(browser, vraag, dora):
    vraag.thread.volg(dora)
    adres = pad(afmelden.volgt_niet(dora.pk, vraag.pk))
    # A program that opens every link in a mail changes nothing.
    pagina = browser.get(adres)
    assert "Volg deze vraag niet meer" in pagina.text
    assert pagina.headers["Referrer-Policy"] == "no-referrer"
    assert vraag.thread.volgers.filter(gebruiker=dora, is_uit=False).exists()
    tekst, terug = klik(browser, adres)
    assert "Je volgt deze vraag niet meer." in tekst
    assert not vraag.thread.volgers.filter(gebruiker=dora, is_uit=False).exists()
    klik(browser, adres)
    tekst, _weer = klik(browser, terug)
    assert "Je volgt deze vraag weer." in tekst
    assert vraag.thread.volgers.filter(gebruiker=dora, is_uit=False).exists()


def test_no_mail_of_a_groep_and_again(browser, vraag, dora):
    Niveau.objects.create(gebruiker=dora, groep=vraag.groep, plein=4, mail="m")
    adres = pad(afmelden.geen_mail(dora.pk, vraag.groep.pk))
    _tekst, terug = klik(browser, adres)
    niveau = Niveau.objects.get()
    assert (niveau.mail, niveau.plein) == ("", 4)
    klik(browser, terug)
    niveau.refresh_from_db()
    assert (niveau.mail, niveau.plein) == ("m", 4)


def test_the_overview(browser, anna):
    _tekst, terug = klik(browser, pad(afmelden.overzicht(anna.pk, "week")))
    assert Instelling.objects.get().overzicht == "week"
    klik(browser, pad(afmelden.overzicht(anna.pk, "")))
    assert Instelling.objects.get().overzicht == ""
    klik(browser, terug)
    assert Instelling.objects.get().overzicht == "dag"


def test_a_link_of_old_does_not_let_anybody_in(browser, vraag, dora, eva):
    """Following again asks the rule; who cannot log in can change nothing."""
    volg = pad(afmelden.volgt_niet(dora.pk, vraag.pk)._replace(waarde="ja"))
    vraag.groep.verwijder_lid(dora, eva)
    assert browser.post(volg).status_code == 404
    assert not vraag.thread.volgers.filter(gebruiker=dora, is_uit=False).exists()
    dora.blokkeer(eva)
    assert browser.post(pad(afmelden.overzicht(dora.pk, ""))).status_code == 404
    assert not Instelling.objects.exists()


@pytest.mark.parametrize("wat", ["x", "een:ander:token"])
def test_a_link_that_we_did_not_make(browser, db, wat):
    assert browser.get(f"/meldingen/afmelden/{wat}/").status_code == 404
    assert browser.post(f"/meldingen/afmelden/{wat}/").status_code == 404
