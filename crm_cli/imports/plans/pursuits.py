"""How far the leads of a file have come: active ones get their responsibility and its task."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import select as select_rows
from sqlmodel import select

from crm_cli.bulk import AT_ONCE, add_all
from crm_cli.errors import Conflict, InvalidData
from crm_cli.imports.plans.tasks import Fitting
from crm_cli.portions import portions
from crm_cli.services import responsibilities
from crm_cli.services.responsibilities import Start
from crm_cli.values.text import fold
from schema.account import Account
from schema.base import table_of
from schema.lead import Lead, Responsibility
from schema.task import Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from sqlalchemy import Row
    from sqlmodel import Session

    from crm_cli.imports.plans.entry import Step, Steps, Values
    from crm_cli.imports.plans.plan import Adapt, Settle

KIND = "responsibility"
"""What the tasks of responsibilities are."""
PROCESS = ("status", "responsibility", "term", "first_contact_at", "activated_at", "closed_at")
"""Columns of a lead that its own steps fill, and a file may fill in a new one."""
TOLD = ("responsibility", "term")
"""What a file says of the open responsibility, which is a record of its own."""
TELLING = ("status", "first_contact_at", "activated_at", "closed_at")
"""What tells a pursuit that ended from others of the same account."""
BECOMES = {"refused": "prospect", "won": "customer"}
"""Status of a lead that ended -> what its account is then."""


class Pursuits:
    """Fits leads to how far they have come, and opens their responsibilities at the end."""

    def __init__(self) -> None:
        self._active: list[Step] = []

    def arranging(self, session: Session) -> Settle:
        """Set aside what is said of the responsibility."""
        return lambda steps: _set_aside(steps["lead"][0].given.checked)

    def settling(self, session: Session) -> Settle:
        """Check what the state of a lead needs."""
        self._session = session
        self._now: datetime = session.info["origin"].now
        self._open_steps = cache(lambda: _open_steps(session))
        return self._settle

    def finishing(self, session: Session) -> None:
        """Open the responsibilities of active leads; no reminder of theirs lies before now."""
        fit = Fitting(session, notify=False).fit
        zone = session.info["place"].zone
        leads = _leads(session, [step.id for step in self._active])
        starts = [(leads[step.id], _start(step)) for step in self._active]
        tasks = [_task(lead, start, zone, fit) for lead, start in starts]
        opened = zip(starts, add_all(session, Task, tasks), strict=True)
        rows = [row for (lead, start), task in opened for row in self._rows(lead, start, task)]
        add_all(session, Responsibility, rows)

    def _rows(self, lead: Row[Any], start: Start, task: int) -> Iterator[Values]:
        """The responsibilities of a lead: those that are skipped, and the one that is open."""
        common = {"lead_id": lead.id, "opened_at": self._now}
        for step in responsibilities.skipped(start):
            yield {**common, "step": step, "status": "skipped", "closed_at": self._now}
        yield {**common, "step": start.responsibility, "task_id": task}

    def _settle(self, steps: Steps) -> None:
        step = steps["lead"][0]
        values = step.given.checked
        if step.now is not None:
            self._refuse_other_step(step, step.now)
        elif values.get("status") == "active":
            self._activate(step, values)
        elif values.get("status") in BECOMES:
            self._end(steps, step, values)

    def _activate(self, step: Step, values: Values) -> None:
        if not values.get("owner_id") or not values.get("first_contact_at"):
            raise InvalidData(
                "An active lead needs an owner, and date and time of the first contact."
            )
        values["activated_at"] = values.get("activated_at") or self._now
        self._active.append(step)

    def _end(self, steps: Steps, step: Step, values: Values) -> None:
        """A pursuit that ended is there already if it began and ended as the file says."""
        account = steps["account"][0]
        kept = set(account.given.checked["relations"]) - {"lead"}
        became = {*kept, BECOMES[values["status"]]}
        account.given.checked["relations"] = tuple(sorted(became))
        if account.now is not None:
            step.now = self._ended(account.now["id"], values)
        if step.now is None:
            values["closed_at"] = values.get("closed_at") or self._now

    def _ended(self, account_id: int, values: Values) -> dict[str, Any] | None:
        lead = table_of(Lead)
        told = (name for name in TELLING if values.get(name) is not None)
        same = (lead.c[name] == values[name] for name in told)
        chosen = select_rows(lead).where(lead.c.account_id == account_id, *same).order_by(lead.c.id)
        found = self._session.connection().execute(chosen).mappings().first()
        return dict(found) if found else None

    def _refuse_other_step(self, step: Step, now: Mapping[str, Any]) -> None:
        told = step.given.values.get("responsibility")
        if told is None:
            return
        if told != self._open_steps().get(now["id"]):
            raise Conflict(
                "Lead {id} is not at {step}: its own steps move it.",
                hint="crm lead advance {id}",
                id=now["id"],
                step=told,
            )


def _open_steps(session: Session) -> dict[int, str]:
    """Lead -> the responsibility at which it is."""
    opened = select(Responsibility.lead_id, Responsibility.step)
    return dict(session.exec(opened.where(Responsibility.status == "open")).all())


def _leads(session: Session, numbers: Iterable[int | None]) -> dict[int | None, Row[Any]]:
    """What the tasks of leads take from them, by lead."""
    lead, account = table_of(Lead), table_of(Account)
    chosen = select_rows(
        lead.c.id,
        lead.c.account_id,
        lead.c.contact_id,
        lead.c.campaign_id,
        lead.c.priority,
        account.c.name,
    ).join_from(lead, account, lead.c.account_id == account.c.id)
    found: dict[int | None, Row[Any]] = {}
    known = [number for number in numbers if number is not None]
    for some in portions(known, AT_ONCE):
        rows = session.connection().execute(chosen.where(lead.c.id.in_(some)))
        found |= {row.id: row for row in rows}
    return found


def _start(step: Step) -> Start:
    given, checked = step.given.values, step.given.checked
    return Start(
        owner_id=checked["owner_id"],
        first_contact_at=checked["first_contact_at"],
        responsibility=given.get("responsibility") or "contact",
        term=given.get("term"),
    )


def _task(lead: Row[Any], start: Start, zone: ZoneInfo, fit: Adapt) -> Values:
    subject = responsibilities.subject(start.responsibility, lead.name)
    due_on, due_at = responsibilities.first_term(start, zone)
    values = {
        "subject": subject,
        "subject_folded": fold(subject),
        "assignee_id": start.owner_id,
        "due_on": due_on,
        "due_at": due_at,
        "priority": lead.priority,
        "account_id": lead.account_id,
        "contact_id": lead.contact_id,
        "campaign_id": lead.campaign_id,
        "lead_id": lead.id,
    }
    fitted = fit(None, values)
    return {**{name: one for name, one in fitted.items() if one is not None}, "kind": KIND}


def _set_aside(values: Values) -> None:
    for name in TOLD:
        values.pop(name, None)
