"""The list of all questions: my Groepen first, filters, topics, pages, and what it costs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from groepen.lijsten import PER_BLAD
from groepen.models import Groep
from profielen.models import Onderwerp

from .hulp import kosten, tekst

NU = timezone.now()
LIJST = "/vragen/"


def titels(response):
    """The titles of the rows, in order."""
    delen = response.text.split('<div class="bp-rij__midden">')[1:]
    return [deel.partition('<span lang="nl">')[2].partition("</span>")[0] for deel in delen]


@pytest.fixture
def vragen(anna, bram, eva, dora, open_groep, besloten_groep, verborgen_groep):
    elders = Groep.start(eva, naam="Elders")
    stel = {}
    for nummer, (naam, groep, wie) in enumerate(
        [
            ("open", open_groep, anna),
            ("besloten", besloten_groep, eva),
            ("verborgen", verborgen_groep, dora),
            ("elders", elders, eva),
        ]
    ):
        op = NU - timedelta(hours=nummer)
        stel[naam] = groep.stel_vraag(wie, f"De vraag {naam}?", gesteld_op=op)
    return stel


def test_my_groepen_first_and_all_on_request(als, anna, vragen):
    client = als(anna)
    mijn = ["De vraag open?", "De vraag besloten?", "De vraag verborgen?"]
    assert titels(client.get(LIJST)) == mijn
    assert titels(client.get(LIJST, {"waar": "alle"})) == [*mijn, "De vraag elders?"]


def test_without_groepen_all_that_one_may_read(als, bram, chris, finn, vragen):
    assert titels(als(bram).get(LIJST)) == ["De vraag open?", "De vraag elders?"]
    for wie in (chris, finn):
        response = als(wie).get(LIJST)
        assert titels(response) == []
        assert "Hier staan straks de vragen van je collega’s" in tekst(response)


def test_filters(als, anna, bram, eva, dora, vragen):
    vragen["open"].kies_oplossing(vragen["open"].beantwoord(eva, "Zo."), anna)
    vragen["besloten"].beantwoord(anna, "Misschien.")
    vragen["verborgen"].pak_op(anna)
    vragen["elders"].thread.volg(anna)
    client = als(anna)
    for filter_, verwacht in (
        ("onbeantwoord", {"verborgen"}),
        ("onopgelost", {"besloten", "verborgen"}),
        ("mijn", {"open"}),
        ("opgepakt", {"verborgen"}),
        ("gevolgd", {"open", "besloten", "verborgen", "elders"}),
        ("onzin", {"open", "besloten", "verborgen"}),
    ):
        gevonden = titels(client.get(LIJST, {"filter": filter_}))
        assert set(gevonden) == {f"De vraag {naam}?" for naam in verwacht}, filter_


def test_what_one_follows_but_may_no_longer_read_is_gone(als, anna, eva, vragen, verborgen_groep):
    vragen["verborgen"].thread.volg(anna)
    verborgen_groep.verwijder_lid(anna, eva)
    assert "De vraag verborgen?" not in titels(als(anna).get(LIJST, {"filter": "gevolgd"}))


def test_by_topic(als, anna, vragen):
    markten = Onderwerp.objects.create(naam="Markten")
    vragen["open"].onderwerpen.add(markten)
    vragen["elders"].onderwerpen.add(markten)
    client = als(anna)
    response = client.get(LIJST, {"onderwerp": "markten"})
    assert titels(response) == ["De vraag open?"]
    assert "Vragen over Markten" in tekst(response)
    assert set(titels(client.get(LIJST, {"onderwerp": "markten", "waar": "alle"}))) == {
        "De vraag open?",
        "De vraag elders?",
    }
    assert titels(client.get(LIJST, {"onderwerp": "markten", "filter": "onbeantwoord"})) == ["De vraag open?"]
    assert client.get(LIJST, {"onderwerp": "bestaat-niet"}).status_code == 404


@pytest.mark.parametrize("filter_", ["", "onopgelost", "gevolgd"])
def test_walking_all_pages_gives_every_row_once(als, anna, open_groep, besloten_groep, filter_):
    for nummer in range(PER_BLAD + 15):
        # Ties: three at the same moment.
        op = NU - timedelta(minutes=nummer // 3)
        groep = (open_groep, besloten_groep)[nummer % 2]
        groep.stel_vraag(anna, f"Vraag nummer {nummer}?", gesteld_op=op)
    client, gezien, adres = als(anna), [], f"{LIJST}?filter={filter_}"
    for _blad in range(5):
        response = client.get(adres)
        gezien += titels(response)
        if "Toon meer" not in response.text:
            break
        adres = LIJST + response.text.partition('hx-get="')[2].partition('"')[0].replace("&amp;", "&")
    assert len(gezien) == len(set(gezien)) == PER_BLAD + 15


@pytest.mark.parametrize("na", ["x", "1-", "-", "9" * 30 + "-1", "²-1"])
def test_an_odd_cursor_gives_the_first_page(als, anna, vragen, na):
    assert len(titels(als(anna).get(LIJST, {"na": na}))) == 3


@pytest.mark.parametrize("zoek", ["", "?waar=alle", "?filter=mijn", "?filter=gevolgd", "?onderwerp=markten"])
def test_the_same_queries_for_1_and_for_many(als, anna, open_groep, zoek):
    markten = Onderwerp.objects.create(naam="Markten")
    client = als(anna)
    kosten_van = []
    for aantal in (1, 40):
        for nummer in range(aantal):
            open_groep.stel_vraag(anna, f"Vraag {nummer} van {aantal}?", onderwerpen=[markten])
        kosten_van.append(kosten(client, LIJST + zoek))
    assert sum(kosten_van[0].values()) == sum(kosten_van[1].values()) <= 6
    assert max(kosten_van[1].values()) == 1
