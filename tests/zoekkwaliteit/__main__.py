"""``python -m tests.zoekkwaliteit``: measure, print the table, exit 1 when a demand is missed.

``--alleen Z6 Z7`` measures these rows, ``--set lo_help`` leaves out the other sets. ``--motor elastic`` asks
the Elasticsearch of ELASTICSEARCH_URL, or starts one (tests.zoekserver); ``--motor beide`` also holds both
side by side (Z12). The sets are looked for in ``--data``, or in ZOEKDATA of the environment; rows whose set
is not there are told, and are no failure. Nothing is read from or written to the database of the site.
"""

import argparse
import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from rich.console import Console
from rich.table import Table

GEWOON = "/work/shared/data/zoeken"


def main() -> int:
    keuze = argparse.ArgumentParser(prog="python -m tests.zoekkwaliteit", description=__doc__)
    keuze.add_argument("--alleen", nargs="+", metavar="Z", help="only these rows")
    keuze.add_argument("--set", nargs="+", help="only these sets")
    keuze.add_argument("--data", type=Path, default=Path(os.environ.get("ZOEKDATA", GEWOON)))
    keuze.add_argument("--motor", choices=["ingebouwd", "elastic", "beide"], default="ingebouwd")
    gekozen = keuze.parse_args()
    with ExitStack() as straks:
        os.environ["DATA_DIR"] = straks.enter_context(tempfile.TemporaryDirectory(prefix="zoekkwaliteit-"))
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings")
        os.environ["DEBUG"] = "1"
        os.environ.pop("DATABASE_URL", None)
        if gekozen.motor != "ingebouwd" and not os.environ.get("ELASTICSEARCH_URL"):
            from tests import zoekserver

            os.environ["ELASTICSEARCH_URL"] = straks.enter_context(zoekserver.cluster()).url
        return _meet(gekozen)


def _meet(gekozen: argparse.Namespace) -> int:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from tests.zoekkwaliteit import maten
    from tests.zoekkwaliteit.sets import Data

    data = Data(gekozen.data, gekozen.set)
    motoren = ["ingebouwd", "elastic"] if gekozen.motor == "beide" else [gekozen.motor]
    tafel = Table("", "wat", "motor", "eis", "gemeten", "")
    console, gemist, rijen = Console(), 0, []
    for rij in maten.alle(data, motoren, gekozen.alleen):
        gemist += rij.is_gemist
        rijen.append(rij)
        tafel.add_row(rij.nummer, rij.wat, rij.motor, rij.eis, rij.gemeten, rij.oordeel)
        console.print(f"{rij.nummer} {rij.wat} {rij.motor}: {rij.gemeten} {rij.oordeel}", style="dim")
        for regel in rij.toelichting:
            console.print(f"   {regel}", style="dim", markup=False)
    console.print(tafel)
    for wat in data.ontbreekt:
        console.print(f"Niet gemeten: {wat} is er niet.")
    return 1 if gemist else 0


if __name__ == "__main__":
    sys.exit(main())
