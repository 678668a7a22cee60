"""Sockets in the matrix: who follows what, who is told, and what goes over the line. The oracle says."""

import json
import re

import pytest
from django.utils.module_loading import import_string

from groepen.models import Groep, Thread
from intranet.events.models import Event
from intranet.live import bus, outlet, sleutels

from .bekijk import ongedaan
from .plan import GROEPEN, KIJKERS, MENSEN

pytestmark = pytest.mark.django_db

WIE = [naam for naam, mens in KIJKERS.items() if mens is not None]


@pytest.fixture
def bus_(monkeypatch, settings):
    """All that is said on the bus."""
    gezegd = []
    settings.REDIS_URL = ""
    monkeypatch.setattr(bus, "here", gezegd.append)
    return gezegd


def alle_sleutels(w) -> dict[str, str]:
    """Key -> its Groep, of everything that can be followed; deleted questions too."""
    uit = {sleutels.groep(groep.pk): naam for naam, groep in w.groepen.items()}
    naam_van = {groep.pk: naam for naam, groep in w.groepen.items()}
    for pk, groep in Thread.objects.values_list("pk", "groep_id"):
        uit[sleutels.thread(pk)] = naam_van[groep]
    return uit


def test_each_follows_what_the_oracle_lets_them_read(wereld):
    alles = alle_sleutels(wereld)
    for naam in WIE:
        mag = {sleutel for sleutel, groep in alles.items() if wereld.orakel.leest(naam, groep)}
        assert sleutels.may_follow(wereld.mensen[naam].pk, set(alles)) == mag, naam


def test_asked_again_from_the_other_side_it_says_the_same(wereld):
    alles = alle_sleutels(wereld)
    paren = {(wereld.mensen[naam].pk, sleutel) for naam in MENSEN for sleutel in alles}
    mag = {
        (wereld.mensen[naam].pk, sleutel)
        for naam in MENSEN
        for sleutel, groep in alles.items()
        if wereld.orakel.leest(naam, groep)
    }
    assert sleutels.still_allowed(paren) == mag


def test_what_is_lost_is_lost_in_both(wereld):
    alles, wie = set(alle_sleutels(wereld)), wereld.mensen["gast lid"].pk
    groep = wereld.groepen["verborgen"]
    weg = {s for s, naam in alle_sleutels(wereld).items() if naam == "verborgen"}
    with ongedaan():
        assert weg <= sleutels.may_follow(wie, alles)
        groep.verwijder_lid(wereld.mensen["gast lid"])
        assert not weg & sleutels.may_follow(wie, alles)
        assert not {(wie, s) for s in weg} & sleutels.still_allowed({(wie, s) for s in alles})
        Groep.objects.filter(pk=wereld.groepen["open"].pk).update(soort="verborgen")
        ander = wereld.mensen["medewerker"].pk
        assert sleutels.groep(wereld.groepen["open"].pk) not in sleutels.may_follow(ander, alles)


def test_nothing_but_keys_goes_over_the_line(wereld, bus_):
    for event in Event.objects.order_by("pk"):
        outlet.handle(event)
    vorm = re.compile(r"[tgu]:\d+|\*")
    assert len(bus_) > 100
    for bericht in bus_:
        assert set(bericht) <= {"doe", "sleutels", "van", "code"}
        assert all(vorm.fullmatch(sleutel) for sleutel in bericht["sleutels"]), bericht
        assert not wereld.vogels.gezien(json.dumps(bericht))


def test_only_readers_are_told_of_a_change_in_their_bell(wereld, bus_, settings):
    """Every Melding that is made: the bells that are nudged are of people who may read there."""
    for event in Event.objects.order_by("pk"):
        import_string(settings.OUTLETS["meldingen"])(event)
    naam_van = {groep.pk: naam for naam, groep in wereld.groepen.items()}
    wie_is = {mens.pk: naam for naam, mens in wereld.mensen.items()}
    verteld = set()
    for event in Event.objects.filter(soort="melding.gemaakt"):
        bus_.clear()
        outlet.handle(event)
        for sleutel in (s for bericht in bus_ for s in bericht["sleutels"]):
            naam = wie_is[int(sleutel.removeprefix("u:"))]
            groep = naam_van.get(event.groep_id)  # none: it is about themselves
            assert groep is None or wereld.orakel.leest(naam, groep), (event, naam)
            verteld.add(naam)
    assert len(verteld) > 5


def test_the_bar_counts_what_one_may_read(wereld, als):
    """New questions in my Groepen, and in one Groep by its slug."""
    for naam in WIE:
        if not wereld.orakel.is_binnen(naam):
            continue
        kijker = als(naam)
        for groep, ding in ((d.groep, d) for d in wereld.van("groep")):
            response, _alles = kijker.stuur("get", f"/vragen/nieuw/?sinds=0&groep={ding.args[0]}")
            assert response.status_code == (200 if wereld.orakel.leest(naam, groep) else 404), (naam, groep)
        lid = [groep for groep in GROEPEN if wereld.orakel.rol(naam, groep)]
        aantal = json.loads(kijker.stuur("get", "/vragen/nieuw/?sinds=0")[0].content)["aantal"]
        levend = Thread.objects.levend().filter(
            soort="vraag", groep__in=[wereld.groepen[groep].pk for groep in lid]
        )
        assert aantal == levend.exclude(steller=wereld.mensen[naam]).count(), naam
