"""A feed written as iCalendar, in a form that calendar programs agree on."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from crm_cli.calendars.forms import EVENT
from crm_cli.calendars.items import PRIORITIES, titled
from crm_cli.calendars.zone_writing import zone_lines
from crm_cli.cards.vcard_writing import escaped, folded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from crm_cli.calendars.items import Feed, Item

ORIGIN = "X-CRM-RECORD"
REFRESH = "PT1H"
"""How often a program that subscribes is asked to look again."""

_DESCRIBED = range(2000, 2100)
"""The years whose times are written in a zone; all others are written in UTC."""
_STATUSES = {"open": "NEEDS-ACTION", "done": "COMPLETED", "cancelled": "CANCELLED"}


def feed_text(feed: Feed, form: str) -> str:
    """The whole file."""
    return "".join(f"{folded(line)}\r\n" for line in _lines(feed, form))


def _lines(feed: Feed, form: str) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//crm//tasks//EN")
    yield from ("CALSCALE:GREGORIAN", "METHOD:PUBLISH")
    yield from (f"NAME:{escaped(feed.name)}", f"X-WR-CALNAME:{escaped(feed.name)}")
    yield f"X-WR-TIMEZONE:{feed.zone.key}"
    yield f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}"
    yield f"X-PUBLISHED-TTL:{REFRESH}"
    years = {one.due_at.year for one in feed.items if one.due_at}.intersection(_DESCRIBED)
    if years and feed.zone.key != "UTC":
        yield from zone_lines(feed.zone, min(years), max(years) + 1)
    for item in feed.items:
        yield from _event(item, feed.zone) if form == EVENT else _todo(item, feed.zone)
    yield "END:VCALENDAR"


def _event(item: Item, zone: ZoneInfo) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield from _beginning(item, titled(item))
    if item.due_at is None:
        yield _day("DTSTART", item.due_on)
        if item.due_on < date.max:
            yield _day("DTEND", item.due_on + timedelta(days=1))
    else:
        yield _time("DTSTART", item.due_at, zone)
        if item.minutes:
            yield f"DURATION:{_length(timedelta(minutes=item.minutes))}"
    yield f"STATUS:{'CANCELLED' if item.status == 'cancelled' else 'CONFIRMED'}"
    busy = item.due_at is not None and item.status == "open"
    yield f"TRANSP:{'OPAQUE' if busy else 'TRANSPARENT'}"
    yield from _end(item, "TRIGGER", zone)
    yield "END:VEVENT"


def _todo(item: Item, zone: ZoneInfo) -> Iterator[str]:
    yield "BEGIN:VTODO"
    yield from _beginning(item, item.subject)
    if item.due_at is None:
        yield _day("DUE", item.due_on)
    else:
        yield _time("DUE", item.due_at, zone)
    yield f"STATUS:{_STATUSES[item.status]}"
    if item.status == "done":
        yield "PERCENT-COMPLETE:100"
        if item.done_at:
            yield f"COMPLETED:{_utc(item.done_at)}"
    yield from _end(item, "TRIGGER;RELATED=END", zone)
    yield "END:VTODO"


def _beginning(item: Item, title: str) -> Iterator[str]:
    changed = _utc(item.changed_at)
    yield f"UID:{escaped(item.uid)}"
    yield from (f"DTSTAMP:{changed}", f"CREATED:{_utc(item.created_at)}")
    yield from (f"LAST-MODIFIED:{changed}", f"SEQUENCE:{item.origin.version - 1}")
    yield f"SUMMARY:{escaped(title)}"


def _end(item: Item, trigger: str, zone: ZoneInfo) -> Iterator[str]:
    yield f"PRIORITY:{PRIORITIES[item.priority]}"
    texts = {
        "CATEGORIES": item.category,
        "LOCATION": item.place,
        "DESCRIPTION": item.description,
        "RELATED-TO;RELTYPE=SIBLING": item.sibling,
    }
    yield from (f"{name}:{escaped(text)}" for name, text in texts.items() if text)
    yield f"{ORIGIN}:{item.origin}"
    for moment in item.alarms:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escaped(item.subject)}")
        yield from (f"{trigger}:{_length(moment - _start(item, zone))}", "END:VALARM")


def _start(item: Item, zone: ZoneInfo) -> datetime:
    """The moment that alarms are counted from; in UTC, where lengths are those of a watch."""
    return item.due_at or datetime.combine(item.due_on, time(), tzinfo=zone).astimezone(UTC)


def _day(name: str, day: date) -> str:
    return f"{name};VALUE=DATE:{_digits(day)}"


def _time(name: str, moment: datetime, zone: ZoneInfo) -> str:
    """The time on the wall; in UTC where clocks show it twice, for programs disagree on which."""
    there = moment.astimezone(zone)
    twice = there.replace(fold=0).utcoffset() != there.replace(fold=1).utcoffset()
    if twice or zone.key == "UTC" or moment.year not in _DESCRIBED:
        return f"{name}:{_utc(moment)}"
    return f"{name};TZID={zone.key}:{_digits(there)}"


def _utc(moment: datetime) -> str:
    return f"{_digits(moment.astimezone(UTC))}Z"


def _digits(when: date) -> str:
    """A date, or a date with its time on the wall, without what parts them."""
    form = "%m%d" if not isinstance(when, datetime) else "%m%dT%H%M%S"
    return f"{when.year:04}{when:{form}}"


def _length(length: timedelta) -> str:
    """A length in hours, minutes and seconds, which no change of clocks makes longer."""
    whole = round(length.total_seconds())
    minutes, seconds = divmod(abs(whole), 60)
    hours, minutes = divmod(minutes, 60)
    parts = {"H": hours, "M": minutes, "S": seconds}
    said = "".join(f"{count}{unit}" for unit, count in parts.items() if count)
    return f"{'-' if whole < 0 else ''}PT{said or '0M'}"
