"""Elasticsearch away, slow, empty or refusing: searching goes on, and the index is equal again by itself."""

import socket
import threading
import time
from contextlib import contextmanager, suppress
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.conf import settings as instellingen
from django.core.cache import cache
from django.utils import timezone

from intranet.events.clock import run_due
from intranet.events.models import Delivery, Turn
from intranet.events.worker import Worker
from intranet.zoeken import analyse, onderhoud, terugval
from intranet.zoeken.elastic import Elastic, Weg, verbinding
from intranet.zoeken.ingebouwd import Ingebouwd
from intranet.zoeken.motor import Opdracht, motor
from intranet.zoeken.terugval import MEESTE_RUST, RUST_SECONDEN, MetTerugval, Zekering
from tests import diensten

pytestmark = [pytest.mark.django_db, pytest.mark.eenmaal]

# What people wait, before the shared server stretches it for the length of the run.
GEDULD = verbinding.ZOEK_SECONDEN

UITGANGEN = {
    "zoeken": "intranet.zoeken.outlet.handle",
    "zoeken_elastic": "intranet.zoeken.terugval.handle",
}


@pytest.fixture(scope="module")
def server():
    """A server of our own, to break."""
    with diensten.elasticsearch() as server:
        yield server


@pytest.fixture
def haast(monkeypatch):
    """The limit of a real site, for tests of how long people wait."""
    monkeypatch.setattr(verbinding, "ZOEK_SECONDEN", GEDULD)
    verbinding.zoeker.cache_clear()
    yield
    verbinding.zoeker.cache_clear()


@pytest.fixture
def maak_site(settings, open_groep, anna):
    """Makes of this test a site with Elasticsearch, its index made."""

    def maak(adres):
        settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_PREFIX = adres, f"proef-{uuid4().hex[:8]}"
        settings.OUTLETS, settings.KLUSSEN = UITGANGEN, {"intranet.zoeken.terugval.herstel": 60}
        cache.delete(terugval.WAS_WEG)
        terugval._zekering.cache_clear()
        onderhoud.herbouw(Ingebouwd())
        elastic = Elastic()
        onderhoud.herbouw(elastic)
        return elastic

    return maak


@pytest.fixture
def site(maak_site, elasticsearch_url):
    """A site on the server that all tests share."""
    elastic = maak_site(elasticsearch_url)
    yield elastic
    elastic.ruim_op()


@pytest.fixture
def breekbaar(maak_site, server):
    """A site on the server that may break."""
    return maak_site(server.url)


def bezorg():
    """One round of the worker: everything that is due now."""
    return Worker().drain()


def zoek(groep, wat, in_=None):
    """Search as a reader of this Groep; the numbers found, and how long it took."""
    begin = time.monotonic()
    in_ = in_ or motor()
    uitkomst = in_.zoek(Opdracht(analyse.vraag(wat), frozenset([f"g:{groep.pk}"])))
    duur = time.monotonic() - begin
    return SimpleNamespace(
        nummers=[treffer.nummer for treffer in uitkomst.treffers], noodrad=uitkomst.noodrad, duur=duur
    )


def standen(motor):
    return dict(motor.standen(aantal=10_000))


def is_gelijk(elastic):
    elastic.ververs()
    return standen(elastic) == standen(Ingebouwd())


def minuut_later():
    """The clock strikes: whatever is due by now runs."""
    Turn.objects.filter(name="intranet.zoeken.terugval.herstel").update(
        began_at=timezone.now() - timedelta(seconds=61)
    )
    assert run_due() == ["intranet.zoeken.terugval.herstel"]


# --- The fuse -----------------------------------------------------------------------------------


class Klok:
    nu = 1000.0

    def __call__(self):
        return self.nu


def test_the_fuse_lets_one_try_at_a_time_and_waits_longer_each_time():
    klok = Klok()
    zekering = Zekering(klok)
    assert zekering.mag()
    assert zekering.mag()  # all is well: nobody holds anybody up
    assert zekering.ging_mis()
    assert not zekering.mag()
    rust = RUST_SECONDEN
    for _ in range(8):
        klok.nu += rust + 0.01
        assert zekering.mag()
        assert not zekering.mag()  # one of them tries, the others do not wait for it
        assert not zekering.ging_mis()
        rust = min(rust * 2, MEESTE_RUST)
    klok.nu += MEESTE_RUST + 0.01
    assert zekering.mag()
    assert zekering.gelukt()
    assert zekering.mag()
    assert zekering.mag()
    assert not zekering.gelukt()


def test_who_tried_and_vanished_does_not_block_the_others():
    klok = Klok()
    zekering = Zekering(klok)
    zekering.ging_mis()
    klok.nu += RUST_SECONDEN + 0.01
    assert zekering.mag()  # and is never heard of again
    klok.nu += RUST_SECONDEN + 0.01
    assert zekering.mag()


# --- Which engine -------------------------------------------------------------------------------


