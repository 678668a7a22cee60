"""Senders under fire, in real processes: each mail goes once, whoever is killed."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tests import diensten
from tests.intranet.events.drill import Nest, database

# On both databases whatever the suite runs on, so once is enough.
pytestmark = pytest.mark.eenmaal
WORTEL = Path(__file__).resolve().parents[3]
KILLS, MAILS = 12, 300


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_senders_killed_at_random_lose_nothing_and_repeat_only_what_was_in_hand(kind):
    rng = random.Random(7)
    with database(kind) as (map_, url, _server), diensten.smtp() as postbus:
        omgeving = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.intranet.meldingen.drill_settings",
            "DATABASE_URL": url,
            "DATA_DIR": str(map_),
            "DRILL_SMTP": str(postbus.port),
            "DEBUG": "1",
            "LOG_LEVEL": "CRITICAL",
        }
        omgeving.pop("REDIS_URL", None)
        opdracht = [sys.executable, "-m", "tests.intranet.meldingen.drill_script"]

        def script(*wat):
            uit = subprocess.run(
                [*opdracht, *wat], cwd=WORTEL, env=omgeving, text=True, stdout=subprocess.PIPE
            )
            assert uit.returncode == 0
            return uit.stdout

        script("prepare", str(MAILS))
        proces = subprocess.Popen(
            [*opdracht, "nest", "3"], cwd=WORTEL, env=omgeving, text=True, stdout=subprocess.PIPE
        )
        nest = Nest(proces)
        try:
            for _ in range(KILLS):
                time.sleep(rng.uniform(0.1, 0.4))
                while nest.size() < 3:
                    time.sleep(0.01)
                slachtoffer = rng.choice(nest.living)
                os.kill(slachtoffer, signal.SIGKILL)
                nest.living.remove(slachtoffer)
            einde = time.monotonic() + 90
            while json.loads(stand := script("report"))["open"]:
                assert time.monotonic() < einde, stand
                time.sleep(0.5)
        finally:
            proces.terminate()
            proces.wait(60)
            proces.stdout.close()

    stand = json.loads(stand)
    assert (stand["open"], stand["niet_genoteerd"]) == (0, 0)
    # Killed between noting the Meldingen and the Zending: its mail went, nothing is left to tell.
    assert set(stand["anders"]) <= {"niets meer te melden"}
    assert stand["verstuurd"] + len(stand["anders"]) == MAILS
    per_lezer = Counter(brief["To"] for brief in postbus.messages)
    assert len(per_lezer) == MAILS
    # What a killed sender had in hand may come twice, and then a mail program shows it once.
    assert sum(per_lezer.values()) <= MAILS + KILLS
    assert len({brief["Message-ID"] for brief in postbus.messages}) == MAILS
