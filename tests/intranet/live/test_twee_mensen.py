"""Anna and Bram at the same time, each in a browser of their own: what one does, the other sees come in."""

import re
import uuid

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect as verwacht

from tests.intranet.editor_proef import chromium  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.eenmaal, pytest.mark.timeout(600)]
# The machine is busy with other tests.
GEDULD = 45_000
# What the reader must not lose: the focus, what stands there, and where it stands on the screen.
STAND = """() => {
    const vak = document.querySelector("#antwoord [contenteditable]");
    return {
        focus: vak.contains(document.activeElement), tekst: vak.textContent,
        plek: Math.round(vak.getBoundingClientRect().top),
    };
}"""


def expect(wat):
    """What must come to be so, however long it takes."""
    verwacht.set_options(timeout=GEDULD)
    try:
        return verwacht(wat)
    finally:
        verwacht.set_options(timeout=5_000)


class Mens:
    """Someone with a page open."""

    def __init__(self, huis, browser, naam, sessie):
        self.huis, self.naam, self.fouten = huis, naam, []
        self.context = browser.new_context(
            viewport={"width": 1280, "height": 800},
            locale="nl-NL",
            base_url=huis.url,
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(GEDULD)
        self.context.add_cookies([{"name": "sessionid", "value": sessie, "url": huis.url}])
        self.pagina = self.context.new_page()
        self.pagina.on("pageerror", lambda fout: self.fouten.append(str(fout)))
        self.pagina.on(
            "console",
            lambda m: self.fouten.append(m.text) if m.type == "error" and "422" not in m.text else None,
        )

    def naar(self, adres):
        """Open it, and wait until the page has its line."""
        with self.pagina.expect_websocket() as lijn:
            self.pagina.goto(adres)
        lijn.value.wait_for_event("framereceived")
        # It goes when this document does.
        self.pagina.evaluate("window.zelfde = true")

    def is_nog_daar(self):
        """Whether this is the very page that was opened."""
        return self.pagina.evaluate("window.zelfde === true")

    def bel(self):
        return self.pagina.locator("[data-bel]")

    def balk(self):
        return self.pagina.locator(".bp-nieuwbalk button")

    def stuur(self, adres, **velden):
        """Send a form of ours."""
        token = next(k["value"] for k in self.context.cookies() if k["name"] == "csrftoken")
        kop = {"Origin": self.huis.url, "Referer": self.huis.url + adres}
        antwoord = self.context.request.post(
            adres, form=velden | {"csrfmiddlewaretoken": token}, headers=kop, max_redirects=0
        )
        assert antwoord.status == 302, antwoord.text()[:1000]
        return antwoord.headers["location"]


@pytest.fixture
def mensen(in_een, chromium):  # noqa: F811
    anna, bram = in_een.sessies("anna", "bram")
    beiden = [Mens(in_een, chromium, "anna", anna), Mens(in_een, chromium, "bram", bram)]
    # A page that asks something gives the token that forms need.
    for mens in beiden:
        mens.naar(f"/vragen/{in_een.vragen['open']}/")
    yield beiden
    fouten = [mens.fouten for mens in beiden]
    for mens in beiden:
        mens.context.close()
    assert fouten == [[], []]


def stelt(mens, titel, tekst):
    return mens.stuur(
        "/vragen/stel/", titel=titel, inhoud=tekst, inhoud_opmaak="html", groep="groep-open",
        kanaal="zelf", sleutel=str(uuid.uuid4()), bevestigd="1",
    )  # fmt: skip


def antwoordt(mens, adres, tekst):
    mens.stuur(f"{adres}antwoorden/", inhoud=tekst, inhoud_opmaak="html", sleutel=str(uuid.uuid4()))


def test_a_question_its_answer_and_what_each_sees(mensen, in_een):
    anna, bram = mensen
    groep, wie = in_een.groepen["open"], in_een.mensen["bram"]
    in_een.doe(f"Groep.objects.get(pk={groep}).voeg_toe(g(pk={wie}))")  # his start page follows it
    bram.naar("/")
    voor = bram.bel().inner_text()
    genoemd = (
        f'<p><span data-mention="gebruiker:{in_een.mensen["bram"]}">Bram Proef</span>, weet jij dit?</p>'
    )
    adres = stelt(anna, "Hoe laat sluit de markt op het plein?", genoemd + "<p>Lang.</p>" * 40)

    # Bram's bell moves, on the page that he has open.
    expect(bram.bel()).not_to_have_text(voor)
    expect(bram.bel()).to_contain_text("nieuw")
    # He reads his start page: it says that there is a question, and keeps what he is typing.
    expect(bram.balk()).to_have_text("1 nieuwe vraag")
    bram.pagina.locator("#stel").fill("Wat ik wilde")
    bram.balk().click()
    expect(bram.pagina.get_by_role("link", name="Hoe laat sluit de markt")).to_be_focused()
    expect(bram.pagina.locator("#stel")).to_have_value("Wat ik wilde")
    expect(bram.balk()).to_be_hidden()
    assert bram.is_nog_daar()

    # Anna writes more, far down the page.
    anna.naar(adres)
    vak = anna.pagina.locator("#antwoord [contenteditable]")
    vak.scroll_into_view_if_needed()
    vak.click()
    anna.pagina.keyboard.type("Ik zocht zelf al verder")
    anna.pagina.wait_for_timeout(1500)  # the editor saves its draft
    stond = anna.pagina.evaluate(STAND)
    assert stond["focus"]
    assert stond["tekst"] == "Ik zocht zelf al verder"
    assert anna.pagina.evaluate("scrollY") > 300

    antwoordt(bram, adres, "<p>Om vijf uur.</p>")
    expect(anna.balk()).to_have_text("1 nieuw antwoord")
    antwoordt(bram, adres, "<p>In de winter om vier uur.</p>")
    expect(anna.balk()).to_have_text("2 nieuwe antwoorden")
    # Counts move in place. Nothing else does.
    bram.stuur(f"{adres}bedankje/", aan="1")
    expect(anna.pagina.locator("#acties")).to_contain_text("1 keer bedankt")
    assert anna.pagina.evaluate(STAND) == stond
    assert anna.pagina.get_by_text("Om vijf uur.").count() == 0
    assert not Axe().run(anna.pagina).response["violations"]

    anna.balk().click()
    nieuw = anna.pagina.locator("#antwoordenlijst > article")
    expect(nieuw).to_have_count(2)
    expect(nieuw.first).to_be_focused()
    expect(nieuw.first).to_be_in_viewport()
    expect(anna.pagina.get_by_role("heading", name="2 antwoorden")).to_be_visible()
    expect(anna.balk()).to_be_hidden()
    expect(vak).to_have_text("Ik zocht zelf al verder")
    # She has seen them: her bell says so by itself.
    expect(anna.bel()).not_to_contain_text("nieuw")
    assert anna.is_nog_daar()

    # What came in works: Bram's page changes where it stands when she chooses.
    bram.naar(adres)
    knop = anna.pagina.get_by_role("button", name="Kies als oplossing").first
    with anna.pagina.expect_navigation():
        knop.click()
    expect(bram.pagina.get_by_role("heading", name="Oplossing")).to_be_visible()
    expect(bram.pagina.locator(".bp-vraag__stand")).to_contain_text("Opgelost")
    assert bram.is_nog_daar()


def test_who_was_away_catches_up(mensen, in_een):
    anna, bram = mensen
    adres = stelt(anna, "Wie heeft de sleutel van het hek?", "<p>Van het hek.</p>")
    antwoordt(bram, adres, "<p>Ik.</p>")
    anna.naar(adres)
    # Put away by the browser, as on a phone, and back.
    anna.pagina.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    anna.pagina.wait_for_timeout(300)
    antwoordt(bram, adres, "<p>Nu ligt hij bij de balie.</p>")
    anna.pagina.wait_for_timeout(700)
    expect(anna.balk()).to_be_hidden()
    anna.pagina.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(anna.balk()).to_have_text("1 nieuw antwoord")
    # An answer that Bram takes back while she writes a reactie to it: her words stay.
    reactie = anna.pagina.locator("#antwoordenlijst article").first
    reactie.locator("summary", has_text="Reageer").click()
    reactie.locator("textarea").fill("Waar dan?")
    nummer = reactie.get_attribute("id").split("-")[1]
    bram.stuur(f"/antwoorden/{nummer}/verwijdering/")
    expect(reactie).to_contain_text("verwijderd")
    expect(reactie.locator("textarea")).to_have_value("Waar dan?")
    assert re.fullmatch(r"antwoord-\d+", reactie.get_attribute("id"))

    # A reactie that was refused says why, also after something else came in.
    anna.balk().click()
    tweede = anna.pagina.locator("#antwoordenlijst article").nth(1)
    tweede.locator("summary", has_text="Reageer").click()
    expect(tweede.locator("textarea")).to_be_focused()
    with anna.pagina.expect_websocket() as lijn:
        tweede.get_by_role("button", name="Plaats reactie").click()
    lijn.value.wait_for_event("framereceived")
    fout = anna.pagina.get_by_text("Schrijf eerst je reactie.")
    expect(fout).to_be_visible()
    bram.stuur(f"{adres}bedankje/", aan="1")
    expect(anna.pagina.locator("#acties")).to_contain_text("1 keer bedankt")
    expect(fout).to_be_visible()
