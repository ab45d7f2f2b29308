"""The cells of a row become the values it gives for each part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from crm_cli.errors import CrmError
from crm_cli.imports.cells.row_readers import reader_of, spread_of
from crm_cli.imports.cells.row_repairs import repairs_of
from crm_cli.imports.problems import reason
from crm_cli.values.invalid import InvalidValue
from crm_cli.values.sentences import Label, Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from crm_cli.imports.cells.row_readers import Spread
    from crm_cli.imports.columns.mapped import Mapped
    from crm_cli.imports.columns.mapping import Target
    from crm_cli.imports.columns.survey import Named, Survey
    from crm_cli.imports.plans.entry import Values
    from crm_cli.imports.plans.plan import Part
    from crm_cli.imports.problems import Problems
    from crm_cli.sheets.sheet import Row
    from crm_cli.views.types import Place

    ByPart = dict[str, Values]


class _Step(NamedTuple):
    """All that is done with a column, settled before the first row."""

    part: str
    attribute: str
    heading: str
    take: Callable[[Sequence[object]], Any]
    read: Callable[[Any], Any]
    spread: Spread | None


class Constants(NamedTuple):
    """Values that are not in the file, by part: those of all rows, and those for blank cells."""

    fixed: Mapping[str, Values] = {}
    defaults: Mapping[str, Values] = {}
    key: Sequence[Target] = ()
    """The columns that no row may lack."""


class RowReader:
    """Reads the rows of one sheet, and tells of cells that cannot be read."""

    def __init__(
        self,
        columns: Sequence[Mapped],
        place: Place,
        survey: Survey,
        named: Mapping[tuple[str, str], Named],
        problems: Problems,
        *,
        constants: Constants | None = None,
    ) -> None:
        self.count = 0
        self._problems = problems
        self._parts = tuple(dict.fromkeys(one.part.name for one in columns))
        constants = constants or Constants()
        self._fixed = constants.fixed
        self._key = constants.key
        self._defaults = [
            (part, attribute, value)
            for part, values in constants.defaults.items()
            for attribute, value in values.items()
        ]
        self._repairs = tuple(repairs_of(columns, place))
        self._steps = [
            _Step(
                one.part.name,
                one.column.attribute or "",
                one.heading,
                one.take,
                reader_of(one, place, survey.habit(one, place), named.get(one.key, {})),
                spread_of(one, columns, self._fixed),
            )
            for one in columns
        ]

    def read(self, rows: Sequence[Row]) -> list[ByPart]:
        """The values of each row by part; a blank cell gives none.

        The rows are read column by column, for the cells of one column are read alike.
        """
        self.count += len(rows)
        found: list[ByPart] = [{name: {} for name in self._parts} for _ in rows]
        cells = [row.cells for row in rows]
        for step in self._steps:
            column = list(map(step.take, cells))
            self._read_column(step, rows, column, [values[step.part] for values in found])
        for row, values in zip(rows, found, strict=True):
            self._complete(row.number, values)
            self._require_key(row.number, values)
        return found

    def _read_column(
        self, step: _Step, rows: Sequence[Row], column: Sequence[Any], found: Sequence[Values]
    ) -> None:
        _, attribute, heading, _, read, spread = step
        for row, cell, values in zip(rows, column, found, strict=True):
            if cell is None:
                continue
            try:
                value = read(cell)
                if spread is None:
                    values[attribute] = value
                else:
                    spread(values, value)
            except (InvalidValue, CrmError) as error:
                shown = cell[0] if isinstance(cell, list) else cell
                self._problems.tell(row.number, heading, shown, reason(error))

    def _complete(self, row: int, values: ByPart) -> None:
        for part, attribute, value in self._defaults:
            values.setdefault(part, {}).setdefault(attribute, value)
        for part, heading, mend in self._repairs:
            try:
                mend(values[part], self._fixed.get(part, {}))
            except InvalidValue as error:
                self._problems.tell(row, heading, None, reason(error))

    def _require_key(self, row: int, values: ByPart) -> None:
        for part, column in self._key:
            if values.get(part.name, {}).get(column.attribute or "") in {None, ""}:
                why = Sentence(
                    "The row has no {label}, by which rows are recognised.",
                    label=Label(column.labels),
                )
                self._problems.tell_of(row, part, column.attribute, {}, why)


def given_by(part: Part, values: Values) -> list[Values]:
    """The records of a part that the values of a row stand for."""
    if part.many:
        field = part.columns[0].attribute or ""
        return [{field: number} for number in dict.fromkeys(values.get(field) or ())]
    return [values] if values or not part.optional else []
