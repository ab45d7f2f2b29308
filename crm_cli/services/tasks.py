"""Tasks: adding, planning, finishing them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypedDict, Unpack

from sqlalchemy import inspect

from crm_cli.errors import Conflict, InvalidData
from crm_cli.services import constants, delegates, records, tasks_at_once, tasks_repeating
from crm_cli.services.reminders import planning, recipients
from crm_cli.views.tasks import TASK
from schema.task import Task
from schema.task_states import TRANSITIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from sqlmodel import Session

PLANNED = ("due_on", "due_at", "assignee_id", "team_id", "remind", "days_before", "memento_at")
"""What reminders depend on: a change of it begins them anew."""


class Links(TypedDict, total=False):
    """What a task may say beside its subject, term and assignee."""

    description: str | None
    priority: str
    team_id: int | None
    account_id: int | None
    contact_id: int | None
    lead_id: int | None
    opportunity_id: int | None
    document_id: int | None
    campaign_id: int | None
    duration: int | None
    billable: bool
    remind: tuple[str, ...]
    days_before: tuple[str, ...]
    memento_at: datetime | None


def create(  # noqa: PLR0913 - the five facts every task has
    session: Session,
    *,
    subject: str,
    assignee_id: int | None,
    due_on: date,
    due_at: datetime | None = None,
    kind: str = "task",
    author_id: int | None = None,
    **links: Unpack[Links],
) -> Task:
    """Add a task for another process; a term with a time gives the day in the assignee's zone."""
    facts = {"subject": subject, "assignee_id": assignee_id, "due_on": due_on, "due_at": due_at}
    number = records.add(session, TASK, {**links, **facts, "kind": kind, "author_id": author_id})
    return session.get_one(Task, number)


def add(
    session: Session,
    values: Mapping[str, Any],
    owners: Sequence[tuple[int | None, int | None]],
    *,
    on_match: str = "fail",
) -> list[int]:
    """Add a task for each employee or team named, else for the team in `values`, else for me.

    Of one with a known external id `update` changes what is given, `skip` nothing.
    """
    known = values.get("external_id")
    if known and len(owners) > 1:
        raise InvalidData(
            f"The external id '{known}' stands for one task, but {len(owners)} are asked for.",
            hint="Add them one by one, or use an operation: crm operation assign --external-id",
        )
    old = records.with_external_id(session, TASK, known)
    if old is not None and on_match != "fail":
        if on_match == "update":
            edit(session, [old], {**values, **(given_to(*owners[0]) if owners else {})})
        return [old]
    me, team_id = session.info["person_id"], values.get("team_id")
    whole = tasks_repeating.with_end(values, None)
    ids = [
        records.add(session, TASK, {**whole, "assignee_id": assignee, "team_id": team or team_id})
        for assignee, team in owners or [(None if team_id else me, None)]
    ]
    _tell(session, ids, {})
    return ids


def given_to(assignee_id: int | None, team_id: int | None) -> dict[str, int | None]:
    """A team takes a task from its assignee; an employee leaves the team as it is."""
    return {"assignee_id": assignee_id} | ({"team_id": team_id} if team_id else {})


def edit(session: Session, ids: Sequence[int], values: Mapping[str, Any]) -> None:
    """Change tasks; `until` is the last day of the rule that each is given or has."""
    given = tasks_at_once.loaded(session, ids) if "assignee_id" in values else ()
    before = _assignees(given)
    if values.keys() & {"repeat", "until"}:
        for number in ids:
            records.edit(session, TASK, [number], tasks_repeating.ending(session, number, values))
    else:
        records.edit(session, TASK, ids, values)
    _tell(session, list(before), before)


def complete(now: Mapping[str, Any], values: dict[str, Any], home: str) -> dict[str, Any]:
    """Check what can be checked without the database."""
    remind = values.get("remind") or ()
    if "none" in remind and len(remind) > 1:
        raise InvalidData("A task that reminds by none cannot remind by another channel.")
    for name in ("remind", "days_before"):
        if name in values:
            values[name] = values[name] or ()
    return values


def settle(session: Session, task: Task) -> None:
    """Derive what follows from term, assignee and choice of reminders."""
    if task.assignee_id is None and task.team_id is None:
        raise InvalidData("A task needs an assignee or a team.", hint="--assignee me")
    people = recipients.load(session, [(task.assignee_id, task.team_id)])
    if task.memento_at is not None and _changed(task, ("memento_at",)):
        task.memento_number += 1
    zone = people.zone_of(task.assignee_id)
    if task.due_at is not None:
        task.due_on = task.due_at.astimezone(zone).date()
    tasks_repeating.tie(session, task, zone)
    if not inspect(task).persistent:
        _begin(session, task)
    elif not _changed(task, PLANNED):
        return
    elif _changed(task, ("due_at",) if task.due_at else ("due_at", "due_on")):
        task.term_number += 1
    planning.schedule(session, task, people)


