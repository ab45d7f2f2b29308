"""The rules by which something repeats, as they are kept: parts of RFC 5545 in a fixed order."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from crm_cli.values.invalid import InvalidValue, quote
from crm_cli.values.repeating.words import DAYS

Rule = dict[str, str]
"""The parts of a rule, by their names."""

FORMS = (
    "Write daily, weekdays, weekly, monthly, yearly, 'every 2 weeks', 'mon,thu', 'monthly on 15',"
    " 'monthly on last', 'monthly on first mon', or an RRULE such as FREQ=WEEKLY;BYDAY=MO."
)
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
WITHIN = ("BYMONTHDAY", "BYDAY", "BYYEARDAY", "BYWEEKNO")
"""The parts that say which day of a period is meant."""

WORKING_WEEK = ",".join(DAYS[:5])
ORDER = (
    *("FREQ", "INTERVAL", "COUNT", "BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY"),
    *("BYSETPOS", "WKST", "BYHOUR", "BYMINUTE", "UNTIL"),
)
"""The parts a rule may have, in the order in which they are kept."""

_COUNTED = re.compile("[0-9]")
"""A day of the week counted within a month or year, the first or last one."""

_DAY = re.compile(r"([0-9]{8})(?:T[0-9]{6}Z?)?")


def parts_of(rule: str) -> Rule:
    """The parts of a rule that is kept."""
    return dict(part.split("=", 1) for part in rule.split(";"))


def written(rule: Rule) -> str:
    """The rule as it is kept."""
    return ";".join(f"{name}={rule[name]}" for name in ORDER if rule.get(name))


def checked(text: str) -> str:
    """A rule that was written by RFC 5545, in the form in which it is kept."""
    try:
        rule = _parsed(text)
        _check(rule)
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        message = "{value} is no rule by which a task can repeat."
        raise InvalidValue(message, FORMS, value=quote(text)) from error
    return written(rule)


def _parsed(text: str) -> Rule:
    plain = text.strip().upper().removeprefix("RRULE:").replace(" ", "").strip(";")
    rule: Rule = {}
    for part in plain.split(";"):
        name, _, value = part.partition("=")
        if name in rule:
            raise ValueError(text)
        rule[name] = value
    if day := _DAY.fullmatch(rule.get("UNTIL", "")):
        rule["UNTIL"] = day[1]
    without = {("BYSECOND", "0"), ("INTERVAL", "1")}
    return {name: value for name, value in rule.items() if (name, value) not in without}


def _check(rule: Rule) -> None:
    from dateutil.rrule import rrulestr

    if rule.get("FREQ") not in FREQUENCIES or not rule.keys() <= set(ORDER):
        raise ValueError(rule)
    if not 1 <= int(rule.get("INTERVAL", 1)) <= 999 or not 1 <= int(rule.get("COUNT", 1)) <= 9999:
        raise ValueError(rule)
    if rule["FREQ"] in {"DAILY", "WEEKLY"} and _COUNTED.search(rule.get("BYDAY", "")):
        raise ValueError(rule)
    if "BYMINUTE" in rule and "BYHOUR" not in rule:
        raise ValueError(rule)
    clock_of(written(rule))
    last_day(written(rule))
    rrulestr(until(written(rule), None), dtstart=datetime(2026, 1, 1))  # noqa: DTZ001 - a day


def day_of_month(day: int) -> Rule:
    """The same day of every month, or the last of a month that is too short for it."""
    if day <= 28:
        return {"BYMONTHDAY": str(day)}
    return {"BYMONTHDAY": ",".join(map(str, range(28, day + 1))), "BYSETPOS": "-1"}


def day_of_year(month: int, day: int) -> Rule:
    """The same day of every year; of a 29th of February the 28th in other years."""
    if (month, day) == (2, 29):
        return {"BYMONTH": "2"} | day_of_month(29)
    return {"BYMONTH": str(month), "BYMONTHDAY": str(day)}


def is_of_working_days(rule: Rule) -> bool:
    """Whether it comes each day from Monday to Friday."""
    return rule["FREQ"] == "WEEKLY" and rule.get("BYDAY") == WORKING_WEEK and "INTERVAL" not in rule


def last_day(rule: str) -> date | None:
    """The day after which nothing repeats."""
    end = parts_of(rule).get("UNTIL")
    return datetime.strptime(end, "%Y%m%d").date() if end else None  # noqa: DTZ007 - a day


def clock_of(rule: str) -> time | None:
    """The time of day the rule names."""
    parts = parts_of(rule)
    return time(int(parts["BYHOUR"]), int(parts.get("BYMINUTE", 0))) if "BYHOUR" in parts else None


def until(rule: str, day: date | None) -> str:
    """The rule with another last day, or without one."""
    lasting = {name: part for name, part in parts_of(rule).items() if name not in _ENDS}
    return written(lasting | ({"UNTIL": f"{day:%Y%m%d}"} if day else {}))


_ENDS = ("UNTIL", "COUNT")
