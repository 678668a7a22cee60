"""An Uitnodiging: for one address, once, 48 hours; told to nobody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from groepen.fouten import Weigering
from groepen.models import Uitnodiging
from groepen.toegang import BEHEERDER, LID, WAARNEMER, rol_in

from .hulp import tekst


@pytest.fixture
def uitnodiging(verborgen_groep, eva, bram):
    return verborgen_groep.nodig_uit(bram.email.upper(), BEHEERDER, eva)


def adres(uitnodiging):
    return f"/uitnodiging/{uitnodiging.sleutel}/"


def test_inviting_and_withdrawing(als, open_groep, dora, anna):
    client, pad = als(dora), f"/groepen/{open_groep.slug}/uitnodigingen/"
    assert client.post(pad, {"email": "Nieuw@Elders.example", "rol": WAARNEMER}).status_code == 302
    ding = Uitnodiging.objects.get()
    assert (ding.email, ding.rol, ding.door) == ("nieuw@elders.example", WAARNEMER, dora)
    assert "nieuw@elders.example" in tekst(client.get(f"/groepen/{open_groep.slug}/leden/"))
    assert "nieuw@elders.example" not in tekst(als(anna).get(f"/groepen/{open_groep.slug}/leden/"))
    assert als(anna).post(f"{pad}{ding.pk}/").status_code == 403
    assert "is ingetrokken" in tekst(client.get(client.post(f"{pad}{ding.pk}/")["Location"]))
    ding.refresh_from_db()
    assert not ding.is_lopend
    assert "nieuw@elders.example" not in tekst(client.get(f"/groepen/{open_groep.slug}/leden/"))


def test_whom_a_mention_did_not_reach_is_filled_in_if_they_may_be_seen(
    als, open_groep, dora, anna, bram, chris
):
    pad = f"/groepen/{open_groep.slug}/leden/"
    invoer = f'value="{bram.email}"'
    assert invoer in als(dora).get(f"{pad}?uitnodigen={bram.pk}").text
    for anders in ("", "0", "x", "9" * 30, str(bram.pk + 5000)):
        assert invoer not in als(dora).get(f"{pad}?uitnodigen={anders}").text
    assert bram.email not in als(anna).get(f"{pad}?uitnodigen={bram.pk}").text
    open_groep.voeg_toe(chris, BEHEERDER)  # a gast, who cannot see Bram
    assert bram.email not in als(chris).get(f"{pad}?uitnodigen={bram.pk}").text


def test_only_beheerders_invite(als, open_groep, anna, bram, chris):
    pad = f"/groepen/{open_groep.slug}/uitnodigingen/"
    for wie, status in ((anna, 403), (bram, 403), (chris, 404)):
        assert als(wie).post(pad, {"email": "x@y.example", "rol": LID}).status_code == status
    assert not Uitnodiging.objects.exists()


@pytest.mark.parametrize(
    ("invoer", "zin"),
    [
        ({"email": "", "rol": LID}, "Vul het e-mailadres in."),
        ({"email": "geen adres", "rol": LID}, "Dit is geen e-mailadres."),
        ({"email": "a\r\nBcc: b@c.nl", "rol": LID}, "Dit is geen e-mailadres."),
        ({"email": "anna@zandmeer.example", "rol": LID}, "Deze collega is al lid van de groep."),
        ({"email": "x@y.example", "rol": "eigenaar"}, "Selecteer een geldige keuze"),
        ({"email": "x" * 300 + "@y.example", "rol": LID}, "Dit e-mailadres is te lang."),
    ],
)
def test_bad_invitations(als, open_groep, dora, invoer, zin):
    response = als(dora).post(f"/groepen/{open_groep.slug}/uitnodigingen/", invoer)
    assert response.status_code == 422
    assert zin in tekst(response)
    assert not Uitnodiging.objects.exists()


def test_the_person_it_is_for_accepts_once(als, uitnodiging, verborgen_groep, bram):
    client = als(bram)
    gezien = tekst(client.get(adres(uitnodiging)))
    assert "Groep verborgen" in gezien
    assert "Eva Eigenaar vraagt je" in gezien
    assert rol_in(verborgen_groep, bram) is None  # looking is not accepting
    assert client.post(adres(uitnodiging))["Location"] == f"/groepen/{verborgen_groep.slug}/"
    assert rol_in(verborgen_groep, bram) == BEHEERDER
    # The link in the mail keeps leading home, and opens nothing again once they are out.
    assert client.get(adres(uitnodiging))["Location"] == f"/groepen/{verborgen_groep.slug}/"
    verborgen_groep.verwijder_lid(bram)
    assert client.post(adres(uitnodiging)).status_code == 410
    assert rol_in(verborgen_groep, bram) is None


def test_another_person_hears_what_is_needed_and_nothing_of_the_groep(
    als, uitnodiging, verborgen_groep, finn
):
    for response in (als(finn).get(adres(uitnodiging)), als(finn).post(adres(uitnodiging))):
        assert response.status_code == 403
        gezien = tekst(response)
        assert "Deze uitnodiging is voor een ander adres" in gezien
        assert "finn@oosterwold.example" in gezien
        for geheim in ("Groep verborgen", "Eva", "bram@"):
            assert geheim not in gezien
    assert rol_in(verborgen_groep, finn) is None
    with pytest.raises(Weigering):
        uitnodiging.aanvaard(finn)


def test_a_stranger_is_shown_the_two_doors(client, uitnodiging):
    response = client.get(adres(uitnodiging))
    gezien = tekst(response)
    assert response.status_code == 200
    assert "Eva Eigenaar vraagt je om mee te doen in de groep Groep verborgen." in gezien
    assert f'/account/login/?next={adres(uitnodiging)}"' in response.text
    assert client.session["uitnodiging"] == str(uitnodiging.sleutel)
    assert "no-store" in response["Cache-Control"]
    assert client.post(adres(uitnodiging)).status_code == 200  # no account, no Lidmaatschap
    uitnodiging.refresh_from_db()
    assert uitnodiging.is_lopend


@pytest.mark.parametrize("hoe", ["verlopen", "ingetrokken", "vervangen", "uit beheer", "geblokkeerd"])
def test_what_no_longer_holds_opens_nothing(als, client, uitnodiging, verborgen_groep, bram, eva, dora, hoe):
    if hoe == "verlopen":
        Uitnodiging.objects.update(verloopt_op=timezone.now() - timedelta(seconds=1))
    elif hoe == "ingetrokken":
        uitnodiging.trek_in(eva)
    elif hoe == "vervangen":
        verborgen_groep.nodig_uit(bram.email, LID, eva)
    elif hoe == "uit beheer":
        verborgen_groep.draag_over(eva, dora)
        verborgen_groep.geef_rol(eva, LID, dora)
    else:
        eva.blokkeer(dora)
    for browser in (als(bram), client):
        response = browser.get(adres(uitnodiging))
        assert response.status_code == 410
        assert "Deze uitnodiging werkt niet meer" in tekst(response)
        assert "Groep verborgen" not in response.text
    assert als(bram).post(adres(uitnodiging)).status_code == 410
    assert rol_in(verborgen_groep, bram) is None
    assert "uitnodiging" not in client.session


def test_it_holds_for_48_hours(uitnodiging):
    assert uitnodiging.verloopt_op - uitnodiging.gemaakt_op == pytest.approx(
        timedelta(hours=48), abs=timedelta(seconds=1)
    )


def test_a_wrong_secret_is_not_there(client, db):
    assert client.get("/uitnodiging/00000000-0000-4000-8000-000000000000/").status_code == 404
