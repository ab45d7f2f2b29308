"""Tasks that repeat: the rule stays with the last task of a series, closing it makes the next."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, inspect
from sqlmodel import col, select

from crm_cli.errors import Conflict, InvalidData
from crm_cli.services import records, tasks_at_once
from crm_cli.services.reminders import recipients
from crm_cli.values.repeating import rules
from crm_cli.values.repeating.days import anchored, next_day
from crm_cli.views.tasks import TASK
from schema.task import Task

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, time
    from zoneinfo import ZoneInfo

    from sqlmodel import Session

COPIED = (
    *("subject", "description", "kind", "priority", "author_id", "assignee_id", "owner_id"),
    *("team_id", "account_id", "contact_id", "lead_id", "opportunity_id", "document_id"),
    *("campaign_id", "operation_id", "duration", "billable", "remind", "days_before"),
)
"""What a task hands on to the next one of its series; a memento is for one only."""


def tie(session: Session, task: Task, zone: ZoneInfo) -> None:
    """Tie a rule that was just given to the term of its task: to its day and its time."""
    if task.repeat is None or not inspect(task).attrs["repeat"].history.has_changes():
        return
    if task.kind == "responsibility":
        raise Conflict("A responsibility of a lead does not repeat.")
    if task.id is not None and task.status != "open":
        raise Conflict(f"Task {task.id} is {task.status}.", hint=f"crm task reopen {task.id}")
    clock = task.due_at.astimezone(zone).time() if task.due_at else None
    task.repeat = begun(task.repeat, task.due_on, clock)


def begun(rule: str, term: date, clock: time | None) -> str:
    """A rule tied to a term; raises InvalidData for one that ends before it or never comes."""
    end = rules.last_day(rule)
    if end is not None and end < term:
        message = "It repeats until {end}, but the term is {term}."
        raise InvalidData(message, end=end, term=term)
    tied = anchored(rule, term, clock)
    if next_day(rules.until(tied, None), term, term) is None:
        raise InvalidData("It repeats on a day that never comes after {term}.", term=term)
    return tied


def with_end(values: Mapping[str, Any], rule: str | None) -> dict[str, Any]:
    """Values with `until` put into the rule that is given beside it, else into one there is."""
    rest = {name: value for name, value in values.items() if name != "until"}
    if "until" not in values:
        return rest
    rule = rest.get("repeat", rule)
    if rule is None:
        raise InvalidData(
            "Only a task that repeats has a last day.", hint="--repeat weekly --until DATE"
        )
    return rest | {"repeat": rules.until(rule, values["until"])}


def ending(session: Session, number: int, values: Mapping[str, Any]) -> dict[str, Any]:
    """The changes of one task of a series, which are for the last one only."""
    task = session.get_one(Task, number)
    _refuse_earlier(session, task)
    return with_end(values, task.repeat)


def go_on(session: Session, task: Task) -> int | None:
    """Make the next task of a series whose last one was closed; None at its end.

    The rule moves on with it, so that a task that is reopened and closed again makes no other.
    """
    if task.repeat is None or last_of(session, task) is not None:
        return None
    people = recipients.load(session, [(task.assignee_id, task.team_id)])
    zone = people.zone_of(task.assignee_id)
    today = session.info["origin"].now.astimezone(zone).date()
    day = next_day(task.repeat, task.due_on, today)
    if day is None:
        return None
    task.series_id, task.occurrence = task.series_id or task.key, task.occurrence or 1
    rule, task.repeat = task.repeat, None
    term = task.due_at.astimezone(zone).time() if task.due_at else None
    clock = rules.clock_of(rule) or term
    return records.add(
        session,
        TASK,
        {
            **{name: getattr(task, name) for name in COPIED},
            "due_on": day,
            "due_at": datetime.combine(day, clock, tzinfo=zone) if clock else None,
            "repeat": rule,
            "series_id": task.series_id,
            "occurrence": _highest(session, task) + 1,
        },
    )


def _highest(session: Session, task: Task) -> int:
    """The last number of a series; one that was archived keeps its own."""
    of_series = select(func.max(Task.occurrence)).where(Task.series_id == task.series_id)
    return max(session.exec(of_series).one() or 0, task.occurrence or 1)


def ends_with(session: Session, ids: Sequence[int]) -> list[int]:
    """Those of some tasks with which a series would end."""
    tasks = tasks_at_once.loaded(session, ids)
    return [task.key for task in tasks if task.repeat is not None and task.status == "open"]


def last_of(session: Session, task: Task) -> int | None:
    """The task with which the series of another goes on; None where that is the last one."""
    if task.series_id is None:
        return None
    return session.exec(
        select(Task.id)
        .where(Task.series_id == task.series_id, col(Task.archived_at).is_(None))
        .where(col(Task.occurrence) > (task.occurrence or 0))
        .order_by(col(Task.occurrence).desc())
    ).first()


def _refuse_earlier(session: Session, task: Task) -> None:
    last = last_of(session, task)
    if last is not None:
        raise Conflict(
            f"The series of task {task.id} goes on with task {last}.", hint=f"crm task show {last}"
        )
