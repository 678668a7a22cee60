"""A little of every row of the bar, with what the repository has: red when a link of the chain breaks.

The whole of it, on all sets, is ``python -m tests.zoekkwaliteit``.
"""

import pytest

from intranet.zoeken.analyse import splitser, stam
from tests.zoekkwaliteit import maten, spelling, wetten
from tests.zoekkwaliteit.proefindex import proefindex
from tests.zoekkwaliteit.sets import Data, ndcg, recall, upl, vac

pytestmark = [pytest.mark.django_db, pytest.mark.eenmaal]

SAMENSTELLINGEN = {
    "evenementenvergunning": ["evenementen", "vergunning"],
    "begraafplaats": ["begraaf", "plaats"],
    "belastingaangifte": ["belasting", "aangifte"],
    "afvalinzameling": ["afval", "inzameling"],
    "parkeervergunning": ["parkeer", "vergunning"],
    "afvalwatermelding": ["afval", "water", "melding"],
    "huisvestingsvergunning": ["huisvesting", "vergunning"],
}
SYNONIEMEN = [
    ["wmo", "wet maatschappelijke ondersteuning"],
    ["bsn", "burgerservicenummer"],
    ["apv", "algemene plaatselijke verordening"],
]


@pytest.fixture(scope="module")
def gevonden(django_db_setup, django_db_blocker):
    """What the 78 questions of Rijksoverheid find among their answers and 20 made-up laws."""
    set_ = vac()
    with django_db_blocker.unblock(), proefindex("ingebouwd", [*set_.documenten, *wetten.maak(20)]) as index:
        return {id: index.vindt(tekst) for id, tekst in set_.vragen.items()}


def test_a_question_finds_its_answer_also_among_laws(gevonden):
    goed = vac().goed
    assert ndcg(gevonden, goed) >= 0.89
    assert recall(gevonden, goed) >= 0.98
    assert all(gevonden.values())


def test_compounds_in_four_spellings():
    mis, keren = maten.in_vier_spellingen(SAMENSTELLINGEN, "ingebouwd")
    assert keren == 4 * len(SAMENSTELLINGEN)
    assert not mis
    for heel in ("paspoort", "wethouder", "medewerker", "gemeente", "waardering"):
        assert splitser.splits(heel) == ()


def test_synonyms_find_each_other():
    vulling = [tekst for _, _, tekst in vac().documenten]
    assert maten.vindt_elkaar(SYNONIEMEN, vulling, "ingebouwd")[0] == []


def test_real_misspellings_are_read_right():
    fouten = {
        "acommodatie": "accommodatie",
        "onmiddelijk": "onmiddellijk",
        "gemeentenhuis": "gemeentehuis",
        "parkeervergunnig": "parkeervergunning",
        "identiteidskaart": "identiteitskaart",
        "rijbewys": "rijbewijs",
        "subsidiëering": "subsidiering",
        "bezwaarschriftt": "bezwaarschrift",
    }
    assert spelling.niet_goed([(fout, {goed}) for fout, goed in fouten.items()]) == []


def test_right_words_stay_among_others_that_look_like_them():
    """Names and the vocabulary of government, each beside a word that is known."""
    kent = spelling.woorden_van(vac())
    namen = [*spelling.gemeenten()[::4], *upl()[::4]]
    assert spelling.veranderd((f"{naam} aanvragen" for naam in namen), kent) == []


def test_singular_and_plural_are_one():
    for enkel in (
        "vergunning",
        "kaart",
        "huis",
        "boom",
        "brief",
        "gelegenheid",
        "school",
        "aanvrager",
        "auto",
    ):
        assert stam(enkel) == stam(maten.meervoud(enkel)), enkel


def test_data_that_is_missing_is_told(tmp_path):
    data = Data(tmp_path, ["lo_help", "vac"])
    assert data.set("lo_help") is None
    assert data.set("vac_kop") is None  # not asked for
    assert data.set("vac") is not None
    assert list(maten.samenstellingen(data, "ingebouwd")) == []
    assert {pad.rpartition("/")[2] for pad in data.ontbreekt} == {"lo_help", "samenstellingen.txt"}
