# ruff: noqa: E501
"""The editor in a real Chromium, under our real CSP."""

import base64
import io
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

from intranet.text import clean
from tests.intranet.editor_proef import log_in, plak

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.eenmaal]
WORD = Path(__file__).parent / "plakwerk"


def waarde(pagina):
    return pagina.locator("textarea[name=inhoud]").evaluate("el => el.value")


def knop(pagina, naam):
    return pagina.get_by_role("toolbar").get_by_role("button", name=naam, exact=True)


def png(breedte=40, hoogte=30):
    uit = io.BytesIO()
    Image.new("RGB", (breedte, hoogte), "teal").save(uit, "PNG")
    return base64.b64encode(uit.getvalue()).decode()


def test_the_editor_says_what_it_is(pagina):
    vak = pagina.get_by_role("textbox", name="Vertel er iets bij")
    assert vak.get_attribute("aria-multiline") == "true"
    assert vak.get_attribute("id") == "id_inhoud"
    beschreven = vak.get_attribute("aria-describedby")
    assert pagina.locator(f"#{beschreven}").inner_text() == "Noem geen inwoners bij naam."
    assert pagina.locator("textarea[name=inhoud]").is_hidden()
    assert vak.evaluate("el => getComputedStyle(el).whiteSpace") == "break-spaces"


def test_axe_finds_nothing(pagina):
    pagina.locator(".ProseMirror").press_sequentially("Hallo")
    knop(pagina, "Tabel").click()
    uitslag = Axe().run(pagina, options={"resultTypes": ["violations"]})
    assert [(v["id"], [n["html"][:200] for n in v["nodes"]]) for v in uitslag.response["violations"]] == []
    knop(pagina, "Link").click()
    uitslag = Axe().run(pagina, options={"resultTypes": ["violations"]})
    assert [(v["id"], [n["html"][:200] for n in v["nodes"]]) for v in uitslag.response["violations"]] == []


def test_by_keyboard_alone(pagina, proefhuis):
    pagina.get_by_label("Wat wil je weten?").focus()
    pagina.keyboard.type("Mag dit?")
    pagina.keyboard.press("Tab")  # the toolbar is one stop
    assert pagina.evaluate("document.activeElement.dataset.doe") == "bold"
    pagina.keyboard.press("ArrowRight")
    pagina.keyboard.press("ArrowRight")
    pagina.keyboard.press("ArrowRight")
    assert pagina.evaluate("document.activeElement.dataset.doe") == "bulletList"
    pagina.keyboard.press("Enter")  # on, and back in the text
    assert knop(pagina, "Lijst").get_attribute("aria-pressed") == "true"
    pagina.keyboard.type("een")
    pagina.keyboard.press("Enter")
    pagina.keyboard.type("twee")
    pagina.keyboard.press("Control+]")
    pagina.keyboard.type("!")
    pagina.keyboard.press("Tab")  # leaves the editor, no trap
    assert pagina.evaluate("document.activeElement.textContent.trim()") == "Plaats je vraag"
    pagina.keyboard.press("Shift+Tab")
    assert pagina.evaluate("document.activeElement.id") == "id_inhoud"
    pagina.keyboard.press("Control+Enter")
    pagina.wait_for_url("**/geplaatst/")
    (ding,) = proefhuis.GEPLAATST
    assert ding["titel"] == "Mag dit?"
    assert clean(ding["inhoud"]) == "<ul><li><p>een</p><ul><li><p>twee!</p></li></ul></li></ul>"


@pytest.mark.parametrize(
    ("naam", "html"),
    [
        ("Vet", "<p><strong>woord</strong></p>"),
        ("Schuin", "<p><em>woord</em></p>"),
        ("Kop", "<h2>woord</h2>"),
        ("Lijst", "<ul><li><p>woord</p></li></ul>"),
        ("Genummerde lijst", "<ol><li><p>woord</p></li></ol>"),
        ("Citaat", "<blockquote><p>woord</p></blockquote>"),
        ("Code", "<p><code>woord</code></p>"),
    ],
)
def test_each_button_gives_what_survives_cleaning(pagina, naam, html):
    pagina.locator(".ProseMirror").press_sequentially("woord")
    pagina.keyboard.press("Control+a")
    knop(pagina, naam).click()
    assert knop(pagina, naam).get_attribute("aria-pressed") == "true"
    assert clean(waarde(pagina)) == html


def test_a_table_grows_and_goes(pagina):
    pagina.locator(".ProseMirror").click()
    knop(pagina, "Tabel").click()
    pagina.keyboard.type("Soort")
    pagina.get_by_role("button", name="Rij erbij").click()
    pagina.get_by_role("button", name="Kolom erbij").click()
    schoon = clean(waarde(pagina))
    assert schoon.count("<tr>") == 4
    assert "Soort" in schoon
    assert "style" not in waarde(pagina)
    pagina.get_by_role("button", name="Tabel weg").click()
    assert "<table" not in waarde(pagina)


def test_a_link_by_keyboard_and_a_wrong_address(pagina):
    pagina.locator(".ProseMirror").press_sequentially("deze pagina")
    pagina.keyboard.press("Control+a")
    pagina.keyboard.press("Control+k")
    pagina.keyboard.type("javascript:alert(1)")
    pagina.keyboard.press("Enter")
    assert pagina.get_by_text("Dit is geen goed adres").is_visible()
    pagina.get_by_label("Adres").fill("www.zandmeer.nl/markt")
    pagina.keyboard.press("Enter")
    assert pagina.evaluate("document.activeElement.id") == "id_inhoud"
    assert 'href="https://www.zandmeer.nl/markt"' in waarde(pagina)
    assert clean(waarde(pagina)).startswith('<p><a href="https://www.zandmeer.nl/markt" rel="noopener')
    pagina.keyboard.press("Control+k")
    pagina.get_by_role("button", name="Haal de link weg").click()
    assert clean(waarde(pagina)) == "<p>deze pagina</p>"


