"""When daily digests go: properties over any zone, hour, working days and moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from crm_cli.services.reminders.digest_rules import LOOK_BACK, Digests, section, window

ZONES = st.sampled_from(["Europe/Bucharest", "Europe/Warsaw", "America/New_York"]).map(ZoneInfo)
NOW = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is the strategy's
AGES = st.timedeltas(timedelta(0), timedelta(days=60))
WEEKS = st.sets(st.integers(0, 6))


@given(ZONES, NOW, AGES, WEEKS, st.integers(0, 23))
def test_digests_that_have_come(
    zone: ZoneInfo, now: datetime, age: timedelta, week: set[int], hour: int
) -> None:
    since = now - age
    digests = Digests(7, "email", hour, zone, since)

    found = digests.come(lambda number, day: number == 7 and day.weekday() in week, now)

    today = now.astimezone(zone).date()
    every = [today - timedelta(days=back) for back in range(LOOK_BACK.days + 1)]
    assert list(found) == [
        day for day in every if day.weekday() in week and since < digests.at(day) <= now
    ]


@given(ZONES, NOW, st.integers(0, 23))
def test_window_holds_every_day(zone: ZoneInfo, now: datetime, hour: int) -> None:
    digests = Digests(7, "email", hour, zone, now - 2 * LOOK_BACK)
    first, last = window(now)

    found = digests.come(lambda _number, _day: True, now)

    assert all(first <= day <= last for day in found)
    assert first <= now.astimezone(zone).date() <= last


@given(NOW, st.integers(-40, 40), st.none() | st.integers(-40, 40))
def test_sections_are_those_of_today(now: datetime, days: int, hours: int | None) -> None:
    at = None if hours is None else now + timedelta(hours=hours)
    due = at.date() if at else now.date() + timedelta(days=days)

    found = section(due, at, now.date(), now)

    passed = due < now.date() or (at is not None and at < now)
    assert found == ("overdue" if passed else "today" if due == now.date() else "next")


def test_keys_name_the_day_and_the_channel() -> None:
    digests = Digests(7, "message", 8, ZoneInfo("UTC"), datetime(2026, 1, 1, tzinfo=UTC))

    assert digests.key(date(2026, 11, 23)) == "digest:7:739943:7:message:0"
