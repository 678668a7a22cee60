"""Keeping one's own Profiel right: what goes in, what is refused and in which words, two tabs at once."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from intranet.events.models import Event
from profielen.models import Afdeling, Deskundigheid, Onderwerp, Profiel
from tests.conftest import maak
from tests.profielen.beelden import jpeg

ADRES = "/mensen/ik/bewerken/"


@pytest.fixture
def als_anna(client, anna):
    client.force_login(anna)
    return client


def invulling(**anders):
    velden = {
        "versie": "1", "voornaam": "Anna", "tussenvoegsel": "", "achternaam": "Lidwoord", "functie": "",
        "telefoon": "", "mobiel": "", "locatie": "", "dagdelen": [str(n) for n in range(10)], "taal": "nl",
        "afwezig_van": "", "afwezig_tot": "", "vervanger": "", "vraag_mij_over": "", "onderwerpen": "",
    }  # fmt: skip
    return velden | anders


def test_everything_is_kept(als_anna, anna, bram, zandmeer):
    balie = Afdeling.objects.create(organisatie=zandmeer, naam="Balie")
    markt, oud = (Onderwerp.objects.create(naam=naam) for naam in ("Marktkraam", "Reisdocument"))
    Deskundigheid.objects.create(profiel=anna.profiel, onderwerp=oud)
    Deskundigheid.objects.create(profiel=anna.profiel, onderwerp=oud, soort="bewezen")
    antwoord = als_anna.post(
        ADRES,
        invulling(
            voornaam="Ánna", tussenvoegsel="van", achternaam="'t Hof", functie="Adviseur", afdeling=balie.pk,
            telefoon="+31 88 (123) 45-67", mobiel="06 12345678", locatie="Raadhuis", dagdelen=["0", "9"],
            afwezig_van="2026-12-21", afwezig_tot="01-01-2027", vervanger="bram buiten",
            vraag_mij_over="markten\n en   meer", onderwerpen="marktkraam", taal="en",
            foto=SimpleUploadedFile("ik.jpg", jpeg()),
        ),
    )  # fmt: skip
    assert (antwoord.status_code, antwoord.headers["Location"]) == (302, f"/mensen/{anna.pk}/")
    profiel = Profiel.objects.select_related("gebruiker").get(pk=anna.pk)
    assert (profiel.gebruiker.naam, profiel.gebruiker.sorteernaam, profiel.gebruiker.taal) == (
        "Ánna van 't Hof", "'t hof anna", "en",
    )  # fmt: skip
    assert (profiel.functie, profiel.afdeling, profiel.telefoon) == ("Adviseur", balie, "+31 88 (123) 45-67")
    assert profiel.dagdelen == 0b1000000001
    assert (profiel.afwezig_van, profiel.afwezig_tot) == (date(2026, 12, 21), date(2027, 1, 1))
    assert (profiel.vervanger, profiel.vraag_mij_over, profiel.versie) == (bram, "markten en meer", 2)
    assert profiel.bevestigd_op is not None
    assert set(profiel.deskundigheden.values_list("onderwerp", "soort")) == {
        (markt.pk, "opgegeven"), (oud.pk, "bewezen"),
    }  # fmt: skip
    assert profiel.foto.name.startswith("gezichten/")
    assert Event.objects.get(soort="profiel.gewijzigd").ding_id == anna.pk


def test_the_form_shows_what_stands_there(als_anna, anna, bram):
    Profiel.objects.filter(pk=anna.pk).update(
        dagdelen=0b11, vervanger=bram, functie='"><script>', afwezig_van=date(2026, 12, 21)
    )
    html = als_anna.get(ADRES).content.decode()
    assert 'value="Bram Buiten (bram@zandmeer.example)"' in html
    assert 'value="&quot;&gt;&lt;script&gt;"' in html
    assert 'value="2026-12-21"' in html
    assert (
        html.count('name="dagdelen" value="0" checked')
        == html.count('name="dagdelen" value="1" checked')
        == 1
    )
    assert 'name="dagdelen" value="2" checked' not in html


@pytest.mark.parametrize(
    ("velden", "fout"),
    [
        ({"voornaam": ""}, "Vul je voornaam in."),
        ({"voornaam": "<b>"}, "Gebruik in een naam geen cijfers of vreemde tekens."),
        ({"achternaam": "x" * 81}, "niet meer dan 80 tekens"),
        ({"achternaam": "Nul\0"}, "Null-tekens zijn niet toegestaan."),
        ({"functie": "x" * 10_000}, "niet meer dan 120 tekens"),
        ({"telefoon": "bel maar"}, "Gebruik cijfers, spaties en streepjes"),
        ({"afwezig_van": "gisteren"}, "Schrijf de datum als dag-maand-jaar"),
        ({"afwezig_van": "2026-12-21", "afwezig_tot": "2026-12-01"}, "De laatste dag ligt voor de eerste."),
        ({"afwezig_tot": "2026-12-01"}, "Vul ook de eerste dag in."),
        ({"vervanger": "Niemand Hier"}, "We vinden geen collega"),
        ({"vervanger": "anna@zandmeer.example"}, "We vinden geen collega"),
        ({"vervanger": "chris@vanelk.example"}, "We vinden geen collega"),
        ({"vervanger": "Dubbel"}, "Er zijn meer collega’s met deze naam."),
        ({"dagdelen": ["10"]}, "Selecteer een geldige keuze."),
        ({"dagdelen": ["-1"]}, "Selecteer een geldige keuze."),
        ({"onderwerpen": "zeppelins"}, "“zeppelins” staat niet in de lijst."),
        ({"taal": "xx"}, "Selecteer een geldige keuze."),
        ({"afdeling": "x"}, "Selecteer een geldige keuze."),
        ({"versie": "x"}, "Voer een geheel getal in."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(als_anna, anna, chris, zandmeer, velden, fout):
    for n in range(2):
        maak(f"dubbel{n}@zandmeer.example", "Piet", "Dubbel", zandmeer)
    antwoord = als_anna.post(ADRES, invulling(functie="bewaar mij") | velden)
    assert antwoord.status_code == 422
    assert fout in antwoord.content.decode()
    assert Profiel.objects.get(pk=anna.pk).versie == 1
    assert Profiel.objects.get(pk=anna.pk).functie == ""


def test_the_afdeling_of_another_organisatie_is_no_choice(als_anna, anna, oosterwold):
    elders = Afdeling.objects.create(organisatie=oosterwold, naam="Elders")
    assert als_anna.post(ADRES, invulling(afdeling=elders.pk)).status_code == 422


def test_two_of_one_name_are_told_apart_by_their_address(als_anna, anna, zandmeer):
    eerste, tweede = (maak(f"d{n}@zandmeer.example", "Piet", "Dubbel", zandmeer) for n in range(2))
    assert als_anna.post(ADRES, invulling(vervanger="Piet Dubbel (d1@zandmeer.example)")).status_code == 302
    assert Profiel.objects.get(pk=anna.pk).vervanger == tweede != eerste


def test_the_second_of_two_tabs_sees_both(als_anna, anna, bram):
    als_anna.post(ADRES, invulling(functie="Uit tab een", vervanger="bram@zandmeer.example", dagdelen=["0"]))
    antwoord = als_anna.post(
        ADRES, invulling(functie="Uit tab twee", foto=SimpleUploadedFile("x.jpg", jpeg()))
    )
    html = antwoord.content.decode()
    assert antwoord.status_code == 409
    for stuk in ("<td>Uit tab een</td><td>Uit tab twee</td>", "Bram Buiten", "<td>maandagochtend</td>"):
        assert stuk in html, stuk
    assert '<th scope="row">Voornaam</th>' not in html
    assert Profiel.objects.get(pk=anna.pk).functie == "Uit tab een"
    # Having seen both, saving again is on top of the first.
    assert 'name="versie" value="2"' in html
    assert als_anna.post(ADRES, invulling(functie="Uit tab twee", versie="2")).status_code == 302
    assert Profiel.objects.get(pk=anna.pk).functie == "Uit tab twee"


def test_a_new_photo_takes_the_place_of_the_old_one(als_anna, anna, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        als_anna.post(ADRES, invulling(foto=SimpleUploadedFile("een.jpg", jpeg())))
    een = Profiel.objects.get(pk=anna.pk).foto
    assert een.storage.exists(een.name)
    with django_capture_on_commit_callbacks(execute=True):
        als_anna.post(ADRES, invulling(versie="2", foto=SimpleUploadedFile("twee.jpg", jpeg())))
    twee = Profiel.objects.get(pk=anna.pk).foto
    assert (een.storage.exists(een.name), een.storage.exists(twee.name)) == (False, True)
    with django_capture_on_commit_callbacks(execute=True):
        als_anna.post(ADRES, invulling(versie="3", foto_weg="on"))
    assert Profiel.objects.get(pk=anna.pk).foto.name == ""
    assert not een.storage.exists(twee.name)


def test_a_wrong_file_is_refused_beside_the_field(als_anna, anna):
    antwoord = als_anna.post(ADRES, invulling(foto=SimpleUploadedFile("cv.pdf", b"%PDF-1.7 ...")))
    html = antwoord.content.decode()
    assert antwoord.status_code == 422
    assert 'id="id_foto_error"' in html
    assert "Dit bestand is geen foto die we kennen." in html


def test_nobody_edits_another_and_a_stranger_nothing(client, anna):
    assert client.get(ADRES).status_code == 302
    assert client.post(ADRES, invulling()).status_code == 302
    assert Profiel.objects.get(pk=anna.pk).versie == 1
