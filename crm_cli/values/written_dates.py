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


def written_date(text: str, *, day_first: bool | None) -> date | None:
    """Read a date in figures; one with slashes or dashes needs `day_first`."""
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
        reason = f"{year} has no day {int(day)} of month {int(month)}"
        message = f"{quote(text)} is not a date: {reason}."
        raise InvalidValue(message, FORMS) from error
    return within_range(found, text)


def _refuse_incomplete(text: str) -> None:
    if match := _SHORT_YEAR.fullmatch(text):
        hint = f"Write {match[1]}.{match[3]}.20{match[4]}, or the year that is meant."
        raise InvalidValue(f"{quote(text)} has a year of two digits.", hint)
    if match := _NO_YEAR.fullmatch(text):
        raise InvalidValue(f"{quote(text)} has no year.", "Write the year too, as in 22.11.2026.")


def _two_readings(text: str, year: str, first: str, second: str) -> InvalidValue:
    days_first, months_first = _reading(year, second, first), _reading(year, first, second)
    if days_first and months_first and days_first != months_first:
        message = f"{quote(text)} can be read as {days_first} or as {months_first}."
        return InvalidValue(message, f"Write {days_first} or {months_first}.")
    if found := days_first or months_first:
        message = f"{quote(text)} is not written in a form that every country reads alike."
        return InvalidValue(message, f"Write {found}.")
    return InvalidValue(f"{quote(text)} is not a date.", FORMS)


def _reading(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
