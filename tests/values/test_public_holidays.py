from __future__ import annotations

from datetime import date

import pytest
from holidays import country_holidays

from crm_cli.values.public_holidays import public_holidays

IN_2026 = {
    "RO": "01-01 01-02 01-06 01-07 01-24 04-10 04-12 04-13 05-01 05-31 06-01 08-15 11-30 12-01"
    " 12-25 12-26",
    "PL": "01-01 01-06 04-05 04-06 05-01 05-03 05-24 06-04 08-15 11-01 11-11 12-24 12-25 12-26",
}


@pytest.mark.parametrize("country", ["RO", "PL"])
def test_holidays_of_a_year(country: str) -> None:
    found = sorted(day.strftime("%m-%d") for day in public_holidays(country, 2026))

    assert found == IN_2026[country].split()


@pytest.mark.parametrize("country", ["RO", "PL"])
def test_agree_with_those_who_follow_the_laws(country: str) -> None:
    """A newer release of `holidays` may know a law that we do not."""
    years = range(2019, 2080)

    found = {day for year in years for day in public_holidays(country, year)}

    assert found == set(country_holidays(country, years=years))


def test_names() -> None:
    poland, romania = public_holidays("PL", 2027), public_holidays("RO", 2027)

    assert poland[date(2027, 5, 27)] == "Boże Ciało"
    assert romania[date(2027, 4, 30)] == "Vinerea Mare"


def test_other_countries_have_none() -> None:
    assert public_holidays("GB", 2027) == {}
