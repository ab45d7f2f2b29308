"""Cells with dates, moments and lengths of time."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from crm_cli.imports.cells.cells import as_text
from crm_cli.values.durations import parse_duration
from crm_cli.values.invalid import InvalidValue, quote
from crm_cli.values.when import parse_clock, parse_date, parse_moment
from crm_cli.views.types import TimedMoment

if TYPE_CHECKING:
    from collections.abc import Callable

    from crm_cli.imports.columns.habits import Habit
    from crm_cli.views.types import Place

    Read = Callable[[Any], Any]

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SERIAL = re.compile(r"[0-9]{5}(?:[.,][0-9]{1,15})?")
_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a day of the wall, in no zone
_FIRST_SERIAL, _LAST_SERIAL = 15_000, 80_000
"""From 1941 to 2119: what lies outside is some other number."""
_DAY = 86_400


def read_date(kind: Any, place: Place, habit: Habit) -> Read:
    """Dates."""
    today, day_first = place.today, habit.day_first

    def read(cell: Any) -> date:
        _check_order(cell, habit)
        if type(cell) is date:
            return cell
        if type(cell) is str and _ISO.fullmatch(cell):
            return parse_date(cell, today)
        moment = serial(cell)
        if moment is not None:
            cell = _counted(cell, moment, habit)
        return parse_date(
            as_text(cell), today, day_first=day_first, short_years=True, works=place.works_on
        )

    return read


def read_moment(kind: Any, place: Place, habit: Habit) -> Read:
    """Dates with a time; typed ones are of the person's zone."""
    timed, zone = isinstance(kind, TimedMoment), place.zone

    def read(cell: Any) -> datetime:
        _check_order(cell, habit)
        moment = serial(cell)
        if moment is not None:
            cell = _counted(cell, moment, habit)
        if isinstance(cell, datetime):
            return cell.replace(tzinfo=cell.tzinfo or zone).astimezone(UTC)
        if isinstance(cell, date) and not timed:
            return datetime.combine(cell, time(), tzinfo=zone).astimezone(UTC)
        return parse_moment(
            as_text(cell),
            place.now,
            zone,
            timed,
            day_first=habit.day_first,
            short_years=True,
            works=place.works_on,
        )

    return read


def read_moment_or_time(kind: Any, place: Place, habit: Habit) -> Read:
    """Dates with a time, or the time alone: its day stands elsewhere in the row."""
    read = read_moment(kind, place, habit)

    def read_either(cell: Any) -> datetime | time:
        clock = parse_clock(as_text(cell))
        return read(cell) if clock is None else clock

    return read_either


def read_duration(kind: Any, place: Place, habit: Habit) -> Read:
    """Lengths of time, in minutes; a spreadsheet keeps 1:30 as a time of day."""

    def read(cell: Any) -> int:
        if isinstance(cell, time):
            return cell.hour * 60 + cell.minute
        if isinstance(cell, timedelta):
            return round(cell.total_seconds() / 60)
        if habit.minutes and type(cell) is int:
            return parse_duration(f"{cell}m")
        return parse_duration(as_text(cell))

    return read


def serial(cell: object) -> datetime | None:
    """The moment that a number would be as spreadsheets count days, if it can be one."""
    if type(cell) is str:
        if not _SERIAL.fullmatch(cell):
            return None
        number = Decimal(cell.replace(",", "."))
    elif isinstance(cell, (int, Decimal)) and not isinstance(cell, bool):
        number = Decimal(cell)
    else:
        return None
    if not _FIRST_SERIAL <= number < _LAST_SERIAL:
        return None
    return _DAY_ZERO + timedelta(seconds=round(number * _DAY))


def _check_order(cell: object, habit: Habit) -> None:
    if not habit.swapped or not isinstance(cell, date) or cell.day == cell.month:
        return
    raise InvalidValue(
        "{date} can be meant, or {other}: other dates of the column stayed text, as they do"
        " where the spreadsheet takes days for months.",
        "Write such dates as 2026-11-22, or give --date-order if they are right.",
        date=cell.isoformat()[:10],
        other=cell.replace(month=cell.day, day=cell.month).isoformat()[:10],
    )


def _counted(cell: object, moment: datetime, habit: Habit) -> date | datetime:
    found: date | datetime = moment if moment.time() != time() else moment.date()
    if habit.serials:
        return found
    shown = found.isoformat(" ", "minutes") if isinstance(found, datetime) else found.isoformat()
    raise InvalidValue(
        "{text} is a number; as spreadsheets count days it is {day}.",
        "Write {day}, or format the column as dates.",
        text=quote(as_text(cell)),
        day=shown,
    )
