"""The values of iCalendar: dates, times in their zones, lengths."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from crm_cli.values.days import within_range
from crm_cli.values.invalid import InvalidValue, quote

if TYPE_CHECKING:
    from crm_cli.calendars.content_lines import Property
    from crm_cli.calendars.zone_reading import KnownZones

_WHEN = re.compile(
    r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})"
    r"(?:[T ]([0-9]{2}):?([0-9]{2}):?([0-9]{2})?(?:\.[0-9]+)?(Z)?)?"
)
_LENGTH = re.compile(
    r"([+-]?)P(?:([0-9]{1,6})W)?(?:([0-9]{1,6})D)?"
    r"(?:T(?:([0-9]{1,6})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,9})S)?)?"
)


def when_of(found: Property, zones: KnownZones, *, is_day: bool = False) -> date | datetime:
    """A date, a moment, or a time on whatever wall, which has no zone; raises InvalidValue.

    What is a whole day may be written as its midnight.
    """
    match = _WHEN.fullmatch(found.value.strip())
    if match is None:
        raise _unreadable(found)
    year, month, day, hour, minute, second, is_utc = match.groups()
    try:
        dated = within_range(date(int(year), int(month), int(day)), found.value)
        # A leap second is the last one of its minute.
        clock = time(int(hour), int(minute), min(int(second or 0), 59)) if hour else None
    except ValueError as error:
        raise error if isinstance(error, InvalidValue) else _unreadable(found) from None
    if clock is None or (is_day and not is_utc):
        return dated
    wall = datetime.combine(dated, clock)
    zone = UTC if is_utc else _zone_of(found, zones)
    return wall if zone is None else wall.replace(tzinfo=zone).astimezone(UTC)


def _zone_of(found: Property, zones: KnownZones) -> tzinfo | None:
    """The zone a value names, if it names any; raises InvalidValue for one nobody knows."""
    name = found.parameters.get("TZID")
    zone = zones.find(name) if name else None
    if name and zone is None:
        raise InvalidValue(
            "{zone} is no time zone that is known.",
            "Write for example Europe/Bucharest.",
            zone=quote(name),
        )
    return zone


def length_of(text: str) -> timedelta | None:
    """A length such as PT1H30M; None for anything else."""
    match = _LENGTH.fullmatch(text.strip())
    if match is None or not any(match.groups()[1:]):
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -length if match[1] == "-" else length


def _unreadable(found: Property) -> InvalidValue:
    return InvalidValue("{value} is no date of a calendar.", value=quote(found.value[:80]))
