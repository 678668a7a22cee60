"""The bell and the pages behind it in a real Chromium: looked at in every way, and used by keyboard alone."""

import pytest
from playwright.sync_api import expect

from intranet.meldingen.models import Instelling, Melding, Niveau
from tests.browser.blik import blik
from tests.browser.test_paginas import venster  # noqa: F401
from tests.browser.test_toetsenbord import tab_naar
from tests.browser.wereld import LANG
from tests.intranet.editor_proef import chromium  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.eenmaal]


def test_hear_look_and_choose_by_keyboard_alone(
    venster, open_groep, anna, bram, chris, dora, eva, bezorg_alles  # noqa: F811
):  # fmt: skip
    open_groep.voeg_toe(chris)
    vraag = open_groep.stel_vraag(anna, f"Mag een {LANG} op maandag?")
    for wie in (bram, chris):
        vraag.beantwoord(wie, "<p>Ja.</p>")
    ander = open_groep.stel_vraag(bram, "Wie geeft de ontheffing?")
    noem = f'<p><span data-mention="gebruiker:{anna.pk}">@Anna Lidwoord</span> weet jij dit?</p>'
    ander.beantwoord(dora, noem)
    open_groep.geef_rol(anna, "beheerder", eva)
    bezorg_alles()

    pagina = venster(anna)
    pagina.goto("/groepen/")
    bel = pagina.get_by_role("banner").get_by_role("link", name="Meldingen, 3 nieuw")
    tab_naar(pagina, bel)
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", name="Meldingen", level=1)).to_be_visible()
    expect(pagina.get_by_role("heading", name="Vandaag", level=2)).to_be_visible()
    expect(pagina.locator(".bp-melding")).to_have_count(3)
    assert blik(pagina) == []

    # What is about the person alone has been told; two questions are left. A dot under the thumb too.
    expect(pagina.get_by_role("link", name="Meldingen, 2 nieuw")).to_be_visible()
    keuze = pagina.get_by_role("list", name="Toon")
    pagina.set_viewport_size({"width": 375, "height": 812})
    expect(pagina.locator(".bp-duimbalk .bp-stip")).to_be_visible()
    pagina.set_viewport_size({"width": 1280, "height": 800})
    tab_naar(pagina, keuze.get_by_role("link", name="Noemt jou 1 nieuw"))
    pagina.keyboard.press("Enter")
    expect(pagina.locator(".bp-melding")).to_have_count(1)
    expect(pagina.locator(".bp-melding")).to_contain_text("Dora Beheer noemt jou.")
    tab_naar(pagina, keuze.get_by_role("link", name="Nieuw 2"))
    pagina.keyboard.press("Enter")
    expect(pagina.locator(".bp-melding")).to_have_count(2)

    # Opened from the list it is read: the page itself says so.
    tab_naar(pagina, pagina.get_by_role("link", name=vraag.thread.titel))
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", name=vraag.thread.titel, level=1)).to_be_visible()
    assert pagina.url.endswith(f"#antwoord-{vraag.antwoorden.order_by('pk').first().pk}")
    expect(pagina.get_by_role("link", name="Meldingen, 1 nieuw")).to_be_visible()
    pagina.goto("/meldingen/")
    tab_naar(pagina, pagina.get_by_role("button", name="Alles gelezen"))
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("button", name="Alles gelezen")).to_have_count(0)
    expect(pagina.get_by_role("banner").get_by_role("link", name="Meldingen", exact=True)).to_be_visible()
    assert not Melding.objects.van(anna).ongelezen().exists()

    # The levels, from the card beside the list.
    tab_naar(pagina, pagina.get_by_role("link", name="Stel je meldingen in"))
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", name="Meldingen instellen", level=1)).to_be_visible()
    assert blik(pagina) == []
    kies = pagina.get_by_role("combobox", name=f"{open_groep.naam}: Op Binnenplein")
    tab_naar(pagina, kies)
    pagina.keyboard.type("Alles")
    tab_naar(pagina, pagina.get_by_role("checkbox", name="Laat de tekst weg"))
    pagina.keyboard.press("Space")
    tab_naar(pagina, pagina.get_by_role("button", name="Bewaar"))
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_text("Bewaard. Zo krijg je je meldingen voortaan.")).to_be_visible()
    assert Niveau.objects.get(gebruiker=anna).plein == 4
    assert Instelling.objects.get(gebruiker=anna).zonder_tekst
    expect(kies.locator("option:checked")).to_have_text("Alles")


def test_a_new_colleague_learns_what_this_is(venster, open_groep, bram):  # noqa: F811
    pagina = venster(bram)
    pagina.goto("/meldingen/")
    expect(pagina.get_by_role("heading", name="Je bent helemaal bij")).to_be_visible()
    assert blik(pagina) == []
    open_groep.voeg_toe(bram)
    pagina.goto(f"/groepen/{open_groep.slug}/")
    pagina.locator("summary", has_text="Je bent lid").click()
    pagina.get_by_role("link", name="Kies wat je van deze groep hoort").click()
    pagina.get_by_role("radio", name="Ook nieuwe vragen").check()
    assert blik(pagina) == []
    pagina.get_by_role("button", name="Bewaar").click()
    expect(pagina.get_by_text(f"Van {open_groep.naam} hoor je nu: Ook nieuwe vragen.")).to_be_visible()
    assert Niveau.objects.get(gebruiker=bram).plein == 3
