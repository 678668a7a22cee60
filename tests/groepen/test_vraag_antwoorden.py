"""Answering and reacting: who, bad input, once."""

import uuid

import pytest

from groepen.forms.antwoord import REACTIE_MAX
from groepen.models import Antwoord, Reactie, Thread
from groepen.models.antwoord import PER_BLAD
from intranet.concepten.models import Concept
from tests.samen import echte_transacties, samen

from .hulp import tekst


@pytest.fixture
def vraag(open_groep, anna):
    return open_groep.stel_vraag(anna, "Mag dit op koopzondag?")


def velden(inhoud="<p>Ja, <strong>dat</strong> mag.</p>", **anders):
    return {"inhoud": inhoud, "inhoud_opmaak": "html", "sleutel": str(uuid.uuid4())} | anders


def reactie(nummer, inhoud, sleutel=None):
    return {"antwoord": str(nummer), f"inhoud-{nummer}": inhoud, "sleutel": sleutel or str(uuid.uuid4())}


# --- Answering --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wie", "open_", "besloten", "verborgen"),
    [
        ("anna", 302, 302, 302),
        ("bram", 302, 404, 404),
        ("chris", 404, 404, 404),
        ("dora", 302, 302, 302),
        ("eva", 302, 302, 302),
        ("finn", 404, 404, 404),
    ],
)
def test_who_answers_where(
    request, als, eva, open_groep, besloten_groep, verborgen_groep, wie, open_, besloten, verborgen
):
    client = als(request.getfixturevalue(wie))
    for groep, status in ((open_groep, open_), (besloten_groep, besloten), (verborgen_groep, verborgen)):
        vraag = groep.stel_vraag(eva, "Mag dit?")
        assert client.post(f"/vragen/{vraag.pk}/antwoorden/", velden()).status_code == status
        assert vraag.antwoorden.count() == (status == 302)


def test_an_answer_stands_there_and_its_draft_is_gone(als, bram, vraag):
    Concept.bewaar(bram, f"vraag:{vraag.pk}:antwoord", {"inhoud": "<p>Ja, dat</p>"})
    response = als(bram).post(f"/vragen/{vraag.pk}/antwoorden/", velden(), follow=True)
    antwoord = Antwoord.objects.get()
    assert response.redirect_chain == [(f"/vragen/{vraag.pk}/#antwoord-{antwoord.pk}", 302)]
    gezien = tekst(response)
    assert "Je antwoord staat erbij." in gezien
    assert "Je bent nu lid van Groep open." in gezien
    assert antwoord.inhoud == "<p>Ja, <strong>dat</strong> mag.</p>"
    assert not Concept.objects.exists()


def test_the_fifty_first_answer_is_on_the_page_that_follows(als, anna, bram, vraag):
    Antwoord.objects.bulk_create(
        Antwoord(vraag=vraag, schrijver=anna, inhoud="Zo.") for _n in range(PER_BLAD)
    )
    Thread.objects.filter(pk=vraag.pk).update(aantal_antwoorden=PER_BLAD)
    response = als(bram).post(f"/vragen/{vraag.pk}/antwoorden/", velden("De laatste."), follow=True)
    assert "De laatste." in tekst(response)


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        ("", "Schrijf eerst je antwoord."),
        ("<p>  </p>", "Schrijf eerst je antwoord."),
        ("Ja\x00nee", "teken"),
        ("a" * (2 * 1024 * 1024), "Je tekst is te lang"),
    ],
)
def test_what_is_wrong_stands_beside_the_box(als, bram, vraag, inhoud, zin):
    response = als(bram).post(f"/vragen/{vraag.pk}/antwoorden/", velden(inhoud))
    assert response.status_code == 422
    gezien = tekst(response)
    assert "Je antwoord is nog niet geplaatst" in gezien
    assert zin in gezien
    assert not Antwoord.objects.exists()


@pytest.mark.parametrize("wat", ["gesloten", "verwijderd"])
def test_closed_or_deleted_meanwhile_keeps_the_text(als, anna, eva, open_groep, vraag, wat):
    client = als(anna)
    if wat == "gesloten":
        open_groep.sluit(eva)
    else:
        vraag.thread.verwijder(eva)
    response = client.post(f"/vragen/{vraag.pk}/antwoorden/", velden("Een lang en mooi antwoord."))
    assert response.status_code == 422
    assert "Een lang en mooi antwoord." in response.text
    assert "Je mag in deze groep niet schrijven." in tekst(response) or "verwijderd" in tekst(response)
    assert not Antwoord.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_double_click_at_the_same_moment_is_one_answer(als, tmp_path, bram, vraag):
    ingevuld = velden()
    browsers = [als(bram) for _n in range(4)]
    with echte_transacties(tmp_path):
        responses = samen(
            *(lambda b=b: b.post(f"/vragen/{vraag.pk}/antwoorden/", ingevuld) for b in browsers)
        )
        assert [getattr(response, "status_code", response) for response in responses] == [302] * 4
        ((antwoorden, teller),) = samen(
            lambda: (Antwoord.objects.count(), Thread.objects.get(pk=vraag.pk).aantal_antwoorden)
        )
    assert (antwoorden, teller) == (1, 1)


# --- Reacting ----------------------------------------------------------------------------------------


