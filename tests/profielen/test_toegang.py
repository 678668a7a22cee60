"""Who sees whom: the truth table for people, on every face of the rule and every page that shows them."""

import pytest

from profielen.models import Gebruiker, Profiel
from profielen.toegang import mag_profiel_zien
from tests.conftest import maak


@pytest.fixture
def gerda(van_elk):
    """A Gast in no Groep."""
    return maak("gerda@vanelk.example", "Gerda", "Zwerver", van_elk)


@pytest.fixture
def weg(zandmeer):
    """A Medewerker whose account was ended."""
    mens = maak("weg@zandmeer.example", "Wim", "Weg", zandmeer)
    mens.beeindig()
    return mens


@pytest.fixture
def iedereen(anna, bram, chris, dora, eva, finn, gerda, weg, besloten_groep):
    besloten_groep.voeg_toe(chris)
    return {
        "anna": anna, "bram": bram, "chris": chris, "dora": dora,
        "eva": eva, "finn": finn, "gerda": gerda, "weg": weg,
    }  # fmt: skip


# Chris is a gast in the Groep of Eva, Dora and Anna. Medewerkers see all Medewerkers and their own gasten.
MEDEWERKERS = {"anna", "bram", "dora", "eva", "finn"}
TABEL = {
    "anna": MEDEWERKERS | {"chris"},
    "bram": MEDEWERKERS,
    "chris": {"anna", "dora", "eva", "chris"},
    "eva": MEDEWERKERS | {"chris"},
    "finn": MEDEWERKERS,
    "gerda": {"gerda"},
    "weg": set(),
}


@pytest.mark.parametrize("kijker", TABEL)
def test_all_faces_of_the_rule_agree(iedereen, kijker):
    wie = Gebruiker.objects.get(pk=iedereen[kijker].pk)
    namen = {mens.pk: naam for naam, mens in iedereen.items()}
    assert {namen[mens.pk] for mens in Gebruiker.objects.zichtbaar_voor(wie)} == TABEL[kijker]
    assert {namen[profiel.pk] for profiel in Profiel.objects.zichtbaar_voor(wie)} == TABEL[kijker]
    assert {naam for naam, mens in iedereen.items() if mag_profiel_zien(wie, mens)} == TABEL[kijker]


@pytest.mark.parametrize("kijker", [naam for naam in TABEL if naam != "weg"])
def test_every_page_shows_who_may_be_seen_and_nobody_else(client, iedereen, kijker):
    client.force_login(iedereen[kijker])
    lijst = client.get("/mensen/").content.decode()
    for naam, mens in iedereen.items():
        mag = naam in TABEL[kijker]
        assert (f'href="/mensen/{mens.pk}/">{mens.naam}<' in lijst) == mag, naam
        for adres in (f"/mensen/{mens.pk}/", f"/mensen/{mens.pk}/bijdragen/"):
            assert client.get(adres).status_code == (200 if mag else 404), (naam, adres)
        gezocht = client.get("/mensen/zoek/", {"q": mens.achternaam}).json()["voorstellen"]
        assert [v["naam"] for v in gezocht] == ([mens.naam] if mag else []), naam


def test_someone_blocked_and_a_stranger_see_the_login_page(client, anna, weg):
    for adres in ("/mensen/", f"/mensen/{anna.pk}/", f"/mensen/{anna.pk}/foto/", "/mensen/afdelingen/"):
        assert client.get(adres).status_code == 302
    client.force_login(weg)
    assert client.get("/mensen/").status_code == 302


def test_losing_the_groep_is_losing_sight(client, iedereen, besloten_groep):
    chris, anna = iedereen["chris"], iedereen["anna"]
    besloten_groep.verwijder_lid(chris)
    client.force_login(chris)
    assert client.get(f"/mensen/{anna.pk}/").status_code == 404


def test_an_administrator_passes_no_rule(iedereen, van_elk):
    baas = Gebruiker.objects.create_superuser("baas@elders.example", "x", organisatie=van_elk)
    assert list(Gebruiker.objects.zichtbaar_voor(baas)) == [baas]
