"""``manage.py importeer``: Onderwerpen and municipalities from the open lists."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import track

from profielen.importeren import GEMEENTEN, UPL, importeer_gemeenten, importeer_upl
from profielen.models import Onderwerp, Organisatie

# name -> what it is called, how to read it, where it stands, what counts it.
LIJSTEN = {
    "upl": ("onderwerpen", importeer_upl, UPL, Onderwerp.objects.exclude(upl_adres=None)),
    "gemeenten": (
        "gemeenten",
        importeer_gemeenten,
        GEMEENTEN,
        Organisatie.objects.exclude(identificatie=None),
    ),
}


class Command(BaseCommand):
    help = "Leest de Uniforme Productnamenlijst (onderwerpen) en de lijst van gemeenten in. Mag vaker."

    def add_arguments(self, parser):
        parser.add_argument("lijst", nargs="?", choices=sorted(LIJSTEN), help="één van beide; anders allebei")
        parser.add_argument("--bestand", type=Path, help="een andere versie van de lijst")

    def handle(self, *args, lijst=None, bestand=None, **opties):
        if bestand and not lijst:
            raise CommandError("Zeg bij --bestand ook welke lijst het is: upl of gemeenten.")
        if bestand and not bestand.is_file():
            raise CommandError(f"Dit bestand is er niet: {bestand}")
        console = Console(file=self.stdout._out, quiet=opties["verbosity"] == 0)
        for naam in [lijst] if lijst else LIJSTEN:
            woord, lees, standaard, alle = LIJSTEN[naam]

            def volg(rijen, woord=woord):
                return track(rijen, description=woord.capitalize(), console=console, transient=True)

            nieuw = lees(bestand or standaard, volg)
            console.print(f"{woord.capitalize()}: {alle.count()}, waarvan {nieuw} nieuw.")
