"""What to look out for when tasks are given to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, select

from crm_cli.bulk import AT_ONCE
from crm_cli.portions import portions
from crm_cli.services import presence, tasks_at_once
from crm_cli.services.reminders import unreachable
from schema.employee import Employee
from schema.task import Task
from schema.team import Team

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlmodel import Session


def warnings(session: Session, ids: Sequence[int]) -> list[str]:
    """Who cannot be reminded, who is away on the term, whose team is empty or not his own."""
    given = [task for task in tasks_at_once.loaded(session, ids) if task.status == "open"]
    left = _left(session, {task.assignee_id for task in given if task.assignee_id})
    alike = {
        (task.assignee_id, task.team_id, task.remind): task
        for task in given
        if task.assignee_id not in left and task.next_reminder_at is not None
    }
    found = [
        *left.values(),
        *unreachable.unreached(session, alike.values()),
        *_of_nobody(session, given),
        *_away(session, given),
        *_outside(session, given),
    ]
    return list(dict.fromkeys(found))


def _left(session: Session, people: set[int]) -> dict[int, str]:
    """What to say of those who work here no more, by their ids."""
    chosen = (
        select(Employee.id, Employee.name)
        .where(col(Employee.id).in_(people), col(Employee.archived_at).is_not(None))
        .order_by(col(Employee.id))
    )
    return {
        number: f"{name} has left and is reminded of nothing: crm task edit"
        f" --where 'assignee_id = {number}' --where 'status = open' --assignee LOGIN"
        for number, name in session.exec(chosen)
        if number
    }


def _of_nobody(session: Session, tasks: Sequence[Task]) -> Iterator[str]:
    """Teams without members, in which nobody learns of a task."""
    teams = {task.team_id for task in tasks if task.team_id and not task.assignee_id}
    if not teams:
        return
    members = select(Employee.id).where(
        col(Employee.team_id) == col(Team.id), col(Employee.archived_at).is_(None)
    )
    chosen = select(Team.code).where(col(Team.id).in_(teams), ~members.exists())
    for code in session.exec(chosen.order_by(col(Team.id))):
        yield (
            f"Nobody is in the team {code}, so nobody is reminded:"
            f" crm employee edit LOGIN --team {code}"
        )


def _away(session: Session, tasks: Sequence[Task]) -> Iterator[str]:
    terms = sorted({(task.due_on, task.assignee_id) for task in tasks if task.assignee_id})
    if not terms:
        return
    known = presence.load(session, terms[0][0], terms[-1][0])
    for day, number in terms:
        if known.is_away(number, day):
            deputy = known.deputy(number, day)
            person = session.get_one(Employee, number)
            stand_in = session.get_one(Employee, deputy).name if deputy else "nobody"
            yield f"{person.name} is away on {day}; {stand_in} stands in for them."
        elif holiday := known.holiday(number, day):
            yield f"{day} is free: {holiday.name}."


def _outside(session: Session, tasks: Sequence[Task]) -> Iterator[str]:
    given = [task.key for task in tasks if task.assignee_id and task.team_id]
    for some in portions(given, AT_ONCE):
        chosen = (
            select(Employee.name, Team.code)
            .join_from(Task, Employee, col(Employee.id) == col(Task.assignee_id))
            .join(Team, col(Team.id) == col(Task.team_id))
            .where(col(Team.id).is_distinct_from(Employee.team_id))
            .where(col(Task.id).in_(some))
            .order_by(col(Employee.id), col(Team.id))
        )
        for name, code in session.exec(chosen):
            yield f"{name} is not a member of the team {code}."
