"""Drafts on the server: one's own, per place, and found again after a form was sent too late."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from intranet.concepten.models import MAX_PER_GEBRUIKER, Concept, ConceptGeweigerd, tidy

pytestmark = pytest.mark.django_db
PLEK = "groep:12:vraag"


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.DEMO_TOEGESTAAN = True


def bij(gebruiker):
    client = Client()
    client.force_login(gebruiker)
    return client


def zet(client, velden, plek=PLEK, methode="put"):
    return getattr(client, methode)(f"/concepten/{plek}/", json.dumps({"velden": velden}), "application/json")


# --- the model -------------------------------------------------------------------------------------


def test_kept_changed_found_and_gone(anna, django_assert_num_queries):
    assert Concept.voor(anna, PLEK) == {}
    assert not Concept.voor(anna, PLEK)
    Concept.bewaar(anna, PLEK, {"titel": "Mag dit?", "inhoud": "<p>a</p>"})
    with django_assert_num_queries(1):
        Concept.bewaar(anna, PLEK, {"titel": "Mag dat?", "inhoud": "<p>a</p>"})
    concept = Concept.voor(anna, PLEK)
    assert concept == {"titel": "Mag dat?", "inhoud": "<p>a</p>"}
    assert concept.plek == PLEK
    assert timezone.now() - concept.bijgewerkt_op < timedelta(minutes=1)
    Concept.weg(anna, PLEK)
    assert Concept.voor(anna, PLEK) == {}


def test_each_has_their_own(anna, bram):
    Concept.bewaar(anna, PLEK, {"titel": "van Anna"})
    assert Concept.voor(bram, PLEK) == {}
    Concept.bewaar(bram, PLEK, {"titel": "van Bram"})
    Concept.weg(bram, PLEK)
    assert Concept.voor(anna, PLEK) == {"titel": "van Anna"}


def test_nothing_said_is_nothing_kept(anna):
    Concept.bewaar(anna, PLEK, {"titel": "x"})
    assert Concept.bewaar(anna, PLEK, {"titel": " ", "inhoud": "<p>&nbsp;</p>"}) is None
    assert not Concept.objects.exists()


def test_what_is_kept_of_a_form():
    assert tidy(
        {
            "csrfmiddlewaretoken": "t",
            "sleutel": "s",
            "concept": "z",
            "password1": "geheim",
            "versie": "3",
            "kanaal": ["balie", "mail"],
            "titel": "a\x00b\ud800",
            "inhoud": "een <b>\n\ntwee",
            "inhoud_opmaak": "tekst",
            "vreemde naam": "x",
        }
    ) == {
        "versie": "3",
        "kanaal": ["balie", "mail"],
        "titel": "ab?",
        "inhoud": "<p>een &lt;b&gt;</p><p>twee</p>",
    }


@pytest.mark.parametrize(
    "velden", [{"a": "x" * 250_001}, {"a": 5}, {"a": [5]}, {f"v{n}": "x" for n in range(51)}]
)
def test_what_cannot_be_kept(velden, anna):
    with pytest.raises(ConceptGeweigerd):
        Concept.bewaar(anna, PLEK, velden)


def test_old_drafts_go_and_the_newest_stay(anna):
    for n in range(MAX_PER_GEBRUIKER + 3):
        Concept.bewaar(anna, f"groep:{n}:vraag", {"titel": "x"})
    assert Concept.objects.count() == MAX_PER_GEBRUIKER
    assert not Concept.voor(anna, "groep:0:vraag")
    Concept.objects.filter(plek__startswith="groep:5").update(
        bijgewerkt_op=timezone.now() - timedelta(days=91)
    )
    assert Concept.ruim_op() == 11  # 5 and 50 up to 59
    assert Concept.ruim_op() == 0


# --- the addresses -----------------------------------------------------------------------------------


@pytest.mark.parametrize("methode", ["put", "post"])
def test_saving_while_typing(proefhuis, anna, bram, methode):
    client = bij(anna)
    antwoord = zet(client, {"titel": "Mag dit?"}, methode=methode)
    assert re.fullmatch(r"Concept bewaard om \d{1,2}\.\d\d uur", antwoord.json()["melding"])
    assert client.get(f"/concepten/{PLEK}/").json()["velden"] == {"titel": "Mag dit?"}
    assert bij(bram).get(f"/concepten/{PLEK}/").status_code == 404
    assert zet(client, {"titel": ""}, methode=methode).json() == {"melding": ""}
    assert client.get(f"/concepten/{PLEK}/").status_code == 404


def test_removing(proefhuis, anna, bram):
    Concept.bewaar(anna, PLEK, {"titel": "x"})
    assert bij(bram).delete(f"/concepten/{PLEK}/").status_code == 204
    assert Concept.voor(anna, PLEK)
    assert bij(anna).delete(f"/concepten/{PLEK}/").status_code == 204
    assert not Concept.voor(anna, PLEK)


@pytest.mark.parametrize(
    ("naar", "verwacht"), [("/proef/", "/proef/"), ("https://evil.example/", "/"), ("", "/")]
)
def test_begin_opnieuw(proefhuis, anna, naar, verwacht):
    Concept.bewaar(anna, PLEK, {"titel": "x"})
    antwoord = bij(anna).post(f"/concepten/{PLEK}/weg/", {"next": naar})
    assert (antwoord.status_code, antwoord.url) == (302, verwacht)
    assert not Concept.voor(anna, PLEK)


@pytest.mark.parametrize("lichaam", ["", "[]", "{}", '{"velden": 3}', '{"velden": {"a": {}}}', "\xff"])
def test_bad_input_is_refused_in_words(proefhuis, anna, lichaam):
    antwoord = bij(anna).put(f"/concepten/{PLEK}/", lichaam.encode("latin-1"), "application/json")
    assert antwoord.status_code in {400, 413}
    assert antwoord.json()["fout"]


def test_too_long_is_refused_in_words(proefhuis, anna):
    assert "te lang" in zet(bij(anna), {"a": "x" * 250_001}).json()["fout"]
    assert zet(bij(anna), {"a": "x" * 1_600_000}).status_code == 413


def test_csrf_says_who_is_here(proefhuis, anna):
    antwoord = bij(anna).get("/concepten/csrf/")
    assert antwoord.json()["gebruiker"] == anna.pk
    assert len(antwoord.json()["token"]) == 64
    assert "no-store" in antwoord["Cache-Control"]


@pytest.mark.parametrize("adres", ["csrf/", f"{PLEK}/", "terug/"])
def test_strangers_go_to_the_login_page(proefhuis, db, adres):
    assert Client().get(f"/concepten/{adres}").url.startswith("/account/login/")


def test_saving_wants_a_csrf_token(proefhuis, anna):
    client = Client(enforce_csrf_checks=True)
    client.force_login(anna)
    assert zet(client, {"titel": "x"}).status_code == 403


# --- a form that is sent after the session ended, without JavaScript ---------------------------------


def veld(html, naam):
    return re.search(rf'name="{naam}" value="([^"]*)"', html)[1]


@pytest.fixture
def open_form(proefhuis, anna):
    """Anna's form, filled in, as her browser would send it."""
    client = bij(anna)
    html = client.get("/proef/?van=groep").text
    data = {
        "titel": "Mag dit?",
        "inhoud": "een\n\ntwee",
        "inhoud_opmaak": "tekst",
        "concept": veld(html, "concept"),
    }
    return client, data


