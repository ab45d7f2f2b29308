"""How the cells of a column are read: chosen once, by the type of the column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_cli.imports.cells.cells import BETWEEN, CLEAR, as_text, plain_text, refuse_error
from crm_cli.imports.cells.dated_cells import (
    read_date,
    read_duration,
    read_moment,
    read_moment_or_time,
)
from crm_cli.imports.cells.number_cells import (
    read_integer,
    read_money,
    read_percent,
    read_scaled,
)
from crm_cli.values.invalid import InvalidValue
from crm_cli.views.repetition import Repetition
from crm_cli.views.types import (
    Choice,
    ColumnType,
    Date,
    Duration,
    Integer,
    Moment,
    MomentOn,
    Money,
    Percent,
    Scaled,
    WordSet,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from crm_cli.imports.columns.habits import Habit
    from crm_cli.views.types import Place
    from crm_cli.views.view import Column

    Read = Callable[[Any], Any]
    Maker = Callable[[Any, Place, Habit], Read]

_REMEMBERED = 4_096
"""Texts of a column whose values are kept: most columns repeat a few."""


def cell_reader(column: Column, place: Place, habit: Habit) -> Read:
    """What turns a cell that is not blank into its value; it raises InvalidValue."""
    kinds = type(column.type).__mro__
    make = next(MAKERS[kind] for kind in kinds if kind in MAKERS)
    return remembering(make(column.type, place, habit))


def remembering(read: Read) -> Read:
    """Read each text once, and refuse it as often as it comes; refuse cells that show an error."""
    known: dict[str, Any] = {CLEAR: None}

    def remembered(cell: Any) -> Any:
        if type(cell) is not str:
            refuse_error(cell)
            return read(cell)
        value = known.get(cell, known)
        if value is known:
            try:
                value = read(cell)
            except InvalidValue as error:
                value = error
            if len(known) < _REMEMBERED:
                known[cell] = value
        if type(value) is InvalidValue:
            raise value.with_traceback(None)
        return value

    return remembered


def _text(kind: ColumnType, place: Place, habit: Habit) -> Read:
    parse = kind.parse

    def read(cell: object) -> Any:
        return parse(cell if type(cell) is str and "+" not in cell else plain_text(cell), place)

    return read


def _words(kind: ColumnType, place: Place, habit: Habit) -> Read:
    return lambda cell: kind.parse(",".join(BETWEEN.split(as_text(cell))), place)


def _choice(kind: ColumnType, place: Place, habit: Habit) -> Read:
    return lambda cell: kind.parse(as_text(cell), place)


MAKERS: dict[type[ColumnType], Maker] = {
    ColumnType: _text,
    Choice: _choice,
    Repetition: _choice,
    WordSet: _words,
    Duration: read_duration,
    Integer: read_integer,
    Percent: read_percent,
    Scaled: read_scaled,
    Money: read_money,
    Date: read_date,
    Moment: read_moment,
    MomentOn: read_moment_or_time,
}
"""Type of column -> what makes the reader of its cells; a type without one is read as its base."""
