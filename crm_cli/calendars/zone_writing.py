"""Time zones described for calendar programs: when their clocks change."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

_LAST = -1
_SURE = 6
"""So many years in a row must follow a rule before it is believed."""
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class _Change(NamedTuple):
    """One night in which the clocks change; `at` is what they show before."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    summer: bool

    @property
    def places(self) -> set[int]:
        """The weekday of its month, counted from the beginning and from the end."""
        counted = (self.at.day - 1) // 7 + 1
        days = monthrange(self.at.year, self.at.month)[1]
        return {counted, _LAST} if self.at.day + 7 > days else {counted}

    @property
    def kind(self) -> tuple[object, ...]:
        """What the same change of another year has in common with it."""
        return (self.at.month, self.at.weekday(), self.at.time(), self[1:])


def zone_lines(zone: ZoneInfo, first: int, last: int) -> Iterator[str]:
    """The lines of a VTIMEZONE that holds for these years.

    Rules are written where there are any: Outlook does not read lists of dates.
    """
    yield from ("BEGIN:VTIMEZONE", f"TZID:{zone.key}")
    years = range(first - 1, max(last + 1, first + _SURE))
    changes = [change for year in years for change in _changes(zone, year)]
    groups: dict[tuple[object, ...], list[_Change]] = {}
    for change in changes:
        groups.setdefault(change.kind, []).append(change)
    if not changes:
        yield from _fixed(zone, first)
    elif all(_is_rule(some, years) for some in groups.values()):
        for some in groups.values():
            yield from _block(some[0], f"RRULE:{_rule(some)}")
    else:
        yield from _fixed(zone, years[0])
        for change in changes:
            yield from _block(change)
    yield "END:VTIMEZONE"


def _changes(zone: ZoneInfo, year: int) -> Iterator[_Change]:
    """The changes of a year, found to the minute."""
    moment = datetime(year, 1, 1, tzinfo=UTC)
    while moment.year == year:
        following = moment + timedelta(days=1)
        if moment.astimezone(zone).utcoffset() != following.astimezone(zone).utcoffset():
            yield _change(zone, moment, following)
        moment = following


def _change(zone: ZoneInfo, low: datetime, high: datetime) -> _Change:
    before = low.astimezone(zone).utcoffset() or timedelta()
    while high - low > timedelta(minutes=1):
        middle = low + (high - low) // 2
        middle -= timedelta(seconds=middle.second, microseconds=middle.microsecond)
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    there = high.astimezone(zone)
    wall = (high + before).replace(tzinfo=None)
    after = there.utcoffset() or timedelta()
    return _Change(wall, before, after, there.tzname() or "", bool(there.dst()))


def _is_rule(some: Sequence[_Change], years: range) -> bool:
    """Whether a change comes every year, on the same weekday of its month."""
    return len(some) == len(years) and bool(set.intersection(*(one.places for one in some)))


def _rule(some: Sequence[_Change]) -> str:
    place = min(set.intersection(*(one.places for one in some)))
    first = some[0].at
    return f"FREQ=YEARLY;BYMONTH={first.month};BYDAY={place}{_DAYS[first.weekday()]}"


def _block(change: _Change, *rules: str) -> Iterator[str]:
    kind = "DAYLIGHT" if change.summer else "STANDARD"
    yield f"BEGIN:{kind}"
    yield f"DTSTART:{change.at:%Y%m%dT%H%M%S}"
    yield from rules
    yield f"TZOFFSETFROM:{_offset(change.before)}"
    yield f"TZOFFSETTO:{_offset(change.after)}"
    yield f"TZNAME:{change.name}"
    yield f"END:{kind}"


def _fixed(zone: ZoneInfo, year: int) -> Iterator[str]:
    start = datetime.combine(date(year, 1, 1), time(), tzinfo=zone)
    offset = start.utcoffset() or timedelta()
    same = _Change(start.replace(tzinfo=None), offset, offset, start.tzname() or "", summer=False)
    yield from _block(same)


def _offset(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}{rest:02}"