def test_without_an_address_the_built_in_engine_is_all_there_is(settings):
    settings.ELASTICSEARCH_URL = ""
    assert isinstance(motor(), Ingebouwd)
    assert "zoeken_elastic" not in instellingen.OUTLETS


def test_every_face_falls_back(site, open_groep, anna):
    vraag = open_groep.stel_vraag(anna, "Parkeervergunning voor bewoners", "<p>Waar vraag ik die aan?</p>")
    bezorg()
    site.ververs()
    sleutels = frozenset([f"g:{open_groep.pk}"])

    def alles(motor):
        return (
            [treffer.id for treffer in motor.zoek(Opdracht(analyse.vraag("bewoners"), sleutels)).treffers],
            motor.kent(["bewoners", "olifant"], sleutels),
            [treffer.id for treffer in motor.voorspel("park", sleutels)],
            [treffer.id for treffer in motor.bevat("woner", sleutels)],
            [treffer.id for treffer in motor.lijkt_op("vergunning voor een bewoner", sleutels)],
            motor.lijkt_op(f"vraag:{vraag.pk}", sleutels),
        )

    goed = alles(motor())
    assert goed == ([f"vraag:{vraag.pk}"], {"bewoners": 1}, *[[f"vraag:{vraag.pk}"]] * 3, [])
    weg = MetTerugval(Elastic("http://127.0.0.1:9", "weg"), Ingebouwd(), Zekering())
    assert alles(weg) == goed


# --- Down ---------------------------------------------------------------------------------------


def test_down_and_back(breekbaar, server, haast, open_groep, anna):
    eerste = open_groep.stel_vraag(anna, "Waar staat de fietsenstalling?", "<p>Bij de balie?</p>")
    assert bezorg()["failed"] == 0
    assert is_gelijk(breekbaar)
    assert zoek(open_groep, "fietsenstalling").noodrad is False

    server.nodes[0].kill()
    uitkomst = zoek(open_groep, "fietsenstalling")
    assert (uitkomst.nummers, uitkomst.noodrad) == ([eerste.pk], True)
    assert uitkomst.duur < 1.5
    # Everything else goes on, also what is new is found.
    tweede = open_groep.stel_vraag(anna, "Mag de brommer in de kelder?", "<p>Hij lekt.</p>")
    eerste.thread.verwijder(anna)
    assert bezorg()["failed"] == 2
    assert zoek(open_groep, "brommer").nummers == [tweede.pk]
    assert zoek(open_groep, "fietsenstalling").nummers == []
    minuut_later()
    # As after a night: the worker has given up trying often.
    Delivery.objects.pending().update(available_at=timezone.now() + timedelta(hours=1), attempts=9)
    assert not bezorg()

    server.start()
    minuut_later()
    assert bezorg() == {"delivered": 2}
    assert is_gelijk(breekbaar)
    terugval._zekering(instellingen.ELASTICSEARCH_URL).open_tot = 0  # at most half a minute
    uitkomst = zoek(open_groep, "brommer")
    assert (uitkomst.nummers, uitkomst.noodrad) == ([tweede.pk], False)


def test_while_it_hangs_nobody_waits(breekbaar, server, haast, open_groep):
    zekering = Zekering()
    hangt = MetTerugval(breekbaar, Ingebouwd(), zekering)
    server.nodes[0].signal(19)  # SIGSTOP: it takes connections and says nothing
    try:
        eerste = zoek(open_groep, "fiets", hangt)
        assert eerste.noodrad
        assert 0.5 < eerste.duur < 1.5
        assert max(zoek(open_groep, "fiets", hangt).duur for _ in range(20)) < 0.3
    finally:
        server.nodes[0].signal(18)
        server.wait()


# --- Slow ---------------------------------------------------------------------------------------


