"""The page of one person, and what it may tell."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.files.base import ContentFile

from profielen.aanwezigheid import aanwezigheid, afwezigheid
from profielen.models import Afdeling, Deskundigheid, Onderwerp, Profiel

WOENSDAG = date(2026, 11, 18)


def week(*dagdelen):
    return sum(1 << n for n in dagdelen)


@pytest.mark.parametrize(
    ("velden", "dag", "soort", "tekst"),
    [
        ({}, WOENSDAG, "ja", "Werkt vandaag"),
        ({"dagdelen": week(4)}, WOENSDAG, "ja", "Werkt vandaag, alleen de ochtend"),
        ({"dagdelen": week(5)}, WOENSDAG, "ja", "Werkt vandaag, alleen de middag"),
        ({"dagdelen": week(6)}, WOENSDAG, "nee", "Morgen weer"),
        ({"dagdelen": week(0)}, WOENSDAG, "nee", "Maandag weer"),
        ({"dagdelen": week(4)}, date(2026, 11, 19), "nee", "Woensdag weer"),
        ({"dagdelen": 0}, WOENSDAG, "nee", "Werkt vandaag niet"),
        ({}, date(2026, 11, 21), "nee", "Maandag weer"),
        ({}, date(2026, 12, 25), "nee", "Maandag weer"),  # Christmas, then a weekend
        ({"afwezig_van": WOENSDAG, "afwezig_tot": date(2026, 11, 27)}, WOENSDAG,
         "weg", "Terug op 30 november"),
        ({"afwezig_van": date(2026, 11, 1)}, WOENSDAG, "weg", "Afwezig"),
        ({"afwezig_tot": WOENSDAG}, WOENSDAG, "weg", "Terug op 19 november"),
        ({"afwezig_van": date(2026, 11, 19), "afwezig_tot": date(2026, 11, 19), "dagdelen": week(6, 8)},
         WOENSDAG, "nee", "Vrijdag weer"),
    ],
)  # fmt: skip
def test_how_it_stands_in_words(velden, dag, soort, tekst):
    with time_machine.travel(datetime(2026, 11, 18, 9, tzinfo=UTC), tick=False):
        assert aanwezigheid(Profiel(**velden), dag) == (soort, tekst)


@pytest.mark.parametrize(
    ("van", "tot", "tekst"),
    [
        (date(2026, 11, 19), date(2026, 11, 27), "Vanaf morgen afwezig, terug op maandag 30 november 2026"),
        (date(2026, 11, 25), None, "Vanaf 25 november afwezig"),
        (date(2026, 12, 20), None, None),
        (date(2026, 11, 2), date(2026, 11, 20), "Afwezig, terug op maandag 23 november 2026"),
        (date(2026, 11, 2), None, "Afwezig"),
        (date(2026, 11, 2), date(2026, 11, 6), None),
        (None, None, None),
    ],
)
def test_an_absence_is_announced(van, tot, tekst):
    with time_machine.travel(datetime(2026, 11, 18, 9, tzinfo=UTC), tick=False):
        uit = afwezigheid(Profiel(afwezig_van=van, afwezig_tot=tot))
    assert (uit and uit.tekst) == tekst


def test_the_page_says_who_where_and_what_about(client, anna, bram, zandmeer, django_assert_max_num_queries):
    boven = Afdeling.objects.create(organisatie=zandmeer, naam="Dienstverlening")
    onder = Afdeling.objects.create(organisatie=zandmeer, naam="Balie", ouder=boven)
    markt = Onderwerp.objects.create(naam="Marktkraam")
    Profiel.objects.filter(pk=bram.pk).update(
        functie="Marktmeester", afdeling=onder, telefoon="088 123 45 67", vraag_mij_over="<b>markten</b>",
        vervanger=anna, bevestigd_op=date(2026, 11, 3),
    )  # fmt: skip
    Deskundigheid.objects.create(profiel=bram.profiel, onderwerp=markt)
    Deskundigheid.objects.create(profiel=bram.profiel, onderwerp=markt, soort="bewezen")
    client.force_login(anna)
    with django_assert_max_num_queries(10):
        html = client.get(f"/mensen/{bram.pk}/").content.decode()
    for stuk in (
        "<h1", "Bram Buiten", "Marktmeester, Balie, Zandmeer", 'href="tel:0881234567"', "keek dit na op",
        "mailto:bram@zandmeer.example", "&lt;b&gt;markten&lt;/b&gt;", f'href="/mensen/?afdeling={boven.pk}"',
        'href="/mensen/?onderwerp=marktkraam"', f'href="/mensen/{anna.pk}/">Anna Lidwoord',
        f'hx-get="/mensen/{bram.pk}/bijdragen/"',
    ):  # fmt: skip
        assert stuk in html, stuk
    assert html.count('href="/mensen/?onderwerp=marktkraam">Marktkraam') == 1
    assert "Bewerk je profiel" not in html
    assert html.count('class="bp-werkt"') == 10


def test_a_vervanger_whom_the_reader_may_not_see_stays_unnamed(client, anna, bram, chris, open_groep):
    open_groep.voeg_toe(chris)
    Profiel.objects.filter(pk=anna.pk).update(vervanger=bram, afwezig_van=date(2020, 1, 1))
    client.force_login(chris)
    for adres in ("/mensen/", f"/mensen/{anna.pk}/"):
        antwoord = client.get(adres)
        assert antwoord.status_code == 200
        assert "Bram" not in antwoord.content.decode()


def test_a_gast_is_marked_and_a_medewerker_is_not(client, anna, chris, open_groep):
    open_groep.voeg_toe(chris)
    client.force_login(anna)
    assert "bp-label--gast" in client.get(f"/mensen/{chris.pk}/").content.decode()
    assert "bp-label--gast" not in client.get(f"/mensen/{anna.pk}/").content.decode()


def test_my_own_page_asks_once_a_year_whether_it_is_right(client, anna, bram):
    client.force_login(anna)
    assert client.get("/mensen/ik/").headers["Location"] == f"/mensen/{anna.pk}/"
    assert "Klopt je profiel nog?" in client.get(f"/mensen/{anna.pk}/").content.decode()
    assert client.get("/mensen/ik/bevestiging/").status_code == 405
    assert client.post("/mensen/ik/bevestiging/").status_code == 302
    assert "Klopt je profiel nog?" not in client.get(f"/mensen/{anna.pk}/").content.decode()
    assert Profiel.objects.get(pk=bram.pk).bevestigd_op is None


# --- photo --------------------------------------------------------------------------------------------


@pytest.fixture
def met_foto(anna):
    anna.profiel.foto.save("abcdefgh.jpg", ContentFile(b"jpeg"))
    return anna


def test_the_photo_goes_through_the_rule(client, met_foto, bram, chris):
    adres = f"/mensen/{met_foto.pk}/foto/"
    client.force_login(chris)
    assert client.get(adres).status_code == 404
    client.force_login(bram)
    antwoord = client.get(adres)
    assert (antwoord.status_code, b"".join(antwoord.streaming_content)) == (200, b"jpeg")
    assert antwoord.headers["Content-Type"] == "image/jpeg"
    assert antwoord.headers["Cache-Control"].startswith("private")
    assert client.get(f"/mensen/{bram.pk}/foto/").status_code == 404
    assert f'src="{adres}?v=' in client.get("/mensen/").content.decode()


def test_nginx_sends_the_photo_where_there_is_one(client, met_foto, settings):
    settings.X_ACCEL_PAD = "/intern/media/"
    client.force_login(met_foto)
    antwoord = client.get(f"/mensen/{met_foto.pk}/foto/")
    assert antwoord.headers["X-Accel-Redirect"] == f"/intern/media/{met_foto.profiel.foto.name}"


def test_a_photo_that_is_gone_from_disk_is_not_found(client, met_foto):
    met_foto.profiel.foto.storage.delete(met_foto.profiel.foto.name)
    client.force_login(met_foto)
    assert client.get(f"/mensen/{met_foto.pk}/foto/").status_code == 404
