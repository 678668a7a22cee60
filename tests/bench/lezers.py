"""The search engine alone, for readers of few and of many Groepen, beside the same search without any filter.

``Engine`` is the side of the bench; the other half of this file is a process of its own, in our settings and
on our database, that searches when it is told to (``python -m tests.bench.lezers``).
"""

import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from contextlib import ExitStack

from tests import diensten
from tests.bench import proces
from tests.bench.eisen import LEZERS, WOORDEN
from tests.bench.huizen import WORTEL, Wij, spreiding

OPWARMEN = 20


class Engine:
    """CPU milliseconds per engine call, of the process that asks and of PostgreSQL, for each kind of word.

    Attributes:
        lezers: numbers of Groepen that a reader may read; None is the search without a filter.
        cpu: (kind of word, reader) → one number for each round.
    """

    def __init__(self, stapel: ExitStack, wij: Wij):
        self.omvang, self.woorden = wij.omvang, wij.woorden
        groepen = [pk for (pk,) in wij.sql("select id from groepen_groep order by aantal_vragen desc, id")]
        self.lezers = [aantal for aantal in LEZERS if aantal <= len(groepen)]
        self.cpu: dict[tuple[str, int | None], list[float]] = defaultdict(list)
        self._groepen = {aantal: _uit_het_midden(groepen, aantal) for aantal in self.lezers}
        self._proces = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.lezers"],
            cwd=WORTEL, env=wij.huis.omgeving("web"), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        stapel.callback(diensten.stop_process, self._proces)
        self._verbruik = [self._proces.pid, wij.postgres]
        for soort in WOORDEN:
            for lezer in (None, *self.lezers):
                self._doe(soort, lezer, OPWARMEN)

    def ronde(self, nummer: int, per_blok: int) -> None:
        """One block for each reader and each kind of word; who goes first changes with the round."""
        volgorde = [None, *self.lezers]
        volgorde = volgorde[nummer % len(volgorde) :] + volgorde[: nummer % len(volgorde)]
        for soort in WOORDEN:
            for lezer in volgorde:
                voor = proces.cpu(self._verbruik)
                self._doe(soort, lezer, per_blok)
                self.cpu[soort, lezer].append((proces.cpu(self._verbruik) - voor) / per_blok * 1000)

    def _doe(self, soort: str, lezer: int | None, keer: int) -> None:
        groepen = None if lezer is None else self._groepen[lezer]
        self._proces.stdin.write(json.dumps([self.woorden[soort], groepen, keer]) + "\n")
        self._proces.stdin.flush()
        gevonden = self._proces.stdout.readline()
        if not gevonden.strip().isdigit():
            raise RuntimeError(f"de zoekmachine antwoordt niet: {gevonden!r}")
        if lezer is None and gevonden.strip() == "0":
            raise RuntimeError(f"niets gevonden voor {self.woorden[soort]}")


def _uit_het_midden(groepen: list[int], aantal: int) -> list[int]:
    """So many Groepen, of every size; one alone is neither the largest nor the smallest."""
    return [groepen[len(groepen) // 2]] if aantal == 1 else spreiding(groepen, aantal)


# --- The process that searches --------------------------------------------------------------------


# The ways in which intranet.zoeken.ingebouwd asks for the keys of a reader.
_WEG = "(%s::integer[] is not null)"
_FILTERS = {
    r"\+?\b(?:\w+\.)?sleutel = any\(\(select %s::integer\[\]\)::integer\[\]\)": _WEG,
    r"\(\b(?:\w+\.)?sleutel in \(select unnest\(%s::integer\[\]\)\)\) is true": _WEG,
    r"unnest\(%s::integer\[\]\) k\(sleutel\) on k\.sleutel = p\.sleutel": f"(select {_WEG}) k(ja) on k.ja",
}


def zonder_filter(sql: str) -> str:
    """The statement without its conditions on keys; their values stay bound, and are not looked at."""
    keer = sql.count("%s::integer[]")
    for patroon, zonder in _FILTERS.items():
        sql = re.sub(patroon, zonder, sql)
    if keer != sql.count(_WEG):
        raise RuntimeError(f"hier staat nog een filter in: {sql}")
    return sql


def luister() -> None:
    """Search for what comes in, so many times; answer how many hits the last one had."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings")
    django.setup()
    from intranet.zoeken import analyse
    from intranet.zoeken.ingebouwd import Ingebouwd, vinden
    from intranet.zoeken.mensen import STEMMERS
    from intranet.zoeken.motor import Opdracht

    motor = Ingebouwd()
    haal, eerste = vinden.Sql.haal, vinden.eerste

    def haal_alles(sql: vinden.Sql) -> list:
        sql.delen = [zonder_filter("".join(sql.delen))]
        return haal(sql)

    for regel in sys.stdin:
        woorden, groepen, keer = json.loads(regel)
        vinden.Sql.haal = haal if groepen is not None else haal_alles
        vinden.eerste = eerste if groepen is not None else lambda plek: zonder_filter(eerste(plek))
        sleutels = frozenset({"*", "m", *(f"g:{pk}" for pk in groepen or ())})
        vragen = [analyse.vraag(woord) for woord in woorden]
        totaal = 0
        for nummer in range(keer):
            vraag = vragen[nummer % len(vragen)]
            totaal = motor.zoek(Opdracht(vraag, sleutels, aantal=STEMMERS, facetten=True)).totaal
        print(totaal, flush=True)


if __name__ == "__main__":
    luister()
