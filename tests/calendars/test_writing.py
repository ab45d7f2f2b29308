"""Whatever tasks are, their feed is a right calendar and says of each what it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crm_cli.calendars.descriptions import described, taken_off
from crm_cli.calendars.forms import FORMS
from crm_cli.calendars.ics_writing import feed_text
from crm_cli.calendars.items import PRIORITIES, Feed, Item, untitled
from crm_cli.calendars.zone_writing import zone_lines
from crm_cli.origins import Origin
from tests.calendars.strict import checked

pytestmark = pytest.mark.proves("R135")

ZONES = ("Europe/Bucharest", "Europe/Warsaw", "America/New_York", "Asia/Kolkata", "UTC")
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)

letters = st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.sampled_from(
    ',;:\\"ăș✓☐✗'
)
words = st.text(letters, min_size=1, max_size=120)
texts = st.lists(words, max_size=3).map("\n".join)
# The nights in which the clocks of Bucharest and Warsaw change are met more often than others.
nights = st.sampled_from([datetime(2026, 10, 25, tzinfo=UTC), datetime(2027, 3, 28, tzinfo=UTC)])
minutes = st.integers(-120, 300).map(lambda count: timedelta(minutes=count))
seconds = st.integers(0, 7 * 10**9).map(lambda count: timedelta(seconds=count))
moments = st.builds(lambda night, length: night + length, nights, minutes) | seconds.map(
    lambda length: datetime(1970, 1, 2, tzinfo=UTC) + length
)


@st.composite
def items(draw: st.DrawFn) -> Item:
    number = draw(st.integers(1, 10**12))
    origin = Origin("task", number, draw(st.integers(1, 10**6)), "0a1b2c3d")
    own = draw(texts)
    due_at = draw(st.none() | moments)
    status = draw(st.sampled_from(("open", "done", "cancelled")))
    return Item(
        uid=origin.uid,
        origin=origin,
        created_at=NOW,
        changed_at=NOW,
        subject=draw(words),
        description=described(own, origin, draw(st.lists(words, max_size=2)), "crm task done 7"),
        status=status,
        priority=draw(st.sampled_from(tuple(PRIORITIES))),
        due_on=due_at.date() if due_at else draw(st.dates(date(1900, 1, 1))),
        due_at=due_at,
        minutes=draw(st.none() | st.integers(0, 10**6)),
        done_at=NOW if status == "done" else None,
        category=draw(st.sampled_from(("", "task", "sarcină"))),
        place=draw(st.just("") | words),
        sibling=draw(st.sampled_from(("", "task-1@0a1b2c3d"))),
        alarms=draw(st.lists(moments, max_size=2)),
    )


feeds = st.builds(
    Feed,
    name=words,
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    items=st.lists(items(), max_size=3, unique_by=lambda item: item.uid),
)


@given(feeds, st.sampled_from(FORMS))
def test_write_a_right_calendar(feed: Feed, form: str) -> None:
    found = checked(feed_text(feed, form))

    assert [_said(one) for one in found] == [_expected(item, form) for item in feed.items]
    for one, item in zip(found, feed.items, strict=True):
        start = _start(one, feed.zone)
        assert [start + alarm["TRIGGER"].dt for alarm in one.walk("VALARM")] == [*item.alarms]


def _said(one: Any) -> dict[str, Any]:
    title = str(one["SUMMARY"])
    subject, marked = untitled(title) if one.name == "VEVENT" else (title, "open")
    term = one["DTSTART" if one.name == "VEVENT" else "DUE"].dt
    return {
        "uid": str(one["UID"]),
        "subject": subject,
        "done": marked == "done" or str(one["STATUS"]) == "COMPLETED",
        "cancelled": str(one["STATUS"]) == "CANCELLED",
        "term": term.astimezone(UTC) if isinstance(term, datetime) else term,
        "priority": int(one["PRIORITY"]),
        "description": str(one["DESCRIPTION"]),
    }


def _expected(item: Item, form: str) -> dict[str, Any]:
    return {
        "uid": item.uid,
        "subject": item.subject,
        "done": item.status == "done",
        "cancelled": item.status == "cancelled",
        "term": item.due_at or item.due_on,
        "priority": PRIORITIES[item.priority],
        "description": item.description,
    }


def _start(one: Any, zone: ZoneInfo) -> datetime:
    term = one["DTSTART" if one.name == "VEVENT" else "DUE"].dt
    if isinstance(term, datetime):
        return term.astimezone(UTC)
    return datetime(term.year, term.month, term.day, tzinfo=zone).astimezone(UTC)


@given(own=texts.map(str.strip), above=texts, number=st.integers(1, 10**6))
@example(own="--- task-1@0a1b2c3d:2 ---\ncrm task done 1", above="", number=7)
def test_take_off_what_was_put_below(own: str, above: str, number: int) -> None:
    origin = Origin("task", number, 3, "0a1b2c3d")
    text = described(own, origin, ["Account: Alfa"], f"crm task done {number}")

    assert taken_off(text) == (own, origin)
    assert taken_off(f"{text}\n \nde sunat") == ("\n".join(filter(None, [own, "de sunat"])), origin)


@pytest.mark.parametrize(
    "name", [*ZONES[:4], "Africa/Casablanca", "Australia/Sydney", "Europe/London", "Asia/Tehran"]
)
def test_describe_a_zone_as_it_is(name: str) -> None:
    zone = ZoneInfo(name)
    text = "\r\n".join([*zone_lines(zone, 2026, 2028), ""])
    component: Any = icalendar.Timezone.from_ical(text)
    described_zone = component.to_tz()

    start = datetime(2026, 1, 1, tzinfo=UTC)
    assert not [
        moment
        for moment in (start + timedelta(hours=hour) for hour in range(0, 26_300, 7))
        if moment.astimezone(described_zone).utcoffset() != moment.astimezone(zone).utcoffset()
    ]


def test_give_rules_rather_than_dates() -> None:
    assert [
        line for line in zone_lines(ZoneInfo("Europe/Warsaw"), 2026, 2026) if "RULE" in line
    ] == [
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    ]


def test_write_the_last_day_there_is() -> None:
    assert "DTSTART;VALUE=DATE:99991231\r\nSTATUS" in _written(date.max, None, "UTC")


def test_leave_no_hour_in_doubt() -> None:
    """Of an hour that clocks show twice, Thunderbird, GNOME and PHP take the second one."""
    night = [
        datetime(2026, 10, 24, 23, 30, tzinfo=UTC) + timedelta(hours=hour) for hour in range(4)
    ]

    starts = [
        line
        for moment in night
        for line in _written(moment.date(), moment, "Europe/Bucharest").splitlines()
        if line.startswith("DTSTART") and "2026102" in line
    ]

    assert starts == [
        "DTSTART;TZID=Europe/Bucharest:20261025T023000",
        "DTSTART:20261025T003000Z",
        "DTSTART:20261025T013000Z",
        "DTSTART;TZID=Europe/Bucharest:20261025T043000",
    ]


def _written(due_on: date, due_at: datetime | None, zone: str) -> str:
    origin = Origin("task", 1, 1, "0a1b2c3d")
    item = Item(
        **dict.fromkeys(("subject", "description", "category", "place", "sibling"), ""),
        uid=origin.uid, origin=origin, created_at=NOW, changed_at=NOW, status="open",
        priority="low", due_on=due_on, due_at=due_at, minutes=60, done_at=None, alarms=(),
    )  # fmt: skip
    return feed_text(Feed(name="", zone=ZoneInfo(zone), items=[item]), "event")
