"""On which days people work, by the week, the law and what the company decided."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_cli.values.public_holidays import public_holidays
from crm_cli.values.work_calendar import EVERYWHERE, Holiday, Holidays, WorkCalendar

WEEK = frozenset(range(5))
EPIPHANY = date(2027, 1, 6)
"""A Wednesday, free in both countries."""
SATURDAY = date(2027, 1, 9)
EVE = date(2026, 12, 24)
"""A Thursday, free by law in Poland only."""

DAYS = st.dates(date(2025, 1, 1), date(2032, 12, 31))
COUNTRIES = st.sampled_from(["RO", "PL", "GB", EVERYWHERE])
DECIDED = st.lists(
    st.builds(Holiday, DAYS, st.just("x"), COUNTRIES, st.booleans(), st.booleans()),
    max_size=12,
    unique_by=lambda one: (one.day, one.country),
)


def _works(*decided: Holiday, country: str = "RO", usual: bool = True) -> WorkCalendar:
    return WorkCalendar(WEEK, country, Holidays(decided), is_usual=usual)


def test_free_day_of_the_company() -> None:
    free = _works(Holiday(EVE, "Ajun"))

    assert not free.works(EVE)
    assert free.works(EVE - timedelta(days=1))
    assert free.works(date(2027, 12, 24))


def test_free_day_of_every_year_from_the_first_on() -> None:
    yearly = _works(Holiday(EVE, "Ajun", is_yearly=True))

    found = [yearly.works(date(year, 12, 24)) for year in (2025, 2026, 2027, 2029)]

    assert found == [True, False, False, False]


def test_the_last_that_has_begun_counts() -> None:
    """Free from 2026 on, worked again from 2029 on."""
    again = Holiday(date(2029, 12, 24), "Ajun", is_yearly=True, is_worked=True)
    yearly = _works(again, Holiday(EVE, "Ajun", is_yearly=True))

    found = [yearly.works(date(year, 12, 24)) for year in (2025, 2026, 2027, 2029, 2030)]

    assert found == [True, False, False, True, True]


def test_leap_day_of_every_year_is_the_28th_in_others() -> None:
    yearly = _works(Holiday(date(2028, 2, 29), "x", is_yearly=True))

    free = [day for day in _days(2028, 2033) if yearly.is_holiday(day) and day.month == 2]

    assert [day.isoformat() for day in free] == [
        *("2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"),
    ]


@pytest.mark.parametrize("day", [EPIPHANY, SATURDAY])
def test_worked_day(day: date) -> None:
    assert not _works().works(day)
    assert _works(Holiday(day, "x", is_worked=True)).works(day)


def test_who_has_days_of_his_own_works_on_those_only() -> None:
    worked = [Holiday(day, "x", is_worked=True) for day in (EPIPHANY, SATURDAY)]

    own = _works(*worked, usual=False)

    assert [own.works(day) for day in (EPIPHANY, SATURDAY)] == [True, False]


def test_one_country_goes_before_all_and_one_day_before_every_year() -> None:
    everywhere = Holiday(EVE, "x", is_worked=True)
    poland = Holiday(EVE, "x", "PL")
    yearly = Holiday(date(2025, 12, 24), "x", "PL", is_yearly=True)

    assert _on(EVE, "PL", everywhere, poland, yearly) is poland
    assert _on(EVE, "RO", everywhere, poland, yearly) is everywhere
    assert _on(EVE, "PL", everywhere, yearly) is everywhere


def _on(day: date, country: str, *decided: Holiday) -> Holiday | None:
    return Holidays(decided).on(day, country)


@given(DECIDED, DAYS, COUNTRIES, st.booleans())
def test_rules(decided: list[Holiday], day: date, country: str, usual: bool) -> None:
    calendar = _works(*decided, country=country, usual=usual)
    found = calendar.holidays.on(day, country)

    if found is None:
        assert calendar.works(day) == (day.weekday() < 5)
        assert day not in public_holidays(country, day.year)
    else:
        assert calendar.works(day) == (found.is_worked and (usual or day.weekday() < 5))
        assert found.day == day
        assert found.country in {country, EVERYWHERE}
    assert not (calendar.works(day) and calendar.is_holiday(day))


@given(DECIDED, st.integers(2025, 2032))
def test_year_has_all_that_count(decided: list[Holiday], year: int) -> None:
    known = Holidays(decided)

    found = known.of_year(year, ["RO", "PL"])

    counting = {known.on(day, country) for country in ("RO", "PL") for day in _days(year, year + 1)}
    assert found == sorted(found)
    assert set(found) == counting - {None}


def _days(first: int, until: int) -> list[date]:
    start = date(first, 1, 1)
    return [start + timedelta(days=number) for number in range((date(until, 1, 1) - start).days)]
