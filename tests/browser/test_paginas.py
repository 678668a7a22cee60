"""Every page as the people it serves: axe by day and by night, wide and narrow, long words, no JavaScript."""

import pytest
from django.urls import reverse

from tests.browser.blik import blik
from tests.browser.wereld import Wereld
from tests.intranet.editor_proef import chromium, log_in  # noqa: F401
from tests.zichtbaarheid.register import OPPERVLAKKEN

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.eenmaal]
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
                if m.type in ("error", "warning") and "status of 4" not in m.text
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
        for args in dingen if kort in ELK else dingen[:1]:
            uit.append(reverse(oppervlak.naam, args=args))
        if dingen and oppervlak.zoek[-1]:
            uit.append(reverse(oppervlak.naam, args=dingen[0]) + oppervlak.zoek[-1])
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


def test_all_pages_as_anna(venster, wereld, anna):
    fout, gezien = loop(venster(anna), adressen(wereld))
    assert len(gezien) > 40
    assert not fout, "\n".join(fout)


@pytest.mark.parametrize("wie", ["bram", "chris"])
def test_pages_that_differ_for_others(venster, wereld, wie):
    fout, gezien = loop(venster(wereld.mensen[wie]), adressen(wereld, ANDERS), grondig=False)
    assert len(gezien) > 12
    assert not fout, "\n".join(fout)