def test_logged_out_while_typing(open_form, proefhuis, anna):
    client, data = open_form
    client.logout()
    antwoord = client.post("/proef/afleveren/", data, follow=True)
    assert antwoord.redirect_chain == [("/account/login/?next=%2Fproef%2F%3Fvan%3Dgroep", 302)]
    assert "Je tekst is bewaard" in antwoord.text
    assert proefhuis.GEPLAATST == []
    client.force_login(anna)
    html = client.get("/proef/?van=groep").text
    assert 'value="Mag dit?"' in html
    assert "een\n\ntwee</textarea>" in html
    assert "We vonden je concept" in html


def test_somebody_else_who_logs_in_there_never_sees_it(open_form, bram, anna):
    client, data = open_form
    client.logout()
    client.post("/proef/afleveren/", data)
    client.force_login(bram)
    assert "Mag dit?" not in client.get("/proef/?van=groep").text
    assert "Mag dit?" in bij(anna).get("/proef/").text


def test_nobody_posts_under_the_name_of_another(open_form, proefhuis, bram, anna):
    client, data = open_form
    client.force_login(bram)
    antwoord = client.post("/proef/afleveren/", data)
    assert (antwoord.status_code, antwoord.url) == (302, "/")
    assert proefhuis.GEPLAATST == []
    assert Concept.voor(anna, "proef:1:vraag")["titel"] == "Mag dit?"
    assert not Concept.voor(bram, "proef:1:vraag")


@pytest.mark.parametrize("zegel", ["", "x", "x:y:z"])
def test_without_a_good_seal_nothing_is_kept(open_form, zegel):
    client, data = open_form
    client.logout()
    antwoord = client.post("/proef/afleveren/", {**data, "concept": zegel})
    assert antwoord.url == "/account/login/?next=/"
    assert not Concept.objects.exists()


def test_a_seal_ends_with_the_password_and_with_the_account(open_form, anna):
    client, data = open_form
    client.logout()
    anna.set_password("een heel ander wachtwoord")
    anna.save()
    client.post("/proef/afleveren/", data)
    assert not Concept.objects.exists()


def test_a_refused_form_keeps_its_text_and_its_own_page(open_form):
    client, data = open_form
    antwoord = client.post("/proef/afleveren/", {**data, "titel": ""})
    assert antwoord.status_code == 422
    assert "een\n\ntwee</textarea>" in antwoord.text
    client.logout()
    antwoord = client.post("/proef/afleveren/", {**data, "concept": veld(antwoord.text, "concept")})
    assert antwoord.url.endswith("next=%2Fproef%2F%3Fvan%3Dgroep")
