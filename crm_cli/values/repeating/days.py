"""The days on which something repeats, counted from a term."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from crm_cli.values.days import LAST_YEAR
from crm_cli.values.repeating.rules import (
    WITHIN,
    Rule,
    day_of_month,
    day_of_year,
    is_of_working_days,
    last_day,
    parts_of,
    written,
)
from crm_cli.values.repeating.words import DAYS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

HORIZON = timedelta(days=366 * 40)
"""How far the next day is looked for: a 29th of February on a Monday comes every 28 years."""

END = date(LAST_YEAR, 12, 31)
_AGES = 19 * 400
"""Years after which the calendar is the same. dateutil looks for a day until the year 9999, so it
finds out twenty times sooner there that one never comes, whatever end it was given."""


def anchored(rule: str, day: date, clock: time | None) -> str:
    """The rule with what the first term says: which day, at what time, of a count until when."""
    parts = parts_of(rule)
    if not parts.keys() & set(WITHIN):
        parts |= _day_of(parts, day)
    if clock is not None and "BYHOUR" not in parts:
        parts |= {"BYHOUR": str(clock.hour), "BYMINUTE": str(clock.minute)}
    if "COUNT" in parts:
        parts = _ending_by_day(parts, day)
    return written(parts)


def next_day(
    rule: str,
    term: date,
    not_before: date,
    is_holiday: Callable[[date], bool] | None = None,
    *,
    counted_from: date | None = None,
) -> date | None:
    """The first day of the rule after a term that is not before another day; None at its end.

    From Monday to Friday without holidays. A term that was moved stands for the day from which
    the rule counts.
    """
    start, parts = counted_from or term, parts_of(rule)
    after = max(start, term, not_before - timedelta(days=1))
    ends = min(after + HORIZON, last_day(rule) or END)
    days = (day for day in _days(parts, start, ends) if day > after)
    if is_holiday and is_of_working_days(parts):
        days = (day for day in days if not is_holiday(day))
    return next(days, None)


def _day_of(parts: Rule, day: date) -> Rule:
    if parts["FREQ"] == "WEEKLY":
        return {"BYDAY": DAYS[day.weekday()]}
    if "BYMONTH" in parts:
        return {"BYMONTHDAY": str(day.day)}
    if parts["FREQ"] == "MONTHLY":
        return day_of_month(day.day)
    return day_of_year(day.month, day.day) if parts["FREQ"] == "YEARLY" else {}


def _ending_by_day(parts: Rule, first: date) -> Rule:
    """The rule with the last day of its count in place of the count; the first term is one."""
    more = int(parts["COUNT"]) - 1
    lasting = {name: part for name, part in parts.items() if name != "COUNT"}
    later = (day for day in _days(lasting, first, END) if day > first)
    last = max([first, *islice(later, more)])
    return lasting | {"UNTIL": min(f"{last:%Y%m%d}", parts.get("UNTIL", "9"))}


def _days(parts: Rule, start: date, end: date) -> Iterable[date]:
    from dateutil.rrule import rrulestr

    bare = {name: part for name, part in parts.items() if name not in {"BYHOUR", "BYMINUTE"}}
    first, last = _moved(start, _AGES), _moved(max(start, end), _AGES)
    rule = written(bare | {"UNTIL": f"{last:%Y%m%d}"})
    found = rrulestr(rule, dtstart=datetime.combine(first, time()))
    return (_moved(day.date(), -_AGES) for day in found)


def _moved(day: date, years: int) -> date:
    return day.replace(year=day.year + years)
