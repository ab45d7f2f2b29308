from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_cli.values.days import add_months, add_working_days, is_weekday

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-11-20", 1, "2026-11-23"),
        ("2026-11-20", -5, "2026-11-13"),
        ("2026-11-21", 0, "2026-11-21"),
        ("2026-11-21", 1, "2026-11-23"),
        ("2026-11-21", 5, "2026-11-27"),
        ("2026-11-22", -1, "2026-11-20"),
        ("2026-11-22", -6, "2026-11-13"),
    ],
)
def test_add_working_days(start: str, count: int, end: str) -> None:
    found = add_working_days(date.fromisoformat(start), count, is_weekday)

    assert found == date.fromisoformat(end)


@given(DAYS, st.integers(-300, 300).filter(bool))
def test_add_working_days_counts_mondays_to_fridays(start: date, count: int) -> None:
    end = add_working_days(start, count, is_weekday)
    step = 1 if count > 0 else -1
    passed = (start + timedelta(days=step * n) for n in range(1, abs((end - start).days) + 1))

    assert end.weekday() < 5
    assert sum(day.weekday() < 5 for day in passed) == abs(count)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-11-30", 2, "2027-01-30"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2028-02-29", 12, "2029-02-28"),
    ],
)
def test_add_months(start: str, count: int, end: str) -> None:
    assert add_months(date.fromisoformat(start), count) == date.fromisoformat(end)


@given(DAYS, st.integers(-600, 600))
def test_add_months_lands_in_that_month(start: date, count: int) -> None:
    end = add_months(start, count)

    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == count
    assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)
