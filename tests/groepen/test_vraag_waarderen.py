"""Thanks, "ook mijn vraag", following, "dit hielp mij": with htmx and without, and never twice."""

import pytest

from groepen.models import Bedankje, Gelezen, Stem, Volger
from groepen.toegang import WAARNEMER

from .hulp import tekst

HTMX = {"HX-Request": "true"}


@pytest.fixture
def vraag(open_groep, anna):
    return open_groep.stel_vraag(anna, "Mag dit op koopzondag?")


@pytest.fixture
def antwoord(vraag, eva):
    return vraag.beantwoord(eva, "Ja, dat mag.")


def test_without_javascript_each_leads_back_to_its_place(als, bram, vraag, antwoord):
    client = als(bram)
    for wat, plek in (
        (f"/vragen/{vraag.pk}/bedankje/", f"/vragen/{vraag.pk}/#acties"),
        (f"/vragen/{vraag.pk}/stem/", f"/vragen/{vraag.pk}/#acties"),
        (f"/vragen/{vraag.pk}/volgen/", f"/vragen/{vraag.pk}/#acties"),
        (f"/antwoorden/{antwoord.pk}/bedankje/", f"/vragen/{vraag.pk}/#antwoord-{antwoord.pk}"),
    ):
        response = client.post(wat, {"aan": "1"})
        assert (response.status_code, response.headers["Location"]) == (302, plek)
    gezien = tekst(client.get(f"/vragen/{vraag.pk}/"))
    assert "Bedankt 1 Ook mijn vraag 1 Volgen" in gezien


@pytest.mark.parametrize(
    ("wat", "model", "knop"),
    [("bedankje", Bedankje, "bedankt"), ("stem", Stem, "stem"), ("volgen", Volger, "volgen")],
)
def test_htmx_gets_the_row_of_buttons(als, bram, vraag, wat, model, knop):
    client = als(bram)
    for aan, staat in (("1", "true"), ("0", "false")):
        # Twice: a double click wants the same twice.
        for _klik in range(2):
            response = client.post(f"/vragen/{vraag.pk}/{wat}/", {"aan": aan}, headers=HTMX)
            assert response.text.strip().startswith('<div class="bp-acties" id="acties"')
            stuk = response.text.partition(f'id="{knop}"')[2].partition(">")[0]
            assert f'aria-pressed="{staat}"' in stuk
        # Not following is kept: writing here does not make one follow again.
        staat_aan = {"is_uit": False} if model is Volger else {}
        assert model.objects.filter(gebruiker=bram, **staat_aan).count() == int(aan)
    vraag.thread.refresh_from_db()
    assert (vraag.thread.aantal_bedankjes, vraag.thread.aantal_stemmen) == (0, 0)


def test_thanks_for_an_answer(als, bram, anna, antwoord):
    client = als(bram)
    for _klik in range(2):
        response = client.post(f"/antwoorden/{antwoord.pk}/bedankje/", {"aan": "1"}, headers=HTMX)
    assert response.text.strip().startswith(f'<span class="bp-acties__deel" id="acties-{antwoord.pk}"')
    assert "Bedankt 1" in tekst(response)
    assert "Kies als oplossing" not in response.text
    assert "Kies als oplossing" in als(anna).post(f"/antwoorden/{antwoord.pk}/bedankje/", headers=HTMX).text
    antwoord.refresh_from_db()
    assert antwoord.aantal_bedankjes == 2
    client.post(f"/antwoorden/{antwoord.pk}/bedankje/", {"aan": "0"}, headers=HTMX)
    antwoord.refresh_from_db()
    assert antwoord.aantal_bedankjes == 1


def test_nobody_thanks_themselves(als, anna, eva, vraag, antwoord):
    assert als(anna).post(f"/vragen/{vraag.pk}/bedankje/").status_code == 403
    assert als(anna).post(f"/vragen/{vraag.pk}/stem/").status_code == 403
    assert als(eva).post(f"/antwoorden/{antwoord.pk}/bedankje/").status_code == 403
    vraag.thread.bedank(eva)
    gezien = tekst(als(anna).get(f"/vragen/{vraag.pk}/"))
    assert "1 keer bedankt" in gezien


def test_a_waarnemer_thanks_follows_and_joins_in_but_does_not_write(als, bram, open_groep, vraag, antwoord):
    open_groep.voeg_toe(bram, WAARNEMER)
    client = als(bram)
    for wat in ("bedankje", "stem", "volgen"):
        assert client.post(f"/vragen/{vraag.pk}/{wat}/").status_code == 302
    assert client.post(f"/antwoorden/{antwoord.pk}/bedankje/").status_code == 302
    assert client.post(f"/vragen/{vraag.pk}/antwoorden/", {"inhoud": "Ja"}).status_code == 422


def test_thanking_does_not_make_lid(als, bram, open_groep, vraag):
    als(bram).post(f"/vragen/{vraag.pk}/bedankje/")
    als(bram).post(f"/vragen/{vraag.pk}/stem/")
    assert not open_groep.lidmaatschappen.filter(gebruiker=bram).exists()


def test_who_wrote_here_says_that_it_helped(als, anna, bram, vraag, antwoord):
    vraag.kies_oplossing(antwoord, anna)
    client = als(anna)
    assert "Dit hielp mij" in client.get(f"/vragen/{vraag.pk}/").text
    for _klik in range(2):
        response = client.post(f"/vragen/{vraag.pk}/hulp/", headers=HTMX)
    assert "Dit hielp mij" not in response.text
    vraag.thread.refresh_from_db()
    assert vraag.thread.aantal_geholpen == 1
    assert Gelezen.objects.get(gebruiker=anna).geholpen_op is not None
    # Reading was enough for who did not write.
    assert "Dit hielp mij" not in als(bram).get(f"/vragen/{vraag.pk}/").text


def test_help_needs_an_oplossing_of_someone_else(als, anna, eva, vraag, antwoord):
    assert als(anna).post(f"/vragen/{vraag.pk}/hulp/").status_code == 403
    vraag.kies_oplossing(antwoord, anna)
    assert als(eva).post(f"/vragen/{vraag.pk}/hulp/").status_code == 403


def test_a_deleted_answer_takes_no_thanks(als, bram, eva, antwoord):
    antwoord.verwijder(eva)
    assert als(bram).post(f"/antwoorden/{antwoord.pk}/bedankje/").status_code == 404
