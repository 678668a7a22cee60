"""Searching in a real Chromium: by keyboard alone, on a phone, without JavaScript, and looked at by axe."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from intranet.zoeken.document import soorten
from intranet.zoeken.models import Synoniem, Zoekactie
from intranet.zoeken.motor import motor
from tests.browser.blik import blik
from tests.browser.test_paginas import venster, wereld  # noqa: F401
from tests.browser.test_toetsenbord import tab_naar
from tests.browser.wereld import LANG
from tests.intranet.editor_proef import chromium  # noqa: F401

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.eenmaal,
    pytest.mark.timeout(600),
]


@pytest.fixture
def gevuld(wereld, anna, bram):  # noqa: F811
    for nummer in range(12):
        wereld.groep.stel_vraag(bram, f"Hoe laat gaat de milieustraat {nummer} open?", "<p>En op zondag?</p>")
    for soort in soorten():
        motor().schrijf(soort.maak(soort.alle(0, 10**6)))
    return wereld


def test_by_keyboard_alone(venster, gevuld, anna):  # noqa: F811
    pagina = venster(anna)
    pagina.goto("/vragen/")
    vak = pagina.get_by_role("combobox", name="Zoek op")
    pagina.keyboard.press("/")
    expect(vak).to_be_focused()
    pagina.keyboard.type("milieu", delay=40)
    lijst = pagina.get_by_role("listbox", name="Voorstellen")
    expect(lijst).to_be_visible()
    expect(vak).to_have_attribute("aria-expanded", "true")
    opties = lijst.get_by_role("option")
    aantal = opties.count()
    assert aantal > 2
    pagina.keyboard.press("ArrowDown")
    expect(opties.first).to_have_attribute("aria-selected", "true")
    expect(vak).to_have_attribute("aria-activedescendant", opties.first.get_attribute("id"))
    pagina.keyboard.press("ArrowUp")
    assert vak.get_attribute("aria-activedescendant") is None
    pagina.keyboard.press("ArrowUp")
    expect(opties.nth(aantal - 1)).to_have_attribute("aria-selected", "true")
    pagina.keyboard.press("Escape")
    expect(lijst).to_be_hidden()
    expect(vak).to_have_value("milieu")
    # Open one by Enter.
    pagina.keyboard.press("ArrowDown")
    expect(lijst).to_be_visible()
    pagina.keyboard.press("ArrowDown")
    adres = opties.first.get_attribute("data-adres")
    pagina.keyboard.press("Enter")
    expect(pagina).to_have_url(re.compile(re.escape(adres)))
    # And without a choice Enter searches. The address changes before the new page listens to keys.
    pagina.wait_for_load_state("load")
    pagina.keyboard.press("/")
    expect(vak).to_be_focused()
    pagina.keyboard.type("milieustraat zondag")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", level=1)).to_contain_text("milieustraat zondag")
    tab_naar(pagina, pagina.locator(".bp-treffer h2 a").first)
    meer = pagina.get_by_role("link", name="Toon 10 meer")
    voor = pagina.locator(".bp-treffer").count()
    tab_naar(pagina, meer)
    pagina.keyboard.press("Enter")
    expect(pagina.locator("#treffers-meer")).not_to_contain_text("Toon 10 meer")
    assert pagina.locator(".bp-treffer").count() > voor
    # A choice of a filter sends itself.
    groep = pagina.get_by_role("checkbox", name=gevuld.groep.naam)
    tab_naar(pagina, groep) if groep.is_visible() else None
    groep.check()
    expect(pagina).to_have_url(re.compile(rf"groep={gevuld.groep.pk}"))
    expect(pagina.get_by_role("link", name="Wis de filters")).to_be_visible()


def test_the_slash_stays_out_of_the_way(venster, gevuld, anna):  # noqa: F811
    pagina = venster(anna)
    pagina.goto("/vragen/stel/")
    titel = pagina.get_by_role("textbox", name="Wat wil je weten?")
    titel.focus()
    pagina.keyboard.type("en/of")
    expect(titel).to_have_value("en/of")
    pagina.goto("/zoeken/")
    expect(pagina.locator("#zoek")).to_be_focused()
    pagina.get_by_role("button", name="Zet deze sneltoets uit").click()
    expect(pagina.get_by_role("button", name="Zet deze sneltoets aan")).to_be_visible()
    pagina.goto("/vragen/")
    pagina.keyboard.press("/")
    assert pagina.evaluate("document.activeElement === document.body")


def test_what_is_opened_is_told_and_by_nobody(venster, gevuld, anna):  # noqa: F811
    pagina = venster(anna)
    pagina.goto("/zoeken/?q=milieustraat")
    treffer = pagina.locator(".bp-treffer").nth(1)
    plek, soort = int(treffer.get_attribute("data-plek")), treffer.get_attribute("data-soort")
    with pagina.expect_request("**/zoeken/klik/"):
        treffer.locator("h2 a").click()
    pagina.wait_for_load_state()
    # A beacon goes on its own: the page does not wait for it, so the test must.
    for _keer in range(100):
        actie = Zoekactie.objects.get()
        if actie.klik:
            break
        pagina.wait_for_timeout(100)
    assert (actie.tekst, actie.klik, actie.klik_soort) == ("milieustraat", plek, soort)


def test_without_javascript(venster, gevuld, anna):  # noqa: F811
    pagina = venster(anna, java_script_enabled=False)
    pagina.goto("/")
    pagina.locator("#zoek").fill("milieustraat")
    pagina.locator("#zoek").press("Enter")
    expect(pagina.locator(".bp-treffer").first).to_be_visible()
    pagina.get_by_role("link", name="Toon 10 meer").click()
    expect(pagina.locator(".bp-treffer").first).to_have_attribute("data-plek", "11")
    pagina.get_by_role("link", name="Terug naar het begin").click()
    pagina.get_by_role("radio", name="Nieuwste eerst").check()
    pagina.get_by_role("button", name="Toon deze resultaten").click()
    expect(pagina).to_have_url(re.compile("sorteer=nieuwste"))


def test_choosing_by_keyboard_goes_on_where_it_was(venster, gevuld, anna):  # noqa: F811
    pagina = venster(anna)
    pagina.goto("/zoeken/?q=milieustraat")
    pagina.get_by_role("radio", name="Maakt niet uit").focus()
    for wanneer in ("jaar", "maand"):
        pagina.keyboard.press("ArrowDown")
        expect(pagina).to_have_url(re.compile(f"wanneer={wanneer}"))
        expect(pagina.locator(f"[name=wanneer][value={wanneer}]")).to_be_focused()
        expect(pagina.locator(f"[name=wanneer][value={wanneer}]")).to_be_in_viewport()


def test_on_a_phone_a_choice_shows_what_it_gives(venster, gevuld, anna):  # noqa: F811
    pagina = venster(anna, viewport={"width": 375, "height": 812})
    pagina.goto("/zoeken/?q=milieustraat")
    pagina.get_by_text("Verfijn je zoekopdracht").click()
    pagina.get_by_role("radio", name="Afgelopen week").check()
    expect(pagina).to_have_url(re.compile("wanneer=week"))
    expect(pagina.locator("summary", has_text="1 gekozen")).to_be_focused()
    expect(pagina.locator(".bp-treffer").first).to_be_in_viewport()


def test_on_a_phone_the_icon_leads_to_the_box(venster, gevuld, anna):  # noqa: F811
    pagina = venster(anna, viewport={"width": 375, "height": 812})
    pagina.goto("/")
    pagina.get_by_role("banner").get_by_role("link", name="Zoeken").click()
    vak = pagina.locator("#zoek")
    expect(vak).to_be_focused()
    pagina.keyboard.type("milieu", delay=40)
    expect(pagina.get_by_role("listbox")).to_be_visible()
    assert pagina.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_nothing_for_axe(venster, gevuld, anna):  # noqa: F811
    anna.is_communitymanager = True
    anna.save()
    for _keer in range(3):
        Zoekactie.noteer(LANG, 0, None)
        Zoekactie.noteer("milieustraat", 12, None)
    synoniem = Synoniem.voeg_toe(anna, f"milieustraat, {LANG}")
    pagina = venster(anna)
    fout = []
    for adres in (
        "/zoeken/",
        "/zoeken/?q=milieustraat",
        f"/zoeken/?q={LANG}",
        f"/zoeken/?q=milieustraat&groep={gevuld.groep.pk}&opgelost=ja",
        f"/zoeken/?q={'langwoord' * 30}",
        "/zoeken/redactie/",
        "/zoeken/synoniemen/?proef=wmo+aanvraag",
        f"/zoeken/synoniemen/{synoniem.pk}/",
    ):
        pagina.goto(adres)
        fout += [f"{adres}  {wat}" for wat in blik(pagina)]
    # The list of suggestions, while it is open.
    for kleur in ("light", "dark"):
        pagina.emulate_media(color_scheme=kleur)
        pagina.goto("/vragen/")
        pagina.locator("#zoek").focus()
        pagina.keyboard.type("m", delay=60)
        pagina.keyboard.type("ilieu", delay=60)
        expect(pagina.get_by_role("listbox")).to_be_visible()
        pagina.keyboard.press("ArrowDown")

        fout += [
            f"suggestions {kleur} {v['id']} {v['nodes'][0]['html'][:160]}"
            for v in Axe().run(pagina).response["violations"]
        ]
    assert not fout, "\n".join(fout)
