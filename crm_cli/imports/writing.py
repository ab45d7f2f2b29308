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
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

    from crm_cli.imports.plans.entry import Step, Steps, Values
    from crm_cli.imports.plans.plan import Part, Plan
    from schema.base import Record


class Writer:
    """Writes entries of one plan; knows afterwards which were made and which only changed."""

    def __init__(self, session: Session, plan: Plan, *, edit: bool) -> None:
        self.created: set[int] = set()
        """First rows of the entries that made a record of the noun."""
        self.changed: set[int] = set()
        self._session = session
        self._plan = plan
        self._edit = edit
        self._written: Counter[type[Record]] = Counter()

    def write(self, entries: Sequence[Steps]) -> None:
        """Write every part of every entry."""
        for part in self._plan.parts:
            self._add(part, entries)
            if self._edit:
                self._change(part, entries)

    def expect(self, entity: type[Record], count: int) -> None:
        """Know of records that are added beside the entries, in the same transaction."""
        self._written[entity] += count

    def prove(self) -> None:
        """Prove from the database that all that was written stands."""
        for entity, expected in self._written.items():
            self._prove(entity, expected)

    def _add(self, part: Part, entries: Sequence[Steps]) -> None:
        new = [(steps, step) for steps, step in _steps(part, entries) if step.now is None]
        values = [_given(_wanted(part, steps, step)) for steps, step in new]
        ids = add_all(self._session, part.entity, values)
        done = self.created if part.name == self._plan.own else self.changed
        for (steps, step), number in zip(new, ids, strict=True):
            step.id = number
            done.add(self._row(steps))
        self._written[part.entity] += len(ids)

    def _change(self, part: Part, entries: Sequence[Steps]) -> None:
        edits = []
        for steps, step in _steps(part, entries):
            if step.now is not None and (new := _news(part, steps, step, step.now)):
                old = {name: step.now[name] for name in new}
                edits.append(Edit(step.now["id"], step.now["version"], old, new))
                self.changed.add(self._row(steps))
        edit_all(self._session, part.entity, edits)
        self._written[part.entity] += len(edits)

    def _row(self, steps: Steps) -> int:
        return steps[self._plan.parts[0].name][0].given.row

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


def _steps(part: Part, entries: Sequence[Steps]) -> Iterator[tuple[Steps, Step]]:
    for steps in entries:
        for step in steps[part.name]:
            yield steps, step


def _wanted(part: Part, steps: Steps, step: Step) -> Values:
    return {**step.given.checked, **linked(part, steps, step)}


def _given(values: Values) -> Values:
    return {name: value for name, value in values.items() if value is not None}


def _news(part: Part, steps: Steps, step: Step, now: Mapping[str, Any]) -> Values:
    """The values that differ from the record; one taken away goes back to its default."""
    news = {}
    for name, value in _wanted(part, steps, step).items():
        kept = part.cleared(name) if value is None else value
        if now[name] != kept:
            news[name] = kept
    return news
