"""The cells of a row become the values it gives for each part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_cli.errors import CrmError
from crm_cli.imports.cells import CLEAR, as_text, read_cell
from crm_cli.imports.mapping import SEVERAL
from crm_cli.imports.problems import reason
from crm_cli.imports.survey import names_in
from crm_cli.sheets.sheet import CellError
from crm_cli.values.emails import split_emails
from crm_cli.values.invalid import InvalidValue
from crm_cli.values.phones import split_phones

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from crm_cli.imports.mapping import Mapped
    from crm_cli.imports.plan import Part, Values
    from crm_cli.imports.problems import Problems
    from crm_cli.imports.survey import Named, Survey
    from crm_cli.sheets.sheet import Row
    from crm_cli.views.types import Place

SPLIT: Mapping[str, Callable[[str], list[str]]] = {"phone": split_phones, "email": split_emails}


class RowReader:
    """Reads the rows of one sheet, and tells of cells that cannot be read."""

    def __init__(
        self,
        columns: Sequence[Mapped],
        place: Place,
        survey: Survey,
        named: Mapping[str, Named],
        problems: Problems,
    ) -> None:
        self.count = 0
        self._problems = problems
        self._columns = columns
        self._place = place
        self._marks = {one.column.name: survey.mark(one.column.name) for one in columns}
        self._named = named
        self._splits = {one.column.name for one in columns if _splits(one)}

    def read(self, row: Row) -> dict[str, Values]:
        """The values of a row by part; a blank cell gives none."""
        self.count += 1
        values: dict[str, Values] = {one.part.name: {} for one in self._columns}
        for one in self._columns:
            cells = [row.cells[place] for place in one.places if row.cells[place] is not None]
            if not cells:
                continue
            try:
                self._fill(values[one.part.name], one, cells)
            except (InvalidValue, CrmError) as error:
                self._problems.tell(row.number, one.heading, cells[0], reason(error))
        return values

    def _fill(self, values: Values, one: Mapped, cells: list[object]) -> None:
        field = one.column.attribute or ""
        if one.column.noun:
            values[field] = self._reference(one, cells[0])
        elif one.column.name in self._splits and CLEAR not in cells:
            self._split(values, field, cells)
        else:
            mark = self._marks[one.column.name]
            values[field] = read_cell(cells[0], one.column, self._place, mark)

    def _split(self, values: Values, field: str, cells: list[object]) -> None:
        """The first of several goes to the attribute itself, the others to its neighbour."""
        for cell in cells:
            if isinstance(cell, CellError):
                raise InvalidValue(f"The cell shows {cell}.")
        main, *others = (part for cell in cells for part in SPLIT[field](as_text(cell)))
        values[field] = main
        if others:
            values[SEVERAL[field]] = ", ".join(
                [*others, *filter(None, [values.get(SEVERAL[field])])]
            )

    def _reference(self, one: Mapped, cell: object) -> Any:
        if cell == CLEAR:
            return [] if one.part.many else None
        if isinstance(cell, CellError):
            raise InvalidValue(f"The cell shows {cell}.")
        found = [self._named[one.column.name][name] for name in names_in(as_text(cell), one)]
        for error in found:
            if isinstance(error, CrmError):
                raise error
        return found if one.part.many else found[0]


def _splits(one: Mapped) -> bool:
    return SEVERAL.get(one.column.attribute or "") in one.part.entity.model_fields


def given_by(part: Part, values: Values) -> list[Values]:
    """The records of a part that the values of a row stand for."""
    if part.many:
        field = part.columns[0].attribute or ""
        return [{field: number} for number in dict.fromkeys(values.get(field) or ())]
    return [values] if values or not part.optional else []
