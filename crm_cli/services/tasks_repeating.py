"""Tasks that repeat: the rule stays with the last task of a series, closing it makes the next."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, inspect
from sqlmodel import col, select

from crm_cli.bulk import AT_ONCE
from crm_cli.errors import Conflict, InvalidData
from crm_cli.portions import portions
from crm_cli.services import tasks_at_once
from crm_cli.services.reminders import recipients
from crm_cli.values.repeating import rules
from crm_cli.values.repeating.days import anchored, next_day
from schema.task import Task

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, time
    from zoneinfo import ZoneInfo

    from sqlmodel import Session

    from crm_cli.values.work_calendar import WorkCalendar

COPIED = (
    *("subject", "description", "kind", "priority", "author_id", "assignee_id", "owner_id"),
    *("team_id", "account_id", "contact_id", "lead_id", "opportunity_id", "document_id"),
    *("campaign_id", "operation_id", "duration", "billable", "remind", "days_before"),
)
"""What a task hands on to the next one of its series; a memento is for one only."""


def tie(session: Session, task: Task, zone: ZoneInfo) -> None:
    """Tie a rule that was just given to the term of its task: to its day and its time.

    From a day that it has already it goes on counting.
    """
    attributes = inspect(task).attrs
    given = any(attributes[name].history.has_changes() for name in ("repeat", "repeat_from"))
    if task.repeat is None or not given:
        return
    if task.kind == "responsibility":
        raise Conflict("A responsibility of a lead does not repeat.")
    if task.id is not None and task.status != "open":
        raise Conflict(f"Task {task.id} is {task.status}.", hint=f"crm task reopen {task.id}")
    clock = task.due_at.astimezone(zone).time() if task.due_at else None
    task.repeat = begun(task.repeat, task.due_on, clock)
    task.repeat_from = task.repeat_from or task.due_on


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
    """The changes of one task of a series, which are for the last one only.

    A rule that is given, be it the same, counts from the term as it is now.
    """
    task = session.get_one(Task, number)
    _refuse_earlier(session, task)
    again = {"repeat_from": None} if "repeat" in values else {}
    return with_end(values, task.repeat) | again


def go_on(session: Session, closed: Sequence[Task], closing: Mapping[str, Any]) -> list[int]:
    """Write to tasks what closes them, and make the next ones of those that repeat.

    The rule moves on with it, so that a task that is reopened and closed again makes no other.
    """
    following = _following(session, [task for task in closed if task.repeat is not None])
    tasks_at_once.edit(
        session,
        (
            (task, {**closing, **_handing_over(task)} if task.key in following else closing)
            for task in closed
        ),
    )
    return tasks_at_once.create(session, list(following.values()))


def _following(session: Session, closed: Sequence[Task]) -> dict[int, dict[str, Any]]:
    """The next tasks of series whose last ones are closed, by the ids of these."""
    if not closed:
        return {}
    numbers = _numbers(session, [task.series_id or task.key for task in closed])
    people = recipients.load(session, [(task.assignee_id, task.team_id) for task in closed])
    now, found = session.info["origin"].now, {}
    calendar: WorkCalendar = session.info["place"].calendar
    for task in closed:
        own = task.occurrence or 1
        highest, last = numbers.get(task.series_id or task.key, (own, own))
        zone = people.zone_of(task.assignee_id)
        term = None if last > own else _next_term(task, zone, now, calendar)
        if term is not None:
            found[task.key] = {
                **{name: getattr(task, name) for name in COPIED},
                **term,
                "repeat": task.repeat,
                "series_id": task.series_id or task.key,
                "occurrence": max(highest, own) + 1,
            }
    return found


def _next_term(
    task: Task, zone: ZoneInfo, now: datetime, calendar: WorkCalendar
) -> dict[str, Any] | None:
    """The next term of a series at the time of its rule; None at its end."""
    rule, today = task.repeat or "", now.astimezone(zone).date()
    day = next_day(rule, task.due_on, today, calendar.is_holiday, counted_from=task.repeat_from)
    if day is None:
        return None
    clock = rules.clock_of(rule)
    due_at = clock and datetime.combine(day, clock, tzinfo=zone)
    return {"due_on": day, "due_at": due_at, "repeat_from": day}


def _handing_over(task: Task) -> dict[str, Any]:
    """What the next task of a series leaves to the one before."""
    return {
        "repeat": None,
        "repeat_from": None,
        "series_id": task.series_id or task.key,
        "occurrence": task.occurrence or 1,
    }


def _numbers(session: Session, series: Sequence[int]) -> dict[int | None, tuple[int, int]]:
    """The highest number of each series, and that of those not archived, which keep theirs."""
    number = func.max(col(Task.occurrence))
    found: dict[int | None, tuple[int, int]] = {}
    for some in portions(series, AT_ONCE):
        rows = session.exec(
            select(Task.series_id, number, number.filter(col(Task.archived_at).is_(None)))
            .where(col(Task.series_id).in_(some))
            .group_by(col(Task.series_id))
        )
        found |= {one: (highest or 0, last or 0) for one, highest, last in rows}
    return found


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
