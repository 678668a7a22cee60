"""Rich text that people write: one way in (``clean``), several ways to read it.

The only file that knows the sanitisers. Every text that is stored goes through ``clean`` once, when it is
written; pages then show it as it stands (filter ``tekst`` in ``intranet.jinja``).

Two sanitisers with different parsers, because each lets through what the other stops: bleach let
``javascript:123`` pass, nh3 let ``java\\u200bscript:`` pass. bleach goes first, nh3 has the last word. bleach
costs 27 to 43 ms per 16 kB, nh3 one, so there is one short cut: text that holds nothing but letters, tags
*without any attribute* from the list below and mentions written exactly as they are stored (``_EENVOUDIG``,
nearly all that the editor sends) has nothing for bleach to judge, and goes to nh3 alone. Any other
attribute, a comment, an unknown tag or a stray ``<`` closes the short cut.

Between them ``intranet.text_shape`` puts every node where it belongs (no loose words in a list, no empty
headings), so that the result is a fixed point: ``clean(clean(x)) == clean(x)``.
"""

import html as _html
import re
import threading
from collections.abc import Callable
from uuid import UUID

import bleach
import nh3
from django.utils.translation import gettext as _

from intranet.text_paste import ontwar
from intranet.text_shape import TeDiep, te_diep, vorm

#: Most characters a text may have, counted before anything else is done with it.
MAX_TEKST = 200_000
#: Most tags: a sheet of 2,000 cells fits. Parsers need seconds for more.
MAX_TAGS = 12_000

