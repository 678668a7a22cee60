"""Questions like the one that is asked, and like the one that stands there, as far as one may read them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from intranet.zoeken import lijkt_op, onderhoud
from intranet.zoeken.ingebouwd import Ingebouwd
from profielen.models import Onderwerp

pytestmark = pytest.mark.django_db

HTMX = {"headers": {"HX-Request": "true"}}
VRAAG = "Mag een foodtruck op het schoolplein staan?"


def herbouw():
    onderhoud.herbouw(Ingebouwd())


def typ(client, kijker, tekst, **koppen):
    client.force_login(kijker)
    return client.get("/zoeken/lijkt-op/", {"titel": tekst}, headers={"HX-Request": "true", **koppen})


def html(client, kijker, tekst):
    return typ(client, kijker, tekst).content.decode()


@pytest.fixture
def foodtruck(open_groep, anna, dora):
    """One that waits, and a lesser fit that is solved."""
    open_groep.stel_vraag(anna, "Mag een foodtruck op het schoolplein?")
    vraag = open_groep.stel_vraag(anna, "Wanneer mag een foodtruck op een plein?", "<p>Bij de sporthal.</p>")
    vraag.kies_oplossing(vraag.beantwoord(dora, "<p>Alleen met een standplaats.</p><p>En een hek.</p>"), anna)
    open_groep.stel_vraag(anna, "Hoe vraag ik een paspoort aan?")
    herbouw()
    return vraag


def test_what_is_solved_comes_first_with_its_first_line(client, bram, foodtruck):
    uit = html(client, bram, VRAAG)
    assert "Lijkt dit op jouw vraag?" in uit
    assert uit.index("Wanneer mag een foodtruck") < uit.index("Mag een foodtruck op het schoolplein?")
    assert "Alleen met een standplaats." in uit
    assert "Opgelost, 1 antwoord" in uit
    assert "paspoort" not in uit
    assert uit.strip().startswith("<section")


@pytest.mark.parametrize(
    "tekst", ["", "foodtruck", "foodtruck schoolplein", "de het een van", "\0 \0 \0", "'; -- x"]
)
def test_below_three_telling_words_it_keeps_quiet(client, bram, foodtruck, tekst):
    assert html(client, bram, tekst).strip() == ""


def test_what_is_about_something_else_is_left_out(client, bram, foodtruck):
    assert html(client, bram, "Wie maait het gras langs de rondweg?").strip() == ""
    assert typ(client, bram, "woord " * 5000).status_code == 200


def test_what_fits_best_is_there_however_much_was_solved(client, bram, anna, dora, open_groep, monkeypatch):
    monkeypatch.setattr(lijkt_op, "DICHTBIJ", 0.01)
    for nummer in range(4):
        vraag = open_groep.stel_vraag(anna, f"Mag een foodtruck op het schoolplein in wijk {nummer} staan?")
        vraag.kies_oplossing(vraag.beantwoord(dora, "<p>Ja.</p>"), anna)
    open_groep.stel_vraag(anna, "Mag een foodtruck met kermis op het schoolplein staan?")
    herbouw()
    uit = html(client, bram, "Mag er met kermis een foodtruck op het schoolplein staan?")
    assert uit.count("<li>") == 3
    assert uit.index("Opgelost") < uit.index("Mag een foodtruck met kermis")


def test_a_word_that_nobody_wrote_counts_by_its_parts_and_its_synonyms(client, bram, anna, open_groep):
    for titel in (
        "Hoe lang duurt een vergadering van de raad?",
        "Wanneer is een omgevingsvergunning nodig?",
        *(f"Wie regelt de sleutels van gebouw {nummer}?" for nummer in range(9)),
    ):
        open_groep.stel_vraag(anna, titel)
    herbouw()
    assert "omgevingsvergunning" in html(client, bram, "Hoe snel komt een bouwvergunning?")
    # It is what the question is about: who arranges something else is no help.
    uit = html(client, bram, "Wie regelt een dakkapelvergunning?")
    assert "omgevingsvergunning" in uit
    assert "sleutels" not in uit
    # Half a word is typed still.
    assert "sleutels" in html(client, bram, "Wie regelt de sleu")


@pytest.mark.parametrize("htmx", [True, False])
def test_only_what_the_reader_may_read(
    client, anna, bram, chris, finn, open_groep, besloten_groep, verborgen_groep, htmx
):
    for groep in (open_groep, besloten_groep, verborgen_groep):
        groep.stel_vraag(anna, f"Mag een foodtruck op het schoolplein van {groep.soort}?")
    besloten_groep.voeg_toe(chris)
    herbouw()
    for kijker, ziet in (
        (anna, {"open", "besloten", "verborgen"}),
        (bram, {"open"}),
        (chris, {"besloten"}),
        (finn, set()),
    ):
        client.force_login(kijker)
        koppen = {"HX-Request": "true"} if htmx else {}
        uit = client.get("/zoeken/lijkt-op/", {"q": "Mag een foodtruck op het schoolplein"}, headers=koppen)
        for soort in ("open", "besloten", "verborgen"):
            assert (f"schoolplein van {soort}?" in uit.content.decode()) is (soort in ziet), (kijker, soort)
    client.logout()
    assert client.get("/zoeken/lijkt-op/", {"q": VRAAG}).status_code == 302


def test_what_was_deleted_or_closed_a_moment_ago_falls_away(client, anna, bram, open_groep, foodtruck):
    foodtruck.thread.verwijder(anna)
    assert "Wanneer mag een foodtruck" not in html(client, bram, VRAAG)
    type(open_groep).objects.filter(pk=open_groep.pk).update(soort="verborgen")
    assert html(client, bram, VRAAG).strip() == ""


def test_beside_a_question(client, anna, bram, finn, open_groep, besloten_groep, foodtruck):
    eigen = open_groep.stel_vraag(anna, VRAAG, "<p>Het plein is van de school.</p>")
    besloten_groep.stel_vraag(anna, "Mag een foodtruck op een besloten schoolplein?")
    herbouw()
    adres = f"/zoeken/lijkt-op/{eigen.pk}/"
    client.force_login(bram)
    pagina = client.get(f"/vragen/{eigen.pk}/").content.decode()
    assert f'hx-get="{adres}"' in pagina
    assert f'href="{adres}"' in pagina
    deel = client.get(adres, headers={"HX-Request": "true"}).content.decode()
    assert "Lijkt op deze vraag" in deel
    assert "Wanneer mag een foodtruck" in deel
    assert "besloten schoolplein" not in deel
    assert f'href="/vragen/{eigen.pk}/"' not in deel
    los = client.get(adres).content.decode()
    assert "<h1" in los
    assert "Wanneer mag een foodtruck" in los
    client.force_login(finn)
    assert client.get(adres).status_code == 404
    client.force_login(bram)
    eigen.thread.verwijder(anna)
    assert client.get(adres).status_code == 404
    assert client.get("/zoeken/lijkt-op/999999999999999999/").status_code == 404


def test_the_same_onderwerp_helps(client, anna, bram, open_groep):
    markt = Onderwerp.objects.create(naam="Markten")
    eigen = open_groep.stel_vraag(anna, "Standplaats van een kraam op zondag?", onderwerpen=[markt])
    open_groep.stel_vraag(anna, "Welke kraam mag naast de kerk?", onderwerpen=[markt])
    herbouw()
    client.force_login(bram)
    deel = client.get(f"/zoeken/lijkt-op/{eigen.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "naast de kerk" in deel


# --- In the form of a question ------------------------------------------------------------------------


def test_without_javascript_it_comes_with_the_form(client, bram, foodtruck):
    """When the form comes back, and when the title came along from the search page."""
    client.force_login(bram)
    leeg = client.get("/vragen/stel/").content.decode()
    assert 'hx-get="/zoeken/lijkt-op/"' in leeg
    assert "Lijkt dit op jouw vraag?" not in leeg
    for antwoord in (
        client.get("/vragen/stel/", {"titel": VRAAG}),
        client.post("/vragen/stel/", {"titel": VRAAG, "kanaal": "zelf"}),
    ):
        uit = antwoord.content.decode()
        assert "Lijkt dit op jouw vraag?" in uit
        assert "Wanneer mag een foodtruck" in uit


def test_the_cost_does_not_grow_with_what_is_alike(client, anna, bram, open_groep):
    def kost():
        herbouw()
        client.force_login(bram)
        with CaptureQueriesContext(connection) as gevraagd:
            assert "foodtruck" in client.get("/zoeken/lijkt-op/", {"q": VRAAG}, **HTMX).content.decode()
        return len(gevraagd)

    open_groep.stel_vraag(anna, "Mag een foodtruck op het schoolplein?")
    een = kost()
    for nummer in range(9):
        open_groep.stel_vraag(anna, f"Mag een foodtruck op schoolplein {nummer}?")
    assert kost() <= een
    assert een <= 22
