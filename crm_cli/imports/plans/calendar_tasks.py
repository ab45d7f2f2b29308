"""Tasks of a calendar: moved, ticked and new; closing one of a series makes the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from crm_cli.calendars.descriptions import plain
from crm_cli.errors import Conflict
from crm_cli.imports.plans.parts import EXTERNAL
from crm_cli.imports.plans.tasks import Fitting, task_plan
from crm_cli.services import tasks_at_once, tasks_repeating
from crm_cli.values.invalid import InvalidValue, quote
from crm_cli.values.repeating.days import anchored, next_day
from crm_cli.values.repeating.rules import FORMS, parts_of
from crm_cli.values.sentences import Words
from schema.task_states import TRANSITIONS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from sqlmodel import Session

    from crm_cli.imports.plans.entry import Steps, Values
    from crm_cli.imports.plans.plan import Plan, Settle

_STEPS = {(origin, target) for origins, target in TRANSITIONS.values() for origin in origins}
_LENGTHS = {"DAILY": 1, "WEEKLY": 7}
_RARE = {"BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"}
_TEXTS = ("subject", "description")
_EDITED = ("status", "done_at")
"""What a calendar changes and a spreadsheet does not."""


def calendar_plan(*, notify: bool = False) -> Plan:
    """How an item of a calendar becomes a task; known again by its unique id only."""
    plan = task_plan(notify=notify)
    (part,) = plan.parts
    part = replace(
        part,
        columns=tuple(
            replace(one, field=one.name) if one.name in _EDITED else one for one in part.columns
        ),
        identities=(EXTERNAL,),
        fitting=lambda session: CalendarFitting(session, notify=notify).fit,
    )
    series = _Series()
    return replace(plan, parts=(part,), settling=series.settling, finishing=series.finishing)


class CalendarFitting(Fitting):
    """Fits items to the tasks there are, and takes the steps that a calendar can take."""

    def fit(self, now: Mapping[str, Any] | None, values: Values) -> Values:
        """The values with all that follows from them."""
        placed = self._placed(now, _without_noise(now, values))
        fitted = super().fit(now, self._ended(now, self._begun(now, placed)))
        if now is not None and fitted.get("status", now["status"]) != now["status"]:
            return {**fitted, **self._plan(now, {**now, **fitted})}
        return fitted

    def _placed(self, now: Mapping[str, Any] | None, values: Values) -> Values:
        """A term with a time has its day where the task's employee is, whoever imports it."""
        moment = values.get("due_at")
        if not moment:
            return values
        return {**values, "due_on": moment.astimezone(self._zone(now, values)).date()}

    def _zone(self, now: Mapping[str, Any] | None, values: Values) -> ZoneInfo:
        owner = {
            "assignee_id": None if values.get("team_id") else self._me,
            **(now or {}),
            **values,
        }
        return self._people.zone_of(owner["assignee_id"])

    def _begun(self, now: Mapping[str, Any] | None, values: Values) -> Values:
        """A new task that repeats begins with the first of its days that is not past."""
        rule, day = values.get("repeat"), values.get("due_on")
        if not rule or not day or now is not None:
            return values
        _refuse_rare(rule)
        zone, moment = self._zone(now, values), values.get("due_at")
        today = self._now.astimezone(zone).date()
        if day >= today:
            return values
        rule = anchored(rule, day, None)
        following = next_day(rule, _nearer(rule, day, today), today)
        if following is None:
            return {**values, "repeat": None}
        if moment:
            clock = moment.astimezone(zone).time()
            moment = datetime.combine(following, clock, tzinfo=zone).astimezone(UTC)
        return {**values, "repeat": rule, "due_on": following, "due_at": moment}

    def _ended(self, now: Mapping[str, Any] | None, values: Values) -> Values:
        """Who ticks a task or drops it closes it; done at the time the calendar says, or now."""
        old = now["status"] if now else "open"
        new = values.get("status") or old
        if new == old:
            return {name: value for name, value in values.items() if name != "done_at" or value}
        if now is not None:
            _refuse_step(now, new)
        if new == "done":
            # The clock of a phone may be ahead of ours.
            done_at = min(values.get("done_at") or self._now, self._now)
            return {**values, "done_at": done_at, "done_by_id": self._me}
        return {**values, "done_at": None, "done_by_id": None if new == "open" else self._me}


class _Series:
    """Lets the series of tasks that the calendar closed go on."""

    def __init__(self) -> None:
        self._closed: list[int] = []

    def settling(self, session: Session) -> Settle:
        """Note the tasks that are closed."""
        return self._note

    def finishing(self, session: Session) -> None:
        """Make the next task of each."""
        tasks_repeating.go_on(session, tasks_at_once.locked(session, self._closed), {})

    def _note(self, steps: Steps) -> None:
        (step,) = steps["task"]
        now, new = step.now, step.given.checked.get("status", "open")
        if now and now["status"] == "open" and new != "open":
            self._closed.append(now["id"])


def _refuse_rare(rule: str) -> None:
    """Refuse days or weeks of certain months: there may be none, and to know takes long."""
    parts = parts_of(rule)
    if parts["FREQ"] in _LENGTHS and parts.keys() & _RARE:
        message = "{value} is no rule by which a task can repeat."
        raise InvalidValue(message, FORMS, value=quote(rule))


def _nearer(rule: str, day: date, today: date) -> date:
    """A day of the same rhythm shortly before today, so that years need not be counted."""
    parts = parts_of(rule)
    length = _LENGTHS.get(parts["FREQ"], 0) * int(parts.get("INTERVAL", 1))
    return day + timedelta(days=((today - day).days - 1) // length * length) if length else day


def _without_noise(now: Mapping[str, Any] | None, values: Values) -> Values:
    """Without texts that are the task's own, as a calendar can hold them."""
    if now is None:
        return values
    return {
        name: value
        for name, value in values.items()
        if name not in _TEXTS or plain(now[name] or "") != (value or "")
    }


def _refuse_step(now: Mapping[str, Any], new: str) -> None:
    if now["kind"] == "responsibility":
        raise Conflict(
            "It is a responsibility of lead {lead}, which only the lead can end.",
            hint="crm lead advance {lead}",
            lead=now["lead_id"],
        )
    if (now["status"], new) not in _STEPS:
        raise Conflict(
            "Task {id} is {status} and cannot become {new}.",
            hint="crm task reopen {id}",
            id=now["id"], status=Words(now["status"]), new=Words(new),
        )  # fmt: skip
