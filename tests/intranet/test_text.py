# ruff: noqa: E501
"""What may stand in a text: nothing that runs, everything that reads well, and the same when cleaned twice."""

import contextlib
import time
from html.parser import HTMLParser
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from intranet import text
from intranet.text import MAX_TEKST, TAGS, TekstGeweigerd, TekstTeLang, clean, from_plain, plain, to_plain
from tests.intranet.editor_proef import start_chromium
from tests.intranet.xss_lijst import AANVALLEN

BEELD = "/afbeeldingen/12345678-1234-1234-1234-123456789abc/"
WORD = Path(__file__).parent / "plakwerk"


class Keurder(HTMLParser):
    """Reads cleaned HTML strictly: every tag and attribute must be one of ours, closed in order."""

    MAG = {
        "a": {"href", "rel"}, "ol": {"start"}, "img": {"src", "alt", "width", "height"}, "span": {"data-mention"},
        "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"},
    }  # fmt: skip

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        assert tag in TAGS, tag
        assert {naam for naam, _ in attrs} <= self.MAG.get(tag, set()), attrs
        waarden = dict(attrs)
        if tag == "a":
            assert waarden["rel"] == "noopener noreferrer nofollow"
            assert waarden["href"].lower().startswith(("http://", "https://", "mailto:", "tel:", "/"))
            assert not waarden["href"].startswith(("//", "/\\"))
        if tag == "img":
            assert waarden["src"] == BEELD
            assert "alt" in waarden
        if tag not in {"br", "hr", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_comment(self, data):
        raise AssertionError(data)

    handle_decl = unknown_decl = handle_pi = handle_comment

    @classmethod
    def keur(cls, html: str) -> None:
        keurder = cls()
        keurder.feed(html)
        keurder.close()
        assert keurder.open == []


def test_the_list_is_long_enough():
    assert len(set(AANVALLEN)) >= 200


@pytest.mark.parametrize("aanval", AANVALLEN)
def test_an_attack_leaves_only_what_is_allowed(aanval):
    schoon = clean(aanval)
    Keurder.keur(schoon)
    assert clean(schoon) == schoon
    assert clean(f"<p>ervoor</p>{aanval}<p>erna</p>") != ""


@pytest.mark.browser
def test_a_real_browser_runs_nothing_of_it():
    """No CSP here: the text alone must be harmless. The same page proves first that the attacks work."""
    pagina = start_chromium().new_page()
    vreemd: list[str] = []
    pagina.route("**/*", lambda route: (vreemd.append(route.request.url), route.abort()))
    pagina.set_content("<!doctype html><main id=plek></main>")
    zet = """async (html) => {
        window.raak = undefined;
        const plek = document.getElementById("plek");
        plek.innerHTML = html;
        const nog = plek.innerHTML; plek.innerHTML = nog;   // mutation shows at the second parse
        for (const el of plek.querySelectorAll("a, button, p, span")) {
            el.addEventListener("click", e => { if (!/^javascript/i.test(el.href || "")) e.preventDefault(); });
            el.click(); el.dispatchEvent(new Event("mouseover"));
        }
        await new Promise(r => setTimeout(r, 15));
        return window.raak === undefined;
    }"""
    assert not pagina.evaluate(zet, "<img src=x onerror=window.raak=1>"), "the trap itself must work"
    assert not pagina.evaluate(zet, '<a href="javascript:window.raak=1">x</a>')
    vreemd.clear()
    raak = [a for a in AANVALLEN if not pagina.evaluate(zet, clean(a).encode("utf-8", "replace").decode())]
    pagina.close()
    assert raak == []
    assert [adres for adres in vreemd if BEELD not in adres] == []


# --- Fixed point -----------------------------------------------------------------------------------

_NAMEN = sorted(
    TAGS | {"div", "b", "font", "h1", "script", "style", "svg", "math", "noscript", "caption", "x-y"}
)
_stukken = st.one_of(
    st.text(alphabet="ab <>&;\"'\n\t=/!-[]:#@.é\u00a0\u200b\x01", max_size=8),
    st.sampled_from([f"<{naam}>" for naam in _NAMEN] + [f"</{naam}>" for naam in _NAMEN]),
    st.sampled_from(
        [
            '<a href="https://x.nl/?a=1&amp;b=2">', "<a href=javascript:1>", f'<img src="{BEELD}" alt="a > b">',
            "<td colspan=2>", '<span data-mention="groep:3">', "<!--", "-->", "<![endif]>", "<o:p>", "&nbsp;", "&lt;b&gt;",
            "&#13;", "&#0;", "&amp;lt;", "<ol start=3>", "<b style='font-weight:normal'>", "www.x.nl", "a@b.nl",
            "<p style='mso-list:l0 level2'>", "@[Jan Jansen](gebruiker:12)", "<br>", "<hr>", "<p class=MsoListParagraph>", "\n\n",
        ]
    ),
)  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(st.lists(_stukken, max_size=14).map("".join))
@example("<table><p>a<tr><td>b</table>")
@example("<pre>\n\n\na</pre>")
@example("<a href=https://x.nl><p>a</p></a>")
@example("<h2><ul><li>a</h2>b")
@example("<p>a<br><br>b</p>")
def test_clean_twice_is_clean_once(html):
    schoon = clean(html)
    Keurder.keur(schoon)
    assert clean(schoon) == schoon


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_plain_text_goes_there_and_back(tekst):
    schoon = clean(from_plain(tekst.replace("\x00", "")))
    Keurder.keur(schoon)
    terug = to_plain(schoon)
    assert terug is not None
    assert clean(from_plain(terug)) == schoon


# --- What stays, what changes ------------------------------------------------------------------------

REL = 'rel="noopener noreferrer nofollow"'


@pytest.mark.parametrize(
    ("invoer", "uitvoer"),
    [
        ("", ""),
        ("  \n ", ""),
        ("<p></p><p>&nbsp;</p><p><br></p><ul><li></li></ul>", ""),
        ("hallo\nwereld\n\ndag", "<p>hallo<br>wereld</p><p>dag</p>"),
        ("5 < 6 & 7 > 3 <naam>", "<p>5 &lt; 6 &amp; 7 &gt; 3 &lt;naam&gt;</p>"),
        ("zie www.x.nl.", f'<p>zie <a href="https://www.x.nl" {REL}>www.x.nl</a>.</p>'),
        (
            "(https://x.nl/a?b=1&c=2)",
            f'<p>(<a href="https://x.nl/a?b=1&amp;c=2" {REL}>https://x.nl/a?b=1&amp;c=2</a>)</p>',
        ),
        ("mail balie@x.nl!", f'<p>mail <a href="mailto:balie@x.nl" {REL}>balie@x.nl</a>!</p>'),
        ("<h1>kop</h1><h5>klein</h5>", "<h2>kop</h2><h4>klein</h4>"),
        ("<b>a</b> <i>b</i> <del>c</del>", "<p><strong>a</strong> <em>b</em> <s>c</s></p>"),
        ("<div>een<div>twee</div></div>drie", "<p>een</p><p>twee</p><p>drie</p>"),
        ("<ul>los<li>a<ul><li>b</ul></ul>", "<ul><li>los</li><li>a<ul><li>b</li></ul></li></ul>"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<li>a<li>b", "<ul><li>a</li><li>b</li></ul>"),
        (
            "<strong><p>a</p><ul><li>b</ul></strong>",
            "<p><strong>a</strong></p><ul><li><strong>b</strong></li></ul>",
        ),
        ("<blockquote>tekst</blockquote>", "<blockquote><p>tekst</p></blockquote>"),
        ("<pre>\n  a\n\n b</pre>", "<pre>  a\n\n b</pre>"),
        ("<h2></h2><a href='https://x.nl'></a>rest", "<p>rest</p>"),
        (
            f"<img src='{BEELD}' width=40 height=30>",
            f'<p><img src="{BEELD}" width="40" height="30" alt=""></p>',
        ),
        ("<img src='https://elders.nl/x.png'>", ""),
        ("<img src='data:image/png;base64,AAAA'>", ""),
        (
            "<table><caption>Tarieven</caption><tr><th></th><th>a</th></tr><tr><td>1<td>2</table>",
            "<p>Tarieven</p><table><tbody><tr><td></td><th>a</th></tr><tr><td>1</td><td>2</td></tr></tbody></table>",
        ),
        ("<a href='/vragen/12/'>deze</a>", f'<p><a href="/vragen/12/" {REL}>deze</a></p>'),
        ("<a href='tel:+31612345678'>bel</a>", f'<p><a href="tel:+31612345678" {REL}>bel</a></p>'),
        ("<a href=' https://x.nl/a b '>x</a>", f'<p><a href="https://x.nl/a%20b" {REL}>x</a></p>'),
        ("<a href='javascript:123'>x</a>", "<p>x</p>"),
        (
            "<span data-mention='gebruiker:12'>@Bram</span>",
            '<p><span data-mention="gebruiker:12">@Bram</span></p>',
        ),
        ("<span data-mention='baas:12'>@Bram</span>", "<p>@Bram</p>"),
        ("<p>a\r\nb\x07</p>", "<p>a\nb</p>"),
        ("<b style='font-weight:normal'><p>uit Google</p></b>", "<p>uit Google</p>"),
    ],
)
def test_clean_gives(invoer, uitvoer):
    assert clean(invoer) == uitvoer


@pytest.mark.parametrize("bestand", sorted(WORD.glob("*.html")), ids=lambda pad: pad.stem)
def test_paste_from_office_comes_out_clean(bestand):
    schoon = clean(bestand.read_text())
    assert schoon == bestand.with_suffix(".uit").read_text().replace("\n", "")
    for vuil in ("mso", "Mso", "o:p", "<!--", "style", "class", "font", "<p></p>", "&nbsp;</p>"):
        assert vuil not in schoon


def test_what_the_editor_sends_takes_the_short_cut_and_bleach_agrees(monkeypatch):
    html = (
        "<h2>Kop</h2><p>Een <strong>vet</strong> woord &amp; meer<br>regel</p><ul><li><p>a</p></li></ul><hr>"
        '<p><span data-mention="gebruiker:12">@Jan</span> en <span data-mention="onderwerp:3">#Bomen</span></p>'
    )
    langs_beide = clean(html.replace("<p>", "<p class=x>", 1))
    monkeypatch.setattr(text, "_met_bleach", lambda _: pytest.fail("bleach has nothing to judge here"))
    assert clean(html) == html == langs_beide


@pytest.mark.parametrize(
    "vreemd",
    [
        "<p class=x>a</p>",
        "<!-- -->a",
        "<p>a &copy;</p>",
        "<a href='/x/'>a</a>",
        "<p>5 < 6</p>",
        "<div>a</div>",
        '<p><span data-mention="gebruiker:0">@Jan</span></p>',
        '<p><span data-mention="rol:1">@Jan</span></p>',
        "<p><span data-mention='gebruiker:1'>@Jan</span></p>",
        '<p><span data-mention="gebruiker:1" class="x">@Jan</span></p>',
        '<p><span onclick="x()">@Jan</span></p>',
        '<p><span data-mention="gebruiker:\u0661">@Jan</span></p>',
    ],
)
def test_anything_else_passes_both_sanitisers(vreemd, monkeypatch):
    gezien = []
    echt = text._met_bleach
    monkeypatch.setattr(text, "_met_bleach", lambda html: gezien.append(html) or echt(html))
    clean(vreemd)
    assert gezien


def test_length_is_judged_before_anything_else():
    assert len(clean("a" * (MAX_TEKST - 7))) == MAX_TEKST
    with pytest.raises(TekstTeLang, match=r"200\.001 tekens.*200\.000"):
        clean("<" * (MAX_TEKST + 1))
    with pytest.raises(TekstTeLang):  # grows by escaping: what is stored must be able to come back
        clean("&" * (MAX_TEKST - 10))


def test_nul_is_refused_and_half_a_character_replaced():
    with pytest.raises(TekstGeweigerd, match="teken"):
        clean("a\x00b")
    assert clean("a\ud800b") == "<p>a?b</p>"


@pytest.mark.parametrize(
    "stuk",
    [
        "<b>",
        "<i><p></i>",
        "<p><b>",
        "<script",
        "<!--",
        "<table>",
        "<a:b ",
        "<p>mso-list",
        "&",
        "<",
        "<a href=",
        "<li><b></li>",
        "<![if !supportLists]>",
        "<span mso-list:Ignore>",
        "<blockquote>",
        "<svg><b>",
        "a@",
        "http://",
        "www.x.nl ",
    ],
)
def test_hostile_length_takes_no_hostile_time(stuk):
    begin = time.process_time()
    with contextlib.suppress(TekstGeweigerd):
        clean((stuk * MAX_TEKST)[:MAX_TEKST])
    assert time.process_time() - begin < 4


# --- Reading ---------------------------------------------------------------------------------------------

LANG = "<h2>Kop</h2><p>Een <strong>vet</strong> woord &amp; meer</p><ul><li>a</li><li>b</li></ul>"


def test_plain_gives_a_line_per_block():
    assert plain(LANG) == "Kop\nEen vet woord & meer\na\nb"
    assert plain("<table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>") == "1 2"


def test_snippet_cuts_between_words():
    assert text.snippet(LANG) == "Kop Een vet woord & meer a b"
    assert text.snippet("<p>" + "woord " * 100 + "</p>", 20) == "woord woord woord…"
    assert text.snippet("<p>" + "x" * 100 + "</p>", 20) == "x" * 19 + "…"
    assert "<" not in text.snippet("<p>" + "<strong>a</strong>" * 5000 + "</p>", 20)


def test_is_leeg():
    assert text.is_leeg("")
    assert text.is_leeg("<p> &nbsp;<br></p>")
    assert not text.is_leeg("<p>a</p>")
    assert not text.is_leeg(f'<p><img src="{BEELD}" alt=""></p>')


def test_mentions_in_order_and_once():
    html = clean(
        "<span data-mention='gebruiker:12'>@Bram</span> <span data-mention='groep:3'>@Markt</span> "
        "<span data-mention='gebruiker:12'>@Bram</span> <span data-mention='gebruiker:x'>@Chris</span> @Dora"
    )
    assert text.mentions(html) == [("gebruiker", 12), ("groep", 3)]


NAAM = '<p>Vraag <span data-mention="gebruiker:12">@Zorg (jeugd) &amp; co</span> even</p>'


def test_a_name_is_readable_in_a_plain_textarea_and_comes_back():
    tekst = "Vraag @[Zorg (jeugd) & co](gebruiker:12) even"
    assert text.to_plain(NAAM) == tekst
    assert clean(text.from_plain(tekst)) == NAAM == clean(NAAM)
    assert clean(tekst) == NAAM


@pytest.mark.parametrize(
    "tekst",
    [
        "@[Jan](baas:12)",
        "@[Jan](gebruiker:0)",
        "@[Jan](gebruiker:١)",
        "@[](gebruiker:1)",
        "@[a]b](gebruiker:1)",
    ],
)
def test_what_only_looks_like_a_name_stays_as_typed(tekst):
    assert clean(tekst) == f"<p>{tekst}</p>"


def test_what_a_name_could_not_carry_back_stays_html():
    assert text.to_plain('<p><span data-mention="gebruiker:12">zonder apenstaart</span></p>') is None
    assert text.to_plain('<p><span data-mention="gebruiker:12">@a [b]</span></p>') is None
    assert text.to_plain("<p>@[Jan](gebruiker:12)</p>") is None


def test_a_name_stands_in_no_link_and_holds_none():
    genoemd = '<span data-mention="gebruiker:1">@Jan</span>'
    assert (
        clean(f'<p><a href="/vragen/1/">zie {genoemd}</a></p>')
        == f'<p><a href="/vragen/1/" {REL}>zie @Jan</a></p>'
    )
    assert clean(f'<p><span data-mention="groep:3">{genoemd}</span></p>') == (
        '<p><span data-mention="groep:3">@Jan</span></p>'
    )


def test_names_are_drawn_by_who_asks():
    assert text.teken_namen(NAAM, lambda soort, pk, naam: f"[{soort} {pk} {naam}]") == (
        "<p>Vraag [gebruiker 12 @Zorg (jeugd) &amp; co] even</p>"
    )


def test_images_of_a_text():
    assert text.afbeeldingen(clean(f"<img src='{BEELD}'><img src='{BEELD}'>")) == {
        UUID("12345678-1234-1234-1234-123456789abc")
    }


def test_to_plain_never_loses_formatting_silently():
    assert to_plain(clean("a\nb\n\nwww.x.nl")) == "a\nb\n\nwww.x.nl"
    assert to_plain("<p>a <strong>b</strong></p>") is None
    assert to_plain(clean('<a href="https://x.nl">hier</a>')) is None
    assert to_plain("") == ""
