"""``manage.py zoekmeting``."""

import json

import pytest
from django.core.management import call_command

from intranet.zoeken.meting import eigen_index
from intranet.zoeken.zoek import zoek

from .conftest import IEDEREEN, document

CORPUS = [
    {"id": "wet/1#a", "title": "Parkeervergunning", "body": "Een bewoner vraagt hem aan."},
    {"id": "wet/2#b", "title": "", "body": "Over de rioolheffing en wie die betaalt."},
    {"id": "wet/3#c", "title": "Kapvergunning", "body": "Voor het vellen van een boom."},
]
VRAGEN = [{"id": "v1", "text": "vergunning om te parkeren"}, {"id": "v2", "text": "de"}]


def schrijf(pad, rijen):
    pad.write_text("".join(json.dumps(rij) + "\n" for rij in rijen) + "\n", encoding="utf8")
    return pad


@pytest.fixture
def meet(tmp_path):
    def meet(**opties):
        uit = tmp_path / "uit.jsonl"
        call_command(
            "zoekmeting",
            corpus=schrijf(tmp_path / "corpus.jsonl", CORPUS),
            vragen=schrijf(tmp_path / "vragen.jsonl", VRAGEN),
            uit=uit,
            verbosity=0,
            **opties,
        )
        return [json.loads(regel) for regel in uit.read_text(encoding="utf8").splitlines()]

    return meet


@pytest.mark.parametrize("naam", ["ingebouwd", "elastic"])
def test_each_query_gets_a_line_with_the_ids_of_the_set(db, request, settings, naam, meet):
    if naam == "elastic":
        settings.ELASTICSEARCH_URL = request.getfixturevalue("elasticsearch_url")
    eerste, tweede = meet(motor=naam)
    assert eerste["id"] == "v1"
    assert eerste["treffers"] == ["wet/1#a", "wet/3#c"]
    assert eerste["ms"] > 0
    assert (tweede["id"], tweede["treffers"]) == ("v2", [])


def test_the_index_of_the_site_is_neither_read_nor_written(ingebouwd, meet):
    ingebouwd.schrijf(document(1, "Parkeervergunning van de site"))
    stand = ingebouwd.motor.standen()
    with eigen_index("ingebouwd") as motor:
        assert zoek("parkeervergunning", IEDEREEN, motor=motor).uitkomst.totaal == 0
        motor.schrijf([document(2, "Parkeervergunning")])
        assert zoek("parkeervergunning", IEDEREEN, motor=motor).uitkomst.totaal == 1
    assert ingebouwd.motor.standen() == stand
    assert meet()[0]["treffers"] == ["wet/1#a", "wet/3#c"]
    assert ingebouwd.vindt("parkeervergunning") == ["vraag:1"]
