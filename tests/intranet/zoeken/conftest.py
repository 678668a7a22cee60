"""Engines to try, with an empty index of their own."""

from uuid import uuid4

import pytest

from intranet.zoeken import analyse
from intranet.zoeken.document import Zoekdocument
from intranet.zoeken.motor import Opdracht

IEDEREEN = frozenset("*")


def document(nummer, titel="", tekst="", sleutels=("*",), soort="vraag", **velden):
    return Zoekdocument(f"{soort}:{nummer}", soort, titel, tekst, tuple(sleutels), **velden)


class Proef:
    """An engine, with what a test says often said shortly. What is written can be found at once."""

    def __init__(self, motor, ververs):
        self.motor = motor
        self.ververs = ververs

    def schrijf(self, *documenten):
        self.motor.schrijf(documenten)
        self.ververs()

    def verwijder(self, *ids):
        self.motor.verwijder(ids)
        self.ververs()

    def uitkomst(self, tekst, sleutels=IEDEREEN, **opties):
        self.ververs()
        return self.motor.zoek(Opdracht(analyse.vraag(tekst), frozenset(sleutels), **opties))

    def vindt(self, tekst, sleutels=IEDEREEN, **opties):
        """The ids of the hits, best first."""
        return [treffer.id for treffer in self.uitkomst(tekst, sleutels, **opties).treffers]


def maak_ingebouwd(request):
    from intranet.zoeken.ingebouwd import Ingebouwd

    return Proef(Ingebouwd(), lambda: None)


def maak_elastic(request):
    from intranet.zoeken.elastic import Elastic

    motor = Elastic(request.getfixturevalue("elasticsearch_url"), f"proef-{uuid4().hex[:12]}")
    request.addfinalizer(motor.ruim_op)
    with motor.herbouw():
        pass
    return Proef(motor, motor.ververs)


MOTOREN = {"ingebouwd": maak_ingebouwd, "elastic": maak_elastic}


# What Elasticsearch answers does not depend on our own database.
@pytest.fixture(params=["ingebouwd", pytest.param("elastic", marks=pytest.mark.eenmaal)])
def proef(db, request):
    """Every engine in turn."""
    return MOTOREN[request.param](request)


@pytest.fixture
def ingebouwd(db, request):
    return maak_ingebouwd(request)
