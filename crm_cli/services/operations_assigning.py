"""Assigning an operation: all its tasks are made at once, each with its term (R133)."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from crm_cli.errors import Conflict
from crm_cli.services import delegates, operations, records, tasks_at_once
from crm_cli.services.reminders import recipients
from crm_cli.values.days import add_working_days, within_range
from crm_cli.views.operations import OPERATION
from schema.operation import Operation
from schema.task import Task

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlmodel import Session

    from crm_cli.services.reminders.recipients import Recipients
    from crm_cli.values.days import Works
    from schema.operation import OperationStep

Owner = tuple[int | None, int | None]
"""An employee, or a team."""


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """To whom an operation is given and from which day on; `links` say what it is about."""

    owners: Sequence[Owner]
    start: date
    links: Mapping[str, Any] = field(default_factory=dict)
    external_id: str | None = None
    on_match: str = "fail"


def assign(session: Session, number: int, given: Assignment) -> list[int]:
    """Make the tasks of an operation for each owner; those that a step names get theirs once.

    With an external id, `skip` makes only what is not there yet, `fail` raises Conflict.
    """
    operation = session.get_one(Operation, records.get(session, OPERATION, number).key)
    steps = operations.steps_of(session, number)
    if operation.archived_at is not None:
        raise Conflict(f"The operation {operation.code} is archived.", hint="crm operation list")
    if not steps:
        raise Conflict(
            f"The operation {operation.code} has no steps.",
            hint=f"crm operation edit {shlex.quote(operation.code)} --step 'SUBJECT;+1d'",
        )
    rows = _rows(session, steps, given)
    known = _known(session, number, rows, given)
    ids = tasks_at_once.create(
        session, [row for row in rows if row["external_id"] not in known], operation_id=number
    )
    delegates.tell(session, tasks_at_once.loaded(session, ids))
    return [*known.values(), *ids]


def _rows(
    session: Session, steps: Sequence[OperationStep], given: Assignment
) -> list[dict[str, Any]]:
    named = [(step.assignee_id, step.team_id) for step in steps]
    people = recipients.load(session, [*given.owners, *named])
    works = session.info["place"].works_on
    return [
        row
        for step in steps
        for row in _of_step(step, given, _term(step, given.start, works), people)
    ]


def _of_step(
    step: OperationStep, given: Assignment, day: date, people: Recipients
) -> Iterator[dict[str, Any]]:
    own, key = (step.assignee_id, step.team_id), _key(given, step.operation_id)
    is_named = own != (None, None)
    for assignee, team in [own] if is_named else given.owners:
        place = f":{assignee or f'@{team}'}" if not is_named else ""
        yield {
            **given.links,
            "subject": step.subject,
            "description": step.description,
            "duration": step.duration,
            "priority": step.priority,
            "assignee_id": assignee,
            "team_id": team,
            "due_on": day,
            "due_at": _moment(day, step.due_time, people, assignee),
            "external_id": given.external_id and f"{key}{step.position}{place}",
        }


def _moment(
    day: date, clock: str | None, people: Recipients, assignee: int | None
) -> datetime | None:
    if clock is None:
        return None
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=people.zone_of(assignee))


def _term(step: OperationStep, start: date, works: Works) -> date:
    """So many days after the first one; of working days the first that is one, or a later one."""
    if not step.working_days:
        return within_range(start + timedelta(days=step.days_after), f"+{step.days_after}d")
    if step.days_after == 0 and works(start):
        return start
    return add_working_days(start, step.days_after or 1, works)


def _key(given: Assignment, operation_id: int) -> str:
    """How the external ids of its tasks begin: one key may stand for several operations."""
    return f"{given.external_id}:{operation_id}."


def _known(
    session: Session, operation_id: int, rows: Sequence[Mapping[str, Any]], given: Assignment
) -> dict[str, int]:
    """The tasks of an earlier assignment of the operation under the same external id."""
    if given.external_id is None:
        return {}
    external = col(Task.external_id)
    chosen = (
        select(external, Task.id)
        .where(external.startswith(_key(given, operation_id), autoescape=True))
        .where(col(Task.archived_at).is_(None))
        .order_by(col(Task.id))
    )
    asked = {row["external_id"] for row in rows}
    known = {key: number for key, number in session.exec(chosen) if key in asked and number}
    if known and given.on_match == "fail":
        number = next(iter(known.values()))
        raise Conflict(
            f"Task {number} was made under the external id '{given.external_id}' already.",
            hint="--on-match skip",
        )
    return {key: number for key, number in known.items() if key}
