"""Asking a question: the form, bad input, a double click, drafts."""

import uuid

import pytest

from groepen.models import Groep, Thread, Vraag
from groepen.toegang import WAARNEMER
from intranet.concepten.models import Concept
from intranet.text import MAX_TEKST
from profielen.models import Onderwerp
from tests.samen import echte_transacties, samen

from .hulp import tekst

STEL = "/vragen/stel/"


def velden(in_groep, **anders):
    """A form filled in well."""
    return {
        "titel": "Mag een foodtruck op het schoolplein?",
        "inhoud": "Het plein is van de school.",
        "inhoud_opmaak": "tekst",
        "groep": in_groep.slug,
        "anders": "",
        "onderwerpen": "",
        "kanaal": "zelf",
        "namens": "",
        "sleutel": str(uuid.uuid4()),
    } | anders


# --- The form -------------------------------------------------------------------------------------


def test_asking_leads_to_the_question(als, anna, open_groep):
    Onderwerp.objects.create(naam="Evenementen")
    client = als(anna)
    response = client.post(STEL, velden(open_groep, onderwerpen="evenementen", kanaal="balie"), follow=True)
    vraag = Vraag.objects.get()
    assert response.redirect_chain == [(f"/vragen/{vraag.pk}/", 302)]
    assert "Je vraag staat in Groep open." in tekst(response)
    assert (vraag.titel, vraag.kanaal, vraag.steller) == (
        "Mag een foodtruck op het schoolplein?",
        "balie",
        anna,
    )
    assert vraag.inhoud == "<p>Het plein is van de school.</p>"
    assert [onderwerp.naam for onderwerp in vraag.onderwerpen.all()] == ["Evenementen"]
    assert vraag.contactpersoon == anna


def test_asking_in_an_open_groep_makes_lid(als, bram, open_groep):
    response = als(bram).post(STEL, velden(open_groep), follow=True)
    assert "Je bent nu lid van Groep open." in tekst(response)
    assert open_groep.lidmaatschappen.filter(gebruiker=bram).exists()


def test_a_groep_and_a_title_may_come_along(als, anna, open_groep):
    response = als(anna).get(STEL, {"groep": open_groep.slug, "titel": "Hoe laat?"})
    assert ">\nHoe laat?</textarea>" in response.text
    assert f'value="{open_groep.slug}" checked' in response.text
    assert "Dit lezen alle collega’s van Zandmeer." in tekst(response)


def test_the_groepen_one_may_ask_in(als, anna, bram, chris, eva, open_groep, besloten_groep, verborgen_groep):
    besloten_groep.voeg_toe(chris)
    Groep.start(eva, naam="Gesloten groep").sluit(eva)
    for wie, mag in (
        (anna, {"Groep open", "Groep besloten", "Groep verborgen"}),
        (bram, {"Groep open"}),
        (chris, {"Groep besloten"}),
    ):
        gezien = tekst(als(wie).get(STEL))
        assert {naam for naam in ("Groep open", "Groep besloten", "Groep verborgen") if naam in gezien} == mag
        assert "Gesloten groep" not in gezien


def test_three_on_buttons_and_the_others_in_the_list(als, anna):
    for nummer in range(5):
        Groep.start(anna, naam=f"Groep {nummer}")
    response = als(anna).get(STEL)
    assert response.text.count('type="radio" name="groep"') == 4
    assert "Kies uit nog 2 groepen" in tekst(response)
    anders = Groep.objects.order_by("pk").first()
    response = als(anna).post(STEL, velden(anders, groep="anders", anders=anders.slug))
    assert response.status_code == 302
    assert Vraag.objects.get().groep == anders


def test_without_a_groep_it_teaches(als, chris):
    gezien = tekst(als(chris).get(STEL))
    assert "Zoek eerst een groep" in gezien
    assert "Plaats je vraag" not in gezien


def test_htmx_tells_who_reads_the_groep_chosen_just_now(als, anna, chris, besloten_groep):
    besloten_groep.voeg_toe(chris)
    client = als(anna)
    gezien = tekst(client.get(STEL, {"groep": besloten_groep.slug}, headers={"HX-Request": "true"}))
    assert "Dit lezen alleen de leden van deze groep, onder wie 1 gast." in gezien
    assert "Van Bouwbedrijf Van Elk" in gezien
    response = client.get(STEL, {"groep": "anders", "anders": ""}, headers={"HX-Request": "true"})
    assert "Kies een groep, dan zie je hier wie je vraag leest." in tekst(response)


def test_asking_costs_a_fixed_number_of_queries(als, anna, open_groep, django_assert_max_num_queries):
    client = als(anna)
    for nummer in range(30):
        Groep.start(anna, naam=f"Groep {nummer}")
    client.get(STEL)
    with django_assert_max_num_queries(8):
        client.get(STEL, {"groep": open_groep.slug})


# --- Bad input --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"titel": ""}, "Schrijf in één zin wat je wilt weten."),
        ({"titel": "Hoe?"}, "Maak je vraag iets langer"),
        ({"titel": "x" * 10_000}, "Je vraag is 10.000 tekens lang. Er passen er 200 in"),
        ({"titel": "Mag\x00 dit?"}, "teken"),
        ({"inhoud": "a" * (2 * 1024 * 1024)}, "Je tekst is te lang: 2.097.15"),
        ({"groep": ""}, "Kies een groep. Dan weten we wie je vraag leest."),
        ({"groep": "bestaat-niet"}, "In deze groep kun je geen vraag stellen."),
        ({"onderwerpen": "Bestaatniet"}, "“Bestaatniet” staat niet in de lijst."),
        ({"kanaal": "postduif"}, "Kies hoe de vraag bij je kwam."),
        ({"kanaal": "namens"}, "Vul de naam in van de collega voor wie je dit vraagt."),
        ({"sleutel": "geen uuid"}, "Dit formulier is verlopen."),
    ],
)
def test_what_is_wrong_stands_beside_the_field_and_the_text_stays(als, anna, open_groep, anders, zin):
    response = als(anna).post(STEL, velden(open_groep, **anders))
    gezien = tekst(response)
    assert response.status_code == 422
    assert "Je vraag is nog niet geplaatst" in gezien
    assert zin in gezien
    assert "Het plein is van de school." in gezien or "inhoud" in anders
    assert "Mag een foodtruck" in response.text or "titel" in anders
    assert not Vraag.objects.exists()


