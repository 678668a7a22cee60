"""The register is whole: an address, letter, Event, outlet or command that is not in it makes this red."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from groepen.models import Overdracht

from . import uitgangen
from .register import OPPERVLAKKEN

WORTEL = Path(__file__).resolve().parents[2]
EIGEN = ("groepen", "intranet", "kennisbank", "profielen")

pytestmark = pytest.mark.eenmaal


def _eigen_adressen(patronen, ruimte: str = "", pad: str = "") -> set[str]:
    namen = set()
    for patroon in patronen:
        hier = pad + str(patroon.pattern)
        if hier in uitgangen.BOMEN:
            continue
        if isinstance(patroon, URLResolver):
            binnen = f"{ruimte}{patroon.namespace}:" if patroon.namespace else ruimte
            namen |= _eigen_adressen(patroon.url_patterns, binnen, hier)
        elif isinstance(patroon, URLPattern):
            namen.add(f"{ruimte}{patroon.name}" if patroon.name else f"zonder naam: {hier}")
    return namen


def test_every_own_address_is_registered():
    assert _eigen_adressen(get_resolver().url_patterns) == {o.naam for o in OPPERVLAKKEN}


def test_every_tree_of_others_is_registered():
    eerste = {str(patroon.pattern) for patroon in get_resolver().url_patterns}
    assert uitgangen.BOMEN.keys() <= eerste


@pytest.mark.django_db
def test_every_kind_of_thing_has_a_door_of_its_own(wereld):
    """An entry about nothing would pass unseen."""
    genoemd = {soort for oppervlak in OPPERVLAKKEN for soort in oppervlak.dingen if soort}
    assert genoemd == {ding.soort for ding in wereld.dingen}


def test_every_socket_is_registered():
    from intranet.live.routing import websocket_urlpatterns

    assert tuple(str(patroon.pattern) for patroon in websocket_urlpatterns) == uitgangen.SOCKETS


def test_every_letter_is_registered():
    brieven = (WORTEL / "templates" / "mail").glob("*.txt")
    assert {pad.stem for pad in brieven} == uitgangen.BRIEVEN.keys()


def test_every_outlet_is_registered():
    assert settings.OUTLETS.keys() == uitgangen.OUTLETS.keys()


def test_every_command_is_registered():
    opdrachten = {
        pad.stem
        for app in EIGEN
        for pad in (WORTEL / app).rglob("management/commands/*.py")
        if not pad.stem.startswith("_")
    }
    assert opdrachten == uitgangen.OPDRACHTEN.keys()


# --- Events -------------------------------------------------------------------------------------------

_SOORT = re.compile(r"[a-z]+\.[a-z_]+|bedankt")


def _soorten() -> set[str]:
    """The soorten that the source records: what stands in a call of ``Event.record``, also by a name."""
    gevonden = set()
    for pad in [pad for app in EIGEN for pad in (WORTEL / app).rglob("*.py")]:
        boom = ast.parse(pad.read_text())
        for functie in ast.walk(boom):
            if not isinstance(functie, ast.FunctionDef):
                continue
            for oproep in ast.walk(functie):
                if isinstance(oproep, ast.Call) and ast.unparse(oproep.func).endswith("Event.record"):
                    gevonden |= _mogelijk(oproep.args[0], functie)
    return gevonden


def _mogelijk(uitdrukking: ast.expr, functie: ast.FunctionDef) -> set[str]:
    """All values that this can have: a constant, a choice, a local name, an argument with a default."""
    match uitdrukking:
        case ast.Constant(value=str(soort)):
            return {soort}
        case ast.IfExp(body=dan, orelse=anders):
            return _mogelijk(dan, functie) | _mogelijk(anders, functie)
        case ast.JoinedStr(values=[ast.Constant(value="vraag."), _]):
            return {f"vraag.{reden}" for reden in Overdracht.Reden.values}
        case ast.Name(id=naam):
            waarden = set()
            for deel in ast.walk(functie):
                if isinstance(deel, ast.Assign) and ast.unparse(deel.targets[0]) == naam:
                    waarden |= _mogelijk(deel.value, functie)
            namen = [argument.arg for argument in functie.args.args]
            if not waarden and naam in namen:
                # What callers give instead of the default is a constant somewhere in the same app.
                waarden = {str(d.value) for d in functie.args.defaults if isinstance(d, ast.Constant)}
                waarden |= _gegeven(functie.name)
            return waarden
    raise AssertionError(f"onbekende vorm: {ast.unparse(uitdrukking)}")


def _gegeven(functie: str) -> set[str]:
    """The constants that look like a soort in calls of ``functie``."""
    gevonden = set()
    for pad in [pad for app in EIGEN for pad in (WORTEL / app).rglob("*.py")]:
        for oproep in ast.walk(ast.parse(pad.read_text())):
            if isinstance(oproep, ast.Call) and ast.unparse(oproep.func).endswith(functie):
                gevonden |= {
                    a.value
                    for a in oproep.args
                    if isinstance(a, ast.Constant) and isinstance(a.value, str) and _SOORT.fullmatch(a.value)
                }
    return gevonden


def test_every_event_is_registered():
    assert _soorten() == uitgangen.SOORTEN