def done(
    session: Session, ids: Sequence[int], *, by: int | None, at: datetime, resolution: str | None
) -> list[int]:
    """Finish tasks; gives the next ones of those that repeat.

    Raises Conflict for one that is closed or is a responsibility of a lead.
    """
    if at > session.info["origin"].now:
        raise InvalidData("A task cannot be done in the future.", hint="Leave --at out for now.")
    tasks = _ready(session, ids, "done")
    return tasks_repeating.go_on(session, tasks, _closing("done", by, at) | _said(resolution))


def cancel(
    session: Session, ids: Sequence[int], *, by: int | None, resolution: str | None = None
) -> list[int]:
    """Drop tasks that will not be done; gives the next ones of those that repeat."""
    tasks = _ready(session, ids, "cancel")
    return tasks_repeating.go_on(session, tasks, _closing("cancel", by) | _said(resolution))


def reopen(session: Session, ids: Sequence[int]) -> None:
    """Take up closed tasks again; what they should have reminded of meanwhile goes at once."""
    tasks = _ready(session, ids, "reopen")
    people = recipients.load(session, [(task.assignee_id, task.team_id) for task in tasks])
    for task in tasks:
        task.status = TRANSITIONS["reopen"][1]
        task.done_at = task.done_by_id = None
        planning.schedule(session, task, people)
    session.flush()


def remove(session: Session, ids: Sequence[int]) -> list[int]:
    """Remove tasks; gives the ids of those in use, which are archived."""
    for task in tasks_at_once.locked(session, ids):
        _refuse_responsibility(task)
    archived = records.remove(session, TASK, ids)
    for number in archived:
        session.get_one(Task, number).next_reminder_at = None
    session.flush()
    return archived


def close_responsibility(
    session: Session,
    number: int,
    *,
    step: Literal["done", "cancel"],
    resolution: str | None = None,
    by: int | None = None,
) -> None:
    """Close the task of a lead's responsibility, for the lead's own steps."""
    (task,) = tasks_at_once.locked(session, [number])
    _refuse_step(task, step)
    closing = _closing(step, by, session.info["origin"].now) | {"resolution": resolution}
    tasks_at_once.edit(session, [(task, closing)])


def _assignees(tasks: Iterable[Task]) -> dict[int, int | None]:
    """Who has some tasks, before they are given to somebody else."""
    return {task.key: task.assignee_id for task in tasks}


def _tell(session: Session, ids: Sequence[int], before: Mapping[int, int | None]) -> None:
    """Tell those who have no login of open tasks that were not theirs before (R54)."""
    tasks = tasks_at_once.loaded(session, ids)
    delegates.tell(
        session,
        (
            task
            for task in tasks
            if task.status == "open" and before.get(task.key, 0) != task.assignee_id
        ),
    )


def _begin(session: Session, task: Task) -> None:
    task.author_id = task.author_id or session.info["person_id"]
    task.owner_id = task.owner_id or task.author_id
    if task.duration is None:
        name = "task.default_duration"
        task.duration = constants.typed(session, name)[name]


def _changed(task: Task, names: Iterable[str]) -> bool:
    attributes = inspect(task).attrs
    return any(attributes[name].history.has_changes() for name in names)


def _ready(session: Session, ids: Sequence[int], step: str) -> list[Task]:
    """Tasks for which people may take a step; a responsibility is closed by its lead alone."""
    tasks = tasks_at_once.locked(session, ids)
    for task in tasks:
        _refuse_responsibility(task)
        _refuse_step(task, step)
    return tasks


def _refuse_responsibility(task: Task) -> None:
    if task.kind == "responsibility":
        raise Conflict(
            f"Task {task.id} is a responsibility of lead {task.lead_id}.",
            hint=f"crm lead advance {task.lead_id}",
        )


def _refuse_step(task: Task, step: str) -> None:
    if task.status not in TRANSITIONS[step][0]:
        hint = None if step == "reopen" else f"crm task reopen {task.id}"
        raise Conflict(f"Task {task.id} is {task.status}.", hint=hint)


def _closing(step: str, by: int | None, at: datetime | None = None) -> dict[str, Any]:
    """What closing writes to a task; only what is done has a moment at which it was."""
    return {
        "status": TRANSITIONS[step][1],
        "next_reminder_at": None,
        "done_by_id": by,
        "done_at": at if step == "done" else None,
    }


def _said(resolution: str | None) -> dict[str, str]:
    """A task that is closed without a word keeps what it said before."""
    return {"resolution": resolution} if resolution else {}
