"""Picking up, handing on, asking for more, solving, closing: who may, and what when two want it at once."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from groepen.models import Overdracht, Vraag
from groepen.toegang import WAARNEMER
from groepen.vraagpagina import laad
from tests.samen import echte_transacties, samen

from .hulp import tekst

HTMX = {"HX-Request": "true"}


@pytest.fixture
def vraag(open_groep, anna):
    return open_groep.stel_vraag(anna, "Mag dit op koopzondag?")


def adres(vraag, wat=""):
    return f"/vragen/{vraag.pk}/{wat}"


# --- Picking up -----------------------------------------------------------------------------------


def test_picking_up_shows_who_has_it(als, bram, vraag):
    response = als(bram).post(adres(vraag, "behandelaar/"), follow=True)
    vraag.refresh_from_db()
    assert (vraag.behandelaar, vraag.status) == (bram, "opgepakt")
    gezien = tekst(response)
    assert "Opgepakt" in gezien
    assert "Behandelaar Bram Buiten" in gezien
    assert "Je bent nu lid van Groep open." in gezien
    assert "Bram Buiten pakte de vraag op." in gezien


def test_htmx_gets_the_question_alone(als, dora, bram, vraag):
    response = als(dora).post(adres(vraag, "behandelaar/"), headers=HTMX)
    assert "Behandelaar Dora Beheer" in tekst(response)
    assert response.text.strip().startswith("<article")
    assert "Ik pak dit op" not in response.text
    # Too late: the page loads again, with the reason on it.
    client = als(bram)
    response = client.post(adres(vraag, "behandelaar/"), headers=HTMX)
    assert response.headers["HX-Refresh"] == "true"
    assert "Dora Beheer pakte deze vraag al op." in tekst(client.get(adres(vraag)))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_pick_up_at_once_one_wins_and_one_is_told(als, tmp_path, vraag, bram, dora, eva):
    browsers = [als(wie) for wie in (bram, dora, eva)]
    with echte_transacties(tmp_path):
        samen(*(lambda b=browser: b.post(adres(vraag, "behandelaar/")) for browser in browsers))
        ((behandelaar, rijen),) = samen(
            lambda: (
                Vraag.objects.get(pk=vraag.pk).behandelaar_id,
                list(Overdracht.objects.filter(vraag=vraag.pk).values_list("naar", flat=True)),
            )
        )
        assert rijen == [behandelaar]
        verliezers = [b for b, wie in zip(browsers, (bram, dora, eva), strict=True) if wie.pk != behandelaar]
        for ((zin,),) in (samen(lambda b=b: (tekst(b.get(adres(vraag))),)) for b in verliezers):
            assert "pakte deze vraag al op." in zin


@pytest.mark.parametrize(("wie", "status"), [("anna", 403), ("chris", 404), ("finn", 404), ("bram", 302)])
def test_who_may_pick_up(request, als, vraag, wie, status):
    response = als(request.getfixturevalue(wie)).post(adres(vraag, "behandelaar/"))
    assert response.status_code == status


def test_a_waarnemer_does_not_pick_up(als, bram, open_groep, vraag):
    open_groep.voeg_toe(bram, WAARNEMER)
    assert als(bram).post(adres(vraag, "behandelaar/")).status_code == 403


def test_giving_back(als, bram, dora, vraag):
    vraag.pak_op(bram)
    assert als(dora).get(adres(vraag)).text.count("Haal de behandelaar weg") == 1
    als(bram).post(adres(vraag, "behandelaar/"), {"actie": "laat_los"})
    vraag.refresh_from_db()
    assert (vraag.behandelaar, vraag.status) == (None, "open")
    vraag.pak_op(bram)
    als(dora).post(adres(vraag, "behandelaar/"), {"actie": "laat_los"})
    zinnen = [overdracht.zin for overdracht in laad(vraag.pk, dora).overdrachten]
    assert zinnen == [
        "Bram Buiten pakte de vraag op.",
        "Bram Buiten liet de vraag los.",
        "Bram Buiten pakte de vraag op.",
        "Dora Beheer haalde Bram Buiten weg als behandelaar.",
    ]


def test_silence_gives_it_back_and_says_so(bram, dora, vraag):
    vraag.pak_op(bram)
    assert Vraag.laat_stille_los(timezone.now() + timedelta(days=9)) == 1
    assert laad(vraag.pk, dora).overdrachten[-1].zin == (
        "De vraag kwam weer vrij: Bram Buiten liet twee werkdagen niets weten."
    )


# --- Handing on -----------------------------------------------------------------------------------


def test_handing_on_is_counted_and_visible(als, bram, dora, eva, vraag):
    vraag.pak_op(bram)
    client = als(bram)
    assert "Aan wie?" in tekst(client.get(adres(vraag, "behandelaar/")))
    response = client.post(
        adres(vraag, "behandelaar/"), {"actie": "draag_over", "naar": "Eva Eigenaar"}, follow=True
    )
    gezien = tekst(response)
    assert "Eva Eigenaar heeft de vraag nu." in gezien
    assert "Overgedragen 1 keer" in gezien
    assert "Bram Buiten droeg de vraag over van Bram Buiten aan Eva Eigenaar." in gezien
    # He gave it away: it is no longer his to give.
    assert client.get(adres(vraag, "behandelaar/")).status_code == 403
    assert "1 keer" in tekst(als(dora).get(adres(vraag)))


@pytest.mark.parametrize(
    ("naar", "zin"),
    [
        ("", "Kies een collega."),
        ("Niemand Hier", "We vinden geen collega"),
        ("Finn Elders", "Deze collega kan deze groep niet lezen."),
    ],
)
def test_only_to_who_reads_along(als, dora, finn, vraag, naar, zin):
    response = als(dora).post(adres(vraag, "behandelaar/"), {"actie": "draag_over", "naar": naar})
    assert response.status_code == 422
    assert zin in tekst(response)
    vraag.refresh_from_db()
    assert vraag.behandelaar is None


def test_the_contactpersoon_is_another(als, anna, bram, dora, open_groep):
    vraag = open_groep.stel_vraag(anna, "Mag dit?", kanaal="telefoon")
    assert als(bram).get(adres(vraag, "contactpersoon/")).status_code == 403
    als(anna).post(adres(vraag, "contactpersoon/"), {"naar": "bram@zandmeer.example"})
    vraag.refresh_from_db()
    assert (vraag.contactpersoon, vraag.behandelaar) == (bram, None)
    # Now it is Bram who speaks with the inwoner, so he may hand that on; once he may write here.
    assert als(bram).get(adres(vraag, "contactpersoon/")).status_code == 200
    gezien = tekst(als(dora).get(adres(vraag)))
    assert "Contact met de inwoner Bram Buiten" in gezien
    assert "Anna Lidwoord maakte Bram Buiten contactpersoon in plaats van Anna Lidwoord." in gezien


def test_an_unknown_action_is_404(als, dora, vraag):
    assert als(dora).post(adres(vraag, "behandelaar/"), {"actie": "veil"}).status_code == 404


# --- More information ---------------------------------------------------------------------------------


def test_asking_for_more_and_getting_it(als, anna, bram, vraag):
    vraag.pak_op(bram)
    client = als(bram)
    assert "Wat wil je nog weten?" in tekst(client.get(adres(vraag, "status/")))
    sleutel = str(uuid.uuid4())
    gestuurd = {"actie": "meer_informatie", "toelichting": "Welk plein bedoel je?", "sleutel": sleutel}
    gezien = tekst(client.post(adres(vraag, "status/"), gestuurd, follow=True))
    assert "Meer informatie nodig" in gezien
    assert "Wacht op de vraagsteller" in gezien
    assert "Welk plein bedoel je?" in gezien
    # The asker answers right there.
    gezien = tekst(
        als(anna).post(
            adres(vraag, "reacties/"),
            {"antwoord": "0", "inhoud-0": "Het Raadhuisplein.", "sleutel": str(uuid.uuid4())},
            follow=True,
        )
    )
    assert "Het Raadhuisplein." in gezien
    vraag.refresh_from_db()
    assert vraag.status == "opgepakt"


def test_only_who_has_it_in_hand_asks_for_more(als, anna, bram, dora, vraag):
    for wie, status in ((anna, 403), (bram, 403), (dora, 200)):
        assert als(wie).get(adres(vraag, "status/")).status_code == status


def test_asking_for_more_twice_says_so(als, dora, vraag):
    vraag.vraag_informatie(dora)
    assert "wacht al op de vraagsteller" in tekst(als(dora).get(adres(vraag, "status/"), follow=True))


# --- The Oplossing ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wie", "status"),
    [("anna", 302), ("dora", 302), ("eva", 302), ("bram", 403), ("chris", 404), ("finn", 404)],
)
def test_who_chooses_the_oplossing(request, als, bram, eva, vraag, wie, status):
    antwoord = vraag.beantwoord(bram, "Ja, dat mag.")
    client = als(request.getfixturevalue(wie))
    assert client.post(adres(vraag, "oplossing/"), {"antwoord": antwoord.pk}).status_code == status
    vraag.refresh_from_db()
    assert (vraag.oplossing == antwoord) == (status == 302)


def test_another_one_and_none_after_all(als, anna, bram, vraag):
    eerste, tweede = vraag.beantwoord(bram, "Ja."), vraag.beantwoord(bram, "Nee.")
    client = als(anna)
    for antwoord in (eerste, tweede):
        gezien = tekst(client.post(adres(vraag, "oplossing/"), {"antwoord": antwoord.pk}, follow=True))
        assert "Opgelost" in gezien
        assert "gekozen door jou" in gezien
    assert "Toch niet de oplossing" in gezien
    gezien = tekst(client.post(adres(vraag, "oplossing/"), {"antwoord": ""}, follow=True))
    assert "De vraag staat weer open." in gezien
    assert "gekozen door" not in gezien


def test_the_answer_to_another_question_is_no_oplossing(als, anna, bram, open_groep, vraag):
    elders = open_groep.stel_vraag(anna, "Iets anders?").beantwoord(bram, "Ja.")
    client = als(anna)
    for antwoord in (elders.pk, "12; drop", 10**30):
        assert client.post(adres(vraag, "oplossing/"), {"antwoord": antwoord}).status_code == 404
    weg = vraag.beantwoord(bram, "Onzin.")
    weg.verwijder(bram)
    response = client.post(adres(vraag, "oplossing/"), {"antwoord": weg.pk}, follow=True)
    assert "Dit antwoord kan niet de oplossing zijn." in tekst(response)


def test_a_solved_question_is_not_picked_up(als, anna, bram, dora, vraag):
    vraag.kies_oplossing(vraag.beantwoord(bram, "Ja."), anna)
    client = als(dora)
    assert "Ik pak dit op" not in client.get(adres(vraag)).text
    client.post(adres(vraag, "behandelaar/"))
    vraag.refresh_from_db()
    assert vraag.behandelaar is None


# --- Closing --------------------------------------------------------------------------------------------


def test_closing_and_reopening(als, anna, bram, vraag):
    client = als(anna)
    assert "De vraag is gesloten." in tekst(
        client.post(adres(vraag, "status/"), {"actie": "sluit"}, follow=True)
    )
    vraag.refresh_from_db()
    assert vraag.status == "gesloten"
    client.post(adres(vraag, "status/"), {"actie": "heropen"})
    vraag.refresh_from_db()
    assert vraag.status == "open"
    for actie in ("sluit", "heropen"):
        assert als(bram).post(adres(vraag, "status/"), {"actie": actie}).status_code == 403


def test_in_a_closed_groep_nothing_changes(als, anna, dora, eva, open_groep, vraag):
    antwoord = vraag.beantwoord(dora, "Ja.")
    open_groep.sluit(eva)
    client = als(dora)
    for wat, velden in (
        ("status/", {"actie": "sluit"}),
        ("status/", {}),
        ("behandelaar/", {}),
        ("behandelaar/", {"actie": "draag_over", "naar": "Anna Lidwoord"}),
        ("contactpersoon/", {"naar": "Anna Lidwoord"}),
        ("oplossing/", {"antwoord": antwoord.pk}),
        ("bedankje/", {}),
        ("stem/", {}),
    ):
        assert client.post(adres(vraag, wat), velden).status_code == 403, wat
    assert client.post(f"/antwoorden/{antwoord.pk}/controle/").status_code == 403


@pytest.mark.parametrize(
    "wat",
    ["oplossing/", "bedankje/", "stem/", "volgen/", "hulp/", "antwoorden/", "reacties/"],
)
def test_looking_changes_nothing(als, anna, vraag, wat):
    assert als(anna).get(adres(vraag, wat)).status_code == 405


@pytest.mark.parametrize(
    "wat",
    ["", "status/", "behandelaar/", "contactpersoon/", "oplossing/", "bedankje/", "stem/", "volgen/", "hulp/",
     "antwoorden/", "reacties/"],
)  # fmt: skip
def test_what_one_may_not_see_is_not_there(als, bram, chris, finn, verborgen_groep, eva, wat):
    vraag = verborgen_groep.stel_vraag(eva, "Geheim?")
    antwoord = vraag.beantwoord(eva, "Ja.")
    for wie in (bram, chris, finn):
        assert als(wie).post(adres(vraag, wat)).status_code == 404
        for ook in ("bedankje", "controle"):
            assert als(wie).post(f"/antwoorden/{antwoord.pk}/{ook}/").status_code == 404
