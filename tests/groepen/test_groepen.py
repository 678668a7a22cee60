"""The list of Groepen, the page of one, its kaders: who sees what, bad input, and what it costs."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from groepen.models import Groep, Lidmaatschap, OudeSlug, Uitnodiging
from groepen.toegang import BEHEERDER, EIGENAAR, WAARNEMER
from profielen.models import Onderwerp

from .hulp import kosten, tekst

GROEP = {
    "naam": "Markten en kermis",
    "soort": "open",
    "doel": "Alles over markten.",
    "hoort_wel": "Standplaatsen\n\n  Kermis ",
    "hoort_niet": "",
    "norm_werkdagen": "3",
    "onderwerpen": "",
    "icoon": "building-store",
    "tint": "4",
    "sleutel": "7f0f8a52-6a2f-4b39-9c86-1f4c9d1f0001",
}


# --- The page of a Groep --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wie", "open_", "besloten", "verborgen"),
    [
        ("anna", "leest", "leest", "leest"),
        ("bram", "leest", "kaart", 404),
        ("chris", 404, 404, 404),
        ("finn", 404, 404, 404),
        ("dora", "leest", "leest", "leest"),
        ("eva", "leest", "leest", "leest"),
    ],
)
def test_who_opens_which_groep(
    request, als, open_groep, besloten_groep, verborgen_groep, wie, open_, besloten, verborgen
):
    client = als(request.getfixturevalue(wie))
    for groep, mag in ((open_groep, open_), (besloten_groep, besloten), (verborgen_groep, verborgen)):
        groep.stel_vraag(request.getfixturevalue("eva"), "Een kanarie in de mijn?")
        response = client.get(f"/groepen/{groep.slug}/")
        assert response.status_code == (404 if mag == 404 else 200)
        assert ("kanarie" in response.text) == (mag == "leest")
        leden = client.get(f"/groepen/{groep.slug}/leden/")
        assert leden.status_code == (200 if mag == "leest" else 404)


def test_the_card_names_the_eigenaar_and_nobody_else(als, besloten_groep, bram):
    Groep.objects.filter(pk=besloten_groep.pk).update(doel="Zorgvragen", hoort_wel="Wmo", aantal_gasten=0)
    gezien = tekst(als(bram).get(f"/groepen/{besloten_groep.slug}/"))
    for woord in ("Groep besloten", "Zorgvragen", "Wmo", "Eva Eigenaar", "3 leden", "Vraag toegang"):
        assert woord in gezien
    for naam in ("Anna", "Dora", "Lidwoord", "Beheer"):
        assert naam not in gezien


def test_a_lidmaatschap_that_ended_opens_nothing(als, open_groep, chris, anna):
    open_groep.voeg_toe(chris)
    client, adres = als(chris), f"/groepen/{open_groep.slug}/"
    assert client.get(adres).status_code == 200
    chris.lidmaatschappen.update(eindigt_op=timezone.now() - timedelta(seconds=1))
    assert client.get(adres).status_code == 404
    anna.blokkeer()
    assert als(anna).get(adres).status_code == 302


def test_anonymous_goes_to_the_login_page(client, open_groep):
    response = client.get(f"/groepen/{open_groep.slug}/")
    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/")


def test_list_filters_and_onderwerp(als, open_groep, anna, bram, dora):
    markt = Onderwerp.objects.create(naam="Markten")
    open_groep.onderwerpen.add(markt)
    open_groep.stel_vraag(bram, "Wachtende vraag over de markt", onderwerpen=[markt])
    opgelost = open_groep.stel_vraag(anna, "Opgeloste vraag")
    opgelost.kies_oplossing(opgelost.beantwoord(dora, "<p>Zo doe je dat.</p>"), anna)
    client, adres = als(anna), f"/groepen/{open_groep.slug}/"

    def titels(vraag):
        gezien = tekst(client.get(adres + vraag))
        return [titel for titel in ("Wachtende vraag", "Opgeloste vraag") if titel in gezien]

    assert titels("") == ["Wachtende vraag", "Opgeloste vraag"]
    assert titels("?toon=onbeantwoord") == ["Wachtende vraag"]
    assert titels("?toon=onopgelost") == ["Wachtende vraag"]
    assert titels("?toon=mijn") == ["Opgeloste vraag"]
    assert titels("?volgorde=wacht") == ["Wachtende vraag"]
    assert titels(f"?onderwerp={markt.slug}") == ["Wachtende vraag"]
    assert titels("?toon=onzin&volgorde=onzin&onderwerp=onzin&na=onzin") == [
        "Wachtende vraag",
        "Opgeloste vraag",
    ]
    assert "Oplossing: Zo doe je dat." in tekst(client.get(adres))


def test_walking_the_pages_of_a_groep_by_its_links(als, open_groep, anna):
    nu = timezone.now()
    for n in range(60):
        open_groep.stel_vraag(anna, f"Vraag nummer {n:03}", gesteld_op=nu - timedelta(hours=n // 4))
    client, adres, gezien = als(anna), f"/groepen/{open_groep.slug}/", []
    volgende = ""
    for _n in range(3):
        response = client.get(adres + unescape(volgende))
        gezien += re.findall(r"Vraag nummer \d{3}", response.text)
        volgende = (re.search(r'href="(\?[^"]*na=\d[^"]*)"', response.text) or [None, None])[1]
    assert volgende is None
    assert len(gezien) == 60
    assert len(set(gezien)) == 60


def test_what_the_page_offers_depends_on_the_rol(als, open_groep, anna, bram, dora, eva, chris):
    open_groep.voeg_toe(chris, WAARNEMER)

    def biedt(wie):
        html = als(wie).get(f"/groepen/{open_groep.slug}/").text
        woorden = {
            "vraag": 'class="bp-vlak bp-stel"',
            "word lid": "Word lid",
            "verlaat": "Verlaat de groep",
            "kaders": "/kaders/",
            "sluit": "/sluiting/",
        }
        return {naam for naam, woord in woorden.items() if woord in html}

    assert biedt(bram) == {"vraag", "word lid"}
    assert biedt(anna) == {"vraag", "verlaat"}
    assert biedt(chris) == {"verlaat"}
    assert biedt(dora) == {"vraag", "verlaat", "kaders"}
    assert biedt(eva) == {"vraag", "verlaat", "kaders", "sluit"}
    open_groep.sluit(eva)
    assert biedt(anna) == {"verlaat"}
    assert biedt(bram) == set()
    assert "Deze groep is gesloten" in tekst(als(anna).get(f"/groepen/{open_groep.slug}/"))


def test_a_visit_takes_the_dot_away_and_the_next_writes_nothing(als, open_groep, anna, eva):
    open_groep.stel_vraag(eva, "Nieuws?")
    lid = anna.lidmaatschappen.get(groep=open_groep)
    assert lid.heeft_nieuws
    client = als(anna)
    client.get(f"/groepen/{open_groep.slug}/")
    assert not Lidmaatschap.objects.select_related("groep").get(pk=lid.pk).heeft_nieuws
    with CaptureQueriesContext(connection) as gevangen:
        client.get(f"/groepen/{open_groep.slug}/")
    assert not [
        q["sql"] for q in gevangen.captured_queries if q["sql"].startswith(("UPDATE", "INSERT", "DELETE"))
    ]


@pytest.mark.parametrize("wie", ["anna", "bram", "dora"])
def test_a_groep_page_costs_the_same_with_one_and_with_thirty(
    request, als, open_groep, eva, chris, finn, wie
):
    client = als(request.getfixturevalue(wie))
    for n in range(2):
        open_groep.onderwerpen.add(Onderwerp.objects.create(naam=f"Onderwerp {n}"))
    open_groep.stel_vraag(eva, "De eerste")
    een = kosten(client, f"/groepen/{open_groep.slug}/")
    open_groep.voeg_toe(chris)
    open_groep.voeg_toe(finn)
    for n in range(30):
        open_groep.stel_vraag((eva, chris, finn)[n % 3], f"Vraag {n}").thread.volg(finn)
    dertig = kosten(client, f"/groepen/{open_groep.slug}/")
    assert sum(dertig.values()) == sum(een.values()) <= 12, dertig
    assert max(dertig.values()) <= 2, dertig


@pytest.mark.parametrize(
    "adres", ["/groepen/", "/groepen/?q=groep", "/groepen/?toon=alle", "/groepen/?toon=mijn"]
)
def test_the_list_of_groepen_costs_the_same_with_three_and_with_forty(
    als, anna, eva, open_groep, besloten_groep, adres
):
    client = als(anna)
    Groep.start(eva, naam="Nog een groep")
    drie = kosten(client, adres)
    for n in range(40):
        groep = Groep.start(eva, naam=f"Groep {n}")
        if n % 3 == 0:
            groep.voeg_toe(anna)
    veertig = kosten(client, adres)
    assert sum(veertig.values()) == sum(drie.values()) <= 10, veertig
    assert max(veertig.values()) <= 2, veertig


# --- Old addresses --------------------------------------------------------------------------------


def test_an_old_slug_leads_on_after_the_rule(als, besloten_groep, anna, bram, finn, dora):
    oud = besloten_groep.slug
    besloten_groep.wijzig(dora, naam="Heel anders")
    assert als(anna).get(f"/groepen/{oud}/?toon=mijn")["Location"] == "/groepen/heel-anders/?toon=mijn"
    assert als(anna).get(f"/groepen/{oud}/leden/")["Location"] == "/groepen/heel-anders/leden/"
    assert als(bram).get(f"/groepen/{oud}/")["Location"] == "/groepen/heel-anders/"
    assert als(bram).get(f"/groepen/{oud}/leden/").status_code == 404
    assert als(finn).get(f"/groepen/{oud}/").status_code == 404
    # A form that was open while the name changed still arrives.
    assert als(anna).post(f"/groepen/{oud}/lidmaatschap/", {"actie": "verlaten"}).status_code == 302
    assert not besloten_groep.lidmaatschappen.filter(gebruiker=anna).exists()


# --- The list of Groepen --------------------------------------------------------------------------


def test_the_list_holds_what_one_may_find(
    als, open_groep, besloten_groep, verborgen_groep, anna, bram, chris, finn
):
    def vindt(wie):
        gezien = tekst(als(wie).get("/groepen/?toon=alle"))
        return [soort for soort in ("open", "besloten", "verborgen") if f"Groep {soort}" in gezien]

    assert vindt(anna) == ["open", "besloten", "verborgen"]
    assert vindt(bram) == ["open", "besloten"]
    assert vindt(finn) == []
    besloten_groep.voeg_toe(chris)
    assert vindt(chris) == ["besloten"]
    assert "Begin een groep" not in als(chris).get("/groepen/").text


def test_searching_by_name_and_onderwerp_folds_accents(als, eva, anna):
    Groep.start(eva, naam="Cliëntondersteuning")
    paspoort = Onderwerp.objects.create(naam="Paspoort")
    Groep.start(eva, naam="Burgerzaken", onderwerpen=[paspoort])
    client = als(anna)

    def vindt(q):
        gezien = tekst(client.get("/groepen/", {"q": q}))
        return [
            naam for naam in ("Cliëntondersteuning", "Burgerzaken") if naam in gezien.partition("Groepen")[2]
        ]

    assert vindt("CLIENT") == ["Cliëntondersteuning"]
    assert vindt("clïent") == ["Cliëntondersteuning"]
    assert vindt("paspo") == ["Burgerzaken"]
    assert vindt("%") == []
    assert vindt("niets hiervan") == []
    assert (
        client.get("/groepen/", {"q": "x\0y", "na": "1-\0", "soort": "\0", "organisatie": "x"}).status_code
        == 200
    )


def test_walking_the_list_gives_every_groep_once(als, eva, anna):
    for n in range(60):
        Groep.start(eva, naam=f"Zelfde naam {n % 7}")
    client, volgende, gezien = als(anna), "?toon=alle", []
    while volgende:
        response = client.get("/groepen/" + unescape(volgende))
        gezien += re.findall(r'<h3><a href="/groepen/([\w-]+)/"', response.text)
        volgende = (re.search(r'href="(\?[^"]*na=[^"]*)" hx-get', response.text) or [None, None])[1]
    assert len(gezien) == 60
    assert len(set(gezien)) == 60


# --- Starting -------------------------------------------------------------------------------------


def test_starting_a_groep(als, anna):
    markt = Onderwerp.objects.create(naam="Markten")
    response = als(anna).post("/groepen/nieuw/", {**GROEP, "onderwerpen": "markten"})
    groep = Groep.objects.get()
    assert response["Location"] == "/groepen/markten-en-kermis/"
    assert (groep.naam, groep.norm_werkdagen, groep.icoon, groep.tint) == (
        "Markten en kermis",
        3,
        "building-store",
        4,
    )
    assert groep.punten_wel == ["Standplaatsen", "Kermis"]
    assert list(groep.onderwerpen.all()) == [markt]
    assert list(groep.organisaties.all()) == [anna.organisatie]
    assert groep.lidmaatschappen.get().rol == EIGENAAR


def test_a_double_click_starts_one_groep(als, anna):
    client = als(anna)
    eerste, tweede = (client.post("/groepen/nieuw/", GROEP) for _n in range(2))
    assert eerste["Location"] == tweede["Location"]
    assert Groep.objects.count() == 1


@pytest.mark.parametrize(
    ("veld", "waarde", "zin"),
    [
        ("naam", "", "Geef de groep een naam."),
        ("naam", "x", "Maak de naam iets langer"),
        ("naam", "n" * 101, "Dit is 1 teken te lang."),
        ("naam", "a\0b", ""),
        ("naam", "Groep OPEN", "Er is al een groep met deze naam."),
        ("soort", "geheim", ""),
        ("doel", "", "Schrijf in één zin waarvoor de groep is."),
        ("doel", "d" * 10_000, "Dit is 9600 tekens te lang."),
        ("hoort_wel", "\n".join(f"punt {n}" for n in range(13)), "Dit zijn 13 punten."),
        ("hoort_niet", "goed\n" + "x" * 201, "Punt 2 is te lang."),
        ("norm_werkdagen", "0", "Vul 1 of meer werkdagen in."),
        ("norm_werkdagen", "21", "Vul hooguit 20 werkdagen in."),
        ("norm_werkdagen", "twee", "Vul een getal in"),
        ("onderwerpen", "Bestaat niet", "“Bestaat niet” staat niet in de lijst."),
        ("icoon", "../../etc", ""),
        ("tint", "9", ""),
        ("sleutel", "x", ""),
    ],
)
def test_bad_input_is_refused_beside_the_field_and_kept(als, anna, open_groep, veld, waarde, zin):
    response = als(anna).post("/groepen/nieuw/", {**GROEP, veld: waarde})
    assert response.status_code == 422
    assert zin in tekst(response)
    if veld != "sleutel":
        assert f"id_{veld}_error" in response.text
    assert "Alles over markten." in response.text or veld == "doel"
    assert Groep.objects.count() == 1


def test_the_name_of_a_groep_that_one_may_not_find_is_free(als, bram, verborgen_groep):
    assert als(bram).post("/groepen/nieuw/", {**GROEP, "naam": "Groep verborgen"}).status_code == 302


def test_who_may_start_a_groep(als, anna, bram, chris, settings):
    assert als(chris).get("/groepen/nieuw/").status_code == 403
    assert als(chris).post("/groepen/nieuw/", GROEP).status_code == 403
    settings.GROEP_STARTEN_ALLEEN_COMMUNITYMANAGERS = True
    assert als(anna).post("/groepen/nieuw/", GROEP).status_code == 403
    type(bram).objects.filter(pk=bram.pk).update(is_communitymanager=True)
    assert als(bram).post("/groepen/nieuw/", GROEP).status_code == 302


# --- Kaders ---------------------------------------------------------------------------------------


def kaders(groep, **anders):
    velden = {veld: waarde for veld, waarde in GROEP.items() if veld != "sleutel"}
    return {**velden, "naam": groep.naam, "soort": groep.soort, "versie": groep.versie, **anders}


def test_a_beheerder_changes_the_kaders_but_not_the_soort(als, open_groep, dora):
    client, adres = als(dora), f"/groepen/{open_groep.slug}/kaders/"
    assert 'name="soort"' not in client.get(adres).text
    assert client.post(adres, kaders(open_groep, soort="verborgen", doel="Nieuw doel")).status_code == 302
    open_groep.refresh_from_db()
    assert (open_groep.doel, open_groep.soort, open_groep.versie) == ("Nieuw doel", "open", 2)


def test_the_eigenaar_changes_the_soort(als, open_groep, eva):
    als(eva).post(f"/groepen/{open_groep.slug}/kaders/", kaders(open_groep, soort="besloten"))
    open_groep.refresh_from_db()
    assert open_groep.soort == "besloten"


@pytest.mark.parametrize(("wie", "status"), [("anna", 403), ("bram", 403), ("chris", 404)])
def test_others_do_not_touch_the_kaders(request, als, open_groep, wie, status):
    client, adres = als(request.getfixturevalue(wie)), f"/groepen/{open_groep.slug}/kaders/"
    assert client.get(adres).status_code == status
    assert client.post(adres, kaders(open_groep, doel="Mijn")).status_code == status
    open_groep.refresh_from_db()
    assert open_groep.doel == ""


def test_two_who_change_the_kaders_at_once_see_both(als, open_groep, dora, eva):
    adres = f"/groepen/{open_groep.slug}/kaders/"
    mijn = kaders(open_groep, doel="Wat Dora schreef")
    als(eva).post(adres, kaders(open_groep, doel="Wat Eva schreef"))
    response = als(dora).post(adres, mijn)
    assert response.status_code == 409
    assert "Wat Eva schreef" in response.text
    assert "Wat Dora schreef" in response.text
    open_groep.refresh_from_db()
    assert open_groep.doel == "Wat Eva schreef"
    # Sending again is a choice, made with open eyes.
    assert als(dora).post(adres, {**mijn, "versie": open_groep.versie}).status_code == 302
    open_groep.refresh_from_db()
    assert open_groep.doel == "Wat Dora schreef"


def test_changing_the_kaders_keeps_what_was_counted_meanwhile(open_groep, anna, dora):
    oud = Groep.objects.get(pk=open_groep.pk)
    open_groep.stel_vraag(anna, "Telt dit mee?")
    oud.wijzig(dora, doel="Anders")
    oud.refresh_from_db()
    assert oud.aantal_vragen == 1


def test_closing_is_for_the_eigenaar_and_can_be_undone(als, open_groep, anna, dora, eva):
    adres = f"/groepen/{open_groep.slug}/sluiting/"
    assert als(dora).post(adres).status_code == 403
    assert als(anna).post(adres).status_code == 403
    assert als(dora).get(adres).status_code == 403
    assert "Groep sluiten?" in tekst(als(eva).get(adres))
    open_groep.refresh_from_db()
    assert not open_groep.is_gesloten
    als(eva).post(adres, {"actie": "sluiten"})
    open_groep.refresh_from_db()
    assert open_groep.is_gesloten
    als(eva).post(adres, {"actie": "heropenen"})
    open_groep.refresh_from_db()
    assert not open_groep.is_gesloten


def test_no_page_shows_the_secret_of_an_invitation(als, open_groep, eva):
    uitnodiging = open_groep.nodig_uit("x@elders.example", "lid", eva)
    html = als(eva).get(f"/groepen/{open_groep.slug}/leden/").text
    assert "x@elders.example" in html
    assert str(uitnodiging.sleutel) not in html
    assert Uitnodiging.objects.count() == 1
    assert OudeSlug.objects.count() == 0
    assert BEHEERDER in html


def test_the_knowledge_of_a_groep_is_one_click_away(als, open_groep, besloten_groep, anna, bram):
    adres = f"/kennisbank/?groep={open_groep.slug}"
    assert f'href="{adres}"' in als(anna).get(f"/groepen/{open_groep.slug}/").text
    html = als(anna).get(adres).text
    assert f'href="/groepen/{open_groep.slug}/"' in html
    assert "Nog geen kennisartikelen in deze groep" in html
    # Bram may know that the besloten Groep is there, and reads nothing in it.
    dicht = als(bram).get(f"/kennisbank/?groep={besloten_groep.slug}").text
    assert besloten_groep.naam not in dicht
