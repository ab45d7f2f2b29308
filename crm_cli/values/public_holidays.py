"""The public holidays of the countries the program knows."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


def is_public_holiday(day: date, country: str) -> bool:
    """Whether offices are closed on a day."""
    return day in _holidays(country, day.year)


@cache
def _holidays(country: str, year: int) -> frozenset[date]:
    from holidays import country_holidays  # loads 300 modules

    return frozenset(country_holidays(country, years=year))
