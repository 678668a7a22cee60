"""Web push, to a push service of our own over real TLS: who gets what, encrypted, signed, bundled."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import ec
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from py_vapid import jwt

from intranet.meldingen.forms import InstelForm
from intranet.meldingen.models import Abonnement, Instelling, Melding, Niveau, Reden, Zending
from intranet.meldingen.telefoon import apparaten, duwen, sleutel, wacht
from intranet.meldingen.telefoon.stuur import Bericht, Oordeel, Weg
from intranet.nachtwerk import STAPPEN
from profielen.models import Profiel
from tests.conftest import maak
from tests.duwdienst import HOST, Toestel, duwdienst
from tests.intranet.meldingen.test_zendingen import nummer

# A Tuesday, ten o'clock in Amsterdam: everyone works.
NU = datetime(2026, 11, 24, 9, tzinfo=UTC)
STRAKS = timedelta(seconds=20)


@pytest.fixture(scope="module")
def _dienst():
    with duwdienst() as dienst:
        yield dienst


@pytest.fixture
def dienst(_dienst):
    _dienst.post.clear()
    _dienst.antwoorden.clear()
    return _dienst


@pytest.fixture(autouse=True)
def klok():
    with time_machine.travel(NU, tick=False) as reis:
        yield reis


@pytest.fixture
def vraag(open_groep, anna):
    return open_groep.stel_vraag(anna, "Mag dit?", "<p>Ik vraag het me af.</p>")


def neem(mens, naam="telefoon"):
    """A device of this person, as the browser takes it on."""
    toestel = Toestel(f"{naam}-{mens.pk}")
    apparaten.meld_aan(mens, f"sessie-{mens.pk}", toestel.velden, naam)
    Abonnement.objects.update(sinds=NU - timedelta(days=1))
    return toestel


def meld(wie, thread, door, reden=Reden.NOEMT, **velden):
    vast = {"soort": "antwoord.gegeven", "naar_telefoon": True, "op": timezone.now()} | velden
    groep = thread.groep if thread else None
    return Melding.objects.create(
        gebruiker=wie, event_id=next(nummer), thread=thread, groep=groep, door=door, reden=reden, **vast
    )


def ronde(klok, dienst, na=STRAKS):
    klok.shift(na)
    return duwen.verwerk(weg=dienst.weg())


# --- The message -----------------------------------------------------------------------------------


def test_a_mention_reaches_the_phone_encrypted_for_it_and_signed_by_us(dienst, klok, vraag, anna, bram):
    toestel = neem(anna)
    meld(anna, vraag.thread, bram)
    ronde(klok, dienst)

    (wat,) = dienst.bij(toestel)
    assert wat == {
        "titel": "Je bent genoemd",
        "tekst": f"{bram.naam} gaf antwoord: Mag dit? ({vraag.groep.naam})",
        "adres": vraag.thread.get_absolute_url(),
        "merk": f"t{vraag.thread.pk}",
        "nieuw": 1,
    }
    ((_pad, koppen, ruw),) = dienst.post
    assert b"Mag dit" not in ruw
    assert (koppen["TTL"], koppen["Urgency"], koppen["Topic"]) == ("43200", "high", f"t{vraag.thread.pk}")
    assert koppen["Content-Encoding"] == "aes128gcm"
    assert koppen["Host"].partition(":")[0] == HOST
    token = koppen["Authorization"].removeprefix("vapid t=").partition(",")[0]
    claims = jwt.decode(token, sleutel.openbaar())
    assert claims["aud"] == f"https://{HOST}"
    assert claims["sub"].startswith("mailto:")
    assert 0 < claims["exp"] - NU.timestamp() < 24 * 3600
    # Not twice.
    assert ronde(klok, dienst, timedelta(hours=1)) == 0
    assert len(dienst.post) == 1


def test_what_was_seen_does_not_ring(dienst, klok, vraag, anna, bram):
    neem(anna)
    meld(anna, vraag.thread, bram)
    assert ronde(klok, dienst, timedelta(seconds=5)) == 0  # who looks at the page sees it there
    Melding.objects.update(gelezen_op=timezone.now())
    assert ronde(klok, dienst) == 0
    assert dienst.post == []


def test_without_the_text(dienst, klok, vraag, anna, bram):
    toestel = neem(anna)
    Instelling.objects.create(gebruiker=anna, zonder_tekst=True)
    meld(anna, vraag.thread, bram)
    meld(anna, None, bram, soort="kennis.aanbevolen")
    ronde(klok, dienst)
    teksten = {wat["tekst"] for wat in dienst.bij(toestel)}
    assert teksten == {f"Er is iets nieuws in {vraag.groep.naam}", "Er is iets nieuws"}


def test_every_device_gets_it_and_a_new_one_nothing_of_before(dienst, klok, vraag, anna, bram):
    een, twee = neem(anna, "een"), neem(anna, "twee")
    meld(anna, vraag.thread, bram)
    later = Toestel("later")
    klok.shift(STRAKS)
    apparaten.meld_aan(anna, "sessie", later.velden, "later")
    duwen.verwerk(weg=dienst.weg())
    assert [len(dienst.bij(toestel)) for toestel in (een, twee, later)] == [1, 1, 1]
    # Of what happened before any device was on, nothing.
    Abonnement.objects.all().delete()
    meld(bram, vraag.thread, anna)
    klok.shift(STRAKS)
    apparaten.meld_aan(bram, "sessie", Toestel("bram").velden, "telefoon")
    assert duwen.verwerk(weg=dienst.weg()) == 0


def test_a_try(dienst, klok, client, anna):
    toestel = neem(anna)
    client.force_login(anna)
    for _keer in range(2):  # a double click
        assert client.post("/meldingen/apparaten/proef/").status_code == 302
    assert duwen.verwerk(weg=dienst.weg()) == 1
    (wat,) = dienst.bij(toestel)
    assert wat["tekst"] == "Dit is een proef. Het werkt."


# --- When, and how much ------------------------------------------------------------------------------


def test_who_does_not_work_hears_it_when_they_do(dienst, klok, vraag, anna, bram):
    toestel = neem(anna)
    klok.move_to(NU.replace(hour=20))
    meld(anna, vraag.thread, bram)
    ronde(klok, dienst)
    assert dienst.post == []
    klok.move_to(NU + timedelta(days=1))
    duwen.verwerk(weg=dienst.weg())
    assert len(dienst.bij(toestel)) == 1
    # Unless they said that it may.
    Instelling.objects.create(gebruiker=anna, rust=False)
    klok.move_to(NU + timedelta(days=4, hours=12))  # Saturday night
    meld(anna, vraag.thread, bram)
    ronde(klok, dienst)
    assert len(dienst.bij(toestel)) == 2


def test_a_storm_is_bundled_and_bounded(dienst, klok, open_groep, anna, bram):
    toestel = neem(anna)
    vragen = [open_groep.stel_vraag(bram, f"Vraag {n}?") for n in range(10)]
    for minuut in range(60):
        for n in range(9):
            meld(anna, vragen[(minuut + n) % 10].thread, bram)
        ronde(klok, dienst, timedelta(minutes=1))
    kreeg = dienst.bij(toestel)
    assert 1 <= len(kreeg) <= duwen.PER_UUR
    assert kreeg[0]["titel"].startswith("9 dingen nieuw voor jou")
    assert kreeg[0]["adres"] == "/meldingen/?toon=nieuw"
    assert all(len(json.dumps(wat).encode()) < 3000 for wat in kreeg)


def test_one_thread_much_at_once_is_one_message(dienst, klok, vraag, anna, bram, chris):
    toestel = neem(anna)
    for n in range(500):
        meld(anna, vraag.thread, (bram, chris)[n % 2], Reden.VOLGT)
    ronde(klok, dienst)
    (wat,) = dienst.bij(toestel)
    assert wat["titel"] == "Nieuw antwoord"
    assert "100 nieuwe antwoorden, van" in wat["tekst"]
    # More of the same waits a moment.
    meld(anna, vraag.thread, bram)
    assert ronde(klok, dienst) == 0
    assert ronde(klok, dienst, duwen.PAUZE) == 1


def test_as_many_statements_for_two_as_for_sixty(klok, dienst, vraag, anna, bram, zandmeer):
    def nodig(aantal):
        mensen = [maak(f"{aantal}-{n}@z.example", "A", "B", zandmeer) for n in range(aantal)]
        Profiel.objects.bulk_create([Profiel(gebruiker=mens) for mens in mensen], ignore_conflicts=True)
        for mens in mensen:
            neem(mens)
            meld(mens, vraag.thread, bram)
        klok.shift(STRAKS)
        with CaptureQueriesContext(connection) as gevraagd:
            assert duwen.zet_klaar(timezone.now()) == aantal
        return len(gevraagd)

    # (SQLite takes no more than 999 values at once, so many more go in by portions.)
    assert nodig(2) == nodig(60) <= 8


# --- Who may not --------------------------------------------------------------------------------------


def test_the_rule_is_asked_again_when_it_leaves(dienst, klok, besloten_groep, anna, chris):
    besloten_groep.voeg_toe(chris)
    vraag = besloten_groep.stel_vraag(anna, "Mag dit?")
    neem(chris)
    meld(chris, vraag.thread, anna)
    klok.shift(STRAKS)
    assert duwen.zet_klaar(timezone.now()) == 1
    besloten_groep.lidmaatschappen.filter(gebruiker=chris).update(eindigt_op=timezone.now())
    duwen.verwerk(weg=dienst.weg())
    assert dienst.post == []
    assert Zending.objects.get().uitkomst == "niets meer te melden"


def test_who_said_never_meanwhile_hears_nothing(dienst, klok, vraag, anna, bram):
    neem(anna)
    meld(anna, vraag.thread, bram)
    Niveau.objects.create(gebruiker=anna, groep=vraag.groep, telefoon=0)
    ronde(klok, dienst)
    assert dienst.post == []


def test_a_device_lives_no_longer_than_its_login(client, klok, anna):
    def zet_aan():
        toestel = Toestel("bureau")
        antwoord = client.post("/meldingen/apparaten/", toestel.velden, content_type="application/json")
        assert antwoord.status_code == 200, antwoord.content
        assert Abonnement.objects.get().sessie == client.session.session_key

    client.force_login(anna)
    zet_aan()
    client.post("/account/logout/")
    assert not Abonnement.objects.exists()
    # Thrown out.
    client.force_login(anna)
    zet_aan()
    Session.objects.get(pk=client.session.session_key).delete()
    assert not Abonnement.objects.exists()
    # Run out: that night.
    client = Client()
    client.force_login(anna)
    toestel = Toestel("bureau")
    client.post("/meldingen/apparaten/", toestel.velden, content_type="application/json")
    klok.shift(timedelta(days=15))
    assert dict(STAPPEN)["Verlopen logins verwijderd"]() == 1
    assert not Abonnement.objects.exists()


def test_blocked_is_without_devices(anna, dora, bezorg_alles):
    neem(anna)
    anna.blokkeer()
    bezorg_alles()
    assert not Abonnement.objects.exists()


def test_a_shared_desk_has_one_person(client, anna, bram):
    toestel = Toestel("balie")
    for mens in (anna, bram):
        client.force_login(mens)
        client.post("/meldingen/apparaten/", toestel.velden, content_type="application/json")
    assert Abonnement.objects.get().gebruiker == bram
    assert not apparaten.van(anna)


# --- The page ----------------------------------------------------------------------------------------


def test_devices_are_my_own(client, anna, bram):
    neem(anna)
    ander = Abonnement.objects.get()
    client.force_login(bram)
    assert client.post(f"/meldingen/apparaten/{ander.pk}/weg/").status_code == 404
    client.force_login(anna)
    assert "Staan aan op <strong>telefoon</strong>" in client.get("/meldingen/instellen/").content.decode()
    assert client.post(f"/meldingen/apparaten/{ander.pk}/weg/").status_code == 302
    assert not Abonnement.objects.exists()


@pytest.mark.parametrize(
    "anders",
    [
        {"adres": "http://push.voorbeeld.example/x"},
        {"adres": "https://push.voorbeeld.example:8443/x"},
        {"adres": "https://127.0.0.1/x"},
        {"adres": "https://[::ffff:10.0.0.1]/x"},
        {"adres": "https://localhost/x"},
        {"adres": "https://iemand:geheim@push.voorbeeld.example/x"},
        {"adres": "https://push.voorbeeld.example/" + "x" * 1000},
        {"adres": "https://[geen/adres"},
        {"p256dh": "AAAA"},
        {"p256dh": "é"},
        {"auth": "AAAA"},
        {"auth": None},
    ],
)
def test_no_device_of_a_browser(client, anna, anders):
    client.force_login(anna)
    velden = Toestel("x").velden | anders
    antwoord = client.post("/meldingen/apparaten/", velden, content_type="application/json")
    assert antwoord.status_code == 422
    assert antwoord.json()["fout"] == "Dit apparaat kan geen meldingen krijgen."
    assert not Abonnement.objects.exists()


@pytest.mark.parametrize("ruw", ["", "[1]", "geen json", '{"a":' * 100_000])
def test_no_sensible_request(client, anna, ruw):
    client.force_login(anna)
    antwoord = client.post("/meldingen/apparaten/", ruw, content_type="application/json")
    assert antwoord.status_code == 422


def test_ten_devices_is_enough(anna, klok):
    for n in range(12):
        klok.shift(60)
        apparaten.meld_aan(anna, "sessie", Toestel(f"t{n}").velden, f"t{n}")
    assert [een.naam for een in apparaten.van(anna)] == [f"t{n}" for n in range(11, 1, -1)]


@pytest.mark.parametrize(
    ("zegt", "naam"),
    [
        ("(Linux; Android 15) AppleWebKit/537.36 Chrome/149 Mobile", "Chrome op Android"),
        ("(Windows NT 10.0) AppleWebKit/537.36 Chrome/149 Edg/149", "Edge op Windows"),
        ("(iPhone; CPU like Mac OS X) Version/18.1 Safari/604.1", "Safari op iPhone"),
        ("", "een apparaat"),
    ],
)  # fmt: skip
def test_what_people_call_it(zegt, naam):
    assert apparaten.noem(zegt) == naam


def test_the_column_of_the_phone_is_kept(anna, open_groep):
    vorm = InstelForm(anna)
    data = {naam: vorm[naam].value() for naam in vorm.fields}
    data["telefoon-jij"] = "0"
    vorm = InstelForm(anna, data)
    assert vorm.is_valid(), vorm.errors
    vorm.bewaar()
    assert Niveau.objects.get(gebruiker=anna).telefoon == 0


# --- What the other side does ---------------------------------------------------------------------------


def _na(dienst, klok, anna, vraag, bram, status, koppen=None):
    toestel = neem(anna)
    dienst.antwoorden[f"/naar/telefoon-{anna.pk}"] = (status, koppen or {})
    meld(anna, vraag.thread, bram)
    ronde(klok, dienst)
    return toestel


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_goes(dienst, klok, anna, vraag, bram, status):
    _na(dienst, klok, anna, vraag, bram, status)
    assert not Abonnement.objects.exists()
    assert not Zending.objects.exists()


def test_a_service_that_is_busy_is_tried_again_when_it_says(dienst, klok, anna, vraag, bram):
    toestel = _na(dienst, klok, anna, vraag, bram, 429, {"Retry-After": "120"})
    assert ronde(klok, dienst, timedelta(seconds=100)) == 0
    dienst.antwoorden.clear()
    assert ronde(klok, dienst, timedelta(seconds=30)) == 1
    assert len(dienst.bij(toestel)) == 2
    assert Abonnement.objects.get().gelukt_op is not None


def test_a_service_that_is_down_is_given_up_and_the_device_stays(dienst, klok, anna, vraag, bram):
    _na(dienst, klok, anna, vraag, bram, 503)
    for _keer in range(20):
        ronde(klok, dienst, timedelta(hours=1, minutes=15))
        klok.move_to(NU + timedelta(minutes=_keer))
        Zending.objects.update(beschikbaar_op=NU)
    assert Zending.objects.get().uitkomst.startswith("opgegeven")
    assert len(dienst.post) == 10
    assert Abonnement.objects.exists()


@pytest.mark.parametrize("status", [302, 400, 403, 413])
def test_refused_five_times_in_a_row_is_no_device_of_ours(dienst, klok, anna, vraag, bram, status):
    _na(dienst, klok, anna, vraag, bram, status, {"Location": "https://127.0.0.1/binnen"})
    for _keer in range(4):
        assert Abonnement.objects.exists()
        meld(anna, vraag.thread, bram)
        ronde(klok, dienst, timedelta(minutes=10))
    assert len(dienst.post) == 5  # a redirect is not followed
    assert not Abonnement.objects.exists()


def test_connections_are_kept(dienst, klok, anna, vraag, bram):
    toestel, weg = neem(anna), dienst.weg()
    voor = dienst.verbindingen
    apparaat = Abonnement.objects.get()
    for _keer in range(5):
        assert weg.stuur(apparaat, Bericht(b'{"a":1}', "t1")).oordeel == Oordeel.GING
    assert dienst.verbindingen - voor == 1
    assert len(dienst.bij(toestel)) == 5


def test_a_certificate_of_another_name_is_no_service(dienst, anna):
    neem(anna)
    apparaat = Abonnement.objects.get()
    apparaat.adres = "https://ander.voorbeeld.example/naar/x"
    uitslag = dienst.weg().stuur(apparaat, Bericht(b"{}", "t1"))
    assert (uitslag.oordeel, uitslag.waarom) == (Oordeel.LATER, "SSLCertVerificationError")
    assert dienst.post == []


# --- The guard --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ip",
    [
        "10.0.0.8", "172.16.3.1", "192.168.1.1", "127.0.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1",
        "::ffff:10.0.0.8", "64:ff9b::a00:8", "2002:a00:8::1", "2001:db8::1",
    ],
)  # fmt: skip
def test_a_name_that_leads_inside_is_refused(ip):
    with pytest.raises(wacht.Geweigerd):
        wacht.openbaar_ip(HOST, lambda host: [ip])
    # Also when only one of its addresses does.
    with pytest.raises(wacht.Geweigerd):
        wacht.openbaar_ip(HOST, lambda host: ["93.184.215.14", ip])


def test_a_public_name_is_called_by_the_address_that_was_judged():
    antwoorden = iter([["93.184.215.14"], ["10.0.0.8"]])
    assert wacht.openbaar_ip(HOST, lambda host: next(antwoorden)) == "93.184.215.14"
    assert wacht.openbaar_ip(HOST, lambda host: ["2606:2800:21f::1"]) == "2606:2800:21f::1"
    with pytest.raises(OSError, match="no address"):
        wacht.openbaar_ip(HOST, lambda host: [])


def test_a_device_at_an_address_inside_goes(anna, klok, vraag, bram, monkeypatch):
    """The name resolved to a public address when it was taken on, and leads inside now."""
    neem(anna)
    monkeypatch.setattr("socket.getaddrinfo", lambda *_rest, **_ook: [(2, 1, 6, "", ("10.1.2.3", 443))])
    meld(anna, vraag.thread, bram)
    klok.shift(STRAKS)
    duwen.verwerk(weg=Weg())
    assert not Abonnement.objects.exists()


# --- Our own key --------------------------------------------------------------------------------------------


def test_the_key_is_the_same_in_every_process_and_can_be_kept(settings):
    eerst = sleutel.openbaar()
    sleutel.sleutelpaar.cache_clear()
    assert sleutel.openbaar() == eerst
    settings.SECRET_KEY = "een heel andere sleutel dan daarnet"
    assert sleutel.openbaar() != eerst
    settings.VAPID_PRIVATE_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE"
    assert sleutel.sleutelpaar().private_numbers().private_value == 1
    assert isinstance(sleutel.sleutelpaar(), ec.EllipticCurvePrivateKey)
