"""What is read for a word that nobody wrote; with an engine that knows only these words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intranet.zoeken import analyse
from intranet.zoeken.corrigeer import afstand, corrigeer, kandidaten
from intranet.zoeken.synoniemen import Woordenboek, uit_regel

pytestmark = pytest.mark.eenmaal

BEKEND = {
    "parkeervergunning": 12,
    "parkeervergunningen": 3,
    "vergunning": 40,
    "evenement": 9,
    "evenementenvergunning": 4,
    "rijbewijs": 20,
    "paspoort": 18,
    "locatie": 5,
    "identiteitskaart": 7,
    "aanvragen": 50,
    "gemeente": 90,
    "actie": 6,
    "dealers": 2,
    "km": 3,
    "afval": 9,
    "kosten": 9,
}
SLEUTELS = frozenset("*")


class Motor:
    """Knows which words there are for who has the key ``*``; counts how often it is asked."""

    def __init__(self, woorden=BEKEND):
        self.woorden, self.keer = woorden, 0

    def kent(self, woorden, sleutels):
        self.keer += 1
        return {w: self.woorden[w] for w in woorden if w in self.woorden} if sleutels & SLEUTELS else {}


def gelezen(tekst, motor=None, sleutels=SLEUTELS, synoniemen=None):
    return corrigeer(analyse.vraag(tekst, synoniemen), motor or Motor(), sleutels)


@pytest.mark.parametrize(
    ("tekst", "bedoeld"),
    [
        ("parkeervergunnnig", "parkeervergunning"),
        ("parkeervegunning", "parkeervergunning"),
        ("parkervergunnning", "parkeervergunning"),
        ("reibewijs", "rijbewijs"),
        ("rijbewys aanvragen", "rijbewijs aanvragen"),
        ("Rijbewjis, aanvragen?", "rijbewijs, aanvragen?"),
        ("paspport", "paspoort"),
        ("pasport", "paspoort"),
        ("lokatie", "locatie"),
        ("aktie", "actie"),
        ("identitijtskaart", "identiteitskaart"),
        ("parkeer vergunnning", "parkeer vergunning"),
        ("rijb ewijs", "rijbewijs"),
        ("0km", "0 km"),
    ],
)
def test_gelezen_als(tekst, bedoeld):
    assert gelezen(tekst) == bedoeld


@pytest.mark.parametrize(
    "tekst",
    [
        "parkeervergunning aanvragen",
        "Hoe vraag ik in de gemeente een rijbewijs aan?",
        "evenementen",  # the plural of a word that is there
        "vergunningen",
        "postzegel",  # correct, and nobody wrote it
        "postzegel kosten",
        "kosten",
        "km",
        "",
        "de het een",
        "xq",  # too short to guess at
        "actiekosten dealers",  # a compound that nobody wrote is no two words
        "nt2 aanvragen",
        "a12",
    ],
)
def test_een_schone_vraag_blijft(tekst):
    assert gelezen(tekst) is None


@pytest.mark.parametrize(
    ("tekst", "lijkt_op"),
    [
        ("lockbestanden openen", "lock bestanden"),  # the lexicon has no locks
        ("breedte van linealen", "linialen"),  # right, and in no dictionary
        ("paspoort in Wisch", "wis"),  # a name
        ("Echteld", "echter"),
        ("zelfgebouwd vliegtuig", "gebouwd zelf"),
        ("instable versie", "unstable"),  # a word with something before it
        ("meerregelig", "meerregelige"),  # bent
        ("vooroverleg", "overleg"),
    ],
)
def test_een_goed_woord_wordt_geen_ander(tekst, lijkt_op):
    """Among what looks like it, and with or without a word that is there."""
    andere = dict.fromkeys(["openen", "breedte", "vliegtuig", "versie", *lijkt_op.split()], 9)
    assert gelezen(tekst, Motor(BEKEND | andere)) is None


def test_een_synoniem_is_bekend():
    synoniemen = Woordenboek([uit_regel("rybewijs, roze pasje")])
    assert gelezen("rybewijs", synoniemen=synoniemen) is None
    assert gelezen("rybewijs") == "rijbewijs"


def test_wie_niets_mag_zien_krijgt_geen_woord():
    assert gelezen("reibewijs", sleutels=frozenset({"g:1"})) is None


def test_twee_keer_vragen_is_genoeg():
    motor = Motor()
    assert gelezen("parkeervegunning en reibewijs", motor) == "parkeervergunning en rijbewijs"
    assert motor.keer == 2
    motor = Motor()
    gelezen("parkeervergunning", motor)
    assert motor.keer == 1


@pytest.mark.parametrize(
    ("een", "twee", "fouten"), [("a", "a", 0), ("ab", "ba", 1), ("kat", "kast", 1), ("kat", "hond", 3)]
)
def test_afstand(een, twee, fouten):
    assert afstand(een, twee, 2) == fouten


@given(st.text(max_size=60))
@settings(deadline=None)
def test_elke_vraag_wordt_gelezen(tekst):
    uit = gelezen(tekst)
    assert uit is None or uit != tekst


@given(st.text(alphabet="aeikngtsv-0", min_size=1, max_size=40))
@settings(deadline=None)
def test_kandidaten_zijn_andere_woorden(woord):
    mogelijk = kandidaten(woord)
    assert woord not in mogelijk
    assert len(mogelijk) < 6_000
