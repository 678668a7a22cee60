"""Naming somebody in a real Chromium under our own CSP: by keyboard, by finger, in the editor and without."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from groepen.models import Antwoord, Groep, Reactie, Vraag
from profielen.models import Onderwerp
from tests.browser.test_toetsenbord import collega, tab_naar  # noqa: F401
from tests.conftest import maak
from tests.intranet.editor_proef import chromium  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.eenmaal]


def axe(pagina):
    gevonden = Axe().run(pagina).response["violations"]
    return [(v["id"], v["nodes"][0]["html"][:200]) for v in gevonden]


def lijst(pagina):
    return pagina.get_by_role("listbox", name="Wie of wat noem je?")


def test_in_the_editor_by_keyboard_alone(collega, open_groep, anna, bram, finn, zandmeer, settings):  # noqa: F811
    settings.VERMELD_VRAAG_BOVEN = 2
    maak("brigitte@zandmeer.example", "Brigitte", "Aan de Berg", zandmeer)
    Onderwerp.objects.create(naam="Brandveiligheid")
    brug = Groep.start(bram, naam="Bruggen en sluizen", soort="open")
    for nummer in range(3):
        brug.voeg_toe(maak(f"{nummer}@zandmeer.example", f"Lid {nummer}", "Bruglid", zandmeer))
    vraag = open_groep.stel_vraag(anna, "Wie weet hoe laat de brug opengaat?")
    pagina = collega(anna)
    pagina.goto(f"/vragen/{vraag.pk}/")
    vak = pagina.locator(".ProseMirror")
    vak.wait_for()
    tab_naar(pagina, vak)
    pagina.keyboard.type("Dag @br", delay=30)
    expect(lijst(pagina)).to_be_visible()
    opties = lijst(pagina).get_by_role("option")
    bruggers = [f"Lid {nummer} Bruglid" for nummer in range(3)]
    assert [optie.get_attribute("data-naam") for optie in opties.all()] == [
        *("Brigitte Aan de Berg", *bruggers, "Bram Buiten"),
        *("Bruggen en sluizen", "Brandveiligheid"),
    ]
    expect(opties.first).to_have_attribute("aria-selected", "true")
    expect(vak).to_have_attribute("aria-activedescendant", opties.first.get_attribute("id"))
    expect(vak).to_have_attribute("aria-controls", lijst(pagina).get_attribute("id"))
    expect(
        pagina.get_by_role("status").get_by_text("7 voorstellen. Kies met de pijltjes en Enter.")
    ).to_be_attached()
    assert axe(pagina) == []

    # Escape closes, and typing on brings nothing back; a new @ does.
    pagina.keyboard.press("Escape")
    expect(lijst(pagina)).to_be_hidden()
    pagina.keyboard.type("a")
    pagina.wait_for_timeout(300)
    expect(lijst(pagina)).to_be_hidden()
    for _teken in "@bra":
        pagina.keyboard.press("Backspace")
    pagina.keyboard.type("@bra", delay=30)
    expect(opties).to_have_count(2)
    pagina.keyboard.press("ArrowDown")
    pagina.keyboard.press("ArrowUp")
    pagina.keyboard.press("Enter")
    expect(lijst(pagina)).to_be_hidden()
    pagina.keyboard.type("en @brug")
    expect(opties.first).to_contain_text("Bruglid")
    pagina.keyboard.press("ArrowUp")
    expect(opties.last).to_have_attribute("aria-selected", "true")
    pagina.keyboard.press("Tab")
    pagina.keyboard.type("en @finn")
    expect(opties).to_have_count(1)
    expect(opties).to_contain_text("Kan deze groep niet lezen en krijgt geen bericht")
    pagina.keyboard.press("Enter")
    pagina.keyboard.type("weten dit.")
    expect(vak).to_have_text("Dag @Bram Buiten en @Bruggen en sluizen en @Finn Elders weten dit.")

    # Below the box it says whom that reaches, and asks.
    bereik = pagina.locator("#antwoord [data-bereik]")
    expect(bereik).to_contain_text("Finn Elders kan deze groep niet lezen en krijgt geen bericht.")
    expect(bereik).to_contain_text("@Bruggen en sluizen: 4 mensen krijgen een bericht.")
    assert axe(pagina) == []
    vinkje = bereik.get_by_role("checkbox", name="Ja, stuur deze 4 mensen een bericht")
    tab_naar(pagina, vinkje)
    pagina.keyboard.press("Space")
    tab_naar(pagina, pagina.get_by_role("button", name="Plaats antwoord"))
    pagina.keyboard.press("Enter")

    antwoord = pagina.locator(".bp-antwoord")
    expect(antwoord.get_by_role("link", name="@Bram Buiten")).to_have_attribute("href", f"/mensen/{bram.pk}/")
    expect(antwoord.get_by_role("link", name="@Bruggen en sluizen")).to_have_attribute(
        "href", f"/groepen/{brug.slug}/"
    )
    expect(
        pagina.get_by_text("Finn Elders kan deze groep niet lezen en krijgt geen bericht.")
    ).to_be_visible()
    assert f'<span data-mention="gebruiker:{bram.pk}">@Bram Buiten</span>' in Antwoord.objects.get().inhoud
    assert axe(pagina) == []


def test_in_a_bare_textarea_and_on_a_phone(collega, open_groep, anna, bram, finn):  # noqa: F811
    vraag = open_groep.stel_vraag(anna, "Wie weet dit?")
    vraag.beantwoord(bram, "<p>Ik niet.</p>")
    pagina = collega(anna, 375, 812)
    pagina.goto(f"/vragen/{vraag.pk}/")
    pagina.locator(".ProseMirror").wait_for()
    pagina.locator(".bp-antwoord .bp-reageer > summary").click()
    vak = pagina.get_by_role("textbox", name="Jouw reactie op het antwoord van Bram Buiten")
    # As if it came in just now, with an answer that somebody else wrote.
    vak.evaluate("el => el.replaceWith(el.cloneNode(true))")
    vak.press_sequentially("Dank @", delay=30)
    # A bare @ offers who talks here.
    opties = lijst(pagina).get_by_role("option")
    expect(opties).to_have_count(1)
    vak.press_sequentially("bram", delay=30)
    expect(opties).to_have_count(1)
    doos = lijst(pagina).bounding_box()
    assert doos["x"] >= 0
    assert doos["x"] + doos["width"] <= 375
    assert pagina.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe(pagina) == []
    # By finger; the keyboard of the phone stays.
    opties.first.click()
    expect(vak).to_be_focused()
    # What a name stands for is kept beside the text: nobody reads numbers.
    expect(vak).to_have_value("Dank @Bram Buiten ")
    # Too quick for the list: Enter chooses what comes of what was typed.
    vak.press_sequentially("en @fi", delay=30)
    expect(opties).to_contain_text(["Finn Elders"])
    vak.press("n")
    vak.press("Enter")
    expect(vak).to_have_value("Dank @Bram Buiten en @Finn Elders ")
    expect(pagina.get_by_text("Finn Elders kan deze groep niet lezen")).to_be_visible()
    # Through a closed tab too.
    with pagina.expect_response("**/concepten/vraag**") as bewaard:
        vak.press_sequentially("alvast")
    assert bewaard.value.ok
    pagina.reload()
    vak = pagina.get_by_role("textbox", name="Jouw reactie")
    expect(vak).to_have_value("Dank @Bram Buiten en @Finn Elders alvast")
    pagina.get_by_role("button", name="Plaats reactie").click()
    reactie = pagina.locator(".bp-reactie")
    expect(reactie.get_by_role("link", name="@Bram Buiten")).to_have_attribute("href", f"/mensen/{bram.pk}/")
    assert "data-mention" in Reactie.objects.get().inhoud


def test_where_a_question_goes_decides_who_is_offered(collega, open_groep, besloten_groep, anna, bram):  # noqa: F811
    pagina = collega(anna)
    pagina.goto("/vragen/stel/")
    vak = pagina.locator(".ProseMirror")
    vak.wait_for()
    pagina.get_by_role("textbox", name="Wat wil je weten?").fill("Wie weet hoe dit werkt?")
    vak.press_sequentially("Jij @bram", delay=30)
    opties = lijst(pagina).get_by_role("option")
    expect(opties).to_have_count(1)
    expect(opties).not_to_contain_text("Kan deze groep niet lezen")
    pagina.keyboard.press("Enter")
    pagina.get_by_role("radio", name="Groep besloten").check()
    expect(pagina.locator("[data-bereik]")).to_contain_text("Bram Buiten kan deze groep niet lezen")
    pagina.get_by_role("radio", name="Groep open").check()
    expect(pagina.locator("[data-bereik]")).to_be_empty()
    vak.click()
    pagina.keyboard.press("Control+End")
    pagina.keyboard.type("en @bram misschien", delay=10)
    pagina.get_by_role("button", name="Plaats je vraag").click()
    pagina.get_by_role("heading", name="Wie weet hoe dit werkt?").wait_for()
    assert Vraag.objects.get().inhoud == (
        f'<p>Jij <span data-mention="gebruiker:{bram.pk}">@Bram Buiten</span> en @bram misschien</p>'
    )
