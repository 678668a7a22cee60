"""The shipped synonyms, and how a query finds them."""

import pytest

from intranet.zoeken import analyse
from intranet.zoeken.analyse import gewichten
from intranet.zoeken.synoniemen import Woordenboek, lees, uit_regel

pytestmark = pytest.mark.eenmaal


@pytest.fixture(scope="module")
def woordenboek():
    return Woordenboek(lees())


def extra(tekst, woordenboek):
    return {t.token: t.gewicht for t in analyse.vraag(tekst, woordenboek).termen if t.soort == "synoniem"}


def test_er_zijn_er_genoeg_en_elk_is_te_noemen():
    groepen = lees()
    assert len(groepen) >= 300
    assert len({groep.sleutel for groep in groepen}) == len(groepen)
    assert all(groep.thema and len(groep) >= 2 and len(groep.sleutel) <= 100 for groep in groepen)


def test_kleine_woorden_die_het_verschil_maken(woordenboek):
    """Zonder vergunning is vergunningvrij; a vergunning is not."""
    for woord in ("vergunning", "dienst", "besluit", "nederlander"):
        assert not {"vergunningvrij", "ontslag", "bezwaar", "naturalisatie"} & {
            ander for _van, _tot, anderen, _gewicht in woordenboek.bij([woord]) for ander in anderen
        }, woord
    assert "vergunningvrij" in extra("schuur zonder vergunning", woordenboek)
    assert "vergunning" not in extra("vergunningvrij", woordenboek)
    eigen = Woordenboek([("de brp", "basisregistratie"), ("zonder auto", "autoluw")])
    assert extra("brp", eigen)
    assert not extra("auto", eigen)
    assert extra("wonen zonder auto", eigen)


def test_elk_woord_is_te_vinden():
    """No word of the list is made of stop words alone: it would never match."""
    for groep in lees():
        for woord in groep:
            assert not analyse.vraag(woord).leeg, woord


@pytest.mark.parametrize(
    ("tekst", "vindt"),
    [
        ("wmo", "maatschappelijke ondersteuning"),
        ("Wet maatschappelijke ondersteuning", "wmo"),
        ("wet op de maatschappelijke ondersteuning", "wmo"),
        ("ID-kaart aanvragen", "identiteitskaart"),
        ("id kaart", "identiteitskaart"),
        ("identiteitskaarten", "id-kaart"),
        ("wmo-aanvraag", "ondersteuning"),
        ("burgemeester en wethouders", "b&w"),
        ("grof vuil", "grofvuil"),
    ],
)
def test_ander_woord(tekst, vindt, woordenboek):
    tokens = {analyse.stam(woord) for _, _, woord in analyse.woorden(vindt)}
    assert tokens <= extra(tekst, woordenboek).keys()


def test_een_afkorting_weegt_zo_zwaar_als_haar_woorden_samen(woordenboek):
    assert extra("wet maatschappelijke ondersteuning", woordenboek)["wmo"] == pytest.approx(
        3 * gewichten.SYNONIEM
    )
    assert extra("wmo", woordenboek)["ondersteun"] < gewichten.SYNONIEM


def test_verwante_woorden_wegen_minder():
    echt = extra("fiets", Woordenboek([uit_regel("fiets, rijwiel")]))
    verwant = extra("fiets", Woordenboek([uit_regel("~fiets, rijwiel")]))
    assert verwant["rijwiel"] < echt["rijwiel"]


@pytest.mark.parametrize("regel", ["", "wmo", "wmo, ", " , ", "wmo, wmo"])
def test_een_woord_alleen_is_geen_groep(regel):
    assert uit_regel(regel) is None


def test_ook_een_gewone_rij_woorden_is_een_groep():
    assert "rijwiel" in extra("fiets", Woordenboek([["fiets", "rijwiel"]]))
