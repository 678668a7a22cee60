"""What people wrote, as it stands in a mail: short, whole addresses, its style on the elements.

Mail programs know no stylesheets and cannot fetch images that ask for a login.
"""

import html as _html
import re
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from intranet import text
from intranet.meldingen.tekenen import met_namen

# More of one text is for the page.
MAX_TEKENS = 1500
# And more than this is not even fetched: nobody writes as much markup around 1,500 characters.
HAAL = 12_000

_LETTER = "color:#18212d;font-size:17px;line-height:27px"
_CEL = "padding:4px 8px;border:1px solid #e6e1d7;text-align:left"
_STIJL = {
    "p": f"margin:0 0 12px;{_LETTER}",
    "h2": f"margin:0 0 12px;font-weight:bold;{_LETTER}",
    "ul": f"margin:0 0 12px;padding-left:22px;{_LETTER}",
    "blockquote": "margin:0 0 12px;padding-left:14px;border-left:3px solid #e6e1d7",
    "pre": "margin:0 0 12px;white-space:pre-wrap;font-family:monospace;font-size:15px",
    "table": f"margin:0 0 12px;border-collapse:collapse;{_LETTER}",
    "td": _CEL,
}
_ZELFDE = {"h3": "h2", "h4": "h2", "ol": "ul", "th": "td"}
# In the dark these take the colour of the letter, as _brief.html has it.
_KLASSEN = {"p", "h2", "ul", "table"}
# Stored text has its attributes in double quotes, so a ">" in one does not end the tag.
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:[^<>\"]|\"[^\"]*\")*)>")
_LINK = re.compile(r'<a (class="bp-vermelding" )?href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


def met_namen_van_nu(teksten: list[str], kijker: Any) -> list[str]:
    """These texts with their mentions drawn for ``kijker``: one statement, none without mentions."""
    # No stored text holds a NUL.
    return met_namen("\0".join(teksten), kijker, site=settings.SITE_URL).split("\0")


def als_html(tekst: str) -> str:
    """Stored text as HTML for a mail, cut when it is long."""
    woorden = _woorden(tekst)
    if len(woorden) > MAX_TEKENS or len(tekst) >= HAAL:
        regels = kort(woorden).split("\n")
        tekst = "".join(f"<p>{_html.escape(regel)}</p>" for regel in regels)
    return _TAG.sub(_met_stijl, tekst)


def als_tekst(tekst: str) -> str:
    """The same for the plain half: words, with addresses behind links."""
    return kort(_woorden(_LINK.sub(_link_in_woorden, tekst).replace("<li>", "<li>- ")))


def kort(woorden: str, n: int = MAX_TEKENS) -> str:
    """The first ``n`` characters, cut between words; lines stay lines."""
    if len(woorden) <= n:
        return woorden
    begin = woorden[: n - 1]
    return (begin.rsplit(None, 1)[0] if " " in begin[n // 2 :] else begin).rstrip(" .,;:\n") + "…"


def _woorden(tekst: str) -> str:
    # What was fetched in part may end in the middle of a tag.
    if len(tekst) >= HAAL and tekst.rfind("<") > tekst.rfind(">"):
        tekst = tekst[: tekst.rfind("<")]
    return text.plain(tekst)


def _link_in_woorden(link: re.Match[str]) -> str:
    vermelding, adres, woorden = link.groups()
    if vermelding or _html.unescape(adres).removeprefix("mailto:") == _html.unescape(woorden):
        return woorden
    return f"{woorden} ({_heel(adres)})"


def _heel(adres: str) -> str:
    return settings.SITE_URL + adres if adres.startswith("/") else adres


def _met_stijl(tag: re.Match[str]) -> str:
    sluit, naam, attributen = tag.groups()
    if naam == "img":
        alt = re.search(r'alt="([^"]*)"', attributen)
        return f"[{_('afbeelding')}{': ' + alt[1] if alt and alt[1] else ''}]"
    if sluit:
        return tag[0]
    if naam == "a":
        adres = re.search(r'href="([^"]*)"', attributen)
        return f'<a class="m-link" href="{_heel(adres[1]) if adres else ""}" style="color:#12527b">'
    stijl = _STIJL.get(_ZELFDE.get(naam, naam))
    if stijl is None:
        return tag[0]
    klasse = ' class="m-tekst"' if _ZELFDE.get(naam, naam) in _KLASSEN else ""
    return f'<{naam}{attributen}{klasse} style="{stijl}">'
