"""On which days people work: days of the week, the law of a country, what the company decided."""

from __future__ import annotations

from calendar import isleap
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from crm_cli.values.public_holidays import public_holidays

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

EVERYWHERE = "all"
"""In place of a country."""
LEAP_DAY = (2, 29)


class Holiday(NamedTuple):
    """A day that is free, or worked though it would be free; without an id it is by law."""

    day: date
    name: str
    country: str = EVERYWHERE
    is_yearly: bool = False
    is_worked: bool = False
    id: int | None = None


class Holidays:
    """The days the company decided on, before those of the law."""

    def __init__(self, decided: Iterable[Holiday] = ()) -> None:
        self._decided = sorted(decided)
        self._single: dict[tuple[date, str], Holiday] = {}
        self._yearly = defaultdict[tuple[int, int, str], list[Holiday]](list)
        for one in self._decided:
            if one.is_yearly:
                self._yearly[one.day.month, one.day.day, one.country].append(one)
            else:
                self._single[one.day, one.country] = one

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Holidays) and self._decided == other._decided

    def __hash__(self) -> int:
        return hash(tuple(self._decided))

    def decided(self, day: date, country: str) -> Holiday | None:
        """What the company says of a day: of it alone, else of it in every year.

        For one country goes before for all; of several years the last one that has begun counts.
        """
        places = (country, EVERYWHERE)
        single = (self._single.get((day, place)) for place in places)
        yearly = (self._in_its_year(day, *each, place) for place in places for each in _dates(day))
        return next((one for one in (*single, *yearly) if one is not None), None)

    def on(self, day: date, country: str) -> Holiday | None:
        """What counts on a day in a country; None for a day like others."""
        if found := self.decided(day, country):
            return found
        name = public_holidays(country, day.year).get(day)
        return None if name is None else Holiday(day, name, country)

    def of_year(self, year: int, countries: Iterable[str]) -> list[Holiday]:
        """All that count in one of these countries, in order."""
        first = date(year, 1, 1)
        days = [first + timedelta(days=number) for number in range(365 + isleap(year))]
        found = {self.on(day, country) for country in countries for day in days}
        return sorted(one for one in found if one is not None)

    def _in_its_year(self, day: date, month: int, number: int, place: str) -> Holiday | None:
        begun = [one for one in self._yearly.get((month, number, place), ()) if one.day <= day]
        return begun[-1]._replace(day=day) if begun else None


@dataclass(frozen=True)
class WorkCalendar:
    """The working days of the company or of an employee."""

    weekdays: frozenset[int]
    country: str
    holidays: Holidays
    is_usual: bool = True
    """Whether the days of the week are the company's: only who works on those works on others."""

    def works(self, day: date) -> bool:
        """Whether a day is worked."""
        of_week = day.weekday() in self.weekdays
        decided = self.holidays.decided(day, self.country)
        if decided is not None:
            return decided.is_worked and (of_week or self.is_usual)
        return of_week and day not in public_holidays(self.country, day.year)

    def holiday(self, day: date) -> Holiday | None:
        """What makes a day free, by the law or by choice of the company, be it a Sunday."""
        found = self.holidays.on(day, self.country)
        return None if found is None or found.is_worked else found

    def is_holiday(self, day: date) -> bool:
        """Whether a day is free for more than its day of the week."""
        return self.holiday(day) is not None


def _dates(day: date) -> Iterator[tuple[int, int]]:
    """The dates of each year that a day stands for: the 28th of February for the 29th, too."""
    yield day.month, day.day
    if (day.month, day.day) == (2, 28) and not isleap(day.year):
        yield LEAP_DAY
