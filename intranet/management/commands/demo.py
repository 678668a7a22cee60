"""``manage.py demo``: the invented partnership of municipalities, or bulk to measure with."""

import json
import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from intranet import demo
from intranet.demo import omvang as bulk

NIET_TOEGESTAAN = (
    "De voorbeeldgemeente heeft een wachtwoord dat iedereen kent. Daarom kan dit niet als DEBUG uit staat. "
    "Wil je het toch, zet dan DEMO_TOEGESTAAN=1 in de omgeving."
)


class Command(BaseCommand):
    """Without options the demo. What builds it is imported late: that it stands already is told at once."""

    requires_system_checks = ()  # of pages, which this process does not serve
    help = "Bouwt de voorbeeldgemeente met mensen, groepen en vragen. Nog een keer draaien verandert niets."

    def add_arguments(self, parser):
        wat = parser.add_mutually_exclusive_group()
        wat.add_argument(
            "--toon", action="store_true", help="toont als JSON wie en wat er is, met het wachtwoord"
        )
        wat.add_argument(
            "--omvang",
            choices=bulk.OMVANGEN,
            help="vult de database met bulk om mee te meten: S 2.000 vragen, M 30.000, L 200.000",
        )
        parser.add_argument(
            "--sessies",
            nargs=2,
            metavar=("AANTAL", "PAD"),
            help="logt zoveel mensen uit de bulk in en schrijft hun sessies in dit bestand, één per regel",
        )

    def handle(self, *args, toon=False, omvang=None, sessies=None, **opties):
        if not settings.DEMO_TOEGESTAAN:
            raise CommandError(NIET_TOEGESTAAN)
        if toon:
            self.toon()
        elif omvang:
            self.vul(omvang)
        elif not sessies:
            self.bouw()
        if sessies:
            self.maak_sessies(*sessies)

    def bouw(self):
        begin, is_nieuw = time.monotonic(), not demo.staat_er()
        if is_nieuw:
            from intranet.demo.bouw import bouw

            bouw()
            self.stdout.write(f"De demo staat er, in {time.monotonic() - begin:.0f} seconden.")
        else:
            self.stdout.write("De demo staat er al.")
        self.indexeer(is_nieuw)

    def indexeer(self, is_nieuw):
        """Rows of a new demo went past the outlets; of an old one the index may be of another analysis."""
        from intranet.zoeken import onderhoud
        from intranet.zoeken.ingebouwd import Ingebouwd

        motor, begin = Ingebouwd(), time.monotonic()
        if is_nieuw or not motor.gezond():
            onderhoud.wacht_en_herbouw(motor, opnieuw=is_nieuw)
            self.stdout.write(f"Alles is te vinden, in {time.monotonic() - begin:.0f} seconden.")

    def toon(self):
        if not demo.staat_er():
            raise CommandError("De demo staat er nog niet. Draai eerst: manage.py demo")
        self.stdout.write(json.dumps(demo.toon(), ensure_ascii=False, indent=1))

    def vul(self, naam):
        omvang, er_is = bulk.OMVANGEN[naam], bulk.aantal_mensen()
        if er_is == omvang.mensen:
            self.stdout.write(f"Omvang {naam} staat er al.")
            return
        if er_is:
            raise CommandError(
                "Er staat al bulk van een andere omvang. Neem een lege database (DATA_DIR of DATABASE_URL)."
            )
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        from intranet.demo.omvang.rijen import maak_plan, vul

        begin = time.monotonic()
        kolommen = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*kolommen, console=Console(file=self.stdout._out)) as balk:
            taak = balk.add_task("loten trekken", total=None)
            plan = maak_plan(omvang)
            balk.update(taak, total=plan.aantal_rijen)
            vul(plan, lambda wat, rijen: balk.update(taak, description=wat, advance=rijen))
            balk.update(taak, description="klaar", total=balk.tasks[0].completed)
        self.stdout.write(f"Omvang {naam} staat er, in {time.monotonic() - begin:.0f} seconden.")
        self.stdout.write("Zoeken kent dit nog niet. Draai daarvoor: manage.py herindexeer")

    def maak_sessies(self, aantal, pad):
        from intranet.demo.omvang.sessies import maak_sessies

        if not bulk.aantal_mensen():
            raise CommandError(
                "Er is geen bulk om iemand uit in te loggen. Draai eerst: manage.py demo --omvang S"
            )
        Path(pad).write_text("\n".join(maak_sessies(int(aantal))) + "\n")
