"""Days as people name them: words, weekdays and steps from today."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from crm_cli.values.invalid import InvalidValue, quote
from crm_cli.values.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    Works = Callable[[date], bool]
    """Whether a day is a working day."""

FIRST_YEAR, LAST_YEAR = 1900, 2199

FORMS = "Write 2026-11-22, 22.11.2026, today, tomorrow, friday, +3d, +2w, +1mo or +5wd."

_DAYS_AWAY = {
    word: days
    for days, words in {
        -1: "yesterday ieri wczoraj",
        0: "today azi astazi dzis dzisiaj now acum teraz",
        1: "tomorrow maine jutro",
        2: "poimaine pojutrze",
    }.items()
    for word in words.split()
}
_WEEKDAYS = {
    word: weekday
    for weekday, words in enumerate(
        (
            "monday mon luni lun poniedzialek pon",
            "tuesday tue marti mar wtorek wt",
            "wednesday wed miercuri mie sroda srode sr",
            "thursday thu joi czwartek czw",
            "friday fri vineri vin piatek pt",
            "saturday sat sambata sam sobota sobote sob",
            "sunday sun duminica dum niedziela niedziele nd",
        )
    )
    for word in words.split()
}
_STEP = re.compile(r"([+-])([0-9]{1,5})(d|w|mo|y|wd)")


def is_weekday(day: date) -> bool:
    """Whether a day is none of the weekend."""
    return day.weekday() < 5


def named_day(word: str, today: date, works: Works = is_weekday) -> date | None:
    """The day that a word or a step such as +3d means; a weekday is its next one, never today."""
    if step := _STEP.fullmatch(word):
        return _stepped(word, step, today, works)
    folded = fold(word)
    if folded in _DAYS_AWAY:
        return today + timedelta(days=_DAYS_AWAY[folded])
    if (weekday := weekday_of(word)) is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    return None


def weekday_of(word: str) -> int | None:
    """The day of the week that a word names, Monday 0."""
    return _WEEKDAYS.get(fold(word))


def _stepped(word: str, step: re.Match[str], today: date, works: Works) -> date:
    count = int(step[1] + step[2])
    try:
        day = _take_step(today, count, step[3], works)
    except (OverflowError, ValueError) as error:
        raise _out_of_range(word) from error
    return within_range(day, word)


def _take_step(day: date, count: int, unit: str, works: Works) -> date:
    if unit == "wd":
        return add_working_days(day, count, works)
    if unit in {"mo", "y"}:
        return add_months(day, count * 12 if unit == "y" else count)
    return day + timedelta(days=count * 7 if unit == "w" else count)


def add_months(day: date, count: int) -> date:
    """The same day of another month, or that month's last."""
    years, month = divmod(day.month - 1 + count, 12)
    year = day.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def add_working_days(day: date, count: int, works: Works) -> date:
    """The day so many working days later or earlier; raises InvalidValue beyond our years."""
    step, left = timedelta(days=1 if count > 0 else -1), abs(count)
    while left and FIRST_YEAR <= day.year <= LAST_YEAR:
        day += step
        left -= works(day)
    if left:
        raise _out_of_range(f"{count:+}wd")
    return day


def within_range(day: date, text: str) -> date:
    """Refuse a year that can only be a slip of the hand."""
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return day
    raise _out_of_range(text)


def _out_of_range(text: str) -> InvalidValue:
    message = "{value} lies outside the years {first} to {last}."
    return InvalidValue(message, FORMS, value=quote(text), first=FIRST_YEAR, last=LAST_YEAR)