def test_a_long_title_is_given_back_whole(als, anna, open_groep):
    lang = "Hoe " + "heel " * 100 + "lang mag dit zijn?"
    assert lang in als(anna).post(STEL, velden(open_groep, titel=lang)).text


def test_a_title_is_one_line(als, anna, open_groep):
    als(anna).post(STEL, velden(open_groep, titel="  Mag dit\r\n\r\n of   niet? "))
    assert Vraag.objects.get().titel == "Mag dit of niet?"


def test_a_pasted_script_is_gone(als, anna, open_groep):
    als(anna).post(
        STEL,
        velden(
            open_groep,
            inhoud="<p>Zo <img src=x onerror=alert(1)></p><script>x</script>",
            inhoud_opmaak="html",
        ),
    )
    assert Vraag.objects.get().inhoud == "<p>Zo</p>"


@pytest.mark.parametrize("slug", ["bestaat-niet", "groep-verborgen"])
def test_a_wrong_groep_in_the_address_is_404(als, bram, open_groep, verborgen_groep, slug):
    assert als(bram).get(STEL, {"groep": slug}).status_code == 404


def test_a_groep_where_one_only_reads_says_so(als, bram, open_groep):
    open_groep.voeg_toe(bram, WAARNEMER)
    client = als(bram)
    gezien = tekst(client.get(STEL, {"groep": open_groep.slug}))
    assert "In Groep open kun je nu geen vraag stellen." in gezien
    response = client.post(STEL, velden(open_groep))
    assert response.status_code == 422
    assert not Vraag.objects.exists()


@pytest.mark.parametrize("soort", ["besloten", "verborgen"])
def test_nobody_asks_where_they_do_not_read(request, als, bram, finn, soort):
    groep = request.getfixturevalue(f"{soort}_groep")
    for wie in (bram, finn):
        assert als(wie).post(STEL, velden(groep)).status_code == 422
    assert not Vraag.objects.exists()


# --- Once -------------------------------------------------------------------------------------------


def test_the_same_form_twice_is_one_question(als, anna, open_groep):
    client, ingevuld = als(anna), velden(open_groep)
    eerste = client.post(STEL, ingevuld)
    tweede = client.post(STEL, ingevuld)
    assert eerste.headers["Location"] == tweede.headers["Location"]
    assert Vraag.objects.count() == 1


def test_the_sleutel_of_someone_else_opens_nothing(als, anna, bram, besloten_groep, open_groep):
    ingevuld = velden(besloten_groep)
    als(anna).post(STEL, ingevuld)
    response = als(bram).post(STEL, ingevuld | {"groep": open_groep.slug})
    assert response.status_code == 422
    assert Vraag.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_double_click_at_the_same_moment_is_one_question(als, tmp_path, anna, bram, open_groep):
    ingevuld = velden(open_groep)
    browsers = [als(bram) for _n in range(4)]
    with echte_transacties(tmp_path):
        responses = samen(*(lambda b=browser: b.post(STEL, ingevuld) for browser in browsers))
        assert {response.status_code for response in responses} == {302}
        assert len({response.headers["Location"] for response in responses}) == 1
        ((vragen, leden, teller),) = samen(
            lambda: (
                Thread.objects.count(),
                open_groep.lidmaatschappen.filter(gebruiker=bram).count(),
                Groep.objects.get(pk=open_groep.pk).aantal_vragen,
            )
        )
    assert (vragen, leden, teller) == (1, 1, 1)


# --- Drafts -----------------------------------------------------------------------------------------


def test_a_draft_comes_back_and_is_gone_once_posted(als, anna, open_groep):
    client = als(anna)
    client.post(STEL, velden(open_groep, titel="Half af", bewaar="1"))
    assert not Vraag.objects.exists()
    response = client.get(STEL)
    assert "Half af" in response.text
    assert "We vonden je concept" in tekst(response)
    client.post(STEL, velden(open_groep))
    assert Vraag.objects.count() == 1
    assert not Concept.objects.exists()


def test_a_title_from_an_ask_box_leaves_an_older_draft_alone(als, anna, open_groep):
    client = als(anna)
    client.post(STEL, velden(open_groep, titel="Een ander verhaal", bewaar="1"))
    response = client.get(STEL, {"titel": "Hoe laat begint de markt?"})
    assert "Hoe laat begint de markt?" in response.text
    assert "Een ander verhaal" not in response.text
    client.post(f"{STEL}?titel=Hoe+laat+begint+de+markt%3F", velden(open_groep))
    assert "Een ander verhaal" in client.get(STEL).text


def test_a_draft_that_is_too_long_is_refused_in_words(als, anna, open_groep):
    response = als(anna).post(STEL, velden(open_groep, inhoud="a" * (MAX_TEKST * 2), bewaar="1"), follow=True)
    assert "Je tekst is te lang om te bewaren." in tekst(response)
