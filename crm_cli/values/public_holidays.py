"""The public holidays of the countries the program knows, as their laws have them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

FIXED = {
    "RO": "01-01 01-02 01-06 01-07 01-24 05-01 06-01 08-15 11-30 12-01 12-25 12-26",
    "PL": "01-01 01-06 05-01 05-03 08-15 11-01 11-11 12-24 12-25 12-26",
}
FROM_EASTER = {
    "RO": (EASTER_ORTHODOX, (-2, 0, 1, 49, 50)),
    "PL": (EASTER_WESTERN, (0, 1, 49, 60)),
}
"""By whose calendar, and how many days from Easter Sunday."""

SINCE = {("RO", "01-06"): 2024, ("RO", "01-07"): 2024, ("PL", "12-24"): 2025}
"""The first year of the youngest holidays; the others count in all years."""


def is_public_holiday(day: date, country: str) -> bool:
    """Whether offices are closed on a day."""
    return day in _holidays(country, day.year)


@cache
def _holidays(country: str, year: int) -> frozenset[date]:
    method, offsets = FROM_EASTER[country]
    sunday = easter(year, method)
    fixed = (
        date.fromisoformat(f"{year:04}-{day}")
        for day in FIXED[country].split()
        if year >= SINCE.get((country, day), 0)
    )
    return frozenset([*fixed, *(sunday + timedelta(days=offset) for offset in offsets)])
