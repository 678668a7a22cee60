"""``manage.py demo``: the invented partnership of municipalities, or bulk to measure with."""

import json
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from intranet import demo

NIET_TOEGESTAAN = (
    "De voorbeeldgemeente heeft een wachtwoord dat iedereen kent. Daarom staat zij uit als DEBUG uit staat. "
    "Wil je haar toch, zet dan DEMO_TOEGESTAAN=1 in de omgeving."
)


class Command(BaseCommand):
    requires_system_checks = ()  # of pages, which this process does not serve
    help = "Bouwt de voorbeeldgemeente met mensen, groepen en vragen. Nog een keer draaien verandert niets."

    def add_arguments(self, parser):
        parser.add_argument(
            "--toon", action="store_true", help="toont als JSON wie en wat er is, met het wachtwoord"
        )

    def handle(self, *args, toon=False, **opties):
        if not settings.DEMO_TOEGESTAAN:
            raise CommandError(NIET_TOEGESTAAN)
        if toon:
            return self.toon()
        if demo.staat_er():
            self.stdout.write("De demo staat er al.")
            return None
        # Late: it brings everything along, and a demo that stands is told within a second.
        from intranet.demo.bouw import bouw

        begin = time.monotonic()
        bouw()
        self.stdout.write(f"De demo staat er, in {time.monotonic() - begin:.0f} seconden.")
        return None

    def toon(self):
        if not demo.staat_er():
            raise CommandError("De demo staat er nog niet. Draai eerst: manage.py demo")
        self.stdout.write(json.dumps(demo.toon(), ensure_ascii=False, indent=1))
