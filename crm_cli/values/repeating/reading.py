"""Reading how something repeats, as people say it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crm_cli.values.days import is_weekday, weekday_of
from crm_cli.values.invalid import InvalidValue, quote
from crm_cli.values.repeating.rules import (
    FORMS,
    WORKING_WEEK,
    Rule,
    checked,
    day_of_month,
    day_of_year,
    written,
)
from crm_cli.values.repeating.words import (
    DAYS,
    EVERY,
    FREQUENCIES,
    LAST,
    MONTH_ENDS,
    NUMBERS,
    OFTEN,
    ORDINALS,
    SHORT,
    UNITS,
    WORKDAYS,
)
from crm_cli.values.text import clean, fold
from crm_cli.values.when import parse_clock, parse_date

if TYPE_CHECKING:
    from datetime import date

    from crm_cli.values.days import Works

_UNTIL = re.compile(r" (?:until|pana la|pana pe|do) (?P<day>.+)$")
_AT = re.compile(r" (?:at|la|la ora|ora|o|o godz\.?) (?P<clock>[0-9]{1,2}:[0-9]{2})$")
_ON = re.compile(r" (?:on(?: the)?|pe|in|in ziua de|w|dnia) ")
_NUMBER = re.compile(r"[1-9][0-9]{0,2}")
_NTH = re.compile(r"(?<=[0-9])(?:st|nd|rd|th|\.)(?= ?,|$)")
_YEARDAY = re.compile(r"([0-3]?[0-9])\.([01]?[0-9])\.?")
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def parse_rule(text: str, today: date, works: Works = is_weekday) -> str:
    """Read a rule; what it leaves to the term (`weekly`: on which day?) is left out."""
    if "=" in text:
        return checked(text)
    plain = fold(clean(text))
    rule: Rule = {}
    if until := _UNTIL.search(plain):
        rule["UNTIL"] = f"{parse_date(until['day'], today, works=works):%Y%m%d}"
        plain = plain[: until.start()]
    if at := _AT.search(plain):
        clock = parse_clock(at["clock"])
        if clock is None:
            raise _unknown(text)
        rule |= {"BYHOUR": str(clock.hour), "BYMINUTE": str(clock.minute)}
        plain = plain[: at.start()]
    pattern = _pattern(plain)
    if pattern is None:
        raise _unknown(text)
    return written(rule | pattern)


def _pattern(plain: str) -> Rule | None:
    if plain in WORKDAYS:
        return {"FREQ": "WEEKLY", "BYDAY": WORKING_WEEK}
    if plain in MONTH_ENDS:
        return {"FREQ": "MONTHLY", "BYMONTHDAY": "-1"}
    base, *rest = _ON.split(plain, maxsplit=1)
    frequency = _frequency(base)
    if frequency is None:
        days = _weekdays(EVERY.sub("", plain))
        return {"FREQ": "WEEKLY", "BYDAY": days} if days else None
    if not rest:
        return frequency
    within = _PLACES.get(frequency["FREQ"], lambda _: None)(rest[0])
    return None if within is None else frequency | within


def _frequency(base: str) -> Rule | None:
    if base in OFTEN:
        return OFTEN[base]
    if base in FREQUENCIES:
        return {"FREQ": FREQUENCIES[base]}
    words = EVERY.sub("", base).split()
    if len(words) == 1 and base != words[0] and words[0] not in _MONDAY_TOO:
        return {"FREQ": UNITS[words[0]]} if words[0] in UNITS else None
    if len(words) != 2 or words[1] not in UNITS:
        return None
    number = NUMBERS.get(words[0], words[0])
    if not _NUMBER.fullmatch(number):
        return None
    interval = {} if number == "1" else {"INTERVAL": number}
    return {"FREQ": UNITS[words[1]]} | interval


_MONDAY_TOO = {"luni"}
"""`la 2 luni` is every two months, `în fiecare luni` every Monday."""


def _weekdays(text: str) -> str | None:
    """Days of the week as RFC 5545 names them, in the order of the week; `mon-fri` are five."""
    found: set[int] = set()
    for part in re.split(r" ?, ?| (?:and|si|i) ", text):
        ends = [_weekday(word) for word in re.split(r" ?- ?", part, maxsplit=1)]
        first, last = ends[0], ends[-1]
        if first is None or last is None:
            return None
        found.update((first + step) % 7 for step in range((last - first) % 7 + 1))
    return ",".join(DAYS[number] for number in sorted(found))


def _weekday(word: str) -> int | None:
    number = weekday_of(word)
    return SHORT.get(word) if number is None else number


def _in_week(text: str) -> Rule | None:
    days = _weekdays(text)
    return {"BYDAY": days} if days else None


def _in_month(text: str) -> Rule | None:
    if text in LAST:
        return {"BYMONTHDAY": "-1"}
    days = re.split(r" ?, ?", _NTH.sub("", text))
    if len(days) == 1 and days[0].isdecimal() and 1 <= int(days[0]) <= 31:
        return day_of_month(int(days[0]))
    if all(one.isdecimal() and 1 <= int(one) <= 28 for one in days):
        return {"BYMONTHDAY": ",".join(map(str, sorted(set(map(int, days)))))}
    ordinal, _, weekday = text.partition(" ")
    if ordinal not in ORDINALS:
        return None
    if weekday in {"weekday", "workday", *WORKDAYS}:
        return {"BYDAY": WORKING_WEEK, "BYSETPOS": str(ORDINALS[ordinal])}
    day = _weekday(weekday)
    return None if day is None else {"BYDAY": f"{ORDINALS[ordinal]}{DAYS[day]}"}


def _in_year(text: str) -> Rule | None:
    match = _YEARDAY.fullmatch(text)
    if match is None:
        return None
    day, month = int(match[1]), int(match[2])
    if not (1 <= month <= 12 and 1 <= day <= _LENGTHS[month - 1]):
        return None
    return day_of_year(month, day)


_PLACES = {"WEEKLY": _in_week, "MONTHLY": _in_month, "YEARLY": _in_year}


def _unknown(text: str) -> InvalidValue:
    return InvalidValue("{value} does not say how a task repeats.", FORMS, value=quote(text))
