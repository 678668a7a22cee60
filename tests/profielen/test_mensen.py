"""The list of people: filters, paging, and a number of queries that does not grow."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from profielen.models import Afdeling, Deskundigheid, Gebruiker, Onderwerp, Profiel
from tests.conftest import maak

# Wednesday 18 November 2026, in the morning and in the afternoon (Dutch time is an hour ahead).
OCHTEND = datetime(2026, 11, 18, 8, 30, tzinfo=UTC)
MIDDAG = datetime(2026, 11, 18, 13, 30, tzinfo=UTC)
ZATERDAG = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
KERST = datetime(2026, 12, 25, 9, 0, tzinfo=UTC)
WOENSDAGOCHTEND, WOENSDAGMIDDAG = 1 << 4, 1 << 5


def namen(client, adres="/mensen/", **filters):
    """The surnames on the page, in order."""
    return [kaart.mens.achternaam for kaart in client.get(adres, filters).context["kaarten"]]


@pytest.fixture(autouse=True)
def _context(monkeypatch):
    """Jinja2 pages keep no context for the test client: keep it here."""
    from django.template.backends.jinja2 import Template
    from django.test.signals import template_rendered

    echt = Template.render

    def render(self, context=None, request=None):
        template_rendered.send(sender=self, template=self, context=context or {})
        return echt(self, context, request)

    monkeypatch.setattr(Template, "render", render)


@pytest.fixture
def als_anna(client, anna):
    client.force_login(anna)
    return client


def profiel(gebruiker, **velden):
    Profiel.objects.filter(pk=gebruiker.pk).update(**velden)


# --- search -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gezocht", "gevonden"),
    [
        ("EMILE", ["Çelik"]),
        ("celik émile", ["Çelik"]),
        ("van der celik", ["Çelik"]),
        ("marktmeester", ["Buiten"]),
        ("standplaats", ["Buiten"]),
        ("bram standplaats", ["Buiten"]),
        ("anna standplaats", []),
        ("%", []),
        ("\0", ["Buiten", "Çelik", "Lidwoord"]),
        ("  ", ["Buiten", "Çelik", "Lidwoord"]),
    ],
)
def test_search_by_name_work_and_onderwerp(als_anna, bram, zandmeer, gezocht, gevonden):
    maak("emile@zandmeer.example", "Émile", "Çelik", zandmeer, tussenvoegsel="van der")
    profiel(bram, functie="Marktmeester")
    Deskundigheid.objects.create(
        profiel=bram.profiel, onderwerp=Onderwerp.objects.create(naam="Standplaatsvergunning")
    )
    assert namen(als_anna, wie=gezocht) == gevonden


# --- filters ----------------------------------------------------------------------------------------


def test_by_organisatie_and_afdeling_with_those_below(als_anna, anna, bram, finn, zandmeer, oosterwold):
    boven = Afdeling.objects.create(organisatie=zandmeer, naam="Dienstverlening")
    onder = Afdeling.objects.create(organisatie=zandmeer, naam="Balie", ouder=boven)
    elders = Afdeling.objects.create(organisatie=oosterwold, naam="Balie")
    profiel(anna, afdeling=boven)
    profiel(bram, afdeling=onder)
    profiel(finn, afdeling=elders)
    assert namen(als_anna, organisatie=oosterwold.pk) == ["Elders"]
    assert namen(als_anna, organisatie=[zandmeer.pk, oosterwold.pk]) == ["Buiten", "Elders", "Lidwoord"]
    assert namen(als_anna, afdeling=boven.pk) == ["Buiten", "Lidwoord"]
    assert namen(als_anna, afdeling=onder.pk) == ["Buiten"]
    assert namen(als_anna, afdeling=elders.pk) == ["Elders"]


def test_an_afdeling_filter_tells_a_gast_nothing(client, chris, anna, bram, open_groep, zandmeer):
    open_groep.voeg_toe(chris)
    afdeling = Afdeling.objects.create(organisatie=zandmeer, naam="Balie")
    profiel(bram, afdeling=afdeling)
    profiel(anna, afdeling=afdeling)
    client.force_login(chris)
    assert namen(client, afdeling=afdeling.pk) == ["Lidwoord"]
    assert "Balie</option>" not in client.get("/mensen/").content.decode()
    assert client.get("/mensen/afdelingen/").status_code == 404


def test_by_onderwerp_and_kind_of_knowledge(als_anna, anna, bram):
    markt = Onderwerp.objects.create(naam="Café en terras")
    Deskundigheid.objects.create(profiel=anna.profiel, onderwerp=markt)
    Deskundigheid.objects.create(profiel=bram.profiel, onderwerp=markt, soort="aanbevolen")
    assert namen(als_anna, onderwerp="cafe EN terras") == ["Buiten", "Lidwoord"]
    assert namen(als_anna, onderwerp=markt.slug) == ["Buiten", "Lidwoord"]
    assert namen(als_anna, onderwerp=markt.slug, kennis="aanbevolen") == ["Buiten"]
    assert namen(als_anna, kennis=["aanbevolen", "opgegeven"]) == ["Buiten", "Lidwoord"]
    assert namen(als_anna, onderwerp="zeppelins") == []
    assert (
        "“zeppelins” staat niet in de lijst."
        in als_anna.get("/mensen/", {"onderwerp": "zeppelins"}).content.decode()
    )


@pytest.mark.parametrize(
    ("moment", "filter_", "gevonden"),
    [
        (OCHTEND, "nu", ["Buiten", "Lidwoord"]),
        (MIDDAG, "nu", ["Lidwoord"]),
        (MIDDAG, "vandaag", ["Buiten", "Lidwoord"]),
        (ZATERDAG, "vandaag", []),
        (KERST, "vandaag", []),
        (ZATERDAG, "onzin", ["Beheer", "Buiten", "Eigenaar", "Elders", "Lidwoord"]),
    ],
)
def test_who_is_there(client, anna, bram, dora, eva, finn, moment, filter_, gevonden):
    profiel(bram, dagdelen=WOENSDAGOCHTEND)
    profiel(dora, afwezig_van=date(2026, 11, 16), afwezig_tot=date(2026, 11, 18))
    profiel(eva, afwezig_van=date(2026, 11, 1))  # without an end
    profiel(finn, dagdelen=0)
    with time_machine.travel(moment, tick=False):
        client.force_login(anna)
        assert namen(client, aanwezig=filter_) == gevonden


def test_the_condition_and_the_object_agree_about_absence(anna):
    from profielen.models.mensen import afwezig_op

    dagen = [None, date(2026, 11, 17), date(2026, 11, 18), date(2026, 11, 19)]
    for van in dagen:
        for tot in dagen:
            profiel(anna, afwezig_van=van, afwezig_tot=tot)
            in_database = Profiel.objects.filter(afwezig_op(date(2026, 11, 18)), pk=anna.pk).exists()
            assert in_database == Profiel.objects.get(pk=anna.pk).is_afwezig(date(2026, 11, 18)), (van, tot)


@pytest.mark.parametrize(
    "filters",
    [
        {"organisatie": "x"}, {"organisatie": "9" * 40}, {"afdeling": "-1"}, {"afdeling": "²"},
        {"afdeling": "999999"}, {"na": "~"}, {"na": "x~y"}, {"na": "\0~1"}, {"na": "zonder streep"},
        {"onderwerp": "\0"}, {"wie": "x" * 9000}, {"kennis": "' OR 1=1"},
    ],
)  # fmt: skip
def test_odd_addresses_do_not_break_the_page(als_anna, filters):
    assert als_anna.get("/mensen/", filters).status_code == 200


# --- paging and cost ----------------------------------------------------------------------------------


def veel(organisatie, aantal):
    """People of the same name too, so that the key must hold on to the number."""
    for n in range(aantal):
        maak(f"n{n}@zandmeer.example", "Nel", f"Naam {n // 3:02}", organisatie)


def test_paging_shows_everyone_once(als_anna, zandmeer):
    veel(zandmeer, 60)
    gezien, adres = [], "/mensen/"
    while adres:
        context = als_anna.get(adres).context
        gezien += [kaart.mens.pk for kaart in context["kaarten"]]
        adres = f"/mensen/?na={context['volgende']}" if context["volgende"] else ""
    assert gezien == list(Gebruiker.objects.order_by("sorteernaam", "pk").values_list("pk", flat=True))


@pytest.mark.parametrize("filters", ["", "?wie=n&aanwezig=vandaag&kennis=bewezen&onderwerp=markt"])
def test_the_number_of_queries_does_not_grow(als_anna, anna, zandmeer, oosterwold, open_groep, filters):
    markt = Onderwerp.objects.create(naam="Markt")

    def kost():
        with CaptureQueriesContext(
            connection,
        ) as gemeten:
            assert als_anna.get(f"/mensen/{filters}").status_code == 200
        return len(gemeten)

    with time_machine.travel(OCHTEND, tick=False):
        een = kost()
        veel(zandmeer, 30)
        afdeling = Afdeling.objects.create(organisatie=zandmeer, naam="Balie")
        for mens in Gebruiker.objects.all():
            Deskundigheid.objects.create(profiel=mens.profiel, onderwerp=markt, soort="bewezen")
            profiel(mens, afdeling=afdeling, vervanger=anna)
        profiel(Gebruiker.objects.get(email="n1@zandmeer.example"), afwezig_van=date(2026, 11, 1))
        dertig = kost()
    assert dertig <= 10
    # One more at most: the names of those who replace the absent.
    assert dertig - een <= 2


def test_the_tree_counts_whom_the_reader_sees(als_anna, anna, bram, finn, zandmeer, oosterwold):
    boven = Afdeling.objects.create(organisatie=zandmeer, naam="Dienstverlening")
    onder = Afdeling.objects.create(organisatie=zandmeer, naam="Balie", ouder=boven)
    for mens, afdeling in ((anna, boven), (bram, onder)):
        profiel(mens, afdeling=afdeling)
    bram.blokkeer()
    with CaptureQueriesContext(connection) as gemeten:
        huizen = als_anna.get("/mensen/afdelingen/").context["huizen"]
    assert [(h.organisatie.naam, h.aantal, h.is_eigen) for h in huizen] == [
        ("Zandmeer", 1, True), ("Oosterwold", 1, False),
    ]  # fmt: skip
    (top,) = huizen[0].knopen
    assert (top.afdeling, top.aantal, top.onderdelen[0].afdeling, top.onderdelen[0].aantal) == (
        boven,
        1,
        onder,
        0,
    )
    assert len(gemeten) <= 6
