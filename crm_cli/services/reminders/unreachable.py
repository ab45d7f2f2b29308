"""Whom the reminders of a task cannot reach, said when the task is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.services.reminders import planning, recipients
from crm_cli.services.reminders.rules import moments
from schema.task import Task

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlmodel import Session

    from crm_cli.services.reminders.recipients import Recipient

MISSING = {
    "email": "{0.name} has no e-mail address, so no reminder can reach them:"
    " crm employee edit {0.id} --email ADDRESS",
    "message": "{0.name} has no login to read messages with:"
    " crm employee edit {0.id} --login LOGIN",
}


def unreached(session: Session, ids: Sequence[int]) -> list[str]:
    """One line for each employee and channel that open tasks need in vain."""
    tasks = [session.get_one(Task, number) for number in ids]
    waiting = [task for task in tasks if task.next_reminder_at is not None]
    people = recipients.load(session, [(task.assignee_id, task.team_id) for task in waiting])
    lines = (
        MISSING[channel].format(one)
        for task in waiting
        for one in people.of(task.assignee_id, task.team_id)
        for channel in _in_vain(session, task, one)
    )
    return list(dict.fromkeys(lines))


def _in_vain(session: Session, task: Task, person: Recipient) -> Iterator[str]:
    wanted = moments(planning.plan(task), planning.defaults(session), person.zone)
    for channel in sorted({moment.channel for moment in wanted}):
        if not person.is_reached_by(channel):
            yield channel
