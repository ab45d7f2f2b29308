"""Lengths of time in minutes."""

from __future__ import annotations

import re
from decimal import Decimal

from crm_cli.values.invalid import InvalidValue, quote
from crm_cli.values.text import clean

_HOUR = r"(?:h|hrs?|hours?|ore|or[aă]|godz\.?|godzin[ay]?)"
_MINUTE = r"(?:m|min\.?|mins|minutes?|minut[aey]?)"

_HOURS_AND_MINUTES = re.compile(
    rf"([0-9]{{1,5}}) ?{_HOUR}(?: ?([0-9]{{1,6}}) ?{_MINUTE}|([0-9]{{2}}))?"
)
_MINUTES = re.compile(rf"([0-9]{{1,6}}) ?{_MINUTE}")
_CLOCK = re.compile(r"([0-9]{1,5}):([0-5][0-9])")
_DECIMAL_HOURS = re.compile(rf"([0-9]{{0,5}})[.,]([0-9]{{1,2}}) ?{_HOUR}")
_FORMS = "Write 1h30m, 90m, 1:30 or 1.5h."


def parse_duration(text: str) -> int:
    """Read a length of time, in minutes."""
    plain = clean(text).casefold()
    if match := _HOURS_AND_MINUTES.fullmatch(plain) or _CLOCK.fullmatch(plain):
        hours, *minutes = match.groups(default="")
        return int(hours) * 60 + int("".join(minutes) or 0)
    if match := _MINUTES.fullmatch(plain):
        return int(match[1])
    if match := _DECIMAL_HOURS.fullmatch(plain):
        return _whole_minutes(Decimal(f"{match[1] or 0}.{match[2]}") * 60, text)
    if re.fullmatch(r"[0-9]+", plain):
        message = "{value} has no unit: it can be hours or minutes."
        hint = "Write {figures}h or {figures}m."
        raise InvalidValue(message, hint, value=quote(text), figures=plain)
    raise InvalidValue("{value} is not a length of time.", _FORMS, value=quote(text))


def _whole_minutes(minutes: Decimal, text: str) -> int:
    if minutes != int(minutes):
        message = "{value} is not a whole number of minutes."
        raise InvalidValue(message, _FORMS, value=quote(text))
    return int(minutes)
