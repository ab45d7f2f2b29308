"""Moving the reminders to come where constants, people or their days off change."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import inspect, or_, select

from crm_cli.services import presence, records
from crm_cli.services.reminders import ledger, planning, recipients
from crm_cli.services.reminders.ledger import Decision
from crm_cli.services.reminders.rules import Defaults, Moment, resumed, still_due
from crm_cli.views.employees import EMPLOYEE
from schema.base import table_of
from schema.task import Task

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date, datetime

    from sqlalchemy import ColumnElement, Row
    from sqlmodel import Session

    from crm_cli.services.reminders.recipients import Recipient, Recipients
    from crm_cli.services.reminders.rules import Wanted
    from schema.employee import Employee

TASK = table_of(Task)
FOLLOWED = ("timezone", "team_id", "manager_id", "work_days", "country")
"""What reminders of his tasks, or of those whose manager he is, depend on."""
AT_ONCE = 5_000
"""Tasks that are read and rewritten by one pair of statements."""
SHAPE = (
    *("assignee_id", "team_id", "due_on", "due_at", "remind", "days_before", "memento_at"),
    "next_reminder_at",
)
"""Tasks that agree in this move together."""
READ = [TASK.c[name] for name in ("id", *SHAPE, "planned_at", "term_number", "memento_number")]
"""What is read of a task: to read the whole of it takes half of the time."""
_shape = attrgetter(*SHAPE)


class Rules(NamedTuple):
    """What the moments of reminders depend on beside the tasks."""

    defaults: Defaults
    people: Recipients


class _Move(NamedTuple):
    """A task under other rules: where its reminders begin now, and those nobody is told of."""

    day: date
    first: datetime | None
    settled: Sequence[tuple[Recipient, Moment]]


def rules(session: Session) -> Rules:
    """What holds in the database now."""
    return Rules(planning.defaults(session), recipients.everybody(session))


def follow(session: Session, employee: Employee) -> None:
    """Move the reminders of an employee whose zone, team, manager or working days are others."""
    changes = inspect(employee).attrs
    if any(changes[name].history.has_changes() for name in FOLLOWED):
        with following(session):
            session.add(employee)
            records.flush(session, EMPLOYEE)


@contextmanager
def following(session: Session) -> Iterator[None]:
    """Move the reminders that depend on what is written inside."""
    before = rules(session)
    yield
    reschedule(session, before)


def reschedule(session: Session, before: Rules) -> None:
    """Move the reminders of all tasks for which other rules than before hold now.

    What waited still does, also where its moment is past now. What is newly wanted counts from
    now: where it would go along with what waited, the ledger says that it is settled.
    """
    session.flush()
    now, after = session.info["origin"].now, rules(session)
    moving, chosen, last = _Moving(before, after, now), _concerned(before, after, now), 0
    while tasks := _page(session, chosen, last):
        moves = [(one, moving.move(one)) for one in tasks]
        planning.rewrite(session, [(task, move.day, move.first) for task, move in moves])
        ledger.settle(session, list(_settled(moves)))
        last = tasks[-1].id


def resume(session: Session, ids: Collection[int]) -> None:
    """Let tasks that were put back as they were remind by what holds now; the closed do not."""
    session.flush()
    known, now = rules(session), session.info["origin"].now
    found = select(*READ, TASK.c.status, TASK.c.archived_at).where(TASK.c.id.in_(ids))
    tasks: Any = session.connection().execute(found).all()
    planning.rewrite(session, [(one, *_resumed(one, known, now)) for one in tasks])


def _resumed(task: Row[Any], known: Rules, now: datetime) -> tuple[date, datetime | None]:
    if task.status != "open" or task.archived_at is not None:
        return task.due_on, None
    day, found = _wanted(task, known)
    return day, resumed(task.next_reminder_at, (moment for _, moment in found), now)


def _page(session: Session, chosen: ColumnElement[bool], after: int) -> Sequence[Row[Any]]:
    found = select(*READ).where(TASK.c.id > after, chosen).order_by(TASK.c.id).limit(AT_ONCE)
    return session.connection().execute(found.with_for_update()).all()


def _concerned(before: Rules, after: Rules, now: datetime) -> ColumnElement[bool]:
    """Open tasks of which something waits, or may be to come by other rules."""
    near = now.date() - timedelta(days=after.defaults.escalate_after + presence.A_MONTH)
    to_come = or_(
        TASK.c.next_reminder_at.is_not(None), TASK.c.due_on >= near, TASK.c.memento_at > now
    )
    found = (TASK.c.status == "open") & TASK.c.archived_at.is_(None) & to_come
    zones = before.people.zone_of(None), after.people.zone_of(None)
    if before.defaults != after.defaults or zones[0] != zones[1]:
        return found
    owners, teams = _differing(before, after)
    of_team = TASK.c.assignee_id.is_(None) & TASK.c.team_id.in_(teams)
    return found & or_(TASK.c.assignee_id.in_(owners), of_team)


def _differing(before: Rules, after: Rules) -> tuple[set[int], set[int]]:
    """The employees and the teams whose tasks remind otherwise now."""
    old, new = _places(before), _places(after)
    changed = {number for number in old.keys() | new if old.get(number) != new.get(number)}
    everybody = [*before.people, *after.people]
    changed |= {one.id for one in everybody if one.manager_id in changed}
    teams = {one.team_id for one in everybody if one.id in changed}
    return changed, {team for team in teams if team is not None}


def _places(known: Rules) -> dict[int, object]:
    """What decides when and of which tasks employees are told, as far as rules ask for it."""
    escalates = known.defaults.escalate_after
    return {
        one.id: (one.place, known.people.rota(one.id) if escalates else None)
        for one in known.people
    }


class _Moving:
    """Moves tasks from some rules to others; those that are alike are worked out once."""

    def __init__(self, before: Rules, after: Rules, now: datetime) -> None:
        self._before, self._after, self._now = before, after, now
        self._known: dict[tuple[Any, ...], _Move] = {}

    def move(self, task: Row[Any]) -> _Move:
        """Where its reminders begin now."""
        alike = _shape(task)
        if alike not in self._known:
            self._known[alike] = self._worked_out(task)
        return self._known[alike]

    def _worked_out(self, task: Row[Any]) -> _Move:
        day, found = _wanted(task, self._after)
        # What waited before is asked for only where something has passed by now.
        has_passed = any(one.at <= self._now for _, one in found)
        was = _wanted(task, self._before)[1] if has_passed else []
        first, settled = still_due(task.next_reminder_at, was, found, self._now)
        people = self._after.people
        return _Move(day, first, [(people[who], moment) for who, moment in settled])


def _wanted(task: Row[Any], known: Rules) -> tuple[date, Wanted]:
    """The day of the term, which depends on the zone, and the moments of each recipient."""
    day = task.due_on
    if task.due_at is not None:
        day = task.due_at.astimezone(known.people.zone_of(task.assignee_id)).date()
    planned, owner = planning.plan(task), (task.assignee_id, task.team_id)
    if day != task.due_on:
        planned = replace(planned, due_on=day)
    found = planning.every_moment(planned, owner, known.people, known.defaults)
    return day, [(person.id, moment) for person, some in found for moment in some]


def _settled(moves: Iterable[tuple[Row[Any], _Move]]) -> Iterator[Decision]:
    for task, move in moves:
        for person, moment in move.settled:
            yield Decision(
                task=task,
                recipient=person,
                addressee=person,
                moment=moment,
                state="skipped",
                is_late=False,
            )
