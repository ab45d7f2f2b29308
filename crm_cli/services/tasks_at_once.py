"""Many tasks for employees and teams, planned as one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_cli.bulk import Edit, add_all, edit_all, selects
from crm_cli.errors import NotFound
from crm_cli.services import constants
from crm_cli.services.reminders import planning, recipients
from crm_cli.services.reminders.rules import Plan
from crm_cli.values.text import fold
from schema.task import Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlmodel import Session

    Planned = tuple[tuple[int | None, int | None], Plan]
    """An assignee and a team, and when a task of theirs reminds."""


def create(session: Session, rows: Sequence[Mapping[str, Any]], **shared: Any) -> list[int]:
    """Add tasks, each with a subject, an assignee or a team, and a term; their ids in order."""
    if not rows:
        return []
    me, now = session.info["person_id"], session.info["origin"].now
    duration = constants.typed(session, "task.default_duration")["task.default_duration"]
    usual = {
        "author_id": me,
        "owner_id": me,
        "planned_at": now,
        **shared,
    }
    planned = [_planned(row, now) for row in rows]
    first = _first_reminders(session, set(planned))
    full = [
        {
            **usual,
            **row,
            "subject_folded": fold(row["subject"]),
            "duration": duration if row.get("duration") is None else row["duration"],
            "next_reminder_at": first[one],
        }
        for row, one in zip(rows, planned, strict=True)
    ]
    return add_all(session, Task, full)


def edit(session: Session, changes: Iterable[tuple[Task, Mapping[str, Any]]]) -> None:
    """Give tasks that are locked new values; only what differs is written."""
    edits = []
    for task, values in changes:
        old = {name: getattr(task, name) for name in values}
        new = {name: value for name, value in values.items() if value != old[name]}
        if new:
            edits.append(Edit(task.key, task.version, {name: old[name] for name in new}, new))
            session.expire(task)
    edit_all(session, Task, edits)


def loaded(session: Session, ids: Sequence[int]) -> list[Task]:
    """Tasks in few statements, in the order of their ids."""
    return [task for some in selects(Task, ids) for task in session.exec(some)]


def locked(session: Session, ids: Sequence[int]) -> list[Task]:
    """Tasks in the order given, as they stand, locked until the end of the transaction.

    They are locked in the order of their ids, so that of two who close the same tasks one waits.
    Raises NotFound.
    """
    found = {
        task.key: task
        for some in selects(Task, ids)
        for task in session.exec(some.with_for_update().execution_options(populate_existing=True))
    }
    for number in ids:
        if number not in found:
            raise NotFound(f"There is no task with id {number}.")
    return [found[number] for number in ids]


def _planned(row: Mapping[str, Any], now: datetime) -> Planned:
    plan = Plan(
        due_on=row["due_on"],
        due_at=row.get("due_at"),
        remind=row.get("remind", ()),
        days_before=row.get("days_before", ()),
        planned_at=now,
    )
    return (row.get("assignee_id"), row.get("team_id")), plan


def _first_reminders(
    session: Session, planned: Iterable[Planned]
) -> dict[Planned, datetime | None]:
    """The first moment at which each reminds."""
    wanted = list(planned)
    people = recipients.load(session, [owner for owner, _ in wanted])
    known = planning.defaults(session)
    return {
        (owner, plan): planning.first_moment(plan, owner, people, known) for owner, plan in wanted
    }
