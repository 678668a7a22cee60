"""What the redactie sees of searching, and the words they make the same."""

import re
import time

import pytest

from groepen.models import Groep
from intranet.events.models import Event
from intranet.zoeken import thesaurus
from intranet.zoeken.document import soorten
from intranet.zoeken.maskeer import is_bsn, maskeer
from intranet.zoeken.models import Synoniem, Zoekactie
from intranet.zoeken.models.logboek import kern
from intranet.zoeken.motor import motor
from intranet.zoeken.synoniemen import lees
from kennisbank.models import GroepKennisbank

pytestmark = pytest.mark.django_db
PAGINAS = ("/zoeken/redactie/", "/zoeken/synoniemen/")


@pytest.fixture
def manager(bram):
    bram.is_communitymanager = True
    bram.save()
    return bram


@pytest.fixture(autouse=True)
def _vers():
    thesaurus.vergeet()
    yield
    thesaurus.vergeet()


# --- Who ------------------------------------------------------------------------------------------


def test_for_communitymanagers_and_who_keeps_a_kennisbank(client, open_groep, anna, bram, dora, chris):
    def mag(wie):
        client.force_login(wie)
        statussen = {client.get(adres).status_code for adres in PAGINAS}
        assert len(statussen) == 1
        return statussen == {200}

    open_groep.voeg_toe(chris, "beheerder")
    assert [mag(wie) for wie in (anna, bram, dora, chris)] == [False] * 4
    GroepKennisbank.open_voor(open_groep)
    assert [mag(wie) for wie in (anna, bram, dora, chris)] == [False, False, True, False]
    bram.is_communitymanager = True
    bram.save()
    assert mag(bram)
    open_groep.sluit(dora)
    assert not mag(dora)


def test_only_who_may_finds_the_way(client, manager, anna):
    for wie, ziet in ((manager, True), (anna, False)):
        client.force_login(wie)
        assert ("/zoeken/redactie/" in client.get("/zoeken/").content.decode()) is ziet


# --- What is searched for ---------------------------------------------------------------------------


def zoekacties(tekst, keer, aantal=5, kliks=0, soort="vraag"):
    for nummer in range(keer):
        pk = Zoekactie.noteer(tekst, aantal, None)
        if nummer < kliks:
            Zoekactie.noteer_klik(pk, 1, soort)


def namen(rijen):
    woorden = Zoekactie.objects.woorden(rij["kern"] for rij in rijen)
    return [woorden[rij["kern"]] for rij in rijen if rij["kern"] in woorden]


def test_most_searched_without_result_and_without_click():
    zoekacties("paspoort", 5, kliks=4)
    zoekacties("laadpaal", 4, aantal=0)
    zoekacties("een laadpalen", 1, aantal=0)
    zoekacties("wet van ohm", 3)
    zoekacties("geheimpje", 2, aantal=0)
    zoekacties("Imke de Wit", 6, kliks=4, soort="mens")
    alle = Zoekactie.objects.all()
    assert set(namen(alle.per_kern())) == {"paspoort", "laadpaal", "wet van ohm"}
    assert namen(alle.zonder_treffers().per_kern()) == ["laadpaal"]
    assert alle.zonder_treffers().per_kern()[0]["keer"] == 5
    assert namen(alle.zonder_klik()) == ["wet van ohm"]
    assert alle.tel() == {"keer": 21, "niets": 7, "geopend": 8}


def test_a_search_is_called_as_it_is_typed_most():
    zoekacties("paspoort", 3)
    zoekacties("🙂 paspoort", 2)
    zoekacties("«zwart paspoort»", 1)
    zoekacties("zwart paspoort", 2)
    assert namen(Zoekactie.objects.all().per_kern()) == ["paspoort", "zwart paspoort"]


def test_a_person_who_is_sought_and_not_opened_is_nobodys_business(manager):
    manager.voornaam, manager.tussenvoegsel, manager.achternaam = "Bram", "van der", "Heuvel-Smit"
    manager.save()
    zoekacties("bram van der heuvel-smit", 4)
    zoekacties("Heuvel", 3)
    assert namen(Zoekactie.objects.all().per_kern()) == ["Heuvel"]


