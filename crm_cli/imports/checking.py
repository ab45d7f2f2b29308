"""Rows become checked values, or problems; all before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crm_cli.imports.judging import judge
from crm_cli.imports.repeats import Repeats
from crm_cli.imports.rows import given_by

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from crm_cli.imports.plan import Part, Plan, Values
    from crm_cli.imports.problems import Problems
    from crm_cli.imports.rows import RowReader
    from crm_cli.sheets.sheet import Row


@dataclass(slots=True)
class Given:
    """What a row gives for a record: the values as read, and as they are kept."""

    values: Values
    checked: Values


Checked = dict[str, list[Given]]
"""What a good row gives, by part."""


class Checker:
    """Checks the rows of one sheet; nothing is written yet."""

    def __init__(
        self,
        plan: Plan,
        problems: Problems,
        home: str,
        *,
        fixed: Mapping[str, Values],
        accepted: Collection[str] = (),
    ) -> None:
        self._plan = plan
        self._problems = problems
        self._home = home
        self._fixed = fixed
        self._accepted = accepted
        self._repeats = Repeats(plan.parts[0])
        self.accepted_rows: list[int] = []

    def check(self, rows: Iterable[Row], reader: RowReader) -> Iterator[tuple[int, Checked]]:
        """Give the good rows with their numbers; the others are among the problems."""
        for row in rows:
            values = reader.read(row)
            checked = {part.name: self._part(row.number, part, values) for part in self._plan.parts}
            if row.number not in self._problems.rows:
                self._refuse_repeated(row.number, checked)
            if row.number not in self._problems.rows:
                yield row.number, checked

    def _part(self, row: int, part: Part, values: Mapping[str, Values]) -> list[Given]:
        own = {**values.get(part.name, {}), **self._fixed.get(part.name, {})}
        return [self._judge(row, part, given) for given in given_by(part, own)]

    def _judge(self, row: int, part: Part, given: Values) -> Given:
        checked, faults = judge(part, {}, given, self._home, self._accepted)
        if faults and checked:
            self.accepted_rows.append(row)
        else:
            self._problems.tell_faults(row, part, given, faults)
        return Given(given, checked)

    def _refuse_repeated(self, row: int, checked: Checked) -> None:
        part = self._plan.parts[0]
        for given in checked[part.name]:
            found = self._repeats.earlier(row, given.checked)
            if found:
                first, identity = found
                attribute = identity.attributes[-1]
                column = part.column_of(attribute)
                label = column.labels[0].lower() if column else attribute
                why = f"Row {first} has the same {label}."
                self._problems.tell_of(row, part, attribute, given.values, why)
