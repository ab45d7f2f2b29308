"""Schedules: when cron would have started something."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_cli.schedule import Schedule

NOW = datetime(2026, 11, 23, 8, 2, tzinfo=UTC)
"""A Monday."""


@pytest.mark.parametrize(
    ("text", "moments"),
    [
        ("*/5 * * * *", ["2026-11-23 08:00", "2026-11-23 07:55"]),
        ("0 7,19 * * *", ["2026-11-23 07:00", "2026-11-22 19:00"]),
        ("30 6 * * 1-5", ["2026-11-23 06:30", "2026-11-20 06:30"]),
        ("0 3 * * 0", ["2026-11-22 03:00", "2026-11-15 03:00"]),
        ("0 3 * * 7", ["2026-11-22 03:00", "2026-11-15 03:00"]),
        ("15 2 1 * *", ["2026-11-01 02:15", "2026-10-01 02:15"]),
        ("0 0 13 * 5", ["2026-11-20 00:00", "2026-11-13 00:00"]),
        ("0 0 29 2 *", ["2024-02-29 00:00"]),
        ("10-20/5 8 * * *", ["2026-11-22 08:20", "2026-11-22 08:15"]),
    ],
)
def test_before_gives_the_latest_first(text: str, moments: list[str]) -> None:
    found = islice(Schedule.parse(text).before(NOW), 2)

    assert [moment.strftime("%Y-%m-%d %H:%M") for moment in found] == moments


@given(minute=st.integers(0, 59), hour=st.integers(0, 23), back=st.integers(0, 60 * 24 * 400))
def test_daily_moment_is_never_more_than_a_day_ago(minute: int, hour: int, back: int) -> None:
    now = NOW - timedelta(minutes=back)

    last = next(Schedule.parse(f"{minute} {hour} * * *").before(now))

    assert timedelta(0) <= now - last < timedelta(days=1)
    assert (last.hour, last.minute) == (hour, minute)
