from __future__ import annotations

from datetime import date, timedelta

import pytest
from holidays import country_holidays

from crm_cli.values.public_holidays import is_public_holiday

IN_2026 = {
    "RO": "01-01 01-02 01-06 01-07 01-24 04-10 04-12 04-13 05-01 05-31 06-01 08-15 11-30 12-01"
    " 12-25 12-26",
    "PL": "01-01 01-06 04-05 04-06 05-01 05-03 05-24 06-04 08-15 11-01 11-11 12-24 12-25 12-26",
}


@pytest.mark.parametrize("country", ["RO", "PL"])
def test_holidays_of_a_year(country: str) -> None:
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]

    found = [day.strftime("%m-%d") for day in days if is_public_holiday(day, country)]

    assert found == IN_2026[country].split()


@pytest.mark.parametrize("country", ["RO", "PL"])
def test_agree_with_those_who_follow_the_laws(country: str) -> None:
    """A newer release of `holidays` may know a law that we do not."""
    years = range(2019, 2080)
    first, last = date(years[0], 1, 1), date(years[-1], 12, 31)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]

    found = {day for day in days if is_public_holiday(day, country)}

    assert found == set(country_holidays(country, years=years))
