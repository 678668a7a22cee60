"""The layers and doors of the house can fail: each is broken once, in a copy of the sources."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

WORTEL = Path(__file__).resolve().parent.parent
PAKKETTEN = ("intranet", "groepen", "kennisbank", "profielen")
LAGEN = "Lagen van het huis"
BINNEN = "Lagen binnen een deel"

pytestmark = pytest.mark.eenmaal


@pytest.fixture(scope="module")
def kopie(tmp_path_factory):
    """The Python sources and the contracts, nothing else."""
    doel = tmp_path_factory.mktemp("huis")
    for pad in [
        WORTEL / "pyproject.toml",
        *(bron for naam in PAKKETTEN for bron in (WORTEL / naam).rglob("*.py")),
    ]:
        plek = doel / pad.relative_to(WORTEL)
        plek.parent.mkdir(parents=True, exist_ok=True)
        plek.write_bytes(pad.read_bytes())
    return doel


def lint(map_: Path) -> tuple[int, str]:
    opdracht = [Path(sys.executable).parent / "lint-imports", "--no-cache"]
    omgeving = {**os.environ, "COLUMNS": "200"}
    uitkomst = subprocess.run(opdracht, cwd=map_, env=omgeving, capture_output=True, text=True)
    return uitkomst.returncode, uitkomst.stdout + uitkomst.stderr


def test_the_house_stands(kopie):
    code, tekst = lint(kopie)
    assert code == 0, tekst


@pytest.mark.parametrize(
    ("bestand", "regel", "contract"),
    [
        ("groepen/gat.py", "import kennisbank", LAGEN),
        ("profielen/gat.py", "import groepen.models", LAGEN),
        ("intranet/events/gat.py", "import groepen.models", LAGEN),
        ("intranet/meldingen/gat.py", "import intranet.live", LAGEN),
        ("groepen/gat.py", "import intranet.meldingen", LAGEN),
        ("kennisbank/gat.py", "import intranet.accounts", LAGEN),
        ("intranet/text.py", "import intranet.events", LAGEN),
        ("groepen/models/gat.py", "import groepen.views", BINNEN),
        ("groepen/toegang.py", "import groepen.models", BINNEN),
        ("profielen/toegang.py", "import profielen.models", BINNEN),
        ("groepen/gat.py", "import bleach", "Deur: bleach"),
        ("kennisbank/gat.py", "import nh3", "Deur: bleach"),
        ("groepen/gat.py", "from wagtail.models import Page", "Deur: Wagtail"),
        ("profielen/gat.py", "import taggit", "Deur: Wagtail"),
        ("groepen/gat.py", "import channels.layers", "Deur: channels"),
        ("profielen/gat.py", "from allauth.account.models import EmailAddress", "Deur: allauth"),
        ("kennisbank/gat.py", "import elasticsearch_dsl", "Deur: de zoekmachine"),
    ],
)
def test_each_contract_can_break(kopie, bestand, regel, contract):
    plek = kopie / bestand
    was = plek.read_bytes() if plek.exists() else None
    plek.write_text((was or b"").decode() + f"\n{regel}\n")
    try:
        code, tekst = lint(kopie)
    finally:
        if was is None:
            plek.unlink()
        else:
            plek.write_bytes(was)
    assert code == 1, tekst
    assert re.search(rf"{re.escape(contract)}.* BROKEN", tekst), tekst


def test_every_module_of_intranet_has_a_layer():
    lagen = tomllib.loads((WORTEL / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0][
        "layers"
    ]
    genoemd = {naam for laag in lagen for naam in re.findall(r"intranet\.(\w+)", laag)}
    aanwezig = {pad.stem for pad in (WORTEL / "intranet").glob("*.py")} - {"__init__"}
    aanwezig |= {pad.parent.name for pad in (WORTEL / "intranet").glob("*/__init__.py")}
    assert aanwezig <= genoemd, f"zonder laag: {sorted(aanwezig - genoemd)}"
