"""Dates written in figures."""

from __future__ import annotations

import re
from datetime import date

from crm_cli.values.days import FORMS, within_range
from crm_cli.values.invalid import InvalidValue, quote

_YEAR_FIRST = re.compile(r"([0-9]{4})([-./])([0-9]{1,2})\2([0-9]{1,2})")
_DOTTED = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})(?: ?r\.?|\.)?")
_SLASHED = re.compile(r"([0-9]{1,2})([-/])([0-9]{1,2})\2([0-9]{4})")
_SHORT_YEAR = re.compile(r"([0-9]{1,2})([-./])([0-9]{1,2})\2([0-9]{2})")
_NO_YEAR = re.compile(r"([0-9]{1,2})[-./]([0-9]{1,2})\.?")


_YEARS_AHEAD = 20
"""A year of two digits lies at most so far ahead, and less than a hundred years back from there."""


def written_date(text: str, *, day_first: bool | None, near: date | None = None) -> date | None:
    """Read a date in figures; one with slashes or dashes needs `day_first`.

    A year of two digits is taken for the nearest one around `near`; without it it is refused.
    """
    if near and (match := _SHORT_YEAR.fullmatch(text)) and match[2] != "-":
        text = f"{match[1]}{match[2]}{match[3]}{match[2]}{_full_year(match[4], near)}"
    if match := _YEAR_FIRST.fullmatch(text):
        return _date(match[1], match[3], match[4], text)
    if match := _DOTTED.fullmatch(text):
        return _date(match[3], match[2], match[1], text)
    if match := _SLASHED.fullmatch(text):
        first, _, second, year = match.groups()
        if day_first is None:
            raise _two_readings(text, year, first, second)
        return _date(year, second, first, text) if day_first else _date(year, first, second, text)
    _refuse_incomplete(text)
    return None


def _date(year: str, month: str, day: str, text: str) -> date:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError as error:
        message = "{value} is not a date: {year} has no day {day} of month {month}."
        parts = {"year": year, "day": int(day), "month": int(month)}
        raise InvalidValue(message, FORMS, value=quote(text), **parts) from error
    return within_range(found, text)


def _full_year(digits: str, near: date) -> int:
    last = near.year + _YEARS_AHEAD
    return last - (last - int(digits)) % 100


def _refuse_incomplete(text: str) -> None:
    if match := _SHORT_YEAR.fullmatch(text):
        hint = "Write {full}, or the year that is meant."
        full = f"{match[1]}.{match[3]}.20{match[4]}"
        message = "{value} has a year of two digits."
        raise InvalidValue(message, hint, value=quote(text), full=full)
    if match := _NO_YEAR.fullmatch(text):
        hint = "Write the year too, as in 22.11.2026."
        raise InvalidValue("{value} has no year.", hint, value=quote(text))


def _two_readings(text: str, year: str, first: str, second: str) -> InvalidValue:
    days_first, months_first = _reading(year, second, first), _reading(year, first, second)
    if days_first and months_first and days_first != months_first:
        return InvalidValue(
            "{value} can be read as {one} or as {other}.",
            "Write {one} or {other}.",
            value=quote(text),
            one=days_first,
            other=months_first,
        )
    if found := days_first or months_first:
        message = "{value} is not written in a form that every country reads alike."
        return InvalidValue(message, "Write {form}.", value=quote(text), form=found)
    return InvalidValue("{value} is not a date.", FORMS, value=quote(text))


def _reading(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
