"""The field with suggestions in a real Chromium, under our real CSP, by keyboard."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from profielen.models import Onderwerp, Profiel
from tests.intranet.editor_proef import chromium, log_in  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.eenmaal]


@pytest.fixture
def pagina(chromium, live_server, anna, bram):  # noqa: F811
    for naam in ("Paspoort", "Paspoort tweede", "Rijbewijs", "Marktkraam"):
        Onderwerp.objects.create(naam=naam)
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="nl-NL")
    fouten: list[str] = []
    context.on("page", lambda pagina: pagina.on("pageerror", lambda fout: fouten.append(str(fout))))
    context.on(
        "console",
        lambda m: fouten.append(m.text) if m.type == "error" and "Content Security" in m.text else None,
    )
    log_in(context, live_server, anna)
    pagina = context.new_page()
    pagina.goto(f"{live_server.url}/mensen/ik/bewerken/")
    expect(pagina.locator("[data-kiest]")).to_have_count(2)
    yield pagina
    context.close()
    assert fouten == []


def opties(pagina):
    lijst = pagina.locator("[role=option]")
    expect(lijst.first).to_be_visible()
    return lijst.all_inner_texts()


def gekozen(pagina):
    return pagina.locator("input[name=onderwerpen]").input_value()


def test_choose_and_take_away_by_keyboard(pagina):
    veld = pagina.get_by_role("combobox", name="Onderwerpen waar je veel van weet")
    veld.press_sequentially("PASP")
    assert opties(pagina) == ["Paspoort", "Paspoort tweede"]
    assert veld.get_attribute("aria-expanded") == "true"
    uitslag = Axe().run(pagina, options={"resultTypes": ["violations"]})
    assert [(v["id"], [n["html"][:200] for n in v["nodes"]]) for v in uitslag.response["violations"]] == []
    veld.press("ArrowDown")
    veld.press("ArrowDown")
    actief = veld.get_attribute("aria-activedescendant")
    assert pagina.locator(f"#{actief}").inner_text() == "Paspoort tweede"
    veld.press("Enter")
    assert gekozen(pagina) == "Paspoort tweede"
    veld.press_sequentially("rijbewijs")
    opties(pagina)
    veld.press(",")  # typed in full: no need to point
    assert gekozen(pagina) == "Paspoort tweede, Rijbewijs"
    veld.press("Backspace")
    assert gekozen(pagina) == "Paspoort tweede"
    pagina.get_by_role("button", name="Paspoort tweede weghalen").press("Enter")
    assert gekozen(pagina) == ""
    expect(veld).to_be_focused()
    veld.press_sequentially("markt")
    opties(pagina)
    veld.press("Escape")
    expect(pagina.locator("[role=option]")).to_have_count(0)
    veld.press("Enter")  # half a word does not send the form
    assert pagina.url.endswith("/bewerken/")


def test_what_was_typed_but_not_chosen_is_not_lost(pagina, anna):
    pagina.get_by_role("combobox", name="Onderwerpen waar je veel van weet").fill("zeppelin")
    pagina.get_by_role("button", name="Bewaar je profiel").click()
    fout = "“zeppelin” staat niet in de lijst."
    expect(pagina.locator("#id_onderwerpen_error")).to_have_text(fout)
    assert gekozen(pagina) == "zeppelin"


def test_choose_a_colleague(pagina, anna, bram):
    veld = pagina.get_by_role("combobox", name="Wie vervangt je?")
    veld.press_sequentially("buit")
    assert opties(pagina) == ["Bram Buiten\nZandmeer"]
    veld.press("ArrowDown")
    veld.press("Enter")
    assert veld.input_value() == "Bram Buiten (bram@zandmeer.example)"
    veld.press("Enter")  # now it is the form's
    expect(pagina.locator("h1")).to_have_text("Anna Lidwoord")
    assert Profiel.objects.get(pk=anna.pk).vervanger == bram
