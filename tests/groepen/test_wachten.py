from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from groepen.wachten import wacht

NL = ZoneInfo("Europe/Amsterdam")


def moment(dag, uur=9, minuut=0):
    """A moment in November 2026, a month without holidays; the 16th is a Monday."""
    return datetime(2026, 11, dag, uur, minuut, tzinfo=NL)


@pytest.mark.parametrize(
    ("gesteld", "nu", "norm", "verwacht"),
    [
        # The rows of the design, read on Monday the 23rd at 8.07.
        (moment(18, 9, 20), moment(23, 8, 7), 2, ("laat", "1 dag te laat", 16, "norm 2 dagen", "laat")),
        (moment(20, 12, 5), moment(23, 8, 7), 2, ("let", "Wacht 1 dag", 9, "van 2 dagen", "")),
        (moment(23, 7, 31), moment(23, 8, 7), 2, ("open", "Open", 1, "nog 2 dagen", "rustig")),
        # The weekend does not count.
        (moment(20, 16), moment(22, 12), 1, ("open", "Open", 1, "nog 1 dag", "rustig")),
        (moment(20, 16), moment(23, 15, 59), 1, ("let", "Wacht 1 dag", 15, "van 1 dag", "")),
        # Past the norm by an hour is late, but not by a day.
        (moment(18, 9), moment(20, 10), 2, ("laat", "Te laat", 16, "norm 2 dagen", "laat")),
        (moment(2, 9), moment(20, 10), 2, ("laat", "12 dagen te laat", 16, "norm 2 dagen", "laat")),
    ],
)
def test_the_wait_in_words(gesteld, nu, norm, verwacht):
    w = wacht(gesteld, norm, nu)
    assert (w.soort, w.woorden, w.meter, w.onder, w.kleur) == verwacht
    assert w.is_laat == (verwacht[0] == "laat")