def test_without_a_telling_word_there_is_nothing_to_miss(client, manager):
    for tekst in ("😀", "*", "%", "de"):
        zoekacties(tekst, 4, aantal=0)
    assert not Zoekactie.objects.all().per_kern()
    client.force_login(manager)
    assert "😀" not in client.get("/zoeken/redactie/").text


def test_the_page_shows_them_by_period(client, manager):
    zoekacties("laadpaal", 3, aantal=0)
    Zoekactie.objects.update(dag="2020-01-01")
    zoekacties("paspoort", 3, aantal=0)
    client.force_login(manager)
    html = client.get("/zoeken/redactie/?periode=week").content.decode()
    assert "paspoort" in html
    assert "laadpaal" not in html
    assert client.get("/zoeken/redactie/?periode=eeuwig").status_code == 200


def test_the_same_words_are_the_same_search():
    assert kern("Paspoorten van de gemeente") == kern("gemeente, paspoort?")
    assert kern("paspoort") != kern("rijbewijs")


@pytest.mark.parametrize(
    ("tekst", "bewaard"),
    [
        ("verhuizing 123456782", "verhuizing [bsn]"),
        ("bsn 1234.56.782 van mevrouw", "bsn [bsn] van mevrouw"),
        ("bel 06-12345678", "bel [telefoon]"),
        ("bel +31 6 1234 5678 nu", "bel [telefoon] nu"),
        ("mail jan.jansen@voorbeeld.nl over wmo", "mail [e-mailadres] over wmo"),
        ("NL91 ABNA 0417 1643 00", "[rekening]"),
        ("zaak 123456789", "zaak [nummer]"),
        ("artikel 2.12 lid 3", "artikel 2.12 lid 3"),
        ("APV 2026 artikel 5:18", "APV 2026 artikel 5:18"),
        ("1234 AB 12", "1234 AB 12"),
    ],
)
def test_personal_data_is_not_kept(tekst, bewaard):
    assert maskeer(tekst) == bewaard
    assert Zoekactie.objects.get(pk=Zoekactie.noteer(tekst, 0, None)).tekst == bewaard


def test_the_eleven_proof():
    assert is_bsn("123456782")
    assert is_bsn("111222333")
    assert not is_bsn("123456789")
    assert not is_bsn("000000000")
    assert not is_bsn("12345678")


# --- Synonyms ---------------------------------------------------------------------------------------


def test_add_change_and_remove(client, manager):
    client.force_login(manager)
    antwoord = client.post("/zoeken/synoniemen/", {"woorden": " milieustraat ,gemeentewerf,  Milieustraat"})
    assert antwoord.status_code == 302
    synoniem = Synoniem.objects.get()
    assert synoniem.woorden == "Milieustraat, gemeentewerf"
    assert "gemeentewerf" in client.get("/zoeken/synoniemen/").content.decode()
    adres = f"/zoeken/synoniemen/{synoniem.pk}/"
    assert "gemeentewerf" in client.get(adres).content.decode()
    assert client.post(adres, {"woorden": "milieustraat, stort", "versie": 1}).status_code == 302
    synoniem.refresh_from_db()
    assert (synoniem.woorden, synoniem.versie) == ("milieustraat, stort", 2)
    assert client.post(f"{adres}verwijdering/").status_code == 302
    assert not Synoniem.objects.exists()
    assert Event.objects.filter(soort="synoniem.gewijzigd", actor=manager).count() == 3


def test_the_same_words_stand_together_once(client, manager):
    client.force_login(manager)
    for woorden in ("groenpas, afvalpas", "groenpas, afvalpas", "Afvalpas,  Groenpas"):
        pagina = client.post("/zoeken/synoniemen/", {"woorden": woorden}, follow=True)
    assert "Deze woorden staan al bij elkaar: Afvalpas, Groenpas" in pagina.content.decode()
    assert Synoniem.objects.count() == 1
    client.post("/zoeken/synoniemen/", {"woorden": "~groenpas, afvalpas"})  # alike only: something else
    assert Synoniem.objects.count() == 2


