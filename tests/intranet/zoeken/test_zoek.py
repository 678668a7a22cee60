"""The path from words to hits: correction, synonyms, phrases, parts of words."""

import pytest

from intranet.zoeken.motor import Filters
from intranet.zoeken.zoek import zoek

from .conftest import document

LEZER = frozenset({"*", "g:1"})


@pytest.fixture
def gevuld(proef):
    proef.schrijf(
        document(1, "Parkeervergunning aanvragen", "Een bewoner wil zijn auto bij huis kwijt.", ["g:1"]),
        document(2, "Parkeervergunning verlengen", "Elk jaar opnieuw, voor elke bewoner.", ["g:1"]),
        document(3, "Parkeervergunning kwijt", "Wat nu?", ["g:1"], opgelost=True),
        document(4, "Wet maatschappelijke ondersteuning", "Hulp in het huishouden.", ["g:1"]),
        document(5, "Parkeergarage in de kelder", "Alleen voor wie daar werkt.", ["g:2"]),
        document(6, "Bijstandsuitkering", "Wie heeft daar recht op?", ["g:1"]),
    )
    return proef


def ids(resultaat):
    return [treffer.id for treffer in resultaat.uitkomst.treffers]


def test_a_query_that_needs_no_help_is_left_alone(gevuld):
    resultaat = zoek("parkeervergunning aanvragen", LEZER, motor=gevuld.motor, facetten=True)
    assert ids(resultaat)[0] == "vraag:1"
    assert resultaat.gecorrigeerd is None
    assert resultaat.zoekvraag.tekst == "parkeervergunning aanvragen"
    assert resultaat.uitkomst.facetten["soort"] == {"vraag": resultaat.uitkomst.totaal}


def test_a_word_that_nobody_wrote_is_read_as_the_nearest_that_the_reader_may_see(gevuld):
    resultaat = zoek("parkeervergunnign verlengen", LEZER, motor=gevuld.motor)
    assert resultaat.gecorrigeerd == "parkeervergunning verlengen"
    assert ids(resultaat)[0] == "vraag:2"
    letterlijk = zoek("parkeervergunnign verlengen", LEZER, motor=gevuld.motor, letterlijk=True)
    assert letterlijk.gecorrigeerd is None
    assert letterlijk.zoekvraag.tekst == "parkeervergunnign verlengen"


def test_nothing_is_read_as_a_word_of_others(gevuld):
    assert zoek("parkeergarrage", {"g:2"}, motor=gevuld.motor).gecorrigeerd == "parkeergarage"
    anders = zoek("parkeergarrage", LEZER, motor=gevuld.motor)
    assert "garage" not in (anders.gecorrigeerd or "")
    assert "vraag:5" not in ids(anders)


def test_synonyms_are_looked_for_and_told(gevuld):
    resultaat = zoek("wmo", LEZER, motor=gevuld.motor)
    assert ids(resultaat)[0] == "vraag:4"
    assert "wet maatschappelijke ondersteuning" in resultaat.ook_gezocht
    assert zoek("zandmotoren", LEZER, motor=gevuld.motor).ook_gezocht == ()


def test_with_next_to_nothing_found_parts_of_words_are_tried(gevuld):
    resultaat = zoek("standsuitk", LEZER, motor=gevuld.motor, letterlijk=True)
    assert ids(resultaat) == ["vraag:6"]
    assert resultaat.uitkomst.totaal == 1
    assert ids(zoek("keergar", LEZER, motor=gevuld.motor, letterlijk=True)) == []
    niets = zoek("standsuitk", LEZER, motor=gevuld.motor, filters=Filters(opgelost=True), letterlijk=True)
    assert ids(niets) == []


def test_a_phrase_that_nobody_wrote_is_looked_for_as_words(gevuld):
    assert ids(zoek('"parkeervergunning kwijt"', LEZER, motor=gevuld.motor)) == ["vraag:3"]
    assert "vraag:3" in ids(zoek('"kwijt parkeervergunning"', LEZER, motor=gevuld.motor))


@pytest.mark.parametrize("tekst", ["", "  ", "de het een", "🙂", "?!"])
def test_without_words_nothing_is_found_and_nothing_breaks(gevuld, tekst):
    resultaat = zoek(tekst, LEZER, motor=gevuld.motor)
    assert (ids(resultaat), resultaat.gecorrigeerd, resultaat.ook_gezocht) == ([], None, ())


def test_without_keys_nothing_is_found(gevuld):
    assert ids(zoek("parkeervergunning", (), motor=gevuld.motor)) == []


def test_the_second_page_goes_on_where_the_first_ended(gevuld):
    alles = ids(zoek("parkeervergunning", LEZER, motor=gevuld.motor))
    bladen = [ids(zoek("parkeervergunning", LEZER, motor=gevuld.motor, vanaf=n, aantal=1)) for n in (0, 1, 2)]
    assert [id for blad in bladen for id in blad] == alles