def test_reacting_under_an_answer_and_under_the_question(als, anna, bram, vraag):
    antwoord = vraag.beantwoord(bram, "Ja.")
    client = als(anna)
    response = client.post(f"/vragen/{vraag.pk}/reacties/", reactie(antwoord.pk, "Dank je & tot zo"))
    eerste = Reactie.objects.get()
    assert response.headers["Location"] == f"/vragen/{vraag.pk}/#reactie-{eerste.pk}"
    assert (eerste.antwoord, eerste.inhoud) == (antwoord, "<p>Dank je &amp; tot zo</p>")
    client.post(f"/vragen/{vraag.pk}/reacties/", reactie(0, "Nog een ding."))
    assert Reactie.objects.get(antwoord=None).inhoud == "<p>Nog een ding.</p>"
    antwoord.refresh_from_db()
    assert antwoord.aantal_reacties == 1


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        ("", "Schrijf eerst je reactie."),
        ("x" * (REACTIE_MAX + 1), "Je reactie is te lang."),
        ("\x00", "teken"),
    ],
)
def test_a_refused_reactie_stays_in_its_box(als, anna, bram, vraag, inhoud, zin):
    antwoord = vraag.beantwoord(bram, "Ja.")
    response = als(anna).post(f"/vragen/{vraag.pk}/reacties/", reactie(antwoord.pk, inhoud))
    assert response.status_code == 422
    assert zin in tekst(response)
    assert '<details class="bp-reageer" open>' in response.text
    assert inhoud in response.text
    assert not Reactie.objects.exists()


def test_the_same_remark_twice_is_one_and_another_is_another(als, anna, bram, vraag):
    antwoord, sleutel = vraag.beantwoord(bram, "Ja."), str(uuid.uuid4())
    client = als(anna)
    for inhoud in ("Dank.", "Dank.", "Nog iets."):
        client.post(f"/vragen/{vraag.pk}/reacties/", reactie(antwoord.pk, inhoud, sleutel))
    client.post(f"/vragen/{vraag.pk}/reacties/", reactie(0, "Dank.", sleutel))
    assert Reactie.objects.count() == 3


def test_the_boxes_keep_what_was_not_posted(als, anna, bram, vraag):
    eerste, tweede = vraag.beantwoord(bram, "Ja."), vraag.beantwoord(bram, "Nee.")
    plek = f"vraag:{vraag.pk}:reacties"
    half = {f"inhoud-{eerste.pk}": "Ook op <zondag>?", f"inhoud-{tweede.pk}": "Hoezo nee?", "inhoud-0": ""}
    Concept.bewaar(anna, plek, half)
    client = als(anna)
    gezien = client.get(f"/vragen/{vraag.pk}/").text
    assert gezien.count('<details class="bp-reageer" open>') == 2
    assert "Ook op &lt;zondag&gt;?</textarea>" in gezien
    assert "Hoezo nee?</textarea>" in gezien
    assert "Hoezo nee?" not in als(bram).get(f"/vragen/{vraag.pk}/").text
    client.post(f"/vragen/{vraag.pk}/reacties/", reactie(eerste.pk, "Ook op zondag?"))
    assert Concept.voor(anna, plek) == {f"inhoud-{tweede.pk}": "Hoezo nee?"}
    client.post(f"/vragen/{vraag.pk}/reacties/", reactie(tweede.pk, "Hoezo nee?"))
    assert not Concept.objects.exists()


def test_logged_out_while_reacting(als, anna, bram, vraag):
    antwoorden = [vraag.beantwoord(bram, "Ja.") for _ in range(PER_BLAD)]
    client = als(anna)
    plek = f"vraag:{vraag.pk}:reacties"
    form = client.get(f"/vragen/{vraag.pk}/").text.partition('<form id="reactie"')[2]
    zegel = form.partition('name="concept" value="')[2].partition('"')[0]
    client.logout()
    velden = {f"inhoud-{antwoord.pk}": "" for antwoord in antwoorden} | {"inhoud-0": ""}
    velden |= reactie(antwoorden[-1].pk, "Dank voor de uitleg.") | {"concept": zegel}
    response = client.post(f"/vragen/{vraag.pk}/reacties/", velden)
    assert response.headers["Location"] == f"/account/login/?next=%2Fvragen%2F{vraag.pk}%2F"
    assert Concept.voor(anna, plek)[f"inhoud-{antwoorden[-1].pk}"] == "Dank voor de uitleg."
    assert "Dank voor de uitleg.</textarea>" in als(anna).get(f"/vragen/{vraag.pk}/").text


@pytest.mark.parametrize("nummer", ["999999", "x", "-1", "9" * 40])
def test_a_reactie_to_nothing(als, anna, vraag, nummer):
    response = als(anna).post(f"/vragen/{vraag.pk}/reacties/", reactie(nummer, "Hoi."))
    assert response.status_code in (404, 422)
    assert not Reactie.objects.exists()


def test_no_reactie_under_what_was_deleted(als, anna, bram, vraag):
    antwoord = vraag.beantwoord(bram, "Ja.")
    antwoord.verwijder(bram)
    response = als(anna).post(f"/vragen/{vraag.pk}/reacties/", reactie(antwoord.pk, "Hoezo?"))
    assert response.status_code == 422
    assert "Waar je op reageert, is verwijderd." in tekst(response)


# --- Checked -------------------------------------------------------------------------------------------


def test_a_beheerder_vouches_and_takes_it_back(als, anna, bram, dora, vraag):
    antwoord = vraag.beantwoord(bram, "Ja.")
    adres = f"/antwoorden/{antwoord.pk}/controle/"
    assert als(anna).post(adres, {"goed": "1"}).status_code == 403
    client = als(dora)
    assert "Gecontroleerd door Dora Beheer" in tekst(client.post(adres, {"goed": "1"}, follow=True))
    vraag.thread.refresh_from_db()
    assert vraag.thread.heeft_gecontroleerd
    assert "Gecontroleerd door" not in tekst(client.post(adres, {"goed": "0"}, follow=True))
    assert client.get(adres).status_code == 405
