"""Dates and moments as people type them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, TypedDict

from crm_cli.values.days import FORMS, is_weekday, named_day, within_range
from crm_cli.values.invalid import InvalidValue, quote
from crm_cli.values.text import clean, fold
from crm_cli.values.written_dates import written_date

if TYPE_CHECKING:
    from typing import Unpack
    from zoneinfo import ZoneInfo

    from crm_cli.values.days import Works

_NOW = {"now", "acum", "teraz"}
_ELAPSED = re.compile(r"([+-])(?=[0-9])(?:([0-9]{1,5})h)?(?:([0-9]{1,5})m(?:in)?)?")
_BARE_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?")
_CLOCK = re.compile(
    r"(?:,? ?@ ?(?P<hour>[0-9]{1,2})"
    r"|(?:(?:@|,? (?:(?:at|la|ora|o|godz\.?) )?|(?<=[0-9])t) ?(?P<hours>[0-9]{1,2})"
    r":(?P<minutes>[0-9]{2})(?::(?P<seconds>[0-9]{2})(?:\.[0-9]+)?)?"
    r" ?(?P<offset>z|[+-][0-9]{2}(?::?[0-9]{2})?)?))$"
)
_BOTH_NEEDED = "Write for example tomorrow@10:00 or 2026-11-22 10:00."


class How(TypedDict, total=False):
    """How dates are read; without it those that could mean two days are refused."""

    day_first: bool | None
    """The order of days and months where there are slashes or dashes."""
    short_years: bool
    """Years of two digits are taken."""
    works: Works
    """The days that `+5wd` counts: Monday to Friday unless told."""


def parse_date(text: str, today: date, **how: Unpack[How]) -> date:
    """Read a date; a time beside it is refused unless it is midnight, as spreadsheets add it."""
    plain = _plain(text)
    if elapsed := _ELAPSED.fullmatch(plain):
        message = (
            "{value} counts hours, but a date is needed."
            if elapsed[2]
            else "{value} counts minutes, but a date is needed."
        )
        raise InvalidValue(message, FORMS, value=quote(text))
    clock = _CLOCK.search(plain)
    if clock and (_time(clock, text) != time() or clock["offset"]):
        message = "{value} has a time, but only a date is kept here."
        raise InvalidValue(message, FORMS, value=quote(text))
    dated = plain[: clock.start()] if clock else plain
    return _day(dated, text, today, **how)


def parse_term(
    text: str, now: datetime, zone: ZoneInfo, **how: Unpack[How]
) -> tuple[date, datetime | None]:
    """Read a date with or without a time: the day in `zone`, and the moment in UTC if given."""
    plain = _plain(text)
    today = now.astimezone(zone).date()
    moment = now if fold(plain) in _NOW else _elapsed(plain, now)
    if moment is None:
        clock = _CLOCK.search(plain)
        if clock is None:
            return _day(plain, text, today, **how), None
        dated = plain[: clock.start()]
        day = _day(dated, text, today, **how)
        moment = _at(day, clock, text, zone)
    return moment.astimezone(zone).date(), moment.astimezone(UTC)


def parse_moment(
    text: str, now: datetime, zone: ZoneInfo, require_time: bool = False, **how: Unpack[How]
) -> datetime:
    """Read a moment, in UTC; a date alone is the start of its day in `zone`."""
    day, moment = parse_term(text, now, zone, **how)
    if moment is not None:
        return moment
    if require_time:
        message = "{value} has no time: both a date and a time are needed."
        raise InvalidValue(message, _BOTH_NEEDED, value=quote(text))
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def parse_clock(text: str) -> time | None:
    """Read a time of day; None for what is none."""
    plain = _plain(text)
    return _clock(*plain.split(":"), text=text) if _BARE_CLOCK.fullmatch(plain) else None


def _plain(text: str) -> str:
    return clean(text).casefold()


def _day(
    plain: str,
    text: str,
    today: date,
    *,
    day_first: bool | None = None,
    short_years: bool = False,
    works: Works = is_weekday,
) -> date:
    near = today if short_years else None
    found = named_day(plain, today, works) or written_date(plain, day_first=day_first, near=near)
    if found is not None:
        return found
    if _BARE_CLOCK.fullmatch(plain):
        raise InvalidValue("{value} is a time without a date.", _BOTH_NEEDED, value=quote(text))
    message = "{value} is not a date." if plain else "The date is empty."
    raise InvalidValue(message, FORMS, value=quote(text))


def _elapsed(plain: str, now: datetime) -> datetime | None:
    match = _ELAPSED.fullmatch(plain)
    if match is None:
        return None
    length = timedelta(hours=int(match[2] or 0), minutes=int(match[3] or 0))
    moment = now + length if match[1] == "+" else now - length
    within_range(moment.date(), plain)
    return moment


def _at(day: date, clock: re.Match[str], text: str, zone: ZoneInfo) -> datetime:
    # With fold=0 a local time that the clocks skip moves on by the gap, one met twice is the first.
    where: tzinfo = _offset(clock["offset"], text) if clock["offset"] else zone
    return datetime.combine(day, _time(clock, text), tzinfo=where)


def _time(clock: re.Match[str], text: str) -> time:
    return _clock(
        clock["hour"] or clock["hours"], clock["minutes"] or 0, clock["seconds"] or 0, text=text
    )


def _clock(hours: str, minutes: str | int, seconds: str | int = 0, *, text: str) -> time:
    try:
        return time(int(hours), int(minutes), int(seconds))
    except ValueError as error:
        message = "{value} has no valid time: hours are 0 to 23, minutes 0 to 59."
        raise InvalidValue(message, _BOTH_NEEDED, value=quote(text)) from error


def _offset(offset: str, text: str) -> tzinfo:
    if offset == "z":
        return UTC
    digits = offset[1:].replace(":", "").ljust(4, "0")
    length = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if length > timedelta(hours=14) or digits[2:] > "59":
        message = "{value} has no valid offset from UTC."
        raise InvalidValue(message, _BOTH_NEEDED, value=quote(text))
    return timezone(length if offset[0] == "+" else -length)
