"""Keeping `next_reminder_at` of tasks: the first moment of their reminders that is not settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import bindparam, inspect, or_, select, update

from crm_cli.services import constants, records, reminder_recipients
from crm_cli.services.reminder_rules import (
    Defaults,
    Moment,
    Plan,
    earliest,
    escalations,
    moments,
    still_due,
)
from crm_cli.views.employees import EMPLOYEE
from schema.base import table_of
from schema.employee import Employee
from schema.task import Task

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy import ColumnElement, Row
    from sqlmodel import Session

    from crm_cli.services.reminder_recipients import Recipient, Recipients
    from crm_cli.services.reminder_rules import Wanted

TASK = table_of(Task)
PERSON = table_of(Employee)
# A plain statement: what the program derives is no change of the record.
REWRITTEN = (
    update(TASK)
    .where(TASK.c.id == bindparam("task_id"))
    .values(next_reminder_at=bindparam("next"), due_on=bindparam("day"))
)
AT_ONCE = 1_000
"""Tasks that are read and rewritten by one pair of statements."""


class Rules(NamedTuple):
    """What the moments of reminders depend on beside the tasks."""

    defaults: Defaults
    zones: Mapping[int | None, str | None]
    """Employee -> a zone of his own; None -> the company's."""


def rules(session: Session) -> Rules:
    """What holds in the database now."""
    people = session.connection().execute(select(PERSON.c.id, PERSON.c.timezone))
    zones: dict[int | None, str | None] = {one.id: one.timezone for one in people}
    return Rules(defaults(session), zones | {None: constants.text_of(session, "timezone")})


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
    """Whom a task of an assignee or a team reminds, and when; his manager comes last."""
    found = [(one, moments(planned, known, one.zone)) for one in people.of(*owner)]
    manager = people.manager_of(owner[0])
    if manager is not None:
        found.append((manager, escalations(planned, known, manager.zone)))
    return found


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


def follow(session: Session, employee: Employee) -> None:
    """Move the reminders of an employee whose zone, team or manager is another now."""
    changes = inspect(employee).attrs
    teams = changes.team_id.history
    others = changes.timezone.history.has_changes() or changes.manager_id.history.has_changes()
    if not (others or teams.has_changes()):
        return
    before = rules(session)
    session.add(employee)
    records.flush(session, EMPLOYEE)
    concerned = [team for team in teams.sum() if team is not None]
    reschedule(session, before, employee_id=employee.key, teams=concerned)


def reschedule(
    session: Session,
    before: Rules,
    *,
    employee_id: int | None = None,
    teams: Sequence[int] = (),
) -> None:
    """Move the reminders to come after constants changed, or where an employee belongs.

    What waited stays due, also where its moment is past now; what has passed under the old rules
    is not sent by the new.
    """
    session.flush()
    now = session.info["origin"].now
    after, last = rules(session), 0
    while tasks := _with_moments_to_come(session, last, now, employee_id, teams):
        was, is_now = _people(session, tasks, before.zones), _people(session, tasks, after.zones)
        old = [_moments(one, was, before.defaults)[1] for one in tasks]
        new = [_moments(one, is_now, after.defaults) for one in tasks]
        _rewrite(session, [_moved(*each, now) for each in zip(tasks, old, new, strict=True)])
        last = tasks[-1].id


def advance(session: Session, tasks: Sequence[Row[Any]], known: Defaults, after: datetime) -> None:
    """Point tasks at the first of their reminders after a moment; all before it are settled."""
    people = _people(session, tasks)
    moved = [(one, *_moments(one, people, known)) for one in tasks]
    _rewrite(session, [_row(task, day, _first(found, after)) for task, day, found in moved])


def _people(
    session: Session,
    tasks: Sequence[Row[Any]],
    zones: Mapping[int | None, str | None] | None = None,
) -> Recipients:
    owners = [(one.assignee_id, one.team_id) for one in tasks]
    return reminder_recipients.load(session, owners, zones=zones)


def _rewrite(session: Session, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.connection().execute(REWRITTEN, rows)


def _with_moments_to_come(
    session: Session, after: int, now: datetime, employee_id: int | None, teams: Sequence[int]
) -> Sequence[Row[Any]]:
    """Tasks of which something is due, or will be, or may be by other rules."""
    near = now.date() - timedelta(days=2 + defaults(session).escalate_after)
    chosen = (
        select(TASK)
        .where(TASK.c.id > after, TASK.c.status == "open", TASK.c.archived_at.is_(None))
        .where(or_(TASK.c.next_reminder_at.is_not(None), TASK.c.due_on >= near))
        .order_by(TASK.c.id)
        .limit(AT_ONCE)
        .with_for_update()
    )
    if employee_id is not None:
        chosen = chosen.where(_concerning(employee_id, teams))
    return session.connection().execute(chosen).all()


def _concerning(employee_id: int, teams: Sequence[int]) -> ColumnElement[bool]:
    """Tasks of an employee, of those whom he manages, and of teams."""
    managed = select(PERSON.c.id).where(PERSON.c.manager_id == employee_id)
    by_team = TASK.c.assignee_id.is_(None) & TASK.c.team_id.in_(teams)
    return or_(TASK.c.assignee_id == employee_id, TASK.c.assignee_id.in_(managed), by_team)


def _moved(
    task: Row[Any], before: Wanted, after: tuple[date, Wanted], now: datetime
) -> dict[str, Any]:
    """The new values of a row after the rules changed."""
    day, found = after
    pending = task.next_reminder_at
    first = _first(found, now) if pending is None else still_due(pending, before, found, now)
    return _row(task, day, first)


def _first(found: Wanted, after: datetime) -> datetime | None:
    return earliest((moment for some in found.values() for moment in some), after)


def _row(task: Row[Any], day: date, first: datetime | None) -> dict[str, Any]:
    return {"task_id": task.id, "day": day, "next": first}


def _moments(task: Row[Any], people: Recipients, known: Defaults) -> tuple[date, Wanted]:
    """The day of the term, which depends on the zone, and the moments of each recipient."""
    day = task.due_on
    if task.due_at is not None:
        day = task.due_at.astimezone(people.zone_of(task.assignee_id)).date()
    owner = task.assignee_id, task.team_id
    found = every_moment(replace(plan(task), due_on=day), owner, people, known)
    return day, {person.id: some for person, some in found}
