"""How far the leads of a file have come: active ones get their responsibility and its task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col
from sqlmodel import select as select_one

from crm_cli.errors import Conflict, InvalidData
from crm_cli.services import reminders, responsibilities
from schema.base import table_of
from schema.lead import Lead, Responsibility
from schema.task import Task

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlmodel import Session

    from crm_cli.imports.plans.entry import Step, Steps, Values
    from crm_cli.imports.plans.plan import Settle

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
        return self._settle

    def finishing(self, session: Session) -> None:
        """Open the responsibilities of active leads; no reminder of theirs lies before now."""
        for step in self._active:
            lead, given = session.get_one(Lead, step.id), step.given.values
            start = responsibilities.Start(
                owner_id=step.given.checked["owner_id"],
                first_contact_at=step.given.checked["first_contact_at"],
                responsibility=given.get("responsibility") or "contact",
                term=given.get("term"),
            )
            responsibilities.begin(session, lead, start)
        self._silence(session)

    def _silence(self, session: Session) -> None:
        task = table_of(Task)
        for step in self._active:
            chosen = select(task).where(task.c.lead_id == step.id, task.c.status == "open")
            tasks = session.connection().execute(chosen).all()
            reminders.advance(session, tasks, reminders.defaults(session), self._now)

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
        chosen = select(lead).where(lead.c.account_id == account_id, *same).order_by(lead.c.id)
        found = self._session.connection().execute(chosen).mappings().first()
        return dict(found) if found else None

    def _refuse_other_step(self, step: Step, now: Mapping[str, Any]) -> None:
        told = step.given.values.get("responsibility")
        if told is None:
            return
        opened = self._session.exec(
            select_one(Responsibility.step).where(
                Responsibility.lead_id == now["id"], col(Responsibility.status) == "open"
            )
        ).first()
        if told != opened:
            raise Conflict(
                "Lead {id} is not at {step}: its own steps move it.",
                hint="crm lead advance {id}",
                id=now["id"],
                step=told,
            )


def _set_aside(values: Values) -> None:
    for name in TOLD:
        values.pop(name, None)
