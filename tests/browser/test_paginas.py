"""Every page as the people it serves: axe by day and by night, wide and narrow, long words, no JavaScript."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import get_resolver, reverse
from playwright.sync_api import expect

from groepen.models import Vraag
from intranet.concepten.models import Concept
from tests import kijk
from tests.browser.blik import blik
from tests.browser.wereld import Wereld
from tests.intranet.editor_proef import chromium, log_in  # noqa: F401
from tests.zichtbaarheid.register import OPPERVLAKKEN

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.eenmaal,
    pytest.mark.timeout(900),
]
# What others see differently enough to look again.
ANDERS = ("start", "vraag", "groep", "groepen", "mens", "stel", "leden", "uitnodiging", "bewerken", "index")


@pytest.fixture
def wereld(anna, bram, chris, dora, eva):
    return Wereld(anna, bram, chris, dora, eva)


@pytest.fixture
def venster(chromium, live_server):  # noqa: F811
    """``venster()`` is a page in a browser of its own; an error in the console fails the test."""
    open_, fouten = [], []

    def opent(gebruiker=None, **rest):
        context = chromium.new_context(
            **{
                "viewport": {"width": 1280, "height": 800},
                "locale": "nl-NL",
                "reduced_motion": "reduce",
                "base_url": live_server.url,
            }
            | rest
        )
        if gebruiker:
            log_in(context, live_server, gebruiker)
        pagina = context.new_page()
        pagina.on("pageerror", lambda fout: fouten.append(f"{pagina.url}: {fout}"))
        pagina.on(
            "console",
            # A 403, 404 or 422 is an error to the browser; to us it is a page.
            lambda m: (
                fouten.append(f"{pagina.url}: {m.text}")
                if m.type in ("error", "warning")
                and "status of 4" not in m.text
                and "blocked by Playwright" not in m.text
                else None
            ),
        )
        open_.append(context)
        return pagina

    yield opent
    for context in open_:
        for pagina in context.pages:
            pagina.goto("about:blank")
            pagina.wait_for_timeout(200)
        context.close()
    assert fouten == []


# Pages that differ from one thing to the next; of the others one is enough.
ELK = ("vraag", "groep", "leden", "mens", "uitnodiging")
# No page, or a part of one.
GEEN_PAGINA = ("csrf", "concept", "artikel_kort")


def adressen(wereld, namen=None):
    """Every own GET address, filled from the world; a kind of thing it lacks is one of another test."""
    uit = []
    for oppervlak in OPPERVLAKKEN:
        kort = oppervlak.naam.split(":")[-1]
        if oppervlak.get is None or oppervlak.htmx or kort in GEEN_PAGINA or (namen and kort not in namen):
            continue
        dingen = [args for soort in oppervlak.dingen for args in wereld.args.get(soort, ())]
        uit += [reverse(oppervlak.naam, args=args) for args in (dingen if kort in ELK else dingen[:1])]
        # Filtered down to nothing, or nearly.
        if dingen == [()] and oppervlak.zoek[-1] and not namen:
            uit.append(reverse(oppervlak.naam) + oppervlak.zoek[-1])
    return list(dict.fromkeys(uit))


def loop(pagina, adressen, **rest):
    """Look at each that is a page for this person; returns the findings and what was seen."""
    fout, gezien = [], []
    for adres in adressen:
        antwoord = pagina.context.request.get(adres, max_redirects=0)
        if antwoord.status in (301, 302, 303, 405) or "<!DOCTYPE" not in antwoord.text()[:2000]:
            continue
        assert antwoord.status < 500, adres
        dicht = antwoord.status in (403, 404)
        if dicht and antwoord.status in gezien:
            continue  # seen one, seen all
        gezien.append(antwoord.status if dicht else adres)
        pagina.goto(adres)
        fout += [f"{adres}  {wat}" for wat in blik(pagina, **rest)]
    return fout, gezien


# In three, so that the processes of a run can share the walk.
@pytest.mark.parametrize("deel", range(3))
def test_all_pages_as_anna(venster, wereld, anna, deel):
    fout, gezien = loop(venster(anna), adressen(wereld)[deel::3])
    assert len(gezien) > 12
    assert not fout, "\n".join(fout)


@pytest.mark.parametrize("wie", ["bram", "chris"])
def test_pages_that_differ_for_others(venster, wereld, wie):
    fout, gezien = loop(venster(wereld.mensen[wie]), adressen(wereld, ANDERS), grondig=False)
    assert len(gezien) > 12
    assert not fout, "\n".join(fout)


def test_account_pages(venster, wereld, anna):
    """Logged in by the page itself, so that nothing asks for the password again."""
    anna.set_password("een lange zin voor Anna")
    anna.save()
    EmailAddress.objects.create(user=anna, email=anna.email, verified=True, primary=True)
    pagina = venster()
    fout, _gezien = loop(pagina, [f"/{adres}" for adres in kijk.OPENBAAR], grondig=False)
    pagina.goto("/account/login/")
    pagina.get_by_label("E-mailadres van je werk").fill(anna.email)
    pagina.get_by_label("Wachtwoord", exact=True).fill("iets anders")
    pagina.get_by_role("button", name="Log in", exact=True).click()
    expect(pagina.locator("[data-fouten]")).to_be_focused()
    fout += [f"login refused  {wat}" for wat in blik(pagina)]
    pagina.get_by_label("Wachtwoord", exact=True).fill("een lange zin voor Anna")
    pagina.get_by_role("button", name="Log in", exact=True).click()
    expect(pagina.get_by_role("heading", level=1)).to_contain_text("Anna")
    routes = [
        f"/{route}" for route in kijk.routes(get_resolver().url_patterns) if route.startswith("account/")
    ]
    meer, gezien = loop(pagina, [adres for adres in routes if "<" not in adres and "download" not in adres])
    fout += meer
    assert len(gezien) > 6
    assert not fout, "\n".join(fout)


def test_refused_forms_and_a_collision(venster, wereld, anna):
    pagina = venster(anna)
    fout = []
    for adres, knop in {
        "/vragen/stel/": "Plaats je vraag",
        "/groepen/nieuw/": "Begin de groep",
        f"/groepen/{wereld.groep.slug}/leden/": "Verstuur uitnodiging",
        f"/vragen/{wereld.open.pk}/behandelaar/": "Draag over",
        f"/vragen/{wereld.stil.pk}/": "Plaats antwoord",
    }.items():
        pagina.goto(adres)
        # As an old browser sends it: the page that the server gives back is what we look at.
        pagina.evaluate("document.querySelectorAll('form').forEach(form => { form.noValidate = true; })")
        pagina.get_by_role("button", name=knop).click()
        expect(pagina.locator("[data-fouten], [aria-invalid=true]").first).to_be_focused()
        fout += [f"{adres} refused  {wat}" for wat in blik(pagina, grondig=False)]
    pagina.goto(f"/vragen/{wereld.open.pk}/bewerken/")
    wereld.bewerk_ondertussen()
    pagina.get_by_role("button", name="Bewaar").click()
    expect(pagina.get_by_text("Iets anders geworden?").first).to_be_visible()
    fout += [f"collision  {wat}" for wat in blik(pagina)]
    assert not fout, "\n".join(fout)


def test_the_skip_link_goes_past_everything(venster, wereld, anna):
    pagina = venster(anna)
    for adres in ("/", "/bestaat-niet/", "/account/email/"):
        pagina.goto(adres)
        pagina.keyboard.press("Tab")
        expect(pagina.get_by_role("link", name="Ga naar de inhoud")).to_be_focused()
        expect(pagina.get_by_role("link", name="Ga naar de inhoud")).to_be_in_viewport()
        pagina.keyboard.press("Enter")
        pagina.keyboard.press("Tab")
        assert pagina.evaluate("document.activeElement.closest('main') !== null"), adres


def test_without_javascript(venster, wereld, anna):
    """Ask, answer, vote and follow with plain forms."""
    pagina = venster(anna, java_script_enabled=False)
    pagina.goto("/vragen/stel/")
    pagina.get_by_label("Wat wil je weten?").fill("Kan dit ook zonder?")
    pagina.get_by_label("Vertel er iets bij").fill("Zonder script.")
    pagina.get_by_role("radio", name=wereld.groep.naam).check()
    pagina.get_by_role("button", name="Plaats je vraag").click()
    expect(pagina.get_by_role("heading", name="Kan dit ook zonder?", level=1)).to_be_visible()
    vraag = Vraag.objects.get(thread__titel="Kan dit ook zonder?")
    assert vraag.inhoud == "<p>Zonder script.</p>"
    pagina.goto(f"/vragen/{wereld.stil.pk}/")
    pagina.get_by_role("button", name="Ook mijn vraag").click()
    pagina.get_by_label("Jouw antwoord").fill("Ja, zo.")
    pagina.get_by_role("button", name="Plaats antwoord").click()
    expect(pagina.get_by_role("article").get_by_text("Ja, zo.")).to_be_visible()
    wereld.stil.thread.refresh_from_db()
    assert wereld.stil.thread.aantal_stemmen == 1


def test_looking_at_a_form_saves_nothing(venster, wereld, anna):
    pagina = venster(anna)
    for adres in ("/vragen/stel/", f"/vragen/{wereld.vraag.pk}/", f"/vragen/{wereld.open.pk}/bewerken/"):
        pagina.goto(adres)
        pagina.locator(".ProseMirror").first.wait_for()
        pagina.locator(".ProseMirror").first.click()
    pagina.goto("about:blank")
    pagina.wait_for_timeout(300)
    assert not Concept.objects.exists()