def test_who_is_second_sees_what_the_first_made_of_it(client, manager):
    synoniem = Synoniem.voeg_toe(manager, "een, twee")
    adres = f"/zoeken/synoniemen/{synoniem.pk}/"
    client.force_login(manager)
    assert client.post(adres, {"woorden": "een, drie", "versie": 1}).status_code == 302
    antwoord = client.post(adres, {"woorden": "een, vier", "versie": 1})
    html = antwoord.content.decode()
    assert antwoord.status_code == 409
    assert "een, drie" in html
    assert 'value="een, vier"' in html
    assert 'name="versie" value="2"' in html


@pytest.mark.parametrize(
    "woorden",
    ["", "een", "een, een", "een, !!", ", ,", "x," * 400, "a,b,c,d,e,f,g,h,i,j,k,l,m", f"een, {'x' * 90}"],
)
def test_a_line_that_joins_nothing_is_refused(client, manager, woorden):
    client.force_login(manager)
    antwoord = client.post("/zoeken/synoniemen/", {"woorden": woorden})
    assert antwoord.status_code == 422
    assert 'aria-invalid="true"' in antwoord.content.decode()
    assert not Synoniem.objects.exists()


def woorden_bij(woord):
    return {" ".join(andere) for _van, _tot, andere, _gewicht in thesaurus.thesaurus().bij([woord])}


def test_an_edit_works_in_every_process_within_ten_seconds(monkeypatch, manager):
    """This process did not make the change itself, and finds it when it looks again."""
    assert woorden_bij("quizavond") == set()
    Synoniem.voeg_toe(manager, "quizavond, kennisquiz")
    assert thesaurus.VERS <= 8
    nu = time.monotonic()
    monkeypatch.setattr(thesaurus.time, "monotonic", lambda: nu + 8)
    assert woorden_bij("quizavond") == {"kennisquiz"}
    Synoniem.objects.get().wijzig(manager, "quizavond, pubquiz", 1)
    monkeypatch.setattr(thesaurus.time, "monotonic", lambda: nu + 16)
    assert woorden_bij("quizavond") == {"pubquiz"}
    Synoniem.objects.get().verwijder(manager)
    monkeypatch.setattr(thesaurus.time, "monotonic", lambda: nu + 24)
    assert woorden_bij("quizavond") == set()


def test_a_shipped_group_can_be_switched_off_and_on(client, manager):
    groep = next(groep for groep in lees() if groep.woorden[0] == "wmo")
    assert woorden_bij("wmo")
    client.force_login(manager)
    for zet, zijn_er in (("uit", False), ("aan", True)):
        antwoord = client.post("/zoeken/synoniemen/meegeleverd/", {"sleutel": groep.sleutel, "zet": zet})
        assert antwoord.status_code == 302
        assert ("wet maatschappelijke ondersteuning" in woorden_bij("wmo")) is zijn_er
    assert client.post("/zoeken/synoniemen/meegeleverd/", {"sleutel": "x"}).status_code == 302


def test_what_an_editor_added_is_found(client, manager, anna, open_groep):
    open_groep.stel_vraag(anna, "Hoe laat gaat de milieustraat open?")
    for soort in soorten():
        motor().schrijf(soort.maak(soort.alle(0, 10**6)))
    client.force_login(manager)
    assert "milieustraat open" not in client.get("/zoeken/?q=gemeentewerf").content.decode()
    client.post("/zoeken/synoniemen/", {"woorden": "milieustraat, gemeentewerf"})
    html = client.get("/zoeken/?q=gemeentewerf").content.decode()
    assert '<mark class="nl-mark">milieustraat</mark> open' in html
    assert re.search("Ook gezocht op [^<]*milieustraat", html)


def test_trying_out_tells_what_a_search_becomes(client, manager):
    client.force_login(manager)
    html = client.get("/zoeken/synoniemen/?proef=wmo+aanvraag").content.decode()
    assert "We zoeken op" in html
    assert "ondersteun" in html
    gezocht = client.get("/zoeken/synoniemen/?zoek=maatschappelijke").content.decode()
    assert "wet maatschappelijke ondersteuning" in gezocht
    assert "identiteitskaart" not in gezocht


def test_a_gast_is_never_redactie(client, chris):
    chris.is_communitymanager = True
    chris.save()
    client.force_login(chris)
    assert {client.get(adres).status_code for adres in PAGINAS} == {403}
    assert not Groep.objects.exists()
