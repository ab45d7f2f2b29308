"""Saying in words how something repeats."""

from __future__ import annotations

import re

from crm_cli.values.repeating.rules import (
    WITHIN,
    WORKING_WEEK,
    Rule,
    clock_of,
    day_of_month,
    day_of_year,
    last_day,
    parts_of,
)
from crm_cli.values.repeating.words import DAYS, ORDINALS

_UNITS = {"DAILY": "days", "WEEKLY": "weeks", "MONTHLY": "months", "YEARLY": "years"}
_DISPLACED = re.compile(r"(-?[1-4])([A-Z]{2})")


def in_words(rule: str) -> str:
    """The rule as people say it, which is read back as the same; else as RFC 5545 has it."""
    parts = parts_of(rule)
    end, clock = last_day(rule), clock_of(rule)
    interval, frequency = parts.get("INTERVAL"), parts["FREQ"]
    base = f"every {interval} {_UNITS[frequency]}" if interval else frequency.lower()
    within = _within(parts)
    known = {"FREQ", "INTERVAL", "BYHOUR", "BYMINUTE", "UNTIL", *(within or ("", {}))[1]}
    if within is None or not parts.keys() <= known:
        return rule
    if base == "weekly" and within[1] == {"BYDAY": WORKING_WEEK}:
        base, within = "weekdays", ("", {})
    return (
        base
        + (f" on {within[0]}" if within[0] else "")
        + (f" at {clock:%H:%M}" if clock else "")
        + (f" until {end}" if end else "")
    )


def _within(parts: Rule) -> tuple[str, Rule] | None:
    """Where in its period a day lies, in words and as the parts that say so."""
    own = {name: parts[name] for name in (*WITHIN, "BYMONTH", "BYSETPOS") if name in parts}
    if not own:
        return "", {}
    if parts["FREQ"] == "WEEKLY" and own.keys() == {"BYDAY"}:
        names = [_SHORT[day] for day in own["BYDAY"].split(",") if day in _SHORT]
        return (",".join(names), own) if len(names) == own["BYDAY"].count(",") + 1 else None
    if parts["FREQ"] == "MONTHLY":
        return _within_month(own)
    if parts["FREQ"] == "YEARLY":
        return _within_year(own)
    return None


def _within_month(own: Rule) -> tuple[str, Rule] | None:
    days = own.get("BYMONTHDAY", "").split(",")
    if own == {"BYMONTHDAY": "-1"}:
        return "last", own
    if days[-1].isdecimal() and own == day_of_month(int(days[-1])):
        return days[-1], own
    if own.keys() == {"BYMONTHDAY"} and all(day.isdecimal() and int(day) <= 28 for day in days):
        return ",".join(days), own
    if own.keys() == {"BYDAY", "BYSETPOS"} and own["BYDAY"] == WORKING_WEEK:
        ordinal = _ORDINALS.get(own["BYSETPOS"])
        return (f"{ordinal} weekday", own) if ordinal else None
    displaced = _DISPLACED.fullmatch(own.get("BYDAY", "")) if own.keys() == {"BYDAY"} else None
    if displaced and displaced[1] in _ORDINALS and displaced[2] in _SHORT:
        return f"{_ORDINALS[displaced[1]]} {_SHORT[displaced[2]]}", own
    return None


def _within_year(own: Rule) -> tuple[str, Rule] | None:
    month, day = own.get("BYMONTH", ""), own.get("BYMONTHDAY", "").rpartition(",")[2]
    if not (month.isdecimal() and day.isdecimal()):
        return None
    same = own == day_of_year(int(month), int(day))
    return (f"{int(day):02}.{int(month):02}", own) if same else None


_SHORT = dict(zip(DAYS, ("mon", "tue", "wed", "thu", "fri", "sat", "sun"), strict=True))
_ORDINALS = {
    str(place): word
    for word, place in ORDINALS.items()
    if word in {"first", "second", "third", "fourth", "last"}
}
