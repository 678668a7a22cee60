"""On the home screen of a phone: manifest, icons, service worker, and a page for without network."""

import hashlib
import io
import json
import re
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from PIL import Image, ImageColor, ImageDraw

BRONNEN = settings.BASE_DIR / "intranet"
# What the page without network is made of.
VAST = (
    "intranet/gebouwd/binnenplein.css",
    f"intranet/gebouwd/gemeente-{settings.SITE_THEMA}.css",
    "intranet/gebouwd/merk.svg",
    "intranet/gebouwd/iconen.svg",
    "intranet/plein.js",
    "intranet/thema.js",
)
LETTERS = ("figtree-latin-wght-normal.woff2", "source-sans-3-latin-wght-normal.woff2")
MATEN = (96, 180, 192, 512)
# los: on nothing; vol: on a ground, for makers of phones that cut their own shape; stip: one colour.
SOORTEN = ("los", "vol", "stip")
GEEL = "#e9b50b"
DAG = 24 * 3600


@lru_cache
def _kleur(token: str, anders: str) -> str:
    """A colour from the token file of the municipality."""
    thema = BRONNEN / "vormgeving" / "gemeenten" / f"gemeente-{settings.SITE_THEMA}.css"
    gevonden = re.search(rf"{token}:\s*(#[0-9a-fA-F]{{6}})", thema.read_text()) if thema.exists() else None
    return gevonden[1] if gevonden else anders


def hoofdkleur() -> str:
    """Of the bar at the top."""
    return _kleur("--basis-color-accent-1-inverse-bg-default", "#12527b")


def _een_dag(antwoord: HttpResponse) -> HttpResponse:
    patch_cache_control(antwoord, public=True, max_age=DAG)
    return antwoord


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to put us on the home screen."""
    iconen = [(192, "los", "any"), (512, "los", "any"), (192, "vol", "maskable"), (512, "vol", "maskable")]
    data = {
        "id": "/",
        "name": f"{settings.SITE_NAAM} {settings.SITE_ONDERTITEL}".strip(),
        "short_name": settings.SITE_NAAM,
        "lang": settings.LANGUAGE_CODE,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": hoofdkleur(),
        "background_color": _kleur("--basis-color-default-bg-default", "#f5f2ec"),
        "icons": [
            {
                "src": f"/pictogram/{soort}-{maat}.png",
                "sizes": f"{maat}x{maat}",
                "type": "image/png",
                "purpose": doel,
            }
            for maat, soort, doel in iconen
        ],
        "shortcuts": [
            {"name": _("Stel een vraag"), "url": "/vragen/stel/"},
            {"name": _("Meldingen"), "url": "/meldingen/"},
        ],
    }
    return _een_dag(JsonResponse(data, content_type="application/manifest+json"))


@login_not_required
@require_safe
def pictogram(request: HttpRequest, soort: str, maat: int) -> HttpResponse:
    """The mark (vormgeving/merk.svg) as PNG, in the colours of the municipality."""
    if soort not in SOORTEN or maat not in MATEN:
        raise Http404
    return _een_dag(HttpResponse(_teken(soort, maat, hoofdkleur()), content_type="image/png"))


@lru_cache
def _teken(soort: str, maat: int, kleur: str) -> bytes:
    """The square with its gate and the yellow dot, drawn four times as large and then made smaller."""
    groot = maat * 4
    blad = Image.new("RGBA", (groot, groot), kleur if soort == "vol" else (0, 0, 0, 0))
    # Of the 32 units of the drawing 28 are used; what a phone may cut off stays free in "vol".
    schaal, rand = (groot / 32 * 0.62, groot * 0.19) if soort == "vol" else (groot / 28, -groot / 14)
    vorm = Image.new("L", (groot, groot), 0)
    pen = ImageDraw.Draw(vorm)

    def vak(links: float, boven: float, rechts: float, onder: float) -> tuple[float, ...]:
        return tuple(rand + schaal * een for een in (links, boven, rechts, onder))

    pen.rounded_rectangle(vak(2, 2, 30, 30), radius=7 * schaal, fill=255)
    pen.rounded_rectangle(vak(8.5, 8.5, 23.5, 23.5), radius=2.5 * schaal, fill=0)
    pen.rectangle(vak(12.5, 23.4, 19.5, 30.5), fill=0)
    lijn = "#ffffff" if soort in ("vol", "stip") else kleur
    blad.paste(Image.new("RGBA", blad.size, lijn), mask=vorm)
    stip = Image.new("L", blad.size, 0)
    ImageDraw.Draw(stip).ellipse(vak(12.25, 12.25, 19.75, 19.75), fill=255)
    punt = lijn if soort == "stip" else GEEL
    blad.paste(Image.new("RGBA", blad.size, (*ImageColor.getrgb(punt), 255)), mask=stip)
    uit = io.BytesIO()
    blad.resize((maat, maat), Image.Resampling.LANCZOS).save(uit, "PNG", optimize=True)
    return uit.getvalue()


@login_not_required
@require_safe
def dienst(request: HttpRequest) -> HttpResponse:
    """The service worker, at the root because it may only serve what lies below it. Never kept too long."""
    tekst = _dienst.__wrapped__() if settings.DEBUG else _dienst()
    antwoord = HttpResponse(tekst, content_type="text/javascript; charset=utf-8")
    antwoord["Cache-Control"] = "no-cache"
    return antwoord


@lru_cache
def _dienst() -> str:
    bron = (BRONNEN / "static" / "intranet" / "dienst.js").read_text()
    vast = [static(pad) for pad in VAST] + [static(f"intranet/gebouwd/lettertypen/{een}") for een in LETTERS]
    huis: dict[str, Any] = {
        "naam": settings.SITE_NAAM,
        "taal": settings.LANGUAGE_CODE,
        "offline": "/offline/",
        "vast": vast,
        "beeld": "/pictogram/vol-192.png",
        "stip": "/pictogram/stip-96.png",
    }
    # Names of files carry a hash of what is in them, so this moves when one of them does.
    huis["versie"] = hashlib.sha256((json.dumps(huis) + bron).encode()).hexdigest()[:12]
    return f"const HUIS = {json.dumps(huis)};\n{bron}"


@login_not_required
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """There is no network. The service worker fetches it as a stranger and keeps it."""
    return _een_dag(render(request, "offline.html"))
