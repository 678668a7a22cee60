"""What ``make check`` runs: style, types, layers, migrations, settings of a production server, catalogue.

All of it runs, two at a time; what fails prints its own output at the end. Exits 1 when anything failed.
"""

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

WORTEL = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]

# A server as docs/beheer.md describes it; nothing of the developer's own environment reaches it.
PRODUCTIE = {
    "SECRET_KEY": "alleen-om-de-instellingen-te-keuren-0123456789-abcdefghijklmnopqrstuvwxyz",
    "SITE_URL": "https://binnenplein.example.org",
    "ALLOWED_HOSTS": "binnenplein.example.org",
    "EMAIL_URL": "smtp://mail.example.org:25",
}

CONTROLES: list[tuple[str, list[str], dict[str, str]]] = [
    ("typen (mypy)", [str(BIN / "mypy"), "intranet", "groepen", "kennisbank", "profielen"], {"DEBUG": "1"}),
    ("stijl (ruff check)", [str(BIN / "ruff"), "check", "--quiet", "."], {}),
    ("opmaak (ruff format)", [str(BIN / "ruff"), "format", "--check", "--quiet", "."], {}),
    ("lagen en deuren (import-linter)", [str(BIN / "lint-imports"), "--no-cache"], {}),
    (
        "elke module in een laag",
        [sys.executable, "-m", "pytest", "-q", "tests/test_lagen.py", "-k", "layer"],
        {},
    ),
    ("migraties", [*MANAGE, "makemigrations", "--check", "--dry-run"], {"DEBUG": "1"}),
    ("instellingen (check --deploy)", [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTIE),
    ("Engelse vertaling", [*MANAGE, "catalogus", "--controleer"], {"DEBUG": "1"}),
]


def draai(controle: tuple[str, list[str], dict[str, str]], data: str) -> tuple[str, int, str]:
    naam, opdracht, extra = controle
    basis = {
        sleutel: os.environ[sleutel]
        for sleutel in ("PATH", "HOME", "LANG", "TMPDIR")
        if sleutel in os.environ
    }
    uitkomst = subprocess.run(
        opdracht,
        cwd=WORTEL,
        env={**basis, "DATA_DIR": data, **extra},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    print(f"{'goed' if uitkomst.returncode == 0 else 'FOUT'}  {naam}", flush=True)
    return naam, uitkomst.returncode, uitkomst.stdout


def main() -> int:
    with tempfile.TemporaryDirectory() as data, ThreadPoolExecutor(2) as pool:
        uitkomsten = list(pool.map(lambda controle: draai(controle, data), CONTROLES))
    fouten = [(naam, tekst) for naam, code, tekst in uitkomsten if code]
    for naam, tekst in fouten:
        print(f"\n── {naam} ──\n{tekst.rstrip()}")
    return 1 if fouten else 0


if __name__ == "__main__":
    sys.exit(main())
