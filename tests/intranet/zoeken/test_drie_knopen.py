"""Three nodes and a replica: one is killed (-9) while everybody writes and searches. Nothing is lost."""

import threading
import time
from itertools import count

import pytest

from intranet.zoeken import analyse
from intranet.zoeken.document import Zoekdocument
from intranet.zoeken.elastic import Elastic, Weg, verbinding
from intranet.zoeken.motor import Opdracht
from tests import diensten

pytestmark = [pytest.mark.eenmaal, pytest.mark.timeout(600)]

IEDEREEN = frozenset("*")
VAST = 300


def doc(nummer, woord):
    return Zoekdocument(f"vraag:{nummer}", "vraag", f"Vraag {nummer}", f"Over een {woord}.", ("*",))


@pytest.fixture(scope="module")
def cluster():
    with diensten.elasticsearch(nodes=3) as cluster:
        yield cluster


@pytest.fixture
def elastic(cluster, monkeypatch):
    # Whether anything goes wrong, not how fast three servers and a test run on two cores.
    monkeypatch.setattr(verbinding, "ZOEK_SECONDEN", 30)
    verbinding.zoeker.cache_clear()
    motor = Elastic(cluster.url, "drie")
    with motor.herbouw() as bouw:
        bouw.schrijf(doc(nummer, "fiets") for nummer in range(VAST))
    yield motor
    verbinding.zoeker.cache_clear()


def wacht_op_groen(motor, knopen):
    # Elsewhere Elasticsearch waits a minute for a lost node before it makes a new copy.
    haast = {"index.unassigned.node_left.delayed_timeout": "0s"}
    motor.es.indices.put_settings(index=motor.lees, settings=haast)
    health = motor.es.options(request_timeout=120, ignore_status=408).cluster.health(
        index=motor.lees, wait_for_status="green", wait_for_nodes=str(knopen), timeout="100s"
    )
    assert health["status"] == "green", health


class Verkeer:
    """People who write and search, each in a thread, until told to stop."""

    def __init__(self, motor):
        self.motor, self.klaar = motor, threading.Event()
        self.bevestigd, self.fouten, self.gezocht, self.herhaald = [], [], 0, 0
        self.nummers = count(1000)
        self.draden = [threading.Thread(target=self.schrijf) for _ in range(2)]
        self.draden += [threading.Thread(target=self.zoek) for _ in range(3)]

    def schrijf(self):
        while not self.klaar.is_set():
            document = doc(next(self.nummers), "brommer")
            while True:
                try:
                    self.motor.schrijf([document])
                    break
                except Weg:  # the worker tries again
                    self.herhaald += 1
                    time.sleep(0.2)
            self.bevestigd.append(document.id)

    def zoek(self):
        while not self.klaar.is_set():
            try:
                uitkomst = self.motor.zoek(Opdracht(analyse.vraag("fiets"), IEDEREEN))
                assert uitkomst.totaal == VAST
                assert len(uitkomst.treffers) == 10
                self.gezocht += 1
                time.sleep(0.01)
            except Exception as fout:
                self.fouten.append(fout)

    def __enter__(self):
        for draad in self.draden:
            draad.start()
        return self

    def __exit__(self, *fout):
        self.klaar.set()
        for draad in self.draden:
            draad.join()

    def nog(self, keer):
        """Wait until so many more were written and searched."""
        geschreven, gezocht = len(self.bevestigd) + keer, self.gezocht + keer
        grens = time.monotonic() + 120
        while len(self.bevestigd) < geschreven or self.gezocht < gezocht:
            assert time.monotonic() < grens, "nothing moves any more"
            time.sleep(0.1)


def knoop_met_de_eerste_kopie(cluster, motor):
    delen = motor.es.cat.shards(index=motor.lees, format="json", h="prirep,node").body
    naam = next(deel["node"] for deel in delen if deel["prirep"] == "p")
    return next(knoop for knoop in cluster.nodes if knoop.name == naam)


def test_a_node_dies_while_everybody_writes_and_searches(cluster, elastic):
    wacht_op_groen(elastic, 3)
    knoop = knoop_met_de_eerste_kopie(cluster, elastic)
    with Verkeer(elastic) as verkeer:
        verkeer.nog(20)
        knoop.kill()
        verkeer.nog(60)
        wacht_op_groen(elastic, 2)  # a new copy on the node that is left
        knoop.start()
        verkeer.nog(20)
        cluster.wait(3)
        verkeer.nog(20)
    assert verkeer.fouten == []
    elastic.ververs()
    gevonden, na = set(), ""
    while deel := elastic.standen(na):
        gevonden.update(id for id, _ in deel)
        na = deel[-1][0]
    assert set(verkeer.bevestigd) <= gevonden
    assert len(gevonden) == VAST + len(verkeer.bevestigd)
