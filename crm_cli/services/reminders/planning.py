"""Keeping `next_reminder_at` of tasks: the first moment of their reminders that is not settled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_cli.services import constants
from crm_cli.services.reminders import recipients
from crm_cli.services.reminders.rules import (
    Defaults,
    Moment,
    Plan,
    earliest,
    escalations,
    moments,
)
from schema.base import table_of
from schema.bulk import update_all
from schema.task import Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from sqlalchemy import Row
    from sqlmodel import Session

    from crm_cli.services.reminders.recipients import Recipient, Recipients

TASK = table_of(Task)


def defaults(session: Session) -> Defaults:
    """What the constants of the company say."""
    found = constants.typed(
        session,
        "task.remind.email",
        "task.remind.message",
        "task.remind.days_before",
        "task.remind.hour",
        "task.escalate_after",
    )
    return Defaults(
        channels=tuple(name for name in ("email", "message") if found[f"task.remind.{name}"]),
        days_before=found["task.remind.days_before"],
        hour=found["task.remind.hour"],
        escalate_after=found["task.escalate_after"],
    )


def plan(task: Task | Row[Any]) -> Plan:
    """The part of a task that reminders depend on."""
    return Plan(
        due_on=task.due_on,
        due_at=task.due_at,
        remind=task.remind,
        days_before=task.days_before,
        planned_at=task.planned_at,
        memento_at=task.memento_at,
    )


def every_moment(
    planned: Plan, owner: tuple[int | None, int | None], people: Recipients, known: Defaults
) -> list[tuple[Recipient, list[Moment]]]:
    """Whom a task of an assignee or a team reminds, and when; their managers come last."""
    return [
        *((one, moments(planned, known, one.zone)) for one in people.of(*owner)),
        *(
            (one, escalations(planned, known, one.zone, people.working_days_of(one)))
            for one in people.managers_of(*owner)
        ),
    ]


def first_moment(
    planned: Plan,
    owner: tuple[int | None, int | None],
    people: Recipients,
    known: Defaults,
    *,
    after: datetime | None = None,
) -> datetime | None:
    """The first moment of all reminders of a task, or the first one after another."""
    found = every_moment(planned, owner, people, known)
    return earliest((moment for _, some in found for moment in some), after)


def schedule(session: Session, task: Task, people: Recipients) -> None:
    """Begin anew with the reminders of a task; a moment that has passed goes at the next run."""
    task.planned_at = session.info["origin"].now
    owner = task.assignee_id, task.team_id
    is_open = task.status == "open" and task.archived_at is None
    first = first_moment(plan(task), owner, people, defaults(session)) if is_open else None
    task.next_reminder_at = first


def advance(session: Session, tasks: Sequence[Row[Any]], known: Defaults, after: datetime) -> None:
    """Point tasks at the first of their reminders after a moment; all before it are settled."""
    owners = [(one.assignee_id, one.team_id) for one in tasks]
    people = recipients.load(session, owners)
    moved = [
        (task, task.due_on, first_moment(plan(task), owner, people, known, after=after))
        for task, owner in zip(tasks, owners, strict=True)
    ]
    rewrite(session, moved)


def rewrite(session: Session, moved: Iterable[tuple[Row[Any], date, datetime | None]]) -> None:
    """Give tasks the day of their term and the moment of their next reminder.

    What the program derives is no change of the record: nothing of it is audited.
    """
    rows = [
        (task.id, day, first)
        for task, day, first in moved
        if (day, first) != (task.due_on, task.next_reminder_at)
    ]
    if rows:
        update_all(session.connection(), TASK, ("due_on", "next_reminder_at"), rows)
