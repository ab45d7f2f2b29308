"""Tasks of a file: whose they are, when they are due, and which reminders are still to come."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from crm_cli.errors import Conflict, InvalidData
from crm_cli.imports.plans.parts import part_of
from crm_cli.imports.plans.plan import Plan
from crm_cli.services import constants, tasks_repeating
from crm_cli.services.reminders import planning, recipients
from crm_cli.services.reminders.rules import Plan as Reminding
from crm_cli.services.tasks import PLANNED
from crm_cli.values.repeating.rules import until
from crm_cli.views.tasks import TASK
from crm_cli.views.types import TIMED_MOMENT, MomentOn
from schema.base import table_of
from schema.employee import Employee

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlmodel import Session

    from crm_cli.imports.plans.entry import Values
    from crm_cli.services.reminders.recipients import Recipients

DURATION = "task.default_duration"
_IN_A_FILE: Mapping[str, dict[str, Any]] = {
    "due_at": {"field": "due_at", "type": MomentOn("due_on")},
    "memento_at": {"type": TIMED_MOMENT},
}
"""Columns that are read from a file in another way than a filter reads them."""


def task_plan(*, notify: bool = False) -> Plan:
    """How a row becomes a task; reminders whose moment has passed go only to `notify`."""
    columns = [replace(one, **_IN_A_FILE.get(one.name, {})) for one in TASK.loadable]
    part = replace(
        part_of(TASK, columns), fitting=lambda session: Fitting(session, notify=notify).fit
    )
    return Plan(noun="task", own="task", parts=(part,), shown=TASK.columns)


class Fitting:
    """Fits tasks to the people and constants of the company, which are read once."""

    def __init__(self, session: Session, *, notify: bool) -> None:
        self._now: datetime = session.info["origin"].now
        self._me: int | None = session.info["person_id"]
        self._notify = notify
        self._duration: int = constants.typed(session, DURATION)[DURATION]
        self._defaults = planning.defaults(session)
        self._people = _everyone(session)

    def fit(self, now: Mapping[str, Any] | None, values: Values) -> Values:
        """The values with all that follows from them."""
        fitted = {**values, **self._term(now, values)}
        if now is None:
            fitted = self._begin(fitted)
        whole = {**_BLANK, **(now or {}), **fitted}
        if fitted.get("repeat"):
            fitted |= self._series(now, whole)
        if whole["assignee_id"] is None and whole["team_id"] is None:
            raise InvalidData("A task needs an assignee or a team.")
        if now is not None and all(whole[name] == now[name] for name in PLANNED):
            return fitted
        return {**fitted, **self._plan(now, whole)}

    def _begin(self, values: Values) -> Values:
        """What a new task has from me and the company."""
        if values.get("kind") == "responsibility":
            raise Conflict(
                "A responsibility comes with its lead.", hint="Import the leads before the tasks."
            )
        _check_end(values)
        mine = not values.get("assignee_id") and not values.get("team_id")
        author = values.get("author_id") or self._me
        return {
            **values,
            "assignee_id": self._me if mine else values.get("assignee_id"),
            "author_id": author,
            "owner_id": author,
            "duration": self._duration if values.get("duration") is None else values["duration"],
        }

    def _term(self, now: Mapping[str, Any] | None, values: Values) -> Values:
        """A term with a time has its day in the assignee's zone; a new day keeps the time."""
        known = now or {"due_on": None, "due_at": None, "assignee_id": None}
        day, moment = (values.get(name, known[name]) for name in ("due_on", "due_at"))
        if moment is None:
            return {}
        zone = self._people.zone_of({**known, **values}.get("assignee_id"))
        there = moment.astimezone(zone)
        is_new_day = values.get("due_on") not in {None, known["due_on"]}
        if moment != known["due_at"] or not is_new_day:
            if is_new_day and there.date() != day:
                message = "The term {day} and its time {time:%Y-%m-%d %H:%M} differ."
                raise InvalidData(message, day=day, time=there)
            return {"due_on": there.date(), "due_at": moment}
        return {"due_at": datetime.combine(day, there.time(), tzinfo=zone)}

    def _series(self, now: Mapping[str, Any] | None, whole: Mapping[str, Any]) -> Values:
        """The rule by which an open task repeats, tied to its term, and the day it counts from."""
        at, zone = whole["due_at"], self._people.zone_of(whole["assignee_id"])
        clock = at.astimezone(zone).time() if at else None
        rule = tasks_repeating.begun(whole["repeat"], whole["due_on"], clock)
        if now is not None and now["status"] != "open" and now["repeat"] != rule:
            raise Conflict("Only an open task can be made to repeat.")
        same = now is None or (now["repeat"] and until(now["repeat"], None) == until(rule, None))
        counted_from = whole["repeat_from"] if same else None
        return {"repeat": rule, "repeat_from": counted_from or whole["due_on"]}

    def _plan(self, now: Mapping[str, Any] | None, whole: Mapping[str, Any]) -> Values:
        """Reminders begin anew; an import sends none whose moment lies before it."""
        planned = Reminding(
            due_on=whole["due_on"],
            due_at=whole["due_at"],
            remind=whole["remind"] or (),
            days_before=whole["days_before"] or (),
            planned_at=self._now,
            memento_at=whole["memento_at"],
        )
        first = self._first_reminder(planned, whole) if whole["status"] == "open" else None
        moved = now is not None and (now["due_on"], now["due_at"]) != (
            whole["due_on"],
            whole["due_at"],
        )
        term = {"term_number": now["term_number"] + 1} if now and moved else {}
        numbers = term | _memento_number(now, whole)
        return {"planned_at": self._now, "next_reminder_at": first, **numbers}

    def _first_reminder(self, planned: Reminding, whole: Mapping[str, Any]) -> datetime | None:
        owner = whole["assignee_id"], whole["team_id"]
        after = None if self._notify else self._now
        return planning.first_moment(planned, owner, self._people, self._defaults, after=after)


_BLANK = {
    "status": "open",
    "assignee_id": None,
    "team_id": None,
    "due_at": None,
    "remind": (),
    "days_before": (),
    "memento_at": None,
    "repeat_from": None,
}
"""What a new task has where the file says nothing of it."""


def _memento_number(now: Mapping[str, Any] | None, whole: Mapping[str, Any]) -> Values:
    """A memento counts once for each moment it was set to."""
    moment = whole["memento_at"]
    if moment is None or (now is not None and now["memento_at"] == moment):
        return {}
    if now is None:
        return {"memento_number": whole.get("memento_number") or 1}
    return {"memento_number": now["memento_number"] + 1}


def _check_end(values: Values) -> None:
    if values.get("done_at") and values.get("status") != "done":
        raise InvalidData("Only a task that is done has a time at which it was.")


def _everyone(session: Session) -> Recipients:
    """Every employee: those who left have tasks too."""
    table = table_of(Employee)
    rows = session.connection().execute(select(table.c.id, table.c.team_id)).all()
    owners = [(number, None) for number, _ in rows]
    teams = [(None, team) for _, team in rows]
    return recipients.load(session, [*owners, *teams])
