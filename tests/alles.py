"""What ``make test`` runs: the whole suite on SQLite, then again on a PostgreSQL started for the occasion.

``python -m tests.alles [arguments for pytest]``. Browser tests, tests marked ``eenmaal`` and those that open
no database say the same on every one and run once. Exits non-zero when one of the two runs fails; the
last line is pytest's own.
"""

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests import diensten, voorraad

WORTEL = Path(__file__).resolve().parent.parent
UITSLAG = WORTEL / "build" / "test-uitslag.txt"
# One more than there are processors: many tests wait for a browser or a server.
WERKERS = str(min((os.cpu_count() or 1) + 1, 5))
# A drill starts Python a hundred times: compiling our modules anew each time is most of what that takes.
NIET_MEE = {"DATABASE_URL", "PYTHONDONTWRITEBYTECODE"}
# More than so many failures are no matter of a busy machine.
TWEEDE_KANS = 5


def _pytest(*argumenten: str, database: str) -> tuple[int, str]:
    """Run pytest on this database ("" is SQLite), show what it says; returns exit code and closing line."""
    omgeving = {naam: waarde for naam, waarde in os.environ.items() if naam not in NIET_MEE}
    if database:
        omgeving |= {"DATABASE_URL": database, voorraad.SJABLOON: database.rsplit("/", 1)[1]}
    alleen = [sys.executable, "-m", "pytest", "-p", "tests.geen_skip", "-q"]
    if sys.stdout.isatty():
        alleen.append("--color=yes")
    samen = ["-p", "tests.banen", "-n", WERKERS, "--dist", "worksteal"]
    code, slot = _draai([*alleen, *samen, *argumenten], omgeving)
    mislukt = sum(int(aantal) for aantal in re.findall(r"(\d+) (?:failed|error)", slot))
    if code != 1 or not 0 < mislukt <= TWEEDE_KANS:
        return code, slot
    # A clock in a drill may run out beside three other processes. Red is what fails alone too; what needed a
    # second try is named, above and in the last line.
    print("\n── Wat mislukte naast ander werk, nog een keer alleen ──", flush=True)
    code, opnieuw = _draai([*alleen, "--last-failed", *argumenten], omgeving)
    return code, opnieuw if code else slot.replace("failed", "bij de tweede keer, alleen, goed")


def _draai(opdracht: list[str], omgeving: dict[str, str]) -> tuple[int, str]:
    """Run it, show what it says; exit code and last line."""
    slot = ""
    with subprocess.Popen(
        opdracht,
        cwd=WORTEL,
        env=omgeving,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    ) as proces:
        for regel in proces.stdout:
            print(regel, end="", flush=True)
            slot = regel.strip() or slot
    return proces.returncode, slot


def _postgres(stapel: ExitStack) -> str:
    """The address of a PostgreSQL with all tables, there until ``stapel`` closes."""
    adres = stapel.enter_context(diensten.postgres())
    voorraad.migreer(adres)
    return adres


def main(argumenten: list[str]) -> int:
    uitslagen = []
    with ExitStack() as stapel, ThreadPoolExecutor(1) as hand:
        # It gets its tables while the first run waits for this and that.
        klaar = hand.submit(_postgres, stapel)
        print("── SQLite ──", flush=True)
        uitslagen.append(("SQLite", *_pytest(*argumenten, database="")))
        try:
            adres = klaar.result()
        except (pytest.skip.Exception, pytest.fail.Exception) as reden:
            print(f"\nOvergeslagen: de suite op PostgreSQL. {reden}", flush=True)
            if os.environ.get("CI"):
                uitslagen.append(("PostgreSQL", 1, str(reden)))
        else:
            print("\n── PostgreSQL ──", flush=True)
            eenmaal = ["-m", "not browser and not eenmaal", "-p", "tests.alleen_database"]
            uitslagen.append(("PostgreSQL", *_pytest(*eenmaal, *argumenten, database=adres)))
    # Exit code 5: nothing to run, which a selection may give on one of the two.
    uitslagen = [(naam, 0 if code == 5 and argumenten else code, slot) for naam, code, slot in uitslagen]
    uitslagen.sort(key=lambda uitslag: uitslag[1] != 0)  # what failed stands last
    UITSLAG.parent.mkdir(exist_ok=True)
    UITSLAG.write_text("".join(f"{naam}:\n{slot}\n" for naam, _, slot in uitslagen))
    print("\n" + UITSLAG.read_text(), end="")
    return 1 if any(code for _, code, _ in uitslagen) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
