"""Holidays as a town hall keeps them."""

from datetime import date

import holidays
import pytest

from intranet.werkdagen import feestdagen, is_werkdag


@pytest.mark.parametrize("jaar", range(2014, 2101))
def test_the_same_days_as_the_package_that_knows_all_countries(jaar):
    assert feestdagen(jaar) == set(
        holidays.country_holidays("NL", categories=("public", "optional"), years=jaar)
    )


def test_koningsdag_gives_way_to_sunday():
    assert is_werkdag(date(2026, 4, 28))
    assert not is_werkdag(date(2026, 4, 27))
    assert date(2025, 4, 26) in feestdagen(2025)  # the 27th is a Sunday
    assert date(2025, 4, 27) not in feestdagen(2025)
