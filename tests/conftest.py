"""The same three people in every test: Anna works here and is lid, Bram works here only, Chris is a gast.

``dora`` is beheerder and ``eva`` eigenaar of the Groepen; ``finn`` works for another deelnemer.
"""

import gc
import os
from contextlib import nullcontext

import pytest
from django.conf import settings as instellingen

from groepen.models import Groep
from groepen.toegang import BEHEERDER
from intranet.events.models import Delivery
from intranet.events.worker import Worker
from profielen.models import Gebruiker, Organisatie
from tests import voorraad, zoekserver

# --- The process --------------------------------------------------------------------------------


def pytest_collection_finish():
    """What is there now stays to the end: going through it for garbage took a tenth of the processor time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


# --- The database -------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """What comes next makes the test database: it gets its tables from stock."""
    instellingen.DATABASES["default"].setdefault("TEST", {})["TEMPLATE"] = os.environ.get(voorraad.SJABLOON)
    with pytest.MonkeyPatch.context() as patch:
        voorraad.in_plaats_van_migreren(patch)
        yield patch


@pytest.fixture(scope="session")
def django_db_setup(django_db_modify_db_settings, django_db_setup):
    """From here on ``migrate`` is itself again."""
    django_db_modify_db_settings.undo()


# --- People and Groepen -------------------------------------------------------------------------


@pytest.fixture
def zandmeer(db):
    return Organisatie.objects.create(naam="Zandmeer", deelname="deelnemer")


@pytest.fixture
def oosterwold(db):
    return Organisatie.objects.create(naam="Oosterwold", deelname="deelnemer")


@pytest.fixture
def van_elk(db):
    return Organisatie.objects.create(naam="Bouwbedrijf Van Elk", soort="leverancier", deelname="partner")


def maak(email, voornaam, achternaam, organisatie, **velden):
    return Gebruiker.objects.create_user(
        email=email, voornaam=voornaam, achternaam=achternaam, organisatie=organisatie, **velden
    )


@pytest.fixture
def anna(zandmeer):
    return maak("anna@zandmeer.example", "Anna", "Lidwoord", zandmeer)


@pytest.fixture
def bram(zandmeer):
    return maak("bram@zandmeer.example", "Bram", "Buiten", zandmeer)


@pytest.fixture
def chris(van_elk):
    return maak("chris@vanelk.example", "Chris", "Gastmans", van_elk)


@pytest.fixture
def dora(zandmeer):
    return maak("dora@zandmeer.example", "Dora", "Beheer", zandmeer)


@pytest.fixture
def eva(zandmeer):
    return maak("eva@zandmeer.example", "Eva", "Eigenaar", zandmeer)


@pytest.fixture
def finn(oosterwold):
    return maak("finn@oosterwold.example", "Finn", "Elders", oosterwold)


def maak_groep(soort, eva, dora, anna, **velden):
    groep = Groep.start(eva, naam=f"Groep {soort}", soort=soort, **velden)
    groep.voeg_toe(dora, BEHEERDER)
    groep.voeg_toe(anna)
    return groep


@pytest.fixture
def open_groep(eva, dora, anna):
    return maak_groep("open", eva, dora, anna)


@pytest.fixture
def besloten_groep(eva, dora, anna):
    return maak_groep("besloten", eva, dora, anna)


@pytest.fixture
def verborgen_groep(eva, dora, anna):
    return maak_groep("verborgen", eva, dora, anna)


@pytest.fixture(autouse=True)
def _snelle_wachtwoorden(settings, tmp_path):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def _demo_mag_erin(settings):
    """Anna, Bram and Chris have addresses of the demo, whose login is off outside DEBUG."""
    settings.DEMO_TOEGESTAAN = True


@pytest.fixture
def bezorg_alles():
    """Deliver everything that waits, as the worker does; raises when an outlet fails."""

    def bezorg():
        Worker().drain()
        fout = Delivery.objects.exclude(last_error="").values_list("outlet", "last_error").first()
        assert fout is None, fout

    return bezorg


# --- Elasticsearch ------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def elasticsearch_url():
    """A running Elasticsearch, the same for all processes of this run: take an own prefix.

    It has all the time it needs, as a test run leaves it little; test_terugval.py asks for the real limit.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("intranet.zoeken.elastic.verbinding.ZOEK_SECONDEN", 20.0)
        yield zoekserver.shared()


# --- Rows that migrations made ------------------------------------------------------------------


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_teardown(item):
    """A test with real transactions ends by emptying every table, also of what Wagtail's migrations made.

    Put those back, so that it does not matter which test runs after which.
    """
    yield
    if {"transactional_db", "live_server"} & set(item.fixturenames) or any(
        merk.kwargs.get("transaction") for merk in item.iter_markers("django_db")
    ):
        with item.config.stash[_BLOKKADE].unblock() if _BLOKKADE in item.config.stash else nullcontext():
            herstel_wagtail()


_BLOKKADE = pytest.StashKey()


@pytest.fixture(autouse=True, scope="session")
def _onthoud_blokkade(request, django_db_blocker):
    request.config.stash[_BLOKKADE] = django_db_blocker


def herstel_wagtail():
    """The first Locale, Page and Collection, when they are gone."""
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Collection, Locale, Page

    ContentType.objects.clear_cache()  # they came back with other numbers
    Locale.objects.get_or_create(language_code="nl")
    if Page.get_first_root_node() is None:
        Page.add_root(instance=Page(title="Root", slug="root"))
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
