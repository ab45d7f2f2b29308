"""Days of the week and times of day at which people work."""

from __future__ import annotations

import re

from crm_cli.values.days import weekday_of
from crm_cli.values.invalid import InvalidValue, quote
from crm_cli.values.text import fold

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""As they are kept, in the order of `date.weekday()`."""
SAID = {
    "en": WEEKDAYS,
    "ro": ("lun", "mar", "mie", "joi", "vin", "sâm", "dum"),
    "pl": ("pon", "wt", "śr", "czw", "pt", "sob", "ndz"),
}
"""Language -> the days as people write them in short."""
_SHORT = {
    fold(word): day
    for words in (*SAID.values(), ("pn", "wt", "śr", "czw", "pt", "so", "nd"))
    for day, word in enumerate(words)
}
"""Abbreviations in Romanian and Polish; as a date alone, some would be taken for a month."""
_RANGE = re.compile(r"\s*[-–]\s*")
_CLOCK = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?")


def parse_weekdays(text: str) -> str:
    """Days one after the other or as a range, in any language: `mon,tue`, `luni-vineri`."""
    found: set[int] = set()
    for part in re.split(r"[,;\s]+", _RANGE.sub("-", text.strip().strip(",;"))):
        first, dash, last = part.partition("-")
        start, end = _weekday(first, text), _weekday(last if dash else first, text)
        found.update((start + step) % 7 for step in range((end - start) % 7 + 1))
    return ",".join(WEEKDAYS[day] for day in sorted(found))


def weekdays(text: str) -> frozenset[int]:
    """The days of a text as it is kept, Monday 0."""
    return frozenset(WEEKDAYS.index(day) for day in text.split(",") if day)


def said_in(text: str, language: str) -> str:
    """The days of a text as it is kept, in a language."""
    return ", ".join(SAID[language][day] for day in sorted(weekdays(text)))


def parse_clock(text: str) -> str:
    """A time of day: `8`, `8:30`, `08:30`."""
    found = _CLOCK.fullmatch(text.strip())
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    if hour > 23 or minute > 59:
        message = "{value} is no time of day."
        raise InvalidValue(message, "Write for example 08:30.", value=quote(text))
    return f"{hour:02}:{minute:02}"


def _weekday(word: str, text: str) -> int:
    found = weekday_of(word)
    if found is None:
        found = _SHORT.get(fold(word.rstrip(".")))
    if found is None:
        message = "{value} names no days of the week."
        raise InvalidValue(message, "Write for example mon,tue,wed or mon-fri.", value=quote(text))
    return found
