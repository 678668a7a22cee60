"""The built stylesheet, icons and scripts: small, complete, from our own house."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

WORTEL = Path(settings.BASE_DIR)
GEBOUWD = WORTEL / "intranet/static/intranet/gebouwd"
# Mail programs know no stylesheets: letters carry their style with them.
SJABLONEN = sorted(pad for pad in (WORTEL / "templates").rglob("*.html") if "mail" not in pad.parts)
KILOBYTE = 1024

gebouwd = pytest.mark.skipif(not GEBOUWD.exists(), reason="stylesheets not built: make setup")


def gewicht(*paden):
    return sum(len(gzip.compress(Path(pad).read_bytes(), 9)) for pad in paden)


@gebouwd
def test_css_of_a_page_weighs_at_most_60_kb():
    assert gewicht(GEBOUWD / "binnenplein.css", GEBOUWD / "gemeente-zandmeer.css") <= 60 * KILOBYTE


def test_js_of_a_page_weighs_at_most_60_kb():
    namen = ("intranet/plein.js", "intranet/thema.js", "django_htmx/htmx-2.min.js")
    assert gewicht(*(finders.find(naam) for naam in namen)) <= 60 * KILOBYTE


@gebouwd
def test_municipality_of_the_settings_has_its_token_file():
    for naam in ("zandmeer", "zeewolde", settings.SITE_THEMA):
        assert (GEBOUWD / f"gemeente-{naam}.css").exists()


@gebouwd
def test_nothing_comes_from_a_foreign_host():
    for pad in GEBOUWD.glob("*.css"):
        assert not re.search(r"url\([\"']?(https?:)?//|@import", pad.read_text()), pad


@gebouwd
def test_fonts_of_the_stylesheet_are_there():
    css = (GEBOUWD / "binnenplein.css").read_text()
    lettertypen = set(re.findall(r"url\((lettertypen/[\w-]+\.woff2)\)", css))
    assert lettertypen == {f"lettertypen/{pad.name}" for pad in (GEBOUWD / "lettertypen").iterdir()}
    assert lettertypen


@gebouwd
def test_layers_keep_their_order():
    css = (GEBOUWD / "binnenplein.css").read_text()
    assert css.startswith("@layer nlds,thema,gemeente,binnenplein;")
    # A bare rule would win from every layer.
    assert css.count("{") == css.count("}")


@gebouwd
def test_every_token_that_is_used_exists():
    css = "".join(pad.read_text() for pad in GEBOUWD.glob("*.css"))
    gezet = set(re.findall(r"(--[\w-]+)\s*:", css))
    # A name with a fallback may be absent; NL Design System asks for many of those.
    gevraagd = set(re.findall(r"var\((--binnenplein-[\w-]+)\)", css))
    assert gevraagd - gezet == set()


@gebouwd
def test_icons_that_templates_name_are_in_the_sprite():
    sprite = set(re.findall(r'<symbol id="i-([a-z0-9-]+)"', (GEBOUWD / "iconen.svg").read_text()))
    genoemd = {}
    for pad in SJABLONEN:
        for naam in re.findall(r"""\bicoon(?:\(| )["']([a-z0-9-]+)["']\)?""", pad.read_text()):
            genoemd.setdefault(naam, pad)
    assert {naam: pad for naam, pad in genoemd.items() if naam not in sprite} == {}


def test_templates_carry_no_inline_script_or_style():
    for pad in SJABLONEN:
        bron = pad.read_text()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=[\"']|javascript:", bron), pad
        for attributen in re.findall(r"<script([^>]*)>", bron):
            assert "src=" in attributen or 'type="application/json"' in attributen, pad


def test_lock_file_holds_no_addresses_of_registries():
    slot = json.loads((WORTEL / "package-lock.json").read_text())
    assert not [naam for naam, pakket in slot["packages"].items() if "resolved" in pakket]
    pakketten = json.loads((WORTEL / "package.json").read_text())["dependencies"]
    assert slot["packages"][""]["dependencies"] == pakketten
