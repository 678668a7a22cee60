"""The workshop itself: set-up, commands, and the rule that a skip is a failure where it counts."""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

WORTEL = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.eenmaal


@pytest.fixture
def opzet(tmp_path, monkeypatch):
    """The set-up script, working in a folder of its own."""
    beschrijving = importlib.util.spec_from_file_location("opzet", WORTEL / ".ci" / "opzet.py")
    module = importlib.util.module_from_spec(beschrijving)
    beschrijving.loader.exec_module(module)
    monkeypatch.setattr(module, "WORTEL", tmp_path)
    return module


def maak(*woorden):
    """Run make as a person would, also when make runs us."""
    omgeving = {
        naam: waarde for naam, waarde in os.environ.items() if not naam.startswith(("MAKE", "MFLAGS"))
    }
    return subprocess.run(["make", *woorden], cwd=WORTEL, env=omgeving, capture_output=True, text=True)


def test_make_alone_lists_every_command():
    lijst = maak().stdout
    doelen = set(re.findall(r"^([a-z]+):", (WORTEL / "Makefile").read_text(), re.M)) - {"python"}
    assert {regel.split()[1] for regel in lijst.splitlines()} == doelen
    assert {"start", "test", "setup", "check", "bench", "mutanten", "kijk"} <= doelen


def test_links_in_mail_lead_to_the_port_that_was_chosen():
    """In the Makefile: processes of one site that differ in PORT must agree on SITE_URL."""
    uit = maak("-n", "start", "PORT=8123").stdout
    assert "SITE_URL=${SITE_URL:-http://localhost:8123}" in uit


def test_without_python_one_line_says_what_to_install():
    uitkomst = maak("start", "PYTHON=")
    assert uitkomst.returncode != 0
    assert uitkomst.stdout.startswith("Python 3.11 of nieuwer ontbreekt: installeer het")
    assert len(uitkomst.stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("module", "pakket"), [("venv", "-venv"), ("ensurepip", "-venv"), ("sqlite3", "stdlib")]
)
def test_a_missing_part_of_python_is_named_with_its_package(opzet, monkeypatch, module, pakket):
    echt = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda naam: None if naam == module else echt(naam))
    with pytest.raises(opzet.Mislukt, match=rf"module {module} ontbreekt.*apt install \S+{pakket}"):
        opzet.python_nakijken(uv=None)


def test_with_uv_the_venv_module_is_not_needed(opzet, monkeypatch):
    echt = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda naam: None if naam == "venv" else echt(naam))
    opzet.python_nakijken(uv="/usr/bin/uv")


def test_a_stamp_holds_until_a_name_or_a_content_changes(opzet, tmp_path):
    een = tmp_path / "een.css"
    een.write_text("a")
    eerst = opzet.som([een])
    os.utime(een, (1, 1))
    assert opzet.som([een]) == eerst
    een.write_text("b")
    assert opzet.som([een]) != eerst
    een.write_text("a")
    assert opzet.som([een.rename(tmp_path / "twee.css")]) != eerst


def test_a_gone_database_is_made_again(opzet, tmp_path, monkeypatch):
    """The stamps outlive a database that someone threw away; they must not keep the demo from coming back."""
    data = tmp_path / "data"
    data.mkdir()
    monkeypatch.setenv("DATA_DIR", str(data))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / "requirements.txt").write_text("")
    gedraaid = []

    def draai(*opdracht, **_):
        gedraaid.append(opdracht[2])
        (data / "binnenplein.sqlite3").touch()

    monkeypatch.setattr(opzet, "draai", draai)
    opzet.database(demo=True)
    opzet.database(demo=True)
    assert gedraaid == ["migrate", "createcachetable", "demo"]
    (data / "binnenplein.sqlite3").unlink()
    opzet.database(demo=True)
    assert gedraaid == ["migrate", "createcachetable", "demo"] * 2


def test_node_comes_from_the_environment_where_the_machine_has_none(opzet, monkeypatch):
    """The packages bring a Node of their own, and npm with it."""
    monkeypatch.setattr(opzet, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(opzet.shutil, "which", lambda naam: None)
    opdracht, omgeving = opzet.npm()
    versie = subprocess.run(
        [*opdracht, "--version"], env={**os.environ, **omgeving}, capture_output=True, text=True
    )
    assert re.match(r"\d+\.\d+", versie.stdout), versie.stderr


def test_the_scripts_of_ci_are_sound():
    assert os.access(WORTEL / ".ci" / "run", os.X_OK)
    subprocess.run(["bash", "-n", ".ci/run"], cwd=WORTEL, check=True)


@pytest.mark.parametrize(
    ("ci", "uitslag"), [("", "2 skipped, 1 xfailed"), ("true", "1 failed, 1 xfailed, 1 error")]
)
def test_a_skip_is_a_failure_in_ci(tmp_path, ci, uitslag):
    (tmp_path / "test_over.py").write_text(
        "import pytest\n"
        "def test_een(): pytest.skip('geen zin')\n"
        "@pytest.mark.skip(reason='ook niet')\n"
        "def test_twee(): pass\n"
        "@pytest.mark.xfail\n"
        "def test_drie(): assert False\n"
    )
    opdracht = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "tests.geen_skip",
        "-p",
        "no:django",
        "-p",
        "no:cacheprovider",
    ]
    opdracht += ["-q", "-n", "1", "-c", "/dev/null", "--rootdir", tmp_path, tmp_path]
    uitkomst = subprocess.run(
        opdracht, cwd=WORTEL, env={**os.environ, "CI": ci}, capture_output=True, text=True
    )
    assert uitslag in uitkomst.stdout, uitkomst.stdout
    assert ("geen zin" in uitkomst.stdout) or not ci
