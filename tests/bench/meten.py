"""Measuring: rounds in which every side does every kind of request, in turns."""

import re
import statistics
import time
from collections import Counter, defaultdict
from pathlib import Path

from tests import diensten
from tests.bench import proces
from tests.bench.eisen import Handeling
from tests.bench.huizen import Kant
from tests.bench.klant import Klant, Mislukt

# A tick of /proc is 10 ms: this many requests make that 1 % or less.
PER_BLOK = 60
# Twelve for each connection of a worker's pool: PostgreSQL keeps a plan from the sixth time on.
OPWARMEN = 100


class Meting:
    """Per side and kind of request: CPU milliseconds per request, and durations, of each round."""

    def __init__(self, kanten: dict[str, Kant], handelingen: dict[str, Handeling]):
        self.kanten, self.handelingen = kanten, handelingen
        self.cpu: dict[tuple[str, str], list[float]] = defaultdict(list)
        self.duren: dict[tuple[str, str], list[list[float]]] = defaultdict(list)
        self.verzoeken: Counter[str] = Counter()
        self.sessies: Counter[str] = Counter()  # of PostgreSQL, opened during a round

    def herstart(self) -> None:
        """All servers anew, and warm: so that what one start happens to give is within the margins."""
        for kant in self.kanten.values():
            kant.herstart()
        self.warm_op()

    def warm_op(self) -> None:
        """Load templates, fill pools and the database's memory; everything once before it counts."""
        for kant in self.kanten.values():
            for handeling in self.handelingen:
                for _ in range(OPWARMEN):
                    kant.klant.doe(kant.volgende(handeling))

    def ronde(self, nummer: int, per_blok: int = PER_BLOK) -> None:
        """One block of each kind on each side; who goes first changes with the round."""
        volgorde = list(self.kanten)
        volgorde = volgorde[nummer % len(volgorde) :] + volgorde[: nummer % len(volgorde)]
        onze = {naam: kant for naam, kant in self.kanten.items() if naam.startswith("wij")}
        sessies = {naam: kant.sessies_van_postgres() for naam, kant in onze.items()}
        for handeling in self.handelingen:
            for naam in volgorde:
                kant = self.kanten[naam]
                voor = proces.cpu(kant.verbruik)
                duren = [kant.klant.doe(kant.volgende(handeling)) for _ in range(per_blok)]
                time.sleep(0.02)  # what the server still does after the last byte
                self.cpu[naam, handeling].append((proces.cpu(kant.verbruik) - voor) / per_blok * 1000)
                self.duren[naam, handeling].append(duren)
                self.verzoeken[naam] += per_blok
        if not all(sessies.values()):
            raise RuntimeError("de log van PostgreSQL noemt geen verbinding van de server")
        for naam, kant in onze.items():
            self.sessies[naam] += kant.sessies_van_postgres() - sessies[naam]

    def draai_door(self, naam: str, per_handeling: int) -> None:
        """As many requests more: what a server weighs shows after a while."""
        kant = self.kanten[naam]
        for handeling in self.handelingen:
            for _ in range(per_handeling):
                kant.klant.doe(kant.volgende(handeling))


def starttijd(kant: Kant, pad: str, keer: int = 3) -> float:
    """Seconds from starting a server with one worker until its first 200, the median."""
    tijden = []
    for _ in range(keer):
        poort = diensten.free_port()
        opdracht = [*kant.opdracht]
        opdracht[opdracht.index("--bind") + 1] = f"127.0.0.1:{poort}"
        opdracht[opdracht.index("--workers") + 1] = "1"
        begin = time.monotonic()
        server = kant.start(opdracht, kant.omgeving, kant.map, kant.log)
        diensten.wait_until(lambda poort=poort: diensten.listens(poort), server, what=kant.naam, log=kant.log)
        Klant(poort).haal(pad)
        tijden.append(time.monotonic() - begin)
        diensten.stop_process(server)
    return statistics.median(tijden)


# --- SQL ------------------------------------------------------------------------------------------

_LETTERLIJK = re.compile(r"'(?:[^']|'')*'(?:::\w+)?|\b\d+\b")
_REEKS = re.compile(r"\((?:\?, )*\?\)")


def vorm(statement: str) -> str:
    """A statement without its values: the same shape twice is the same question asked twice."""
    return _REEKS.sub("(…)", _LETTERLIJK.sub("?", " ".join(statement.split())))


def sql_van(kant: Kant, handeling: str) -> tuple[int, int]:
    """(statements, how often the commonest shape) of one request, from PostgreSQL's own log.

    BEGIN, COMMIT and SAVEPOINT are left out: they ask nothing.
    """
    log = Path(f"/proc/{kant.postgres}/fd/2").resolve()
    meest, vormen_meest = 0, 0
    kant.sql("alter system set log_statement = 'all'")
    kant.sql("select pg_reload_conf()")
    time.sleep(0.3)
    for _ in range(3):
        begin = log.stat().st_size
        kant.klant.doe(kant.volgende(handeling))
        time.sleep(0.1)
        with log.open("rb") as bestand:
            bestand.seek(begin)
            tekst = bestand.read().decode(errors="replace")
        gevonden = re.findall(r"LOG:  (?:statement|execute [^:]*): (.*?)(?=\n\d{4}-|\Z)", tekst, re.DOTALL)
        vormen = [vorm(een) for een in gevonden if een.split(None, 1)[0].upper().rstrip(";") not in NIETS]
        meest = max(meest, len(vormen))
        vormen_meest = max([vormen_meest, *Counter(vormen).values()])
    kant.sql("alter system reset log_statement")
    kant.sql("select pg_reload_conf()")
    time.sleep(0.3)
    return meest, vormen_meest


NIETS = {"BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SET"}

__all__ = ["Meting", "Mislukt", "sql_van", "starttijd", "vorm"]
