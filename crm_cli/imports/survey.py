"""What can only be known from a whole column: its decimal mark, and the records it names."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from crm_cli import views
from crm_cli.imports.cells import CLEAR, as_text
from crm_cli.imports.references import resolve_all
from crm_cli.sheets.sheet import CellError
from crm_cli.values.numbers import decimal_mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from crm_cli.errors import CrmError
    from crm_cli.imports.mapping import Mapped
    from crm_cli.reader import Reader
    from crm_cli.sheets.sheet import Row
    from crm_cli.values.figures import Mark

Named = dict[str, "int | CrmError"]
"""Reference as written -> the id it stands for, or why it stands for none."""


class Survey:
    """One walk over the rows, before any of them is read in earnest."""

    def __init__(self, rows: Iterable[Row], columns: Iterable[Mapped]) -> None:
        numeric = [one for one in columns if one.column.type.numeric and not one.column.noun]
        naming = [one for one in columns if one.column.noun]
        self._marks: dict[str, set[Mark]] = defaultdict(set)
        self._texts: dict[str, set[str]] = defaultdict(set)
        for row in rows if numeric or naming else ():
            for one in numeric:
                self._look_at_number(one, row)
            for one in naming:
                self._look_at_reference(one, row)
        self._nouns = {one.column.name: one.column.noun or "" for one in naming}

    def mark(self, column: str) -> Mark | None:
        """The decimal mark of a column; None where its numbers prove none, or both."""
        found = self._marks[column]
        return next(iter(found)) if len(found) == 1 else None

    def references(self, reader: Reader, me: int | None) -> Mapping[str, Named]:
        """The records named in each column that refers to another noun."""
        return {
            column: resolve_all(reader, views.of(noun), self._texts[column], me)
            for column, noun in self._nouns.items()
            if self._texts[column]
        }

    def _look_at_number(self, one: Mapped, row: Row) -> None:
        cell = row.cells[one.places[0]]
        if isinstance(cell, str) and (mark := decimal_mark(cell)):
            self._marks[one.column.name].add(mark)

    def _look_at_reference(self, one: Mapped, row: Row) -> None:
        cell = row.cells[one.places[0]]
        if cell is not None and cell != CLEAR and not isinstance(cell, CellError):
            self._texts[one.column.name].update(names_in(as_text(cell), one))


def names_in(text: str, one: Mapped) -> list[str]:
    """The references in a cell: several where the column takes several."""
    parts = text.replace("\n", ";").split(";") if one.part.many else [text]
    return [name for part in parts if (name := part.strip())]
