"""Many tasks for employees and teams, planned as one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from crm_cli.bulk import AT_ONCE, add_all
from crm_cli.services import constants
from crm_cli.services.reminders import planning, recipients
from crm_cli.services.reminders.rules import Plan
from crm_cli.values.text import fold
from schema.task import Task

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from sqlmodel import Session

    Term = tuple[int | None, int | None, date, datetime | None]
    """An assignee, a team, and the term of a task of theirs."""


def create(session: Session, rows: Sequence[Mapping[str, Any]], **shared: Any) -> list[int]:
    """Add tasks, each with a subject, an assignee or a team, and a term; their ids in order."""
    if not rows:
        return []
    me = session.info["person_id"]
    duration = constants.typed(session, "task.default_duration")["task.default_duration"]
    usual = {
        "author_id": me,
        "owner_id": me,
        "planned_at": session.info["origin"].now,
        **shared,
    }
    first = _first_reminders(session, set(map(_term, rows)))
    full = [
        {
            **usual,
            **row,
            "subject_folded": fold(row["subject"]),
            "duration": duration if row.get("duration") is None else row["duration"],
            "next_reminder_at": first[_term(row)],
        }
        for row in rows
    ]
    return add_all(session, Task, full)


def loaded(session: Session, ids: Sequence[int]) -> list[Task]:
    """Tasks in few statements."""
    found: list[Task] = []
    for start in range(0, len(ids), AT_ONCE):
        some = col(Task.id).in_(ids[start : start + AT_ONCE])
        found += session.exec(select(Task).where(some).order_by(col(Task.id)))
    return found


def _term(row: Mapping[str, Any]) -> Term:
    return row.get("assignee_id"), row.get("team_id"), row["due_on"], row.get("due_at")


def _first_reminders(session: Session, terms: set[Term]) -> dict[Term, datetime | None]:
    """The first moment of the reminders of a task of an assignee or a team, by its term."""
    people = recipients.load(session, [(assignee, team) for assignee, team, *_ in terms])
    known = planning.defaults(session)
    found = {}
    for assignee, team, day, moment in terms:
        plan = Plan(
            due_on=day,
            due_at=moment,
            remind=(),
            days_before=(),
            planned_at=session.info["origin"].now,
        )
        found[assignee, team, day, moment] = planning.first_moment(
            plan, (assignee, team), people, known
        )
    return found
