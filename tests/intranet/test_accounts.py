"""Who may make an account, who may log in, and that leaving ends every session."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib import admin
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.utils import timezone

from groepen.models import Uitnodiging
from profielen.models import Gebruiker, Organisatie

WACHTWOORD = "een-lang-wachtwoord-9"


@pytest.fixture
def deelnemer(zandmeer):
    zandmeer.domeinen.create(domein="zandmeer.nl")
    return zandmeer


def meld_aan(client, email, **anders):
    return client.post(
        "/account/signup/",
        {
            "voornaam": "Nieuwe", "tussenvoegsel": "van", "achternaam": "Collega", "email": email,
            "password1": WACHTWOORD, "password2": WACHTWOORD, **anders,
        },
    )  # fmt: skip


def log_in(client, email, wachtwoord=WACHTWOORD):
    return client.post("/account/login/", {"login": email, "password": wachtwoord})


def test_an_address_of_a_deelnemer_makes_a_medewerker_once_it_is_proven(client, deelnemer):
    meld_aan(client, "Nieuw@Zandmeer.NL")

    nieuw = Gebruiker.objects.get()
    assert (nieuw.email, nieuw.naam, nieuw.organisatie) == (
        "nieuw@zandmeer.nl",
        "Nieuwe van Collega",
        deelnemer,
    )
    assert nieuw.profiel
    assert client.get("/").status_code == 302
    adres = re.search(r"https?://testserver(/account/confirm-email/\S+)", mail.outbox[0].body).group(1)
    client.post(adres)
    log_in(client, "nieuw@zandmeer.nl")
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("email", ["iemand@gmail.com", "iemand@zandmeer.nl.kwaad.nl", "iemand@vanelk.nl"])
def test_any_other_address_is_refused_in_words(client, deelnemer, van_elk, email):
    van_elk.domeinen.create(domein="vanelk.nl")
    pagina = meld_aan(client, email)
    assert "hoort niet bij een organisatie die meedoet" in pagina.content.decode()
    assert not Gebruiker.objects.exists()


def test_an_invitation_makes_a_guest_who_comes_in_at_once(client, eva, besloten_groep, van_elk):
    van_elk.domeinen.create(domein="vanelk.nl")
    uitnodiging = besloten_groep.nodig_uit("ruud@vanelk.nl", "lid", eva)
    deur = f"/uitnodiging/{uitnodiging.sleutel}/"
    client.get(deur)
    assert 'value="ruud@vanelk.nl"' in client.get("/account/signup/").content.decode()

    gevolg = meld_aan(client, "ruud@vanelk.nl")

    ruud = Gebruiker.objects.get(email="ruud@vanelk.nl")
    assert ruud.is_gast
    assert ruud.organisatie == van_elk
    assert gevolg.status_code == 302
    client.post(deur)
    assert client.get(f"/groepen/{besloten_groep.slug}/").status_code == 200
    uitnodiging.refresh_from_db()
    assert uitnodiging.aanvaard_door == ruud


def test_an_invitation_is_for_its_own_address_and_while_it_runs(client, eva, besloten_groep):
    uitnodiging = besloten_groep.nodig_uit("ruud@vanelk.nl", "lid", eva)
    client.get(f"/uitnodiging/{uitnodiging.sleutel}/")
    meld_aan(client, "ander@vanelk.nl")
    Uitnodiging.objects.update(verloopt_op=timezone.now())
    meld_aan(client, "ruud@vanelk.nl")
    assert not Gebruiker.objects.filter(email__endswith="vanelk.nl").exists()


@pytest.fixture
def collega(deelnemer):
    wie = Gebruiker.objects.create_user("collega@zandmeer.nl", WACHTWOORD, organisatie=deelnemer)
    EmailAddress.objects.create(user=wie, email=wie.email, primary=True, verified=True)
    return wie


def test_blocking_ends_every_session_at_once(collega):
    thuis, kantoor = Client(), Client()
    for browser in (thuis, kantoor):
        log_in(browser, collega.email)
        assert browser.get("/").status_code == 200

    collega.blokkeer()

    assert not Session.objects.exists()
    assert [browser.get("/").status_code for browser in (thuis, kantoor)] == [302, 302]
    log_in(thuis, collega.email)
    assert thuis.get("/").status_code == 302


def test_demo_accounts_open_only_where_the_demo_is_allowed(client, settings, zandmeer):
    wie = Gebruiker.objects.create_user("anna@zandmeer.example", WACHTWOORD, organisatie=zandmeer)
    EmailAddress.objects.create(user=wie, email=wie.email, primary=True, verified=True)
    settings.DEMO_TOEGESTAAN = False
    log_in(client, wie.email)
    assert client.get("/").status_code == 302
    settings.DEMO_TOEGESTAAN = True
    log_in(client, wie.email)
    assert client.get("/").status_code == 200
    settings.DEMO_TOEGESTAAN = False
    assert client.get("/").status_code == 302


def test_guessing_is_limited_per_account_while_colleagues_behind_the_same_address_come_in(
    client, collega, deelnemer
):
    for _poging in range(12):
        log_in(client, collega.email, "geraden-wachtwoord")
    log_in(client, collega.email)
    assert client.get("/").status_code == 302, "twaalf keer raden blokkeert dit account een poos"

    for nummer in range(20):
        wie = Gebruiker.objects.create_user(f"c{nummer}@zandmeer.nl", WACHTWOORD, organisatie=deelnemer)
        EmailAddress.objects.create(user=wie, email=wie.email, primary=True, verified=True)
        browser = Client()
        log_in(browser, wie.email)
        assert browser.get("/").status_code == 200


def test_whether_an_account_exists_is_told_to_nobody(client, collega):
    def antwoord(email):
        tekst = client.post("/account/password/reset/", {"email": email}).url
        return tekst

    assert antwoord(collega.email) == antwoord("niemand@zandmeer.nl")
    assert Organisatie.objects.exists()


@pytest.mark.parametrize(
    ("wachtwoord", "zin"),
    [
        ("kort-9x", "Dit wachtwoord is te kort. Gebruik minstens 12 tekens."),
        ("nieuw@zandmeer.nl", "Dit wachtwoord lijkt te veel op je naam of je e-mailadres."),
        ("wachtwoord12", ""),
    ],
)
def test_what_is_wrong_with_a_password_is_said_in_dutch(client, deelnemer, wachtwoord, zin):
    html = meld_aan(client, "nieuw@zandmeer.nl", password1=wachtwoord, password2=wachtwoord)
    if zin:
        assert zin in html.text
    assert "password" not in re.sub(r"<[^>]*>", "", html.text).lower()


def test_the_administrator_edits_nobodys_address_second_factor_or_session(client, anna):
    """With these one becomes somebody else, and reads the Groepen that they read."""
    van = {
        type(admin.site.get_model_admin(model)).__module__.split(".")[0]
        for model in apps.get_models()
        if admin.site.is_registered(model)
    }
    assert van <= {"groepen", "profielen", "kennisbank", "intranet"}
    Gebruiker.objects.filter(pk=anna.pk).update(is_superuser=True, is_staff=True)
    client.force_login(anna, backend="intranet.accounts.InlogBackend")
    for adres in ("account/emailaddress", "mfa/authenticator", "usersessions/usersession", "auth/group"):
        assert client.get(f"/beheer/{adres}/").status_code == 404, adres
        assert client.get(f"/beheer/{adres}/add/").status_code == 404, adres
    assert client.get("/beheer/profielen/gebruiker/").status_code == 200
