"""The value of a cell, by the type of its column."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from crm_cli.sheets.sheet import CellError
from crm_cli.values.invalid import InvalidValue
from crm_cli.values.numbers import (
    half_up,
    parse_amount_in,
    parse_decimal,
    parse_integer,
    parse_percent,
)
from crm_cli.views.types import (
    Boolean,
    Choice,
    ColumnType,
    Date,
    Duration,
    Integer,
    LongText,
    Moment,
    Money,
    Percent,
    Scaled,
    TimedMoment,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from crm_cli.values.figures import Mark
    from crm_cli.views.types import Place
    from crm_cli.views.view import Column

    Reader = Callable[[Any, ColumnType, Place, Mark | None], Any]

CLEAR = "<clear>"
"""What a cell says to take the value away that is there; a blank one keeps it."""

_SCIENTIFIC = re.compile(r"[0-9]([.,][0-9]+)?E\+[0-9]+", re.IGNORECASE)
_POSTAL_DIGITS = {"RO": 6, "PL": 5}
_NOISE = 10
"""Decimals after which a binary fraction is only noise."""


def read_cell(cell: object, column: Column, place: Place, mark: Mark | None) -> Any:
    """The value of a cell that is not blank; raises InvalidValue.

    `mark` is the decimal mark of the column where its numbers prove one.
    """
    if isinstance(cell, CellError):
        raise InvalidValue(f"The cell shows {cell}.", "Correct the formula, or write the value.")
    if cell == CLEAR:
        return None
    kinds = type(column.type).__mro__
    read = next(READERS[kind] for kind in kinds if kind in READERS)
    if column.name == "postal_code" and isinstance(cell, int):
        cell = str(cell).zfill(_POSTAL_DIGITS.get(place.country, 0))
    return read(cell, column.type, place, mark)


def as_text(cell: object) -> str:
    """The text a person sees in the cell; numbers are never written as 1.2E+10."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="minutes")
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)


def _text(cell: object, kind: ColumnType, place: Place, mark: Mark | None) -> Any:
    text = as_text(cell)
    if _SCIENTIFIC.fullmatch(text):
        raise InvalidValue(
            f"'{text}' is a number that the spreadsheet cut short.",
            "Format the column as text and type the whole number again.",
        )
    return kind.parse(text, place)


def _integer(cell: object, kind: ColumnType, place: Place, mark: Mark | None) -> Any:
    return parse_integer(*_number(cell), mark=_mark(cell, mark))


def _percent(cell: object, kind: ColumnType, place: Place, mark: Mark | None) -> Any:
    number = parse_percent(*_number(cell), mark=_mark(cell, mark))
    return kind.parse(format(number.normalize(), "f"), place)


def _scaled(cell: object, kind: Any, place: Place, mark: Mark | None) -> Any:
    return parse_decimal(*_number(cell), kind.places, mark=_mark(cell, mark))


def _money(cell: object, kind: ColumnType, place: Place, mark: Mark | None) -> Any:
    return parse_amount_in(place.currency, *_number(cell), mark=_mark(cell, mark))


def _number(cell: object) -> tuple[str]:
    """The text of a number; what is certainly no number is refused as such by the parser."""
    if isinstance(cell, Decimal):
        rounded = half_up(cell, _NOISE).normalize()
        return (format(rounded, "f"),)
    return (as_text(cell),)


def _mark(cell: object, mark: Mark | None) -> Mark | None:
    """A typed number has a dot, whatever its column writes."""
    return mark if isinstance(cell, str) else "."


def _date(cell: object, kind: ColumnType, place: Place, mark: Mark | None) -> date:
    from crm_cli.values.when import parse_date

    if isinstance(cell, date) and not isinstance(cell, datetime):
        return cell
    return parse_date(as_text(cell), place.today, day_first=True)


def _moment(cell: object, kind: ColumnType, place: Place, mark: Mark | None) -> datetime:
    from crm_cli.values.when import parse_moment

    if isinstance(cell, datetime):
        return cell.replace(tzinfo=cell.tzinfo or place.zone).astimezone(UTC)
    timed = isinstance(kind, TimedMoment)
    if isinstance(cell, date) and not timed:
        return datetime.combine(cell, time(), tzinfo=place.zone).astimezone(UTC)
    return parse_moment(as_text(cell), place.now, place.zone, timed, day_first=True)


READERS: dict[type[ColumnType], Reader] = {
    ColumnType: _text,
    LongText: _text,
    Choice: _text,
    Boolean: _text,
    Duration: _text,
    Integer: _integer,
    Percent: _percent,
    Scaled: _scaled,
    Money: _money,
    Date: _date,
    Moment: _moment,
}
"""Type of column -> how its cells are read; a type without one is read as its base."""