@pytest.mark.parametrize("bestand", ["word", "outlook"])
def test_paste_from_office(pagina, bestand):
    plak(pagina, (WORD / f"{bestand}.html").read_text(), tekst="anders")
    geplakt = waarde(pagina)
    for vuil in ("mso", "style=", "class=", "font", "o:p", "<!--", "<p></p>"):
        assert vuil not in geplakt
    verwacht = (WORD / f"{bestand}.uit").read_text().replace("\n", "")
    # The editor puts a paragraph in each item; the words and the shape are the same.
    assert re.sub(r"<li><p>(.*?)</p>", r"<li>\1", clean(geplakt)) == verwacht


def test_an_image_by_paste(pagina, anna):
    plak(pagina, bestanden=[("kraam.png", "image/png", png())])
    pagina.locator(".ProseMirror img[src]").wait_for()
    html = clean(waarde(pagina))
    afbeelding = anna.afbeeldingen.get()
    assert html == f'<p><img src="/afbeeldingen/{afbeelding.pk}/" alt="" width="40" height="30"></p>'
    pagina.locator(".ProseMirror img[src]").click()
    pagina.get_by_role("button", name="Beschrijf de afbeelding").click()
    pagina.get_by_label("Beschrijving").fill("Een kraam")
    pagina.keyboard.press("Enter")
    assert 'alt="Een kraam"' in clean(waarde(pagina))


def test_an_image_pasted_in_a_heading_comes_behind_it(pagina, anna):
    pagina.locator(".ProseMirror").press_sequentially("Zo ziet het eruit")
    knop(pagina, "Kop").click()
    plak(pagina, bestanden=[("kraam.png", "image/png", png())])
    pagina.locator(".ProseMirror img[src]").wait_for()
    beeld = f'<img src="/afbeeldingen/{anna.afbeeldingen.get().pk}/" alt="" width="40" height="30">'
    assert clean(waarde(pagina)) == f"<h2>Zo ziet het eruit</h2><p>{beeld}</p>"


@pytest.mark.parametrize(
    ("bestanden", "zin"),
    [
        ([("x.pdf", "application/pdf", "QUJD")], "Dit bestand is geen afbeelding"),
        ([("x.png", "image/png", base64.b64encode(b"x" * (10 * 1024 * 1024 + 1)).decode())], "te groot"),
        ([("x.png", "image/png", base64.b64encode(b"<html>geen plaatje").decode())], ""),
    ],
)
def test_what_is_no_image_is_refused_in_words(pagina, bestanden, zin):
    plak(pagina, bestanden=bestanden)
    fout = pagina.locator("[data-beeldfout]")
    fout.wait_for()
    assert zin in fout.inner_text()
    assert fout.inner_text().strip()
    assert waarde(pagina) == ""
    assert pagina.locator(".bp-beeld-onderweg").count() == 0


def test_no_foreign_or_data_image_gets_in(pagina):
    data = f"data:image/png;base64,{png()}"
    plak(pagina, f'<p>voor<img src="{data}"><img src="https://elders.nl/x.png">na</p>')
    assert waarde(pagina) == "<p>voorna</p>"
    assert "kwam niet mee" in pagina.locator("[data-beeldfout]").inner_text()


def test_a_refused_form_points_into_the_editor(pagina):
    pagina.get_by_role("button", name="Plaats je vraag").click()
    fout = pagina.get_by_role("link", name="Schrijf eerst iets.")
    fout.wait_for()
    vak = pagina.locator("#id_inhoud.ProseMirror")
    vak.wait_for()
    assert vak.get_attribute("aria-invalid") == "true"
    assert "id_inhoud_error" in vak.get_attribute("aria-describedby")
    fout.click()
    assert pagina.evaluate("document.activeElement.id") == "id_inhoud"


def test_existing_text_comes_back_unchanged(pagina, live_server):
    html = clean(
        "<h2>Kop</h2><p>a <em>b</em> <a href='https://x.nl'>c</a><br>d</p><ol start=3><li>x</ol><pre>code\n  in</pre>"
        "<blockquote>q</blockquote><table><tr><th>k<tr><td>w</table><hr><p><span data-mention='groep:3'>@M</span></p>"
    )
    pagina.goto(f"{live_server.url}/proef/?begin={quote(html)}")
    pagina.locator(".ProseMirror").wait_for()
    kaal = re.compile("</?(?:p|code)>")  # which the editor puts in items, cells and blocks of code
    assert kaal.sub("", clean(waarde(pagina))) == kaal.sub("", html)


def test_without_javascript_the_form_works(chromium, live_server, proefhuis, anna):
    context = chromium.new_context(java_script_enabled=False)
    log_in(context, live_server, anna)
    pagina = context.new_page()
    pagina.goto(f"{live_server.url}/proef/")
    assert not pagina.get_by_role("toolbar").is_visible()
    pagina.get_by_label("Wat wil je weten?").fill("Zonder")
    pagina.get_by_label("Vertel er iets bij").fill("een <naam>\n\ntwee")
    pagina.get_by_role("button", name="Plaats je vraag").click()
    assert pagina.url.endswith("/geplaatst/")
    assert proefhuis.GEPLAATST[0]["inhoud"] == "<p>een &lt;naam&gt;</p><p>twee</p>"
    context.close()
