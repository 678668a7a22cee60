"""Everything that runs once a night; safe to run twice, safe to miss a night."""

from collections.abc import Callable

from django.core.management.base import BaseCommand
from rich.console import Console

from groepen.models import Vraag
from groepen.tellers import herstel
from groepen.wissen import wis_losse_afbeeldingen, wis_verwijderd
from intranet.concepten.models import Concept
from intranet.events.opruimen import opruimen

# What to say and what to do; each part stands on its own, so that one that fails holds up no other.
KLUSSEN: list[tuple[str, Callable[[], object]]] = [
    ("Stille vragen weer vrijgegeven", Vraag.laat_stille_los),
    ("Verwijderde teksten gewist", wis_verwijderd),
    ("Losse afbeeldingen verwijderd", wis_losse_afbeeldingen),
    ("Oude concepten verwijderd", Concept.ruim_op),
    ("Oude gebeurtenissen verwijderd", opruimen),
    ("Tellers hersteld", herstel),
]


class Command(BaseCommand):
    help = "Het nachtwerk: stille vragen vrijgeven, wissen, opruimen, tellers herstellen."

    def handle(self, **options):
        console = Console()
        mislukt = []
        for woorden, klus in KLUSSEN:
            with console.status(woorden):
                try:
                    uitkomst = klus()
                except Exception as fout:
                    mislukt.append(woorden)
                    console.print(f"[red]{woorden}: mislukt ({type(fout).__name__}: {fout})[/red]")
                    continue
            console.print(f"{woorden}: {uitkomst}")
        if mislukt:
            raise SystemExit(1)
