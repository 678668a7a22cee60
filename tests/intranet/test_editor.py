"""The field for rich text, without a browser: what it takes, what a bare textarea shows."""

import re
from html import unescape

import pytest
from django import forms
from django.http import QueryDict

from intranet.editor import RijkeTekstField
from intranet.text import MAX_TEKST, clean


class Formulier(forms.Form):
    inhoud = RijkeTekstField(required=False)


class Verplicht(forms.Form):
    inhoud = RijkeTekstField()


def stuur(form_class, **velden):
    data = QueryDict(mutable=True)
    data.update(velden)
    return form_class(data)


def lees(form):
    """What stands in the bare textarea, and how it will be read when it comes back."""
    html = str(form["inhoud"])
    tekst = re.search(r"<textarea[^>]*>\r?\n?(.*?)</textarea>", html, re.DOTALL)[1]
    return unescape(tekst), re.search(r'name="inhoud_opmaak" value="(\w+)"', html)[1]


@pytest.mark.parametrize(
    ("velden", "html"),
    [
        ({"inhoud": "<p>a <strong>b</strong></p>", "inhoud_opmaak": "html"}, "<p>a <strong>b</strong></p>"),
        ({"inhoud": "a <strong>b", "inhoud_opmaak": "tekst"}, "<p>a &lt;strong&gt;b</p>"),
        ({"inhoud": "a\r\nb\r\n\r\nc"}, "<p>a<br>b</p><p>c</p>"),
        ({"inhoud": "<p><br></p>"}, ""),
        ({}, ""),
    ],
)
def test_the_value_is_always_clean_html(velden, html):
    form = stuur(Formulier, **velden)
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"inhoud": html}


def test_nothing_said_is_nothing_sent():
    assert stuur(Verplicht, inhoud="<p>&nbsp;</p>").errors == {"inhoud": ["Schrijf eerst iets."]}


def test_too_long_says_so_beside_the_field_and_keeps_the_text():
    form = stuur(Formulier, inhoud="a" * (MAX_TEKST + 1), inhoud_opmaak="tekst")
    assert "te lang" in form.errors["inhoud"][0]
    assert lees(form)[0].count("a") >= MAX_TEKST


def test_nul_is_refused_in_words():
    assert "teken" in stuur(Formulier, inhoud="a\x00b").errors["inhoud"][0]


@pytest.mark.parametrize(
    ("html", "zichtbaar", "soort"),
    [
        ("", "", "tekst"),
        ("<p>a<br>b</p><p>5 &lt; 6</p>", "a\nb\n\n5 < 6", "tekst"),
        (clean("zie www.zandmeer.nl"), "zie www.zandmeer.nl", "tekst"),
        ("<p>a <strong>b</strong></p>", "<p>a <strong>b</strong></p>", "html"),
        ("<ul><li>a</li></ul>", "<ul><li>a</li></ul>", "html"),
    ],
)
def test_a_bare_textarea_shows_text_unless_that_loses_formatting(html, zichtbaar, soort):
    form = Formulier(initial={"inhoud": html})
    assert lees(form) == (zichtbaar, soort)
    terug = stuur(Formulier, inhoud=zichtbaar.replace("\n", "\r\n"), inhoud_opmaak=soort)
    assert terug.is_valid()
    assert terug.cleaned_data["inhoud"] == html


def test_a_refused_form_shows_again_what_was_typed():
    form = stuur(Verplicht, inhoud="5 < 6 & <naam>", inhoud_opmaak="tekst")
    form.add_error("inhoud", "nee")
    assert lees(form) == ("5 < 6 & <naam>", "tekst")


def test_what_was_typed_cannot_leave_the_textarea():
    html = str(stuur(Formulier, inhoud='</textarea><script>x</script>"', inhoud_opmaak="html")["inhoud"])
    assert "<script>" not in html
