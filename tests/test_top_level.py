"""What the repository holds and does not hold: names on top, no registries, no left-overs."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

WORTEL = Path(__file__).resolve().parent.parent
TOEGESTAAN = {
    "manage.py", "pyproject.toml", "intranet", "groepen", "kennisbank", "profielen", "templates", "tests",
    "docker-compose.yml", "Dockerfile", "README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md",
    "LICENSE", "publiccode.yml", "Makefile", "docs", "requirements.txt", "requirements-dev.txt",
    "package.json", "package-lock.json",
}  # fmt: skip
# In pieces, or this file would hold what it forbids.
REGISTERS = re.compile(
    r"https?://[^\s\"'<>)]*("
    + "|".join(
        [
            "registry" + r"\.",
            r"pypi\." + "org",
            r"pythonhosted\." + "org",
            r"npmjs\." + "(com|org)",
            "/simple" + "/",
            r"proxy\.golang\." + "org",
            r"repo1?\.maven\." + "org",
        ]
    )
    + ")"
)

pytestmark = pytest.mark.eenmaal


@pytest.fixture(scope="module")
def paden():
    """Every file git knows or would take in."""
    opdracht = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    uitkomst = subprocess.run(opdracht, cwd=WORTEL, capture_output=True, text=True, check=True)
    return [pad for regel in uitkomst.stdout.splitlines() if (pad := WORTEL / regel).is_file()]


@pytest.fixture(scope="module")
def teksten(paden):
    gevonden = {}
    for pad in paden:
        try:
            gevonden[pad.relative_to(WORTEL).as_posix()] = pad.read_text()
        except UnicodeDecodeError:
            continue
    return gevonden


def test_only_the_names_of_the_design_stand_on_top(paden):
    boven = {pad.relative_to(WORTEL).parts[0] for pad in paden}
    assert {naam for naam in boven if not naam.startswith(".")} <= TOEGESTAAN


def test_no_file_names_a_package_registry(teksten):
    assert {naam: treffer[0] for naam, tekst in teksten.items() if (treffer := REGISTERS.search(tekst))} == {}
    assert "resolved" not in teksten["package-lock.json"]


def test_the_pattern_knows_a_registry_when_it_sees_one():
    for adres in (
        "https://regi" + "stry.npmjs" + ".org/x",
        "https://files.python" + "hosted.org/packages/x.whl",
    ):
        assert REGISTERS.search(f'"{adres}"')
    assert not REGISTERS.search("https://semver.org")


def test_nothing_was_left_behind(teksten):
    rommel = re.compile(r"^(<{7} |>{7} )|\bbreakpoint\(\)|\bdebugger;|\bimport pdb\b", re.M)
    eigen = {naam: tekst for naam, tekst in teksten.items() if naam != "tests/test_top_level.py"}
    assert {naam: treffer[0] for naam, tekst in eigen.items() if (treffer := rommel.search(tekst))} == {}


def test_no_fuzzy_translations(teksten):
    vertalingen = {naam: tekst for naam, tekst in teksten.items() if naam.endswith(".po")}
    assert [naam for naam, tekst in vertalingen.items() if re.search(r"^#,.*\bfuzzy\b", tekst, re.M)] == []


def test_the_readme_stays_short(teksten):
    assert len(teksten["README.md"].splitlines()) <= 100


def test_links_in_the_documentation_arrive(teksten):
    bladen = {naam: tekst for naam, tekst in teksten.items() if naam.endswith(".md")}
    links = [(naam, doel) for naam, tekst in bladen.items() for doel in re.findall(r"\]\(([^)#\s]+)", tekst)]
    eigen = [(naam, doel) for naam, doel in links if not re.match(r"[a-z]+:", doel)]
    assert [(naam, doel) for naam, doel in eigen if not (WORTEL / naam).parent.joinpath(doel).exists()] == []


def test_every_setting_is_explained(teksten):
    gelezen = set(re.findall(r'env\.\w+\(\s*"(\w+)"', teksten["intranet/settings.py"]))
    uitgelegd = set(re.findall(r"`([A-Z_]+)`", teksten["docs/beheer.md"]))
    assert gelezen <= uitgelegd, f"niet in docs/beheer.md: {sorted(gelezen - uitgelegd)}"


def test_publiccode_has_what_version_0_7_demands(teksten):
    boek = yaml.safe_load(teksten["publiccode.yml"])
    assert boek["publiccodeYmlVersion"] == "0.7.0"
    for sleutel in ("name", "url", "platforms", "developmentStatus", "softwareType"):
        assert boek[sleutel], sleutel
    for taal, tekst in boek["description"].items():
        assert len(tekst["shortDescription"]) <= 150, taal
        assert 150 <= len(tekst["longDescription"]) <= 10_000, taal
        assert tekst["features"], taal
    assert boek["organisation"]["uri"]
    assert boek["legal"]["license"] == "EUPL-1.2"
    assert boek["maintenance"]["type"] == "community"
    assert boek["maintenance"]["contacts"]
    assert boek["localisation"]["localisationReady"] is True
    assert boek["localisation"]["availableLanguages"] == ["nl", "en"]
    assert teksten["LICENSE"].startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
