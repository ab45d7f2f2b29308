"""The dates of exported mail: any language under any labels, mostly without a zone."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

from crm_cli.mailbox.calendar_words import MONTHS, WEEKDAYS, ZONES
from crm_cli.values.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import tzinfo

DateOrder: TypeAlias = Literal["dmy", "mdy"]

RFC_5322: Final = re.compile(
    r"\d{1,2} [A-Z][a-z]{2} \d{4} \d{1,2}:\d{2}(?::\d{2})? (?:[+-]\d{4}|(?![AP]M)[A-Z]{2,4})"
)
NUMERIC: Final = re.compile(r"(?<!\d)(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?!\d)")
YEAR_FIRST: Final = re.compile(r"(?<!\d)(\d{4})[./-]\s?(\d{1,2})[./-]\s?(\d{1,2})(?!\d)")
TIME: Final = re.compile(r"(?<!\d)(\d{1,2})[:h](\d{2})(?::(\d{2}))?(?!\d)")
DOTTED_TIME: Final = re.compile(r"\s(\d{1,2})\.(\d{2})()(?=\s?(?:[ap]m)?$)", re.IGNORECASE)
OFFSET: Final = re.compile(r"(?:GMT|UTC|\s|:\d{2})([+-])(\d{2}):?(\d{2})$")
NAMED_ZONE: Final = re.compile(r"([A-Z][\w. ]*) Time\s*$")
AFTERNOON: Final = re.compile(r"(?<![a-z])p\.?\s?m\b|下午", re.IGNORECASE)
MORNING: Final = re.compile(r"(?<![a-z])a\.?\s?m\b|上午", re.IGNORECASE)
WORDS: Final = re.compile(r"[^\W\d_]+")
NUMBERS: Final = re.compile(r"(?<!\d)(?:\d{4}|\d{1,2})(?!\d)")


def utc(
    text: str, zone: ZoneInfo, order: DateOrder | None = None, *, english: bool = False
) -> datetime | None:
    """The moment in UTC, or None if no date can be read; `zone` is that of the exporting machine.

    `english` labels weigh where day and month cannot be told apart and `order` is not known. An
    hour that comes twice, when clocks are put back, is taken for the first.
    """
    default_zone: tzinfo
    try:
        text = text[:200]
        if RFC_5322.search(text):
            moment, default_zone = parsedate_to_datetime(text), UTC
        else:
            moment = _written(text.partition("(")[0].rstrip(), order, english=english)
            default_zone = zone
        return moment.replace(tzinfo=moment.tzinfo or default_zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def order_in(texts: Iterable[str]) -> DateOrder | None:
    """Day or month first, where a part above 12 gives it away in any of the texts."""
    found: set[DateOrder] = set()
    for text in texts:
        parts = NUMERIC.search(text)
        if parts:
            found |= {"dmy"} if int(parts[1]) > 12 else set()
            found |= {"mdy"} if int(parts[3]) > 12 else set()
    return found.pop() if len(found) == 1 else None


def _written(text: str, order: DateOrder | None, *, english: bool) -> datetime:
    clock = TIME.search(text) or DOTTED_TIME.search(text)
    without_clock = text[: clock.start()] + " " + text[clock.end() :] if clock else text
    day = _numeric_day(text, order, english=english) or _named_day(without_clock)
    return datetime.combine(day, _time(clock, text) if clock else time(), _zone(text))


def _time(clock: re.Match[str], text: str) -> time:
    hour = int(clock[1])
    if hour <= 12 and AFTERNOON.search(text):
        hour = hour % 12 + 12
    elif hour == 12 and MORNING.search(text):
        hour = 0
    return time(hour, int(clock[2]), int(clock[3] or 0))


def _zone(text: str) -> tzinfo | None:
    offset = OFFSET.search(text) if text[-1:].isdigit() else None
    if offset:
        shift = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
        return timezone(-shift if offset[1] == "-" else shift)
    named = NAMED_ZONE.search(text) if text.endswith("Time") else None
    name = next((name for name in ZONES if named and named[1].endswith(name)), None)
    return ZoneInfo(ZONES[name]) if name else None


def _numeric_day(text: str, order: DateOrder | None, *, english: bool) -> date | None:
    year_first = YEAR_FIRST.search(text)
    if year_first:
        return date(int(year_first[1]), int(year_first[2]), int(year_first[3]))
    parts = NUMERIC.search(text)
    if not parts:
        return None
    readings = _readings(parts)
    preferred = order or _order_of(parts, text, english=english)
    days = [readings[name] for name in (preferred, "dmy", "mdy") if name in readings]
    weekdays = [WEEKDAYS[word] for word in _words(text) if word in WEEKDAYS]
    confirmed = [day for day in days if day.weekday() in weekdays]
    return next(iter(confirmed or days), None)


def _readings(parts: re.Match[str]) -> dict[str, date]:
    """The ways these numbers make a real day."""
    first, second, year = int(parts[1]), int(parts[3]), _year(parts[4])
    readings = {}
    for name, month, day in (("dmy", second, first), ("mdy", first, second)):
        if month <= 12:
            readings[name] = date(year, month, day)
    return readings


def _order_of(parts: re.Match[str], text: str, *, english: bool) -> DateOrder:
    """Slashes are month first with AM or PM, or unpadded under English labels."""
    if parts[2] != "/":
        return "dmy"
    if AFTERNOON.search(text) or MORNING.search(text):
        return "mdy"
    return "mdy" if english and min(len(parts[1]), len(parts[3])) == 1 else "dmy"


# An archive names each day many times.
@lru_cache(maxsize=1024)
def _named_day(text: str) -> date:
    months = [MONTHS[word] for word in _words(text) if word in MONTHS]
    numbers = NUMBERS.findall(text)
    if not months or len(numbers) < 2:
        raise ValueError(text)
    year, day = numbers[:2] if len(numbers[0]) == 4 else numbers[1::-1]
    return date(_year(year), months[-1], int(day))


def _words(text: str) -> Iterator[str]:
    for word in WORDS.findall(text):
        yield word.lower() if word.isascii() else fold(word)


def _year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 70 else 1900)
