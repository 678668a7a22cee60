"""The piece of a text that is shown, and what is marked in it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import escape

from intranet.text import plain
from intranet.zoeken.analyse import vraag
from intranet.zoeken.fragment import LENGTE, Markeerstift

VULLING = "Dit is een zin over heel iets anders, met veel gewone woorden erin. "


def stift(tekst):
    return Markeerstift(vraag(tekst))


def gemerkt(html):
    return re.findall(r'<mark class="nl-mark">(.*?)</mark>', html)


def kaal(html):
    return re.sub(r"</?mark[^>]*>", "", html)


@pytest.mark.parametrize(
    ("zoek", "tekst", "woorden"),
    [
        ("huis", "Twee huizen en een huisje.", ["huizen", "huisje"]),
        ("bomen", "Een boom is geen bos.", ["boom"]),
        ("brief", "De brieven zijn weg.", ["brieven"]),
        ("cafe", "In het Café of de café's.", ["Café", "café&#39;s"]),
        (
            "parkeervergunning",
            "De vergunning om te parkeren, of een parkeervergunning.",
            ["vergunning", "parkeren", "parkeervergunning"],
        ),
        ("vergunning", "De evenementenvergunning van de markt.", ["evenementenvergunning"]),
        ("mantelzorg", "Niets van dat al.", []),
        ("email", "Een e-mail of twee e-mails, een Email.", ["e-mail", "e-mails", "Email"]),
        ("bv", "Een b.v. of BV.", ["b.v.", "BV"]),
        ("", "De man en het huis.", []),
        ("b&w", "Het college van B&W besluit.", ["B&amp;W"]),
    ],
)
def test_words_that_answer_are_marked(zoek, tekst, woorden):
    assert gemerkt(stift(zoek).merk(tekst)) == woorden


@pytest.mark.parametrize(
    ("zoek", "html", "raakt"),
    [
        ("huis", "<p>Twee <strong>huizen</strong>.</p>", True),
        ("b&w", "<p>Het college van B&amp;W besluit.</p>", True),
        ("cafe", "<p>In het Café.</p>", True),
        ("vergunning", "<p>De evenementenvergunning.</p>", True),
        ("mantelzorg", "<p>Niets van dat al.</p>", False),
        ("de het", "<p>De man en het huis.</p>", False),
    ],
)
def test_whether_a_stored_text_has_any_of_the_words(zoek, html, raakt):
    assert stift(zoek).raakt(html) is raakt
    assert bool(gemerkt(stift(zoek).fragment([plain(html)]).html)) is raakt


def test_what_people_wrote_stays_text():
    html = stift("script").merk("<script>alert('x')</script> & meer")
    assert kaal(html) == escape("<script>alert('x')</script> & meer")
    assert "<script" not in html


def test_the_piece_where_most_words_stand_together():
    tekst = (
        "De vergunning staat hier alleen. "
        + VULLING * 5
        + "Een mantelzorger met een vergunning mag overal parkeren. "
        + VULLING * 5
    )
    fragment = stift("vergunning mantelzorger parkeren").fragment([tekst])
    assert gemerkt(fragment.html) == ["mantelzorger", "vergunning", "parkeren"]
    assert kaal(fragment.html).startswith(("Een mantelzorger", "Dit is een zin"))
    assert len(kaal(fragment.html)) <= LENGTE + 5


def test_of_several_texts_the_best_and_of_equals_the_first():
    assert stift("hond").fragment(["De kat slaapt.", "De hond blaft."]).bron == 1
    assert stift("hond").fragment(["Een hond.", "Nog een hond."]).bron == 0
    assert stift("hond").fragment(["", "De kat."])[:2] == ("De kat.", 1)
    assert stift("hond").fragment([]).html == ""


def test_a_long_text_is_cut_between_words_and_says_so():
    html = str(stift("hond").fragment([VULLING * 10]).html)
    assert html.endswith("…")
    assert len(html) <= LENGTE + 2
    midden = stift("hond").fragment(["woord " * 100 + "hond " + "woord " * 100]).html
    assert midden.startswith("… woord")
    assert gemerkt(midden) == ["hond"]


def test_a_cut_leaves_what_stands_for_a_character_whole():
    html = str(stift("hond").fragment(["a & b & c &; " * 40]).html)
    assert not re.search(r"&(?!amp;)", html)


def test_one_endless_word():
    html = stift("hond").fragment(["a" * 5000]).html
    assert len(html) <= LENGTE + 1


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80), st.text(max_size=600))
def test_any_text_survives(zoek, tekst):
    een = stift(zoek)
    assert kaal(een.merk(tekst)) == escape(tekst)
    assert "<mark" not in kaal(een.fragment([tekst]).html)
