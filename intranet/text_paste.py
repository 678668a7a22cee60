"""Makes plain HTML of what Word, Outlook and other programs put on the clipboard or in a mail.

Knows nothing of safety: ``intranet.text`` sanitises what comes out, so a pattern that misses here costs
looks, never safety. ``editor-plakken.js`` does the same in the browser, for what is pasted in the editor.
"""

import html as _html
import re
from collections.abc import Iterator

# Old and layout names -> ours. A div holds a line of text in mail programs: a paragraph.
_HERNOEM = {
    "div": "p", "section": "p", "article": "p", "center": "p", "address": "p", "dd": "p", "dt": "p",
    "figcaption": "p", "main": "p", "header": "p", "footer": "p",
    "h1": "h2", "h5": "h4", "h6": "h4",
    "b": "strong", "i": "em", "strike": "s", "del": "s", "ins": "u", "tt": "code", "kbd": "code",
    "samp": "code", "tfoot": "tbody", "dir": "ul", "menu": "ul", "xmp": "pre", "listing": "pre",
}  # fmt: skip
_NAAM = re.compile(rf"<(/?)({'|'.join(_HERNOEM)})(?=[\s/>])", re.IGNORECASE)
# Parsers disagree about words inside a table: its title goes before it.
_TABELKOP = re.compile(
    r"(<table\b[^<>]*>\s*)<caption\b[^<>]*>((?:(?!</?(?:caption|table|t[rdh])\b).)*)</caption\s*>",
    re.IGNORECASE | re.DOTALL,
)
# Elements of which the contents are no text either.
_WEG = re.compile(
    r"<(script|style|head|title|xml|noscript|template|iframe|object|svg|math|textarea|select|o:[a-z]{1,20})\b",
    re.IGNORECASE,
)
_VOORWAARDE = re.compile(r"<!(?:--)?\[(?:if|endif)[^<>]*>|<\?xml[^<>]*>", re.IGNORECASE)
_OFFICE_TAG = re.compile(r"</?[a-z][a-z0-9]{0,20}:[a-z][^<>]*>", re.IGNORECASE)
# Google Docs wraps everything in a <b> that is not bold.
_NIET_VET = re.compile(r"<b\b(?=[^<>]*[\s;'\"]font-weight:\s*normal)[^<>]*>", re.IGNORECASE)

# Each of these looks no further than the next tag of its kind: the time stays linear on hostile input.
_ALINEA = re.compile(r"<p\b([^<>]*)>((?:(?!</?p\b).)*)</p\s*>", re.IGNORECASE | re.DOTALL)
_NIVEAU = re.compile(r"mso-list:\s*(l\d+)\s+level(\d)", re.IGNORECASE)
_MERK_BLOK = re.compile(
    r"<!(?:--)?\[if !supportLists\](?:--)?>(.{0,900}?)<!(?:--)?\[endif\](?:--)?>",
    re.IGNORECASE | re.DOTALL,
)
_MERK_SPAN = re.compile(
    r"<span\b[^<>]{0,900}mso-list:\s*Ignore[^<>]{0,900}>"
    r"(?:[^<]{1,200}|<span\b[^<>]{0,900}>[^<]{0,200}</span>){0,9}</span>",
    re.IGNORECASE,
)
_GENUMMERD = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,6})[.)]")
_TAGS = re.compile(r"<[^<>]*>")
_BEGIN, _EINDE = "<!--StartFragment-->", "<!--EndFragment-->"


def ontwar(html: str) -> str:
    """``html`` with Word's lists as lists and layout as plain paragraphs; still as unsafe as it came."""
    if (begin := html.find(_BEGIN)) >= 0 and (einde := html.rfind(_EINDE)) > begin:
        html = html[begin + len(_BEGIN) : einde]
    if "mso-list" in html:
        html = _lijsten(html)
    if "<!" in html or "<?" in html:
        html = _VOORWAARDE.sub("", html)
    html = _zonder_bijzaken(html)
    html = _OFFICE_TAG.sub("", html)
    html = _NIET_VET.sub("<span>", html)
    html = _TABELKOP.sub(r"<p>\2</p>\1", html)
    return _NAAM.sub(lambda m: f"<{m[1]}{_HERNOEM[m[2].lower()]}", html)


def _zonder_bijzaken(html: str) -> str:
    """Without scripts, styles, Word's own elements and everything in them."""
    uit: list[str] = []
    laag = html.lower()
    if len(laag) != len(html):  # a few letters grow when lowered; then positions no longer agree
        laag = html
    zonder_einde: set[str] = set()
    plek = 0
    while opening := _WEG.search(html, plek):
        naam = opening[1].lower()
        einde = -1 if naam in zonder_einde else laag.find(f"</{naam}", opening.end())
        if einde < 0:
            zonder_einde.add(naam)
            uit.append(html[plek : opening.end()])
            plek = opening.end()
            continue
        uit.append(html[plek : opening.start()])
        sluit = html.find(">", einde)
        plek = len(html) if sluit < 0 else sluit + 1
    uit.append(html[plek:])
    return "".join(uit)


def _lijsten(html: str) -> str:
    """Word writes a list as loose paragraphs with the bullet typed in front: make it a list again."""
    uit: list[str] = []
    open_lijsten: list[str] = []
    plek = 0
    for alinea in _ALINEA.finditer(html):
        tussen, plek = html[plek : alinea.start()], alinea.end()
        niveau = _NIVEAU.search(alinea[1])
        if tussen.strip() or not niveau:
            uit.extend(_sluit(open_lijsten, 0))
            uit.append(tussen)
        if not niveau:
            uit.append(alinea[0])
            continue
        inhoud, merk = _zonder_merk(alinea[2])
        diepte = min(int(niveau[2]), len(open_lijsten) + 1)
        uit.extend(_sluit(open_lijsten, diepte))
        if len(open_lijsten) < diepte:
            soort = "ol" if _GENUMMERD.match(merk) else "ul"
            open_lijsten.append(soort)
            uit.append(f"<{soort}>")
        else:
            uit.append("</li>")
        uit.append(f"<li>{inhoud}")
    uit.extend(_sluit(open_lijsten, 0))
    uit.append(html[plek:])
    return "".join(uit)


def _sluit(open_lijsten: list[str], tot: int) -> Iterator[str]:
    while len(open_lijsten) > tot:
        yield f"</li></{open_lijsten.pop()}>"


def _zonder_merk(inhoud: str) -> tuple[str, str]:
    """The words of a list item, and the bullet or number that Word typed in front of them."""
    for patroon in (_MERK_BLOK, _MERK_SPAN):
        if gevonden := patroon.search(inhoud):
            merk = _html.unescape(_TAGS.sub("", gevonden[1] if gevonden.re.groups else gevonden[0])).strip()
            return inhoud[: gevonden.start()] + inhoud[gevonden.end() :], merk
    return inhoud, ""
