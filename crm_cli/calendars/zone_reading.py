"""The time zones that files name: by IANA, as Windows has them, or only described."""

from __future__ import annotations

import re
from datetime import UTC, timedelta, timezone
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import tzinfo

_PARTS = 3
"""So many parts has the longest name of a zone: America/Argentina/Ushuaia."""
_OFFSET = re.compile(r"\(?(?:UTC|GMT)([+-])([0-9]{1,2}):?([0-9]{2})?\)?", re.IGNORECASE)
_UTC = {"utc", "gmt", "z", "etc/utc", "utc-0"}
_PLAIN = re.compile(
    r"(?:TZID|COMMENT|LAST-MODIFIED|TZURL|TZNAME|TZOFFSET(?:FROM|TO)|DTSTART|RDATE|BEGIN|END|X-[\w-]+)"
    r"(?:;[^:]*)?:.*"
    r"|RRULE:(?:(?:FREQ=YEARLY|INTERVAL=1|WKST=[A-Z]{2}|UNTIL=[0-9TZ]+|BYMONTH=[0-9]{1,2}"
    r"|BYDAY=[+-]?[1-5]?[A-Z]{2}|BYMONTHDAY=-?[0-9]{1,2}(?:,-?[0-9]{1,2}){0,6}|BYHOUR=[0-9]+"
    r"|BYMINUTE=[0-9]+|COUNT=[0-9]{1,3});?)+",
    re.IGNORECASE,
)
"""Lines of a description that can be followed without counting for ever."""
_LARGEST = 20_000


class KnownZones:
    """Finds zones by the names of one file, each once."""

    def __init__(self, described: Mapping[str, Sequence[str]]) -> None:
        self._described = described
        self._found: dict[str, tzinfo | None] = {}

    def find(self, name: str) -> tzinfo | None:
        """The zone of this name; None where nobody can tell."""
        if name not in self._found:
            self._found[name] = self._look(name.strip())
        return self._found[name]

    def _look(self, name: str) -> tzinfo | None:
        if name.lower() in _UTC:
            return UTC
        lines = self._described.get(name, ())
        meant = next((line.partition(":")[2] for line in lines if line.startswith("X-LIC-")), name)
        return (
            _by_name(name) or _by_name(meant) or _of_windows(name) or _followed(lines)
            or _by_offset(name)
        )  # fmt: skip


def _by_name(name: str) -> ZoneInfo | None:
    """The zone at the end of a name such as `/mozilla.org/20050126_1/Europe/Bucharest`."""
    parts = name.strip().strip("/").split("/")[-_PARTS:]
    for start in range(len(parts)):
        try:
            return ZoneInfo("/".join(parts[start:]))
        except (OSError, ValueError, KeyError):  # a name that is none may be no path either
            continue
    return None


def _of_windows(name: str) -> ZoneInfo | None:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    found = WINDOWS_TO_OLSON.get(name)
    return ZoneInfo(found) if found else None


def _followed(lines: Sequence[str]) -> tzinfo | None:
    """The zone that is described; None where following it would take for ever."""
    if not lines or sum(map(len, lines)) > _LARGEST or not all(map(_PLAIN.fullmatch, lines)):
        return None
    from icalendar import Timezone

    text = "\r\n".join(["BEGIN:VTIMEZONE", *lines, "END:VTIMEZONE", ""])
    try:
        found: tzinfo = Timezone.from_ical(text).to_tz(lookup_tzid=False)  # type: ignore[attr-defined]
    except Exception:
        return None
    return found


def _by_offset(name: str) -> tzinfo | None:
    """The offset in a name such as `(UTC+02:00) Athens, Bucharest`, which is right in winter."""
    found = _OFFSET.match(name)
    if not found:
        return None
    length = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return timezone(-length if found[1] == "-" else length) if length < timedelta(days=1) else None
