"""``manage.py herindexeer``: the index of search, made anew or held against the database."""

from contextlib import contextmanager

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from intranet.zoeken import onderhoud
from intranet.zoeken.document import soorten

BEZIG = "Een ander proces bouwt deze index nu. Wacht tot dat klaar is."


class Command(BaseCommand):
    help = "Bouwt de zoekindex opnieuw, naast de oude. Zoeken blijft werken. Wat afbrak, gaat verder."
    requires_system_checks = ()  # of pages, which this process does not serve

    def add_arguments(self, parser):
        namen = [soort.naam for soort in soorten()]
        parser.add_argument(
            "--soort", choices=namen, help="schrijft alleen dit soort opnieuw, in de index zelf"
        )
        parser.add_argument(
            "--controleer",
            action="store_true",
            help="vergelijkt index en database en herstelt het verschil; eindigt met 1 als dat er was",
        )
        parser.add_argument("--motor", choices=("ingebouwd", "elastic"), help="alleen deze zoekmachine")
        parser.add_argument("--opnieuw", action="store_true", help="gaat niet verder met wat eerder afbrak")

    def handle(self, *args, soort=None, controleer=False, motor=None, opnieuw=False, verbosity=1, **opties):
        motoren = [een for een in onderhoud.motoren() if motor in (None, een.naam)]
        if not motoren:
            raise CommandError("Deze zoekmachine is niet ingesteld. Zet ELASTICSEARCH_URL in de omgeving.")
        gekozen = [een for een in soorten() if soort in (None, een.naam)]
        console = Console(file=self.stdout._out, quiet=verbosity == 0, highlight=False)
        verschilt = False
        for een in motoren:
            with _balk(console, een.naam, gekozen) as meld:
                if controleer:
                    uitkomst = onderhoud.controleer(een, alleen=[soort] if soort else [], meld=meld)
                    verschilt |= bool(uitkomst)
                    wat = str(uitkomst)
                elif soort:
                    wat = f"{onderhoud.herschrijf(een, gekozen[0], meld=meld)} opnieuw geschreven"
                else:
                    try:
                        aantal = onderhoud.wacht_en_herbouw(een, opnieuw=opnieuw, meld=meld)
                    except onderhoud.Bezig:
                        raise CommandError(BEZIG) from None
                    wat = f"{aantal} geschreven"
            console.print(f"{een.naam}: {wat}.")
        if verschilt:
            raise SystemExit(1)


@contextmanager
def _balk(console, naam, gekozen):
    """A bar that counts documents and names the kind at hand; gives the function that moves it."""
    kolommen = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*kolommen, console=console, transient=True, disable=not console.is_terminal) as balk:
        taak = balk.add_task(naam, total=sum(soort.aantal() for soort in gekozen))
        yield lambda soort, aantal: balk.update(taak, description=f"{naam}: {soort}", advance=aantal)
