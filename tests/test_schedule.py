"""Schedules: when cron would start something, by a clock that is put forward and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crm_cli.running.schedule import NoSchedule, Schedule

NOW = datetime(2026, 11, 23, 8, 2, tzinfo=UTC)
"""A Monday."""
BUCHAREST = ZoneInfo("Europe/Bucharest")
"""At 03:00 on 29 March it is put forward to 04:00, at 04:00 on 25 October back to 03:00."""


def shown(moments: list[datetime], zone: ZoneInfo) -> list[str]:
    """The moments as the clock on the wall shows them, with its offset."""
    return [moment.astimezone(zone).strftime("%d %H:%M %z") for moment in moments]


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
        ("0 0 31 2 1", ["2026-02-23 00:00", "2026-02-16 00:00"]),
        ("0 0 29 2 *", ["2024-02-29 00:00", "2020-02-29 00:00"]),
        ("10-20/5 8 * * *", ["2026-11-22 08:20", "2026-11-22 08:15"]),
    ],
)
def test_before_gives_the_latest_first(text: str, moments: list[str]) -> None:
    found = islice(Schedule.parse(text).before(NOW, UTC), 2)

    assert [moment.strftime("%Y-%m-%d %H:%M") for moment in found] == moments


@pytest.mark.parametrize(
    ("text", "moments"),
    [
        ("30 3 * * *", ["30 03:30 +0300", "29 04:00 +0300", "28 03:30 +0200"]),
        ("*/30 3,4 * * *", ["29 04:30 +0300", "29 04:00 +0300", "28 04:30 +0200"]),
        ("0 */3 * * *", ["29 06:00 +0300", "29 00:00 +0200", "28 21:00 +0200"]),
    ],
)
def test_clock_is_put_forward(text: str, moments: list[str]) -> None:
    until = datetime(2026, 3, 30 if text == "30 3 * * *" else 29, 8, tzinfo=BUCHAREST)

    found = list(islice(Schedule.parse(text).before(until, BUCHAREST), 3))

    assert shown(found, BUCHAREST) == moments


@pytest.mark.parametrize(
    ("text", "moments"),
    [
        ("30 3 * * *", ["25 03:30 +0300", "24 03:30 +0300"]),
        ("30 * * * *", ["25 04:30 +0200", "25 03:30 +0200", "25 03:30 +0300", "25 02:30 +0300"]),
    ],
)
def test_clock_is_put_back(text: str, moments: list[str]) -> None:
    until = datetime(2026, 10, 25, 5, tzinfo=BUCHAREST)

    found = list(islice(Schedule.parse(text).before(until, BUCHAREST), len(moments)))

    assert shown(found, BUCHAREST) == moments


@example(minute="*", hour="2,3,4", weekday="*", minutes=344584)
@given(
    minute=st.sampled_from(["*", "*/7", "0", "30", "10-20"]),
    hour=st.sampled_from(["*", "*/3", "2,3,4", "3"]),
    weekday=st.sampled_from(["*", "0", "1-5"]),
    minutes=st.integers(0, 60 * 24 * 730),
)
def test_next_moment_is_the_one_that_will_have_been_last(
    minute: str, hour: str, weekday: str, minutes: int
) -> None:
    schedule = Schedule.parse(f"{minute} {hour} * * {weekday}")
    now = NOW - timedelta(minutes=minutes)

    following = schedule.after(now, BUCHAREST)
    last = next(schedule.before(now, BUCHAREST))

    assert following is not None
    assert last <= now < following
    assert list(islice(schedule.before(following, BUCHAREST), 2)) == [following, last]


@pytest.mark.parametrize(
    "text",
    [
        *("", "* * * *", "60 * * * *", "* * * * mon", "*/0 * * * *", "5-1 * * * *", "@daily"),
        *("0 0 31 2 *", "0 0 31 4,6,9,11 *", "١ * * * *"),
    ],
)
def test_refuse_what_cron_would_read_otherwise_or_never_start(text: str) -> None:
    with pytest.raises(NoSchedule):
        Schedule.parse(text)