TAGS = frozenset(
    "p br h2 h3 h4 strong em u s code pre blockquote ul ol li"  # noqa: SIM905
    " a table thead tbody tr th td hr img span".split()
)
_ATTRIBUTEN = {
    "a": {"href"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "img": {"src", "alt", "width", "height"},
    "span": {"data-mention"},
}
_SCHEMAS = frozenset({"http", "https", "mailto", "tel"})
_REL = "noopener noreferrer nofollow"

# An address is judged without the characters that a lenient browser skips.
_ONZICHTBAAR = re.compile(r"[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_ADRES = re.compile(r"https?://[^/?#\\]|mailto:[^/?#\\]|tel:[+\d]|/(?![/\\])", re.IGNORECASE | re.ASCII)
_BEELD = re.compile(r"/afbeeldingen/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/")
_GETAL = re.compile(r"[1-9]\d{0,3}", re.ASCII)
_VERMELDING = re.compile(r"(gebruiker|groep|afdeling|onderwerp):([1-9]\d{0,17})", re.ASCII)

# A name chosen from the picker: as stored, and as somebody reads it in a plain textarea.
_GENOEMD = re.compile(r'<span data-mention="([a-z]+):([1-9][0-9]*)">([^<]*)</span>')
_GENOEMD_KAAL = re.compile(r"@\[([^\[\]<>\n]{1,200})\]\(([a-z]{1,10}:[1-9][0-9]{0,17})\)")

_EENVOUDIG = re.compile(
    r"(?:[^<>&\x00-\x08\x0b-\x1f\x7f-\x9f]++"
    r"|</?(?:p|h[234]|strong|em|u|s|code|pre|blockquote|[uo]l|li|table|thead|tbody|tr|t[hd])>"
    r"|<[bh]r>"
    r'|<span data-mention="(?:gebruiker|groep|afdeling|onderwerp):[1-9][0-9]{0,17}">|</span>'
    r"|&(?:amp|lt|gt|nbsp|quot);)*+"
)
_BESTURING = re.compile(r"[\x01-\x08\x0b-\x1f\x7f-\x9f]")
# "Vul in: <naam>" is a sentence, no HTML: only names that HTML has make it HTML.
_HEEFT_TAG = re.compile(
    r"<(?:!|/?(?:a|abbr|article|b|big|blockquote|body|br|button|caption|center|cite|code|dd|del|dir|div|dl|dt|em"
    r"|embed|font|form|frameset|h[1-6r]|head|header|html|i|iframe|img|input|ins|kbd|label|li|link|listing|main|mark"
    r"|math|menu|meta|nobr|noscript|o:p|object|ol|p|picture|pre|q|s|samp|script|section|select|small|span|strike"
    r"|strong|style|su[bp]|svg|table|tbody|td|template|textarea|tfoot|th|thead|title|tr|tt|u|ul|var|video|audio"
    r"|xml|xmp)(?=[\s/>]))",
    re.IGNORECASE,
)
_TAGNAAM = re.compile(r"</?[a-zA-Z]")
# What stands in stored text: quoted attributes, so a ">" in one does not end the tag.
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^<>\"]|\"[^\"]*\")*)>")
# What stands between two words when this tag does.
_TUSSEN = dict.fromkeys("p br h2 h3 h4 pre blockquote ul ol li table tr hr".split(), "\n")  # noqa: SIM905
_TUSSEN |= {"td": " ", "th": " "}
_WEBADRES = re.compile(
    r"\b(?:https?://|www\.)[^\s<>\"]+[^\s<>\"'.,;:!?)\]]|\b[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.ASCII
)


class TekstGeweigerd(ValueError):
    """The text cannot be stored; the message says why, in words for the writer."""


class TekstTeLang(TekstGeweigerd):
    """The text has more than ``MAX_TEKST`` characters."""

    def __init__(self, lengte: int) -> None:
        super().__init__(
            _("Je tekst is te lang: %(lengte)s tekens. Er passen er %(meest)s in.")
            % {"lengte": f"{lengte:,}".replace(",", "."), "meest": f"{MAX_TEKST:,}".replace(",", ".")}
        )


class Schoon(str):
    """What came out of ``clean``; going in again it is as it was, so a form and a verb may both ask."""

    __slots__ = ()


def clean(html: str) -> str:
    """``html`` as it may be stored and shown: known tags, safe links, own images, nothing else.

    Text without any tag (a plain textarea) becomes paragraphs with working links. What Word and Outlook put
    around their text disappears. Empty text gives ``""``.

    Raises ``TekstTeLang`` beyond ``MAX_TEKST`` characters, and ``TekstGeweigerd`` for more than ``MAX_TAGS``
    tags or a NUL character, which PostgreSQL cannot store.
    """
    if type(html) is Schoon:
        return html
    _weeg(html)
    # Half a surrogate pair can arrive in JSON; no sanitiser and no database takes it.
    html = html.encode("utf-8", "replace").decode("utf-8")
    html = _schoon(_BESTURING.sub("", html.replace("\r\n", "\n").replace("\r", "\n")))
    _weeg(html)  # escaping and closing make longer; what is stored must be able to come back
    return Schoon(html)


def _schoon(html: str) -> str:
    if not _HEEFT_TAG.search(html):
        html = from_plain(html)
    if te_diep(html):
        return _plat(html)
    if not _EENVOUDIG.fullmatch(html):
        html = _met_bleach(ontwar(html))
    html = _met_nh3(html)
    try:
        # Moving a node may change how the next parse reads its neighbours; one round settles nearly all.
        for _ronde in range(6):
            gevormd = vorm(html)
            if gevormd == html:
                return html
            html = _met_nh3(gevormd)
    except TeDiep:
        pass
    return _plat(html)


def _weeg(html: str) -> None:
    if len(html) > MAX_TEKST:
        raise TekstTeLang(len(html))
    if "\x00" in html:
        raise TekstGeweigerd(
            _("In je tekst staat een teken dat we niet kunnen bewaren. Typ die plek opnieuw.")
        )
    if html.count("<") > MAX_TAGS and len(_TAGNAAM.findall(html)) > MAX_TAGS:
        raise TekstGeweigerd(_("Je tekst heeft te veel opmaak. Plak hem zonder opmaak, of in delen."))


def _plat(html: str) -> str:
    """What fits no shape (a thousand nested quotes) keeps its words and loses its markup."""
    return vorm(_met_nh3(from_plain(plain(html))))


# --- The two sanitisers ----------------------------------------------------------------------------


def _attribuut(tag: str, naam: str, waarde: str) -> str | None:
    """The value this attribute may have, or None. Both sanitisers ask this one rule."""
    if tag == "a" and naam == "rel":  # not in the list: what comes here is the value that nh3 itself puts
        return _REL
    if naam not in _ATTRIBUTEN.get(tag, ()):
        return None
    if naam == "href":
        adres = _ONZICHTBAAR.sub("", waarde).strip().replace(" ", "%20")
        return adres if len(adres) <= 2000 and _ADRES.match(adres) else None
    if naam == "src":
        return waarde if _BEELD.fullmatch(waarde) else None
    if naam == "alt":
        return " ".join(waarde.split())[:500]
    if naam == "data-mention":
        return waarde if _VERMELDING.fullmatch(waarde) else None
    return waarde if _GETAL.fullmatch(waarde) else None  # start, colspan, rowspan, width, height


def _mag(tag: str, naam: str, waarde: str) -> bool:
    # bleach hands over attribute values with their entities still in them.
    return naam != "rel" and _attribuut(tag, naam, _html.unescape(waarde)) is not None


_per_thread = threading.local()  # bleach's parser keeps state


def _met_bleach(html: str) -> str:
    schoner = getattr(_per_thread, "schoner", None)
    if schoner is None:
        schoner = _per_thread.schoner = bleach.Cleaner(
            tags=TAGS, attributes=_mag, protocols=_SCHEMAS, strip=True, strip_comments=True
        )
    return schoner.clean(html)


_nh3 = nh3.Cleaner(
    tags=set(TAGS),
    attributes={tag: set(namen) for tag, namen in _ATTRIBUTEN.items()},
    attribute_filter=_attribuut,
    url_schemes=set(_SCHEMAS),
    link_rel=_REL,
    strip_comments=True,
)


def _met_nh3(html: str) -> str:
    html = _nh3.clean(html)
    # A control character can come in as an entity (&#1;): out, and judged again.
    return _nh3.clean(_BESTURING.sub("", html)) if _BESTURING.search(html) else html


# --- Reading ---------------------------------------------------------------------------------------


def from_plain(tekst: str) -> str:
    """HTML of plain text: a blank line starts a paragraph, addresses become links. Not yet cleaned.

    A name from the picker reads ``@[Jan Jansen](gebruiker:12)`` and becomes a mention.
    """
    alineas = (alinea.strip("\n ") for alinea in re.split(r"\n[ \t]*\n", re.sub(r"\r\n?", "\n", tekst)))
    return "".join(f"<p>{_met_namen(alinea)}</p>" for alinea in alineas if alinea.strip())


def _met_namen(alinea: str) -> str:
    uit: list[str] = []
    plek = 0
    for genoemd in _GENOEMD_KAAL.finditer(alinea):
        naam, doel = genoemd.groups()
        if _VERMELDING.fullmatch(doel):
            uit.append(_met_links(alinea[plek : genoemd.start()]))
            uit.append(f'<span data-mention="{doel}">@{_html.escape(naam, quote=False)}</span>')
            plek = genoemd.end()
    uit.append(_met_links(alinea[plek:]))
    return "".join(uit)


def _met_links(alinea: str) -> str:
    uit: list[str] = []
    plek = 0
    for gevonden in _WEBADRES.finditer(alinea):
        woord = gevonden[0]
        soort = "" if "://" in woord else "https://" if woord.startswith("www.") else "mailto:"
        uit.append(_html.escape(alinea[plek : gevonden.start()], quote=False))
        uit.append(f'<a href="{_html.escape(soort + woord)}">{_html.escape(woord, quote=False)}</a>')
        plek = gevonden.end()
    uit.append(_html.escape(alinea[plek:], quote=False))
    return "".join(uit).replace("\n", "<br>")


def to_plain(html: str) -> str | None:
    """Stored text as somebody would type it in a plain textarea, or None when that would lose formatting.

    The way back of ``from_plain``: ``clean(from_plain(to_plain(html))) == html`` whenever it is not None.
    """
    if not html:
        return ""
    kaal = re.sub(r"</p>(?=.)", "\n\n", html.replace("<br>", "\n"))
    kaal = _GENOEMD.sub(lambda m: f"@[{m[3].removeprefix('@')}]({m[1]}:{m[2]})", kaal)
    tekst = _html.unescape(_TAG.sub("", kaal))
    return tekst if clean(from_plain(tekst)) == html else None


def plain(html: str) -> str:
    """The words alone, a line per block: for search, mail and the index. Never safe HTML by itself."""
    tekst = _TAG.sub(_scheiding, html)
    if "&" in tekst:
        tekst = _html.unescape(tekst)
    return "\n".join([regel for stuk in tekst.split("\n") if (regel := " ".join(stuk.split()))])


def _scheiding(tag: re.Match[str]) -> str:
    return _TUSSEN.get(tag[2].lower(), "")


def snippet(html: str, n: int = 160) -> str:
    """The first ``n`` characters of the words, cut between words, on one line."""
    if len(html) > n * 60:  # a long text with little markup: no need to read it all
        html = html[: html.rfind("<", 0, n * 60)]
    tekst = " ".join(plain(html).split())
    if len(tekst) <= n:
        return tekst
    kort = tekst[: n - 1]
    return (kort.rsplit(" ", 1)[0] if " " in kort[n // 2 :] else kort).rstrip(" .,;:") + "…"


def is_leeg(html: str) -> bool:
    """Whether a reader would see nothing: no word, no image."""
    return "<img" not in html and not plain(html).strip()


def mentions(html: str) -> list[tuple[str, int]]:
    """Who and what the text names, in order, each once: ``[("gebruiker", 12), ("groep", 3)]``.

    Only what the writer chose from the picker (``data-mention``). Whether those may read along is for the
    caller to ask: this is what stands in the text, not what is true.
    """
    gevonden = re.findall(r'<span data-mention="([a-z]+:\d+)">', html)
    return list(dict.fromkeys((m[1], int(m[2])) for m in map(_VERMELDING.fullmatch, gevonden) if m))


def teken_namen(html: str, teken: Callable[[str, int, str], str]) -> str:
    """``html`` with each mention drawn: ``teken(kind, number, name as stored)`` gives safe HTML."""
    return _GENOEMD.sub(lambda m: teken(m[1], int(m[2]), m[3]), html)


def afbeeldingen(html: str) -> set[UUID]:
    """The ids of the images in a stored text."""
    return {UUID(gevonden) for gevonden in re.findall(rf'<img src="{_BEELD.pattern}"', html)}
