"""``manage.py zoekmeting``: measure how well and how fast search finds, on a set of documents and queries."""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from time import perf_counter

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import track

from intranet.zoeken.document import Zoekdocument
from intranet.zoeken.meting import eigen_index
from intranet.zoeken.zoek import zoek

SLEUTELS = frozenset({"*"})
PER_KEER = 500
TREFFERS = 10


class Command(BaseCommand):
    help = (
        "Bouwt een eigen index van --corpus, stelt daaraan de vragen van --vragen en schrijft de treffers "
        "naar --uit. De index van de site blijft zoals hij is."
    )

    def add_arguments(self, parser):
        parser.add_argument("--motor", choices=["ingebouwd", "elastic"], default="ingebouwd")
        parser.add_argument(
            "--corpus", type=Path, required=True, help='regels {"id", "title", "body"} in JSON'
        )
        parser.add_argument("--vragen", type=Path, required=True, help='regels {"id", "text"} in JSON')
        parser.add_argument("--uit", type=Path, required=True, help="hierin komen de treffers")
        parser.add_argument("--facetten", action="store_true", help="tel ook de facetten, als de zoekpagina")

    def handle(self, *args, motor, corpus, vragen, uit, facetten, **opties):
        console = Console(stderr=True, quiet=opties["verbosity"] == 0)
        namen: list[str] = []
        with eigen_index(motor) as eigen:
            begin = perf_counter()
            with eigen.herbouw(opnieuw=True) as bouw:
                regels = track(list(_lees(corpus)), description="Indexeren", console=console)
                documenten = (_document(regel, namen) for regel in regels)
                while keer := list(islice(documenten, PER_KEER)):
                    bouw.schrijf(keer)
            duur = perf_counter() - begin
            console.print(f"{len(namen)} documenten in {duur:.1f} s: {len(namen) / duur:.0f} per seconde")
            with uit.open("w", encoding="utf8") as bestand:
                for vraag in track(list(_lees(vragen)), description="Zoeken", console=console):
                    begin = perf_counter()
                    gevonden = zoek(
                        vraag["text"], SLEUTELS, aantal=TREFFERS, facetten=facetten, motor=eigen
                    ).uitkomst
                    ms = (perf_counter() - begin) * 1000
                    treffers = [namen[treffer.nummer - 1] for treffer in gevonden.treffers[:TREFFERS]]
                    regel = {"id": vraag["id"], "treffers": treffers, "ms": round(ms, 2)}
                    bestand.write(json.dumps(regel, ensure_ascii=False) + "\n")


def _lees(pad: Path) -> Iterator[dict]:
    with pad.open(encoding="utf8") as regels:
        yield from (json.loads(regel) for regel in regels if regel.strip())


def _document(regel: dict, namen: list[str]) -> Zoekdocument:
    """A line as a document; ``namen`` remembers what it is called in the set."""
    namen.append(regel["id"])
    return Zoekdocument(f"vraag:{len(namen)}", "vraag", regel["title"], regel["body"], tuple(SLEUTELS))
