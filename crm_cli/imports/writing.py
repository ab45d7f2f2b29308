"""Writing the rows that were decided on: parents first, all of a kind at once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select

from crm_cli.audit import open_transaction
from crm_cli.bulk import Edit, add_all, edit_all
from crm_cli.imports.deciding import linked
from schema.audit import CHANGE
from schema.base import table_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy.orm import Session

    from crm_cli.imports.deciding import Step, Steps
    from crm_cli.imports.plan import Part, Plan, Values
    from schema.base import Record


class Writer:
    """Writes one plan; knows afterwards which rows made something new and which only changed."""

    def __init__(self, session: Session, plan: Plan, *, edit: bool) -> None:
        self.created: set[int] = set()
        self.changed: set[int] = set()
        self._session = session
        self._plan = plan
        self._edit = edit
        self._written: Counter[type[Record]] = Counter()

    def write(self, rows: Mapping[int, Steps]) -> None:
        """Write every part of every row, and prove from the database that all of it stands."""
        for part in self._plan.parts:
            self._add(part, rows)
            if self._edit:
                self._change(part, rows)
        for entity, expected in self._written.items():
            self._prove(entity, expected)

    def _add(self, part: Part, rows: Mapping[int, Steps]) -> None:
        new = [(row, step) for row, step in _steps(part, rows) if step.now is None]
        values = [_wanted(part, rows[row], step) for row, step in new]
        ids = add_all(self._session, part.entity, [_given(one) for one in values])
        for (row, step), number in zip(new, ids, strict=True):
            step.id = number
            (self.created if part.name == self._plan.own else self.changed).add(row)
        self._written[part.entity] += len(ids)

    def _change(self, part: Part, rows: Mapping[int, Steps]) -> None:
        edits = []
        for row, step in _steps(part, rows):
            if step.now is not None and (new := _news(part, rows[row], step, step.now)):
                old = {name: step.now[name] for name in new}
                edits.append(Edit(step.now["id"], step.now["version"], old, new))
                self.changed.add(row)
        edit_all(self._session, part.entity, edits)
        self._written[part.entity] += len(edits)

    def _prove(self, entity: type[Record], expected: int) -> None:
        if not expected:
            return
        table = table_of(entity)
        stands = and_(CHANGE.c.entity_id == table.c.id, CHANGE.c.version == table.c.version)
        ours = and_(
            CHANGE.c.tx_id == open_transaction(self._session), CHANGE.c.entity == table.name
        )
        statement = select(func.count()).select_from(CHANGE.join(table, stands)).where(ours)
        found = self._session.connection().scalar(statement)
        if found != expected:
            raise RuntimeError(f"{expected} rows of {table.name} were written, {found} stand")


def _steps(part: Part, rows: Mapping[int, Steps]) -> Iterator[tuple[int, Step]]:
    for row, steps in rows.items():
        for step in steps[part.name]:
            yield row, step


def _wanted(part: Part, steps: Steps, step: Step) -> Values:
    return part.adapt(step.now, {**step.given.checked, **linked(part, steps)})


def _given(values: Values) -> Values:
    return {name: value for name, value in values.items() if value is not None}


def _news(part: Part, steps: Steps, step: Step, now: Mapping[str, Any]) -> Values:
    """The values that differ from the record; one taken away goes back to its default."""
    news = {}
    for name, value in _wanted(part, steps, step).items():
        kept = _cleared(part, name) if value is None else value
        if now[name] != kept:
            news[name] = kept
    return news


def _cleared(part: Part, name: str) -> Any:
    field = part.entity.model_fields[name]
    return None if field.is_required() else field.get_default()
