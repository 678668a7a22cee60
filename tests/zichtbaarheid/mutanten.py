"""Plants each leak of ``lekken/`` in a copy of the tree and sees whether the tests find it.

``python -m tests.zichtbaarheid.mutanten [name ...]``. A patch says above its diff what it plants and which
tests should see it ("Seen by:"). Those run first; when they stay green, all of ``tests/zichtbaarheid`` and
``test_toegang`` get their chance. A patch that no longer applies counts as missed. Exits non-zero when one is
missed; the last line is caught of planted.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import voorraad

HIER = Path(__file__).resolve().parent
WORTEL = HIER.parents[1]
LEKKEN = HIER / "lekken"
TEGELIJK = 2
ALLES = ["tests/zichtbaarheid", "tests/groepen/test_toegang.py"]
# Nothing of this is code, or it is made anew.
NIET_MEE = shutil.ignore_patterns(
    ".git",
    ".venv",
    "node_modules",
    "build",
    "data",
    "static-verzameld",
    "__pycache__",
    "*.sqlite3*",
    ".*_cache",
)
_GEZIEN = re.compile(r"^Seen by: (.+)$", re.M)
_GEZAKT = re.compile(r"^=* ?\d+ failed", re.M)


def test(boom: Path, selectie: list[str]) -> tuple[bool, str]:
    """Run these tests in ``boom``. Gives whether a test failed, and the end of what pytest said."""
    data = boom.parent / "data"
    omgeving = {naam: waarde for naam, waarde in os.environ.items() if naam != "DATABASE_URL"}
    uit = subprocess.run(
        [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "--tb=line", *selectie],
        cwd=boom,
        env=omgeving
        | {"DATA_DIR": str(data), "PYTHONDONTWRITEBYTECODE": "1", "TEST_VOORRAAD": str(voorraad.MAP)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    # A world that cannot be built, or a module that cannot be imported, is no leak that was seen.
    return uit.returncode == 1 and bool(_GEZAKT.search(uit.stdout)), uit.stdout[-1500:] + uit.stderr[-500:]


def plant(lek: Path) -> tuple[bool, str]:
    """Whether the tests see ``lek``, and how."""
    with TemporaryDirectory(prefix="lek-") as map_:
        boom = Path(map_) / "boom"
        shutil.copytree(WORTEL, boom, ignore=NIET_MEE, symlinks=True)
        geplant = subprocess.run(
            ["git", "apply", "-C1", str(lek)], cwd=boom, capture_output=True, text=True, check=False
        )
        if geplant.returncode:
            return False, f"past niet meer: {geplant.stderr.strip()}"
        gezien = _GEZIEN.search(lek.read_text())
        if gezien and test(boom, shlex.split(gezien[1]))[0]:
            return True, "gevangen"
        gezakt, einde = test(boom, ALLES)
        return gezakt, "gevangen, door andere tests dan de patch noemt" if gezakt else f"ontsnapt\n{einde}"


def controle() -> tuple[bool, str]:
    """Without a leak the same tests pass; otherwise what they catch says nothing."""
    with TemporaryDirectory(prefix="lek-") as map_:
        boom = Path(map_) / "boom"
        shutil.copytree(WORTEL, boom, ignore=NIET_MEE, symlinks=True)
        gezakt, einde = test(boom, ALLES)
        return not gezakt and " passed" in einde, einde


def main(namen: list[str]) -> int:
    lekken = [lek for lek in sorted(LEKKEN.glob("*.patch")) if not namen or lek.stem in namen]
    gevangen, gezond, einde = 0, True, ""
    with ThreadPoolExecutor(TEGELIJK) as handen:
        # For a look at one leak the control is not worth its minutes.
        zonder_lek = None if namen else handen.submit(controle)
        uitslagen = [(lek, handen.submit(plant, lek)) for lek in lekken]
        for lek, uitslag in uitslagen:
            goed, hoe = uitslag.result()
            gevangen += goed
            print(f"{'✓' if goed else '✗'} {lek.stem}: {hoe}", flush=True)
        if zonder_lek is not None:
            gezond, einde = zonder_lek.result()
    if not gezond:
        print(f"{einde}\nDe tests zijn ook zonder lek niet groen: dit zegt nog niets.")
    print(f"gevangen: {gevangen} van {len(lekken)}")
    return 0 if gezond and gevangen == len(lekken) > 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
