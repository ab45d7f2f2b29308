"""What RFC 5545 and the calendar programs ask of a file, checked by a library and by hand."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

import icalendar

if TYPE_CHECKING:
    from tests.conftest import Crm

WIDTH = 75
ONCE = {
    "VCALENDAR": ("VERSION", "PRODID", "CALSCALE", "METHOD"),
    "VEVENT": ("UID", "DTSTAMP", "DTSTART", "SEQUENCE", "SUMMARY", "STATUS", "LAST-MODIFIED"),
    "VTODO": ("UID", "DTSTAMP", "DUE", "SEQUENCE", "SUMMARY", "STATUS", "LAST-MODIFIED"),
    "VALARM": ("ACTION", "TRIGGER", "DESCRIPTION"),
    "VTIMEZONE": ("TZID",),
    "STANDARD": ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO"),
    "DAYLIGHT": ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO"),
}
STATUSES = {
    "VEVENT": {"CONFIRMED", "CANCELLED"},
    "VTODO": {"NEEDS-ACTION", "COMPLETED", "CANCELLED"},
}


def feed(crm: Crm, *words: object) -> str:
    """What `crm task ics` writes to a file."""
    path = crm.home / "feed.ics"
    result = crm("task", "ics", *words, "--output", path)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    return path.read_bytes().decode()


def checked(text: str) -> list[Any]:
    """The items of a file that is right in every way; fails on any other."""
    _check_lines(text.encode())
    calendar: Any = icalendar.Calendar.from_ical(text)
    for component in calendar.walk():
        _check_component(component)
    items = [one for one in calendar.subcomponents if one.name in STATUSES]
    uids = [str(one["UID"]) for one in items]
    assert len(uids) == len(set(uids))
    named = set(re.findall(r"TZID=([^:;]+)[:;]", text))
    assert named <= {str(one["TZID"]) for one in calendar.walk("VTIMEZONE")}
    return items


def _check_lines(data: bytes) -> None:
    assert data.endswith(b"\r\n")
    for line in data.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= WIDTH
        assert line.strip()
        assert not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line)
        line.decode()


def _check_component(component: Any) -> None:
    assert not component.errors
    for name in ONCE[component.name or ""]:
        assert name in component, name
        assert not isinstance(component[name], list), name
    if component.name not in STATUSES:
        return
    assert str(component["STATUS"]) in STATUSES[component.name]
    assert not {"DTEND", "DURATION"} <= set(component)
    assert ("COMPLETED" in component) <= (str(component["STATUS"]) == "COMPLETED")
    for name in ("DTSTAMP", "CREATED", "LAST-MODIFIED", "COMPLETED"):
        if name in component:
            _check_is_utc(component[name].dt)
    if component.name == "VEVENT" and not isinstance(component["DTSTART"].dt, datetime):
        assert "DURATION" not in component


def _check_is_utc(moment: datetime) -> None:
    assert moment.tzname() == "UTC"
