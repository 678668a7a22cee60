"""``python -m tests.bench``: measure, print the table, exit non-zero when a demand is missed.

``--alleen huis`` (or ``zoeken``, ``live``) leaves out the rest; ``--schrijf`` also writes docs/snelheid.md.
In the environment: ``BENCH_SNEL=1`` a short run without size L, ``BENCH_RONDES`` the number of rounds,
``BENCH_KAAL`` where the bare app stands (``../shared/bench/kaal``).
"""

import argparse
import os
import signal
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests import diensten
from tests.bench import verslag
from tests.bench.eisen import HANDELINGEN, LIJNEN
from tests.bench.huizen import KAAL, WORTEL, Kaal, Kant, Wij
from tests.bench.lezers import Engine
from tests.bench.lijnen import Lijnen
from tests.bench.meten import PER_BLOK, Meting, sql_van, starttijd
from tests.bench.overzichten import Overzichten

LIVE = "live"
SNEL = os.environ.get("BENCH_SNEL") == "1"
RONDES = int(os.environ.get("BENCH_RONDES", 5 if SNEL else 11))
PAGINA = WORTEL / "docs" / "snelheid.md"
UITLEG = """# Hoe snel Binnenplein is

Gemeten naast `kaal`: de kleinste eerlijke Django-app die hetzelfde doet, met dezelfde gegevens, op dezelfde
machine, in dezelfde ronde. Deze pagina schrijft `make bench` zelf:
`.venv/bin/python -m tests.bench --schrijf`.
Een verhouding telt pas als gemist als ook de ondergrens (95 %) boven de eis ligt. Beide kanten draaien zoals
`docker-compose.yml` ze draait (gunicorn, 2 werkers van 4 draden, de verbindingen van psycopg's pool);
PostgreSQL draait met fsync uit, want schijven zijn hier niet wat we meten.
Elke ronde begint met pas gestarte servers: hoe een proces in het geheugen ligt, scheelt zomaar een tiende.
De eis aan de zoekpagina geldt voor de woorden samen: `snelheid.md` noemt voor zoeken één vloer, 9,3 ms, en
zo veel kost `kaal` ongeveer gemiddeld over deze woorden.

"""


def zeg(tekst: str) -> None:
    print(f"[{time.monotonic() - BEGIN:4.0f} s] {tekst}", flush=True)


BEGIN = time.monotonic()


def meet(stapel: ExitStack, alleen: str | None) -> verslag.Verslag:
    """Fill, serve, measure; the report."""
    uit = verslag.Verslag()
    if alleen == LIVE:
        uit.lijnen(meet_lijnen(stapel))
        return uit
    handelingen = {naam: h for naam, h in HANDELINGEN.items() if alleen in (None, h.deel)}
    zoeken = alleen in (None, "zoeken")
    map_ = stapel.enter_context(diensten.temporary_folder("bench"))
    zeg("omvang S vullen en starten")
    wij = Wij(stapel, "S", map_ / "wij_s")
    kaal = Kaal(stapel, "S", map_ / "kaal_s", wij.opdracht)
    kanten: dict[str, Kant] = {"kaal S": kaal, "wij S": wij}
    if not SNEL:
        zeg("omvang L vullen en starten: dit duurt enkele minuten")
        kanten["wij L"] = Wij(stapel, "L", map_ / "wij_l", wij.woorden)
    zeg("starttijd")
    start = {"wij": starttijd(wij, "/account/login/"), "kaal": starttijd(kaal, "/hello")}
    meting = Meting(kanten, handelingen)
    # The largest there is: a reader of 200 Groepen is only there.
    engine = Engine(stapel, kanten.get("wij L", wij)) if zoeken else None
    zeg("opwarmen")
    meting.warm_op()
    sql = {handeling: sql_van(wij, handeling) for handeling in handelingen}
    for nummer in range(RONDES):
        zeg(f"ronde {nummer + 1} van {RONDES}")
        if nummer:
            meting.herstart()
        meting.ronde(nummer, PER_BLOK)
        if engine:
            engine.ronde(nummer, PER_BLOK)
    meting.draai_door("wij S", (RONDES - 1) * PER_BLOK)
    uit.naast_kaal(meting, sql)
    if not SNEL:
        uit.groei(meting)
    if engine:
        uit.filter(engine)
        uit.herbouw([kant for kant in kanten.values() if isinstance(kant, Wij)])
    uit.server(meting, start)
    uit.toon()  # before something that comes can fail
    if alleen is None:
        # It gives everyone something to hear of, so after all else on these databases.
        zeg("overzichten maken")
        overzichten = Overzichten(stapel, kanten.get("wij L", wij))
        overzichten.meet()
        uit.overzichten(overzichten)
        uit.lijnen(meet_lijnen(stapel))
    uit.regels.append(
        f"{RONDES} rondes van {PER_BLOK} verzoeken per handeling, om en om. {verslag.machine()}."
    )
    return uit


def meet_lijnen(stapel: ExitStack) -> Lijnen:
    """Open sockets, ours and raw."""
    aantal = LIJNEN // 5 if SNEL else LIJNEN
    zeg(f"{aantal} lijnen openen, bij ons en kaal")
    lijnen = Lijnen(stapel, stapel.enter_context(diensten.temporary_folder("lijnen")) / "huis", aantal)
    lijnen.meet(RONDES)
    return lijnen


def main(argumenten: list[str]) -> int:
    lezer = argparse.ArgumentParser(prog="python -m tests.bench")
    lezer.add_argument("--alleen", choices=[*sorted({h.deel for h in HANDELINGEN.values()}), LIVE])
    lezer.add_argument("--schrijf", action="store_true")
    opties = lezer.parse_args(argumenten)
    if opties.schrijf and opties.alleen:
        lezer.error("--schrijf schrijft de hele pagina: laat --alleen weg")
    if not KAAL.is_dir():
        print(f"De kale Django-app staat niet in {KAAL}. Zet BENCH_KAAL op de map waar hij wel staat.")
        return 2
    # Ended from outside: stop the servers too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("afgebroken"))
    try:
        with ExitStack() as stapel:
            uit = meet(stapel, opties.alleen)
    except pytest.skip.Exception as mist:  # a service that is not on this machine
        print(mist)
        return 2
    uit.toon()
    if opties.schrijf:
        Path(PAGINA).write_text(UITLEG + "\n".join(uit.regels) + f"\n\nUitkomst: {uit.slot()}.\n")
    print(uit.slot())
    return 1 if uit.gemist else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
