"""When somebody may be disturbed: the answer for one and the condition for all say the same."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from intranet.meldingen import rust
from intranet.meldingen.models import Instelling
from profielen.dagdelen import ALLE_DAGDELEN
from profielen.models import Gebruiker

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DINSDAGOCHTEND, DINSDAGMIDDAG = 0b0000000100, 0b0000001000


def moment(tekst):
    return datetime.strptime(tekst, "%Y-%m-%d %H:%M").replace(tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("velden", "nu", "straks"),
    [
        ({}, "2026-11-24 10:00", "2026-11-24 10:00"),
        ({}, "2026-11-24 06:59", "2026-11-24 07:00"),
        ({}, "2026-11-24 19:00", "2026-11-25 07:00"),
        ({}, "2026-11-27 19:00", "2026-11-30 07:00"),  # the weekend
        ({}, "2026-12-25 10:00", "2026-12-28 07:00"),  # Christmas
        ({}, "2027-03-27 10:00", "2027-03-30 07:00"),  # Easter, and the clock changes
        ({"dagdelen": DINSDAGMIDDAG}, "2026-11-24 12:29", "2026-11-24 12:30"),
        ({"dagdelen": DINSDAGOCHTEND}, "2026-11-24 12:30", "2026-12-01 07:00"),
        ({"dagdelen": 0}, "2026-11-24 10:00", None),
        ({"afwezig_tot": date(2026, 11, 25)}, "2026-11-24 10:00", "2026-11-26 07:00"),
        ({"afwezig_van": date(2026, 11, 24)}, "2026-11-24 10:00", None),
        ({"afwezig_van": date(2026, 11, 25)}, "2026-11-24 10:00", "2026-11-24 10:00"),
        ({"afwezig_van": date(2026, 11, 20), "rust": False}, "2026-11-22 03:00", "2026-11-22 03:00"),
    ],
)
def test_now_or_when(anna, velden, nu, straks):
    instelling = None
    if "rust" in velden:
        instelling = Instelling.objects.create(gebruiker=anna, rust=velden.pop("rust"))
    for naam, waarde in ({"dagdelen": ALLE_DAGDELEN} | velden).items():
        setattr(anna.profiel, naam, waarde)
    anna.profiel.save()
    nu, straks = moment(nu), straks and moment(straks)
    assert rust.mag_storen(anna.profiel, instelling, nu) is (nu == straks)
    assert Gebruiker.objects.filter(rust.te_storen(nu), pk=anna.pk).exists() is (nu == straks)
    assert rust.volgend_moment(anna.profiel, instelling, nu) == straks
    if straks:
        assert rust.mag_storen(anna.profiel, instelling, straks)
