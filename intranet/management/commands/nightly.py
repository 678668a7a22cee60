"""The night's work, by hand."""

from django.core.management.base import BaseCommand
from rich.console import Console

from intranet.nachtwerk import STAPPEN, stap


class Command(BaseCommand):
    help = "Het nachtwerk: stille vragen vrijgeven, wissen, opruimen, tellers herstellen. Mag vaker dan eens."

    def handle(self, **options):
        console = Console()
        mislukt = False
        for woorden, doe in STAPPEN:
            with console.status(woorden):
                uitkomst, fout = stap(doe)
            if fout is not None:
                mislukt = True
                console.print(f"[red]{woorden}: mislukt ({type(fout).__name__}: {fout})[/red]")
            else:
                console.print(f"{woorden}: {uitkomst}")
        if mislukt:
            raise SystemExit(1)
