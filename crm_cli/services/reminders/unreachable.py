"""Whom the reminders of a task cannot reach, said when the task is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.services.reminders import planning, recipients
from crm_cli.services.reminders.rules import moments

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sqlmodel import Session

    from crm_cli.services.reminders.recipients import Recipient
    from schema.task import Task

MISSING = {
    "email": "{0.name} has no e-mail address, so no reminder can reach them:"
    " crm employee edit {0.id} --email ADDRESS",
    "message": "{0.name} has no login to read messages with:"
    " crm employee edit {0.id} --login LOGIN",
}


def unreached(session: Session, tasks: Collection[Task]) -> list[str]:
    """One line for each employee and channel that tasks need in vain."""
    people = recipients.load(session, [(task.assignee_id, task.team_id) for task in tasks])
    lines = (
        MISSING[channel].format(one)
        for task in tasks
        for one in people.of(task.assignee_id, task.team_id)
        for channel in _in_vain(session, task, one)
    )
    return list(dict.fromkeys(lines))


def _in_vain(session: Session, task: Task, person: Recipient) -> Iterator[str]:
    wanted = moments(planning.plan(task), planning.defaults(session), person.zone)
    for channel in sorted({moment.channel for moment in wanted}):
        if not person.is_reached_by(channel):
            yield channel
