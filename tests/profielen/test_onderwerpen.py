"""Choosing Onderwerpen: folded names, doubles, too many, unknown, and the suggestions while typing."""

import pytest
from django import forms

from profielen.forms import OnderwerpenField
from profielen.models import Onderwerp

NAMEN = [
    "Standplaatsvergunning",
    "Evenementenvergunning",
    "Marktkraam huren",
    "Subsidie café",
    "Vergunning terras",
]


class Formulier(forms.Form):
    onderwerpen = OnderwerpenField(max_aantal=3)


@pytest.fixture
def onderwerpen(db):
    return {naam: Onderwerp.objects.create(naam=naam) for naam in NAMEN}


def test_names_are_found_without_regard_to_capitals_accents_spaces_and_doubles(onderwerpen):
    form = Formulier({"onderwerpen": " subsidie  CAFE, standplaatsvergunning ,, Subsidie Café"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["onderwerpen"] == [
        onderwerpen["Subsidie café"],
        onderwerpen["Standplaatsvergunning"],
    ]


def test_nothing_typed_is_no_onderwerpen(onderwerpen, django_assert_num_queries):
    form = Formulier({"onderwerpen": " , ,"})
    with django_assert_num_queries(0):
        assert form.is_valid()
    assert form.cleaned_data["onderwerpen"] == []


@pytest.mark.parametrize(
    ("getypt", "fout"),
    [
        (
            "Standplatsvergunning",
            "“Standplatsvergunning” staat niet in de lijst. Bedoel je “Standplaatsvergunning”?",
        ),
        ("huren", "“huren” staat niet in de lijst. Bedoel je “Marktkraam huren”?"),
        ("qqqq", "“qqqq” staat niet in de lijst."),
        ("<script>", "“<script>” staat niet in de lijst."),
        ("a,b,c,d", "Kies niet meer dan 3 onderwerpen."),
    ],
)
def test_an_unknown_name_is_named_with_what_comes_near(onderwerpen, getypt, fout):
    form = Formulier({"onderwerpen": getypt})
    assert form.errors["onderwerpen"] == [fout]


def test_bad_input_is_an_error_beside_the_field(onderwerpen):
    assert "onderwerpen" in Formulier({"onderwerpen": "Stand\0plaats"}).errors
    assert "onderwerpen" in Formulier({"onderwerpen": "x" * 100_000}).errors


def test_it_shows_the_present_choice_and_knows_whether_that_changed(onderwerpen):
    huidig = Onderwerp.objects.filter(naam__startswith="S")
    form = Formulier({"onderwerpen": "Subsidie cafe, standplaatsvergunning"}, initial={"onderwerpen": huidig})
    assert not form.has_changed()
    html = str(Formulier(initial={"onderwerpen": huidig})["onderwerpen"])
    assert 'value="Standplaatsvergunning, Subsidie café"' in html
    assert 'data-kiesveld="/onderwerpen/zoek/"' in html


def test_suggestions_start_with_what_was_typed(client, anna, onderwerpen):
    client.force_login(anna)
    antwoord = client.get("/onderwerpen/zoek/", {"q": "VERG"})
    assert [v["naam"] for v in antwoord.json()["voorstellen"]] == [
        "Vergunning terras", "Evenementenvergunning", "Standplaatsvergunning",
    ]  # fmt: skip


@pytest.mark.parametrize("q", ["", "\0", "%", "_", "x" * 5000])
def test_odd_searches_find_nothing(client, anna, onderwerpen, q):
    client.force_login(anna)
    assert client.get("/onderwerpen/zoek/", {"q": q}).json() == {"voorstellen": []}


def test_no_more_than_ten_in_one_query(client, anna, django_assert_num_queries):
    for n in range(30):
        Onderwerp.objects.create(naam=f"Vergunning {n}")
    client.force_login(anna)
    with django_assert_num_queries(3):  # session, user, Onderwerpen
        antwoord = client.get("/onderwerpen/zoek/", {"q": "vergunning"})
    assert len(antwoord.json()["voorstellen"]) == 10


def test_strangers_get_no_suggestions(client, onderwerpen):
    assert client.get("/onderwerpen/zoek/", {"q": "markt"}).status_code == 302
