"""``make kijk``: a picture of every page of ours.

As Anna, Bram and Chris, on a screen and on a phone, by day and by night. Serves the demo from a database of
its own and walks *all* URL patterns of ours, so a new page appears by itself; what could not be visited is
named. Ends in ``build/kijk/index.html``. ``--readme`` also takes the picture for the README.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from html import escape
from pathlib import Path

WORTEL = Path(__file__).resolve().parent.parent
UIT = WORTEL / "build" / "kijk"
DATA = WORTEL / "build" / "kijk-data"
MENSEN = {"anna": "anna@zandmeer.example", "bram": "bram@zandmeer.example", "chris": "chris@vanelk.example"}
MATEN = {"breed": (1280, 800), "mobiel": (375, 812)}
THEMAS = {"licht": "light", "donker": "dark"}
# Trees of others, and answers that are no page.
NIET = re.compile(r"^(cms/|beheer/|static/|gezond/|concepten/|afbeeldingen/)|/foto/$")
# Public pages: the same for everyone, so looked at once, without logging in.
OPENBAAR = ("account/login/", "account/password/reset/", "account/signup/", "toegankelijkheid/", "privacy/")
SOORTEN = ("open", "besloten", "verborgen")


def routes(patronen, voor=""):
    """Every route below these patterns, as text with its converters left in."""
    for patroon in patronen:
        route = voor + str(patroon.pattern).removeprefix("^").removesuffix("$").removesuffix(r"\Z")
        if NIET.search(route):
            continue
        if hasattr(patroon, "url_patterns"):
            yield from routes(patroon.url_patterns, route)
        else:
            yield route


def voorbeelden():
    """For each beginning of a route: the numbers and names to fill in, with a word for the picture."""
    from groepen.models import Antwoord, Groep, Reactie, Uitnodiging, Vraag
    from profielen.models import Gebruiker

    anna = Gebruiker.objects.get(email=MENSEN["anna"])
    vragen = Vraag.objects.zichtbaar_voor(anna)
    levend = vragen.order_by("-thread__aantal_antwoorden", "-thread__laatst_actief_op")
    eerste = {status: levend.filter(status=status).first() for status in ("opgelost", "open", "opgepakt")}
    groepen = {soort: Groep.objects.filter(soort=soort).first() for soort in SOORTEN}
    antwoord = Antwoord.objects.filter(vraag__in=vragen).first()
    reactie = Reactie.objects.filter(antwoord__vraag__in=vragen).first()
    mensen = {naam: Gebruiker.objects.get(email=email) for naam, email in MENSEN.items()}
    return {
        "vragen/": [(naam, ding.pk) for naam, ding in eerste.items() if ding],
        "antwoorden/": [("", antwoord.pk)] if antwoord else [],
        "reacties/": [("", reactie.pk)] if reactie else [],
        "groepen/": [(naam, ding.slug) for naam, ding in groepen.items() if ding],
        "mensen/": [(naam, ding.pk) for naam, ding in mensen.items() if naam != "bram"],
        "uitnodiging/": [("", ding.pk) for ding in Uitnodiging.objects.all()[:1]],
        "kennisbank/": _artikelen(),
    }


def _artikelen():
    from django.apps import apps

    if "kennisartikel" not in apps.all_models["kennisbank"]:
        return []
    return [("", artikel.pk) for artikel in apps.get_model("kennisbank", "Kennisartikel").objects.all()[:1]]


def bladen():
    """(name of the picture, address) of every page, and the routes for which there is no example."""
    from django.urls import get_resolver

    gevonden, zonder, vullingen = {}, [], voorbeelden()
    for route in routes(get_resolver().url_patterns):
        if route in OPENBAAR:
            continue
        gaten = re.findall(r"<[^>]+>|\(\?P<[^)]+\)", route)
        if not gaten:
            gevonden[route.strip("/").replace("/", "-") or "start"] = f"/{route}"
            continue
        begin = route.split("/", 1)[0] + "/"
        # A second gap (a member of a Groep) is always an action: no page.
        if len(gaten) > 1 or begin not in vullingen:
            zonder.append(route)
            continue
        for woord, waarde in vullingen[begin]:
            naam = route.replace(gaten[0], woord or "een").strip("/").replace("/", "-")
            gevonden[naam] = "/" + route.replace(gaten[0], str(waarde))
    gevonden["niet-gevonden"] = "/bestaat-niet/"
    return gevonden, zonder


@contextmanager
def gediend():
    """Serve the demo on a free port, from a database that only this command uses."""
    from tests import diensten

    omgeving = {**os.environ, "DATA_DIR": str(DATA), "DEBUG": "1", "PORT": str(diensten.free_port())}
    omgeving.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, ".ci/opzet.py"], cwd=WORTEL, env=omgeving, check=True)
    with (DATA / "serveer.log").open("w") as log:
        opdracht = [sys.executable, "manage.py", "serveer"]
        proces = subprocess.Popen(opdracht, cwd=WORTEL, env=omgeving, stdout=log, stderr=log)
    try:
        poort = int(omgeving["PORT"])
        diensten.wait_until(lambda: diensten.listens(poort), proces, what="serveer", log=DATA / "serveer.log")
        yield f"http://localhost:{poort}"
    finally:
        diensten.stop_process(proces)


def sessie(email):
    """The session key of someone who is logged in."""
    from django.conf import settings
    from django.test import Client

    from profielen.models import Gebruiker

    client = Client()
    client.force_login(Gebruiker.objects.get(email=email), backend=settings.AUTHENTICATION_BACKENDS[0])
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def fotografeer(browser, adres, wie, sleutel, thema, paginas):
    """Visit these pages as one person in one theme; yields (page, who, file, status) of each picture."""
    context = browser.new_context(color_scheme=THEMAS[thema], locale="nl-NL", timezone_id="Europe/Amsterdam")
    if sleutel:
        context.add_cookies([{"name": "sessionid", "value": sleutel, "url": adres}])
    blad = context.new_page()
    for naam, pad in paginas.items():
        # Asked first: a browser refuses to show an action (405), and a redirect is a page of another name.
        antwoord = context.request.get(adres + pad, max_redirects=0)
        if antwoord.status in (301, 302, 303, 405) or "html" not in antwoord.headers.get("content-type", ""):
            continue
        if "<!DOCTYPE" not in antwoord.text()[:2000]:
            continue  # a part of a page
        blad.goto(adres + pad)
        for maat, (breed, hoog) in MATEN.items():
            if antwoord.status in (403, 404) and (maat, thema) != ("breed", "licht"):
                continue  # seen one, seen all; niet-gevonden shows the page itself
            blad.set_viewport_size({"width": breed, "height": hoog})
            bestand = f"{naam}--{wie}-{maat}-{thema}.png"
            blad.screenshot(path=UIT / bestand, full_page=True, animations="disabled")
            yield naam, wie, bestand, antwoord.status
    context.close()


def schrijf_index(beelden, zonder):
    """One page with all pictures, a row per page."""
    rijen = []
    for naam in sorted({beeld[0] for beeld in beelden}):
        plaatjes = "".join(
            f'<figure><a href="{escape(bestand)}"><img loading="lazy" src="{escape(bestand)}" alt=""></a>'
            f"<figcaption>{escape(bestand.split('--')[1][:-4])} · {status}</figcaption></figure>"
            for blad, _, bestand, status in beelden
            if blad == naam
        )
        rijen.append(f'<section id="{escape(naam)}"><h2>{escape(naam)}</h2><div>{plaatjes}</div></section>')
    stijl = (
        "body{font:15px system-ui;margin:2rem;background:#f4f4f2}div{display:flex;gap:1rem;overflow-x:auto}"
        "figure{margin:0;flex:none}"
        "img{height:26rem;object-fit:cover;object-position:top;border:1px solid #bbb}"
    )
    niet = "".join(f"<li>{escape(route)}</li>" for route in zonder)
    (UIT / "index.html").write_text(
        f'<!DOCTYPE html><html lang="nl"><meta charset="utf-8"><title>Kijk</title><style>{stijl}</style>'
        f"<h1>{len(beelden)} beelden</h1>{''.join(rijen)}<h2>Zonder voorbeeld</h2><ul>{niet}</ul></html>"
    )


def main():
    """Take all pictures; returns 0."""
    vragen = argparse.ArgumentParser(description=__doc__)
    vragen.add_argument("--readme", action="store_true", help="ververs docs/beeld/vraag.png")
    keuze = vragen.parse_args()
    shutil.rmtree(UIT, ignore_errors=True)
    UIT.mkdir(parents=True)
    DATA.mkdir(parents=True, exist_ok=True)
    os.environ |= {"DATA_DIR": str(DATA), "DEBUG": "1", "DJANGO_SETTINGS_MODULE": "intranet.settings"}
    os.environ.pop("DATABASE_URL", None)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright's loop runs in this thread
    with gediend() as adres:
        import django

        django.setup()
        from playwright.sync_api import sync_playwright

        paginas, zonder = bladen()
        sleutels = {wie: sessie(email) for wie, email in MENSEN.items()}
        openbaar = {pad.strip("/").replace("/", "-"): f"/{pad}" for pad in OPENBAAR}
        beelden = []
        with sync_playwright() as spel:
            chromium = shutil.which("chromium") or shutil.which("google-chrome")
            browser = spel.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            for thema in THEMAS:
                beelden += fotografeer(browser, adres, "niemand", "", thema, openbaar)
                for wie, sleutel in sleutels.items():
                    beelden += fotografeer(browser, adres, wie, sleutel, thema, paginas)
                    print(f"· {wie}, {thema}: {len(beelden)} beelden", flush=True)
            if keuze.readme:
                _readme(browser, adres, sleutels["anna"], paginas)
            browser.close()
    schrijf_index(beelden, zonder)
    fouten = sorted({f"{naam} ({wie})" for naam, wie, _, status in beelden if status >= 500})
    print(f"{UIT.relative_to(WORTEL)}/index.html: {len(beelden)} beelden")
    if fouten:
        print(f"Serverfout op: {', '.join(fouten)}")
    return 1 if fouten else 0


def _readme(browser, adres, sleutel, paginas):
    """The picture of the README: a solved question, as Anna sees it."""
    context = browser.new_context(color_scheme="light", viewport={"width": 1280, "height": 1120})
    context.add_cookies([{"name": "sessionid", "value": sleutel, "url": adres}])
    blad = context.new_page()
    blad.goto(adres + paginas["vragen-opgelost"])
    (WORTEL / "docs" / "beeld").mkdir(exist_ok=True)
    blad.screenshot(path=WORTEL / "docs" / "beeld" / "vraag.png", animations="disabled")
    context.close()


if __name__ == "__main__":
    sys.exit(main())
