"""The problems of a sheet, told by its own headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.imports.cells.cells import as_text
from crm_cli.imports.columns.mapping import SEVERAL
from crm_cli.sheets.problems import CellProblem
from crm_cli.values.sentences import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crm_cli.errors import CrmError
    from crm_cli.imports.columns.mapped import Mapped
    from crm_cli.imports.judging import Fault
    from crm_cli.imports.plans.entry import Values
    from crm_cli.imports.plans.plan import Part
    from crm_cli.values.invalid import InvalidValue

MAIN = {others: main for main, others in SEVERAL.items()}


def reason(error: InvalidValue | CrmError) -> Sentence:
    """What is wrong and what to write instead."""
    if error.advice is None:
        return error.sentence
    return Sentence("{sentence} {advice}", sentence=error.sentence, advice=error.advice)


class Problems:
    """Gathers problems, and the rows that have any."""

    def __init__(self, columns: Sequence[Mapped]) -> None:
        self.found: list[CellProblem] = []
        self.rows: set[int] = set()
        self._headings = {(one.part.name, one.column.attribute): one.heading for one in columns}

    def tell(self, row: int, heading: str | None, value: object, why: Sentence | str) -> None:
        """Tell of a cell, or of a whole row."""
        shown = "" if value is None else as_text(value)
        self.found.append(CellProblem(row, heading, shown, sentence(why, {})))
        self.rows.add(row)

    def tell_of(
        self, row: int, part: Part, attribute: str | None, values: Values, why: Sentence | str
    ) -> None:
        """Tell of the value of an attribute, by the heading of the column that filled it."""
        column = part.column_of(attribute) if attribute else None
        field = column.attribute if column else attribute
        heading = self._heading(part, field)
        self.tell(row, heading, values.get(field or ""), why)

    def tell_faults(
        self, row: int, part: Part, values: Mapping[str, object], faults: Sequence[Fault]
    ) -> None:
        """Tell what the checks of a service found."""
        for fault in faults:
            self.tell_of(row, part, fault.attribute, dict(values), reason(fault.error))

    def _heading(self, part: Part, field: str | None) -> str | None:
        main = MAIN.get(field or "", field)
        return self._headings.get((part.name, field), self._headings.get((part.name, main)))
