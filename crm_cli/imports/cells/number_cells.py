"""Cells with numbers: typed ones as they are, written ones by the habit of their column."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from crm_cli.imports.cells.cells import as_text
from crm_cli.values.invalid import InvalidValue, quote
from crm_cli.values.numbers import (
    half_up,
    parse_amount,
    parse_amount_in,
    parse_decimal,
    parse_integer,
    parse_percent,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from crm_cli.imports.columns.habits import Habit
    from crm_cli.values.figures import Mark
    from crm_cli.views.types import Place

    Read = Callable[[Any], Any]

_NOISE = 10
"""Decimals after which a binary fraction is only noise."""
_SURE = 10**13
"""Up to here a number is small enough without a second look."""
_CENT = Decimal("0.01")
_CENTS = re.compile(r"-?[0-9]{1,13}([.,])[0-9]{2}")


def read_integer(kind: Any, place: Place, habit: Habit) -> Read:
    """Whole numbers."""

    def read(cell: Any) -> int:
        if type(cell) is int and -_SURE < cell < _SURE:
            return cell
        return parse_integer(written(cell), mark=_mark(cell, habit.mark))

    return read


def read_percent(kind: Any, place: Place, habit: Habit) -> Read:
    """Percentages; typed fractions where the column has nothing but those."""

    def read(cell: Any) -> Any:
        if type(cell) in {int, Decimal}:
            if habit.fractions:
                cell *= 100
            elif habit.fractions is None and cell == 1:
                raise _percent_or_fraction(Decimal(1))
        number = parse_percent(written(cell), mark=_mark(cell, habit.mark))
        if 0 < number < 1 and not str(cell).endswith("%"):
            raise _percent_or_fraction(number)
        return kind.parse(format(number.normalize(), "f"), place)

    return read


def read_scaled(kind: Any, place: Place, habit: Habit) -> Read:
    """Numbers with decimals."""
    return lambda cell: parse_decimal(written(cell), kind.places, mark=_mark(cell, habit.mark))


def read_money(kind: Any, place: Place, habit: Habit) -> Read:
    """Amounts of the company's currency, which a cell may name."""
    currency, mark = place.currency, habit.mark

    def read(cell: Any) -> Decimal:
        value = _cents(cell, mark)
        if value is not None:
            return value
        return parse_amount_in(currency, written(cell), mark=_mark(cell, mark))

    return read


def read_amount(kind: Any, habit: Habit) -> Read:
    """Amounts that may name a currency: the amount, and the currency where there is one."""
    places, mark = kind.places, habit.mark

    def read(cell: Any) -> tuple[Decimal, str | None]:
        value = _cents(cell, mark) if places == 2 else None
        if value is not None:
            return value, None
        return parse_amount(written(cell), mark=_mark(cell, mark), places=places)

    return read


def written(cell: object) -> str:
    """The text of a number; what is certainly no number is refused as such by its parser."""
    if isinstance(cell, Decimal):
        return format(half_up(cell, _NOISE).normalize(), "f")
    return as_text(cell)


def _cents(cell: object, mark: Mark | None) -> Decimal | None:
    """The amount, where it stands there plainly with its two decimals or as a number."""
    if type(cell) is str:
        match = _CENTS.fullmatch(cell)
        if match and mark in {None, match[1]}:
            return Decimal(cell.replace(",", ".")) + 0
    elif type(cell) is int and -_SURE < cell < _SURE:
        return Decimal(cell).quantize(_CENT)
    elif type(cell) is Decimal and -_SURE < cell < _SURE and cell.as_tuple().exponent in {-1, -2}:
        return cell.quantize(_CENT)
    return None


def _mark(cell: object, mark: Mark | None) -> Mark | None:
    """A typed number has a dot, whatever its column writes."""
    return mark if isinstance(cell, str) else "."


def _percent_or_fraction(cell: Decimal) -> InvalidValue:
    return InvalidValue(
        "{text} can be read as {one:f} % or as {other:f} %.",
        "Write {one:f}% if that is meant.",
        text=quote(format(cell.normalize(), "f")),
        one=(cell * 100).normalize(),
        other=cell.normalize(),
    )