@contextmanager
def traag(adres, seconden):
    """An address that passes everything on to ``adres``, each answer so many seconds late."""
    deur = socket.create_server(("127.0.0.1", 0))
    doel = urlsplit(adres)
    open_ = [deur]

    def pomp(van, naar, wachten):
        with suppress(OSError):
            while stuk := van.recv(65536):
                time.sleep(wachten)
                naar.sendall(stuk)
        for kant in (van, naar):
            with suppress(OSError):
                kant.shutdown(socket.SHUT_RDWR)

    def neem_aan():
        with suppress(OSError):
            while True:
                binnen, _ = deur.accept()
                buiten = socket.create_connection((doel.hostname, doel.port))
                open_.extend([binnen, buiten])
                for paar in ((binnen, buiten, 0), (buiten, binnen, seconden)):
                    threading.Thread(target=pomp, args=paar, daemon=True).start()

    threading.Thread(target=neem_aan, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{deur.getsockname()[1]}"
    finally:
        for kant in open_:
            with suppress(OSError):
                kant.close()


def test_five_seconds_late_is_too_late(site, haast, elasticsearch_url, settings, open_groep, anna):
    vraag = open_groep.stel_vraag(anna, "Hoe laat gaat het gemeentehuis open?", "<p>Op maandag.</p>")
    bezorg()
    site.ververs()
    with traag(elasticsearch_url, 5) as adres:
        settings.ELASTICSEARCH_URL = adres
        uitkomst = zoek(open_groep, "gemeentehuis")
        assert (uitkomst.nummers, uitkomst.noodrad) == ([vraag.pk], True)
        assert uitkomst.duur < 1.5
        # Writing is patient; and slow is not broken: nothing is made anew.
        index = site.indexen(site.lees).keys()
        assert terugval.herstel() != "herbouwd"
        assert site.indexen(site.lees).keys() == index
    settings.ELASTICSEARCH_URL = elasticsearch_url


# --- Refusing, and empty ------------------------------------------------------------------------


def test_refusing_writes(site, open_groep, anna):
    """As Elasticsearch does by itself when its disk is nearly full."""
    bezorg()
    blok = {"index.blocks.read_only_allow_delete": True}
    site.es.indices.put_settings(index=site.lees, settings=blok)
    vraag = open_groep.stel_vraag(anna, "Is er nog plaats op de schijf?", "<p>Nee.</p>")
    assert bezorg() == {"delivered": 1, "failed": 1}
    assert "cluster_block" in Delivery.objects.get(outlet="zoeken_elastic", delivered_at=None).last_error
    assert zoek(open_groep, "schijf").noodrad is False  # searching still works, in what it knew
    minuut_later()
    site.es.indices.put_settings(index=site.lees, settings=dict.fromkeys(blok))
    minuut_later()
    bezorg()
    assert is_gelijk(site)
    assert zoek(open_groep, "schijf").nummers == [vraag.pk]


def test_it_comes_back_empty(site, open_groep, anna):
    vraag = open_groep.stel_vraag(anna, "Wie heeft de sleutel?", "<p>Van de kast.</p>")
    bezorg()
    site.ruim_op()
    uitkomst = zoek(open_groep, "sleutel")
    assert (uitkomst.nummers, uitkomst.noodrad) == ([vraag.pk], True)
    # A write makes no index by accident, one that nobody could search.
    open_groep.stel_vraag(anna, "Wie heeft de andere sleutel?", "<p>Van de kluis.</p>")
    assert bezorg()["failed"] == 1
    assert not site.indexen(f"{site.prefix}*")
    minuut_later()
    bezorg()
    assert is_gelijk(site)
    terugval._zekering(instellingen.ELASTICSEARCH_URL).open_tot = 0
    assert zoek(open_groep, "kluis").noodrad is False
    assert site.gezond()


def test_it_lost_some_and_kept_what_should_be_gone(site, open_groep, anna):
    for wat in ("eerste", "tweede", "derde"):
        open_groep.stel_vraag(anna, f"De {wat} vraag", "<p>Met wat uitleg.</p>")
    bezorg()
    ids = sorted(id for id in standen(Ingebouwd()) if id.startswith("vraag:"))
    site.verwijder(ids[:1])
    site.ververs()
    assert not is_gelijk(site)
    minuut_later()  # the numbers differ
    assert is_gelijk(site)
    # As many as there should be, but not the same: found because it was away.
    oud = [
        document
        for soort in terugval.soorten()
        if soort.naam == "vraag"
        for document in soort.maak([int(ids[1][6:])])
    ]
    site.verwijder(ids[1:2])
    site.schrijf([type(oud[0])("vraag:999999", "vraag", "Spook", "Weg", oud[0].sleutels)])
    site.schrijf([type(oud[0])("kind:1", "kind", "Van een soort die er niet meer is", "", ("*",))])
    cache.set(terugval.WAS_WEG, True)
    minuut_later()
    assert is_gelijk(site)
    assert cache.get(terugval.WAS_WEG) is None


def test_an_index_of_another_analysis_is_made_anew(site, open_groep, anna, monkeypatch):
    open_groep.stel_vraag(anna, "Een vraag", "<p>Uitleg.</p>")
    bezorg()
    naam = site.indexen(site.lees).keys()
    monkeypatch.setattr("intranet.zoeken.elastic.bouw.STEMPEL", "nieuw")
    minuut_later()
    assert site.indexen(site.lees).keys() != naam
    assert is_gelijk(site)


def test_an_index_that_grew_out_of_its_averages_is_made_anew(site, monkeypatch):
    with site.herbouw(opnieuw=True):
        pass
    onderhoud.controleer(site)
    site.ververs()
    assert terugval.herstel() == ""  # too few to say anything
    monkeypatch.setattr(terugval, "WEINIG", 0)
    assert terugval.herstel() == "herbouwd"
    assert terugval.herstel() == ""


def test_what_fails_in_our_own_code_is_not_taken_for_a_failing_elasticsearch(site):
    class Stuk(Ingebouwd):
        def zoek(self, opdracht):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        MetTerugval(Stuk(), Ingebouwd()).zoek(Opdracht(analyse.vraag("iets"), frozenset("*")))
    assert issubclass(Weg, Exception)
