"""Many tasks for employees, each due on a day, planned as one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_cli.bulk import add_all
from crm_cli.services import constants, reminder_recipients, reminders
from crm_cli.services.reminder_rules import Plan
from crm_cli.values.text import fold
from schema.task import Task

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from sqlmodel import Session


def create(session: Session, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Add tasks, each with a subject, an assignee and a day; their ids in order."""
    if not rows:
        return []
    me = session.info["person_id"]
    duration = constants.typed(session, "task.default_duration")["task.default_duration"]
    shared = {
        "author_id": me,
        "owner_id": me,
        "duration": duration,
        "planned_at": session.info["origin"].now,
    }
    first = _first_reminders(session, {(row["assignee_id"], row["due_on"]) for row in rows})
    full = [
        {
            **shared,
            **row,
            "subject_folded": fold(row["subject"]),
            "next_reminder_at": first[row["assignee_id"], row["due_on"]],
        }
        for row in rows
    ]
    return add_all(session, Task, full)


def _first_reminders(
    session: Session, terms: set[tuple[int, date]]
) -> dict[tuple[int, date], datetime | None]:
    """The first moment of an assignee's reminders of a task due on a day."""
    people = reminder_recipients.load(session, [(assignee, None) for assignee, _ in terms])
    known = reminders.defaults(session)
    found = {}
    for assignee, day in terms:
        plan = Plan(
            due_on=day,
            due_at=None,
            remind=(),
            days_before=(),
            planned_at=session.info["origin"].now,
        )
        found[assignee, day] = reminders.first_moment(plan, (assignee, None), people, known)
    return found
