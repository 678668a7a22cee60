"""Ask, answer and solve with the keyboard alone, in a real Chromium under our own CSP; axe finds nothing."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from groepen.models import Vraag
from tests.intranet.editor_proef import chromium, log_in  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.eenmaal]


@pytest.fixture
def collega(chromium, live_server):  # noqa: F811
    """``collega(anna)`` is a page in a browser of her own; an error in a script fails the test."""
    vensters, fouten = [], []

    def opent(gebruiker, breed=1280, hoog=800):
        context = chromium.new_context(
            viewport={"width": breed, "height": hoog}, locale="nl-NL", base_url=live_server.url
        )
        log_in(context, live_server, gebruiker)
        pagina = context.new_page()
        pagina.on("pageerror", lambda fout: fouten.append(f"{fout}"))
        pagina.on(
            "console",
            lambda m: (
                fouten.append(m.text)
                if m.type == "error" and "Failed to load resource" not in m.text
                else None
            ),
        )
        vensters.append(context)
        return pagina

    yield opent
    for context in vensters:
        for pagina in context.pages:
            pagina.goto("about:blank")  # what a page still saves must be done before the database is flushed
            pagina.wait_for_timeout(200)
        context.close()
    assert fouten == []


def tab_naar(pagina, doel, meest=90):
    """Press Tab until ``doel`` has the focus: nobody can be stuck on the way."""
    for stap in range(meest + 1):
        if doel.evaluate("el => el === document.activeElement"):
            return
        if stap < meest:
            pagina.keyboard.press("Tab")
    pytest.fail(f"Tab does not reach {doel}")


def test_ask_answer_and_solve_by_keyboard_alone(collega, open_groep, anna, bram):
    # Anna asks.
    pagina = collega(anna)
    pagina.goto("/vragen/stel/")
    pagina.locator(".ProseMirror").wait_for()
    tab_naar(pagina, pagina.get_by_role("textbox", name="Wat wil je weten?"))
    pagina.keyboard.type("Mag een foodtruck op het schoolplein?")
    tab_naar(pagina, pagina.get_by_role("textbox", name="Vertel er iets bij"))
    pagina.keyboard.type("Het plein is van de school.")
    tab_naar(pagina, pagina.get_by_role("radio", name="Groep open"))
    pagina.keyboard.press("Space")
    tab_naar(pagina, pagina.get_by_role("button", name="Plaats je vraag"))
    pagina.keyboard.press("Enter")
    pagina.get_by_role("heading", name="Mag een foodtruck op het schoolplein?").wait_for()
    vraag = Vraag.objects.get()
    assert vraag.inhoud == "<p>Het plein is van de school.</p>"

    # Bram has the same question, and then answers it.
    bij_bram = collega(bram)
    bij_bram.goto(f"/vragen/{vraag.pk}/")
    bij_bram.locator(".ProseMirror").wait_for()
    stem = bij_bram.get_by_role("button", name="Ook mijn vraag")
    tab_naar(bij_bram, stem)
    bij_bram.keyboard.press("Space")
    bij_bram.locator("#stem[aria-pressed=true]").wait_for()
    # The row was replaced; the focus did not get lost with it.
    assert bij_bram.locator("#stem").evaluate("el => el === document.activeElement")
    tab_naar(bij_bram, bij_bram.get_by_role("textbox", name="Jouw antwoord"))
    bij_bram.keyboard.type("Ja, dat mag.")
    tab_naar(bij_bram, bij_bram.get_by_role("button", name="Plaats antwoord"))
    bij_bram.keyboard.press("Enter")
    bij_bram.get_by_role("article", name="Antwoord van Bram Buiten").wait_for()

    # Anna reacts, and chooses it.
    pagina.goto(f"/vragen/{vraag.pk}/")
    tab_naar(pagina, pagina.locator(".bp-reageer > summary"))
    pagina.keyboard.press("Enter")
    tab_naar(pagina, pagina.get_by_role("textbox", name="Jouw reactie op het antwoord van Bram Buiten"), 1)
    pagina.keyboard.type("Dank je.")
    tab_naar(pagina, pagina.get_by_role("button", name="Plaats reactie"), 1)
    pagina.keyboard.press("Enter")
    pagina.get_by_text("Dank je.").wait_for()
    tab_naar(pagina, pagina.get_by_role("button", name="Kies als oplossing"))
    pagina.keyboard.press("Enter")
    pagina.get_by_role("heading", name="Oplossing").wait_for()
    vraag.refresh_from_db()
    assert vraag.oplossing.inhoud == "<p>Ja, dat mag.</p>"

    # The menu behind the dots opens and closes, and gives the focus back.
    menu = pagina.locator("#vraag .bp-meerkeuzes")
    tab_naar(pagina, menu.locator("summary"))
    pagina.keyboard.press("Enter")
    pagina.keyboard.press("Tab")
    assert menu.evaluate("el => el.open && el.contains(document.activeElement)")
    pagina.keyboard.press("Escape")
    assert menu.evaluate("el => !el.open && el.querySelector('summary') === document.activeElement")


def test_a_reactie_survives_a_closed_tab_and_a_lost_session(collega, open_groep, anna, bram):
    vraag = open_groep.stel_vraag(bram, "Mag dit?")
    vraag.beantwoord(bram, "Ja.")
    pagina = collega(anna)
    pagina.goto(f"/vragen/{vraag.pk}/")
    pagina.locator(".bp-reageer > summary").click()
    vak = pagina.get_by_role("textbox", name="Jouw reactie op het antwoord van Bram Buiten")
    vak.press_sequentially("Ook op zondag?")
    pagina.locator(".bp-reageer__vak").get_by_text("Concept bewaard om").wait_for()
    context = pagina.context
    pagina.close()
    pagina = context.new_page()
    pagina.goto(f"/vragen/{vraag.pk}/")
    vak = pagina.get_by_role("textbox", name="Jouw reactie op het antwoord van Bram Buiten")
    expect(vak).to_have_value("Ook op zondag?")
    koekjes = context.cookies()
    context.clear_cookies()
    vak.press("End")
    vak.press_sequentially(" En op maandag?")
    pagina.get_by_role("button", name="Plaats reactie").click()
    pagina.locator(".bp-reageer__vak").get_by_text("Je bent uitgelogd").wait_for()
    expect(vak).to_have_value("Ook op zondag? En op maandag?")
    context.add_cookies(koekjes)
    pagina.get_by_role("button", name="Plaats reactie").click()
    pagina.locator(".bp-reactie").get_by_text("Ook op zondag? En op maandag?").wait_for()


@pytest.mark.parametrize("kleuren", ["light", "dark"])
@pytest.mark.parametrize("maat", [(1280, 800), (375, 812)], ids=["wide", "phone"])
def test_axe_finds_nothing(collega, open_groep, anna, dora, eva, chris, maat, kleuren):
    open_groep.voeg_toe(chris)
    vraag = open_groep.stel_vraag(anna, "Mag dit op koopzondag?", "<p>Of niet?</p>", kanaal="balie")
    vraag.pak_op(dora)
    antwoord, ander = vraag.beantwoord(eva, "<p>Ja.</p>"), vraag.beantwoord(chris, "<p>Nee.</p>")
    vraag.kies_oplossing(antwoord, anna)
    antwoord.controleer(dora)
    ander.verwijder(dora)
    vraag.beantwoord(chris, "<p>Toch wel.</p>")
    open_ = open_groep.stel_vraag(eva, "En op maandag?")
    open_.vraag_informatie(dora, "Welke maandag?")
    pagina = collega(dora, *maat)
    pagina.emulate_media(color_scheme=kleuren)
    for adres in (
        f"/vragen/{vraag.pk}/",
        f"/vragen/{open_.pk}/",
        f"/vragen/{open_.pk}/behandelaar/",
        f"/vragen/{vraag.pk}/contactpersoon/",
        "/vragen/",
        "/vragen/?filter=opgepakt",
        "/vragen/stel/",
    ):
        pagina.goto(adres)
        if pagina.locator("[data-editor]").count():
            pagina.locator(".ProseMirror").wait_for()
        for uitklap in pagina.locator(".bp-reageer > summary, .bp-verloop__meer > summary").all():
            uitklap.click()
        gevonden = Axe().run(pagina).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"][:200]) for v in gevonden] == [], adres
        assert pagina.evaluate("document.documentElement.scrollWidth <= innerWidth"), adres
