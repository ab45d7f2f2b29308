"""What the plain nouns do to other records once a file is written."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from crm_cli.services import records

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

    from crm_cli.imports.plans.entry import Step, Steps
    from crm_cli.imports.plans.plan import Settle
    from crm_cli.services.reminders.changes import Rules
    from crm_cli.views.view import View


class OneDefault:
    """A catalogue row that is made the default takes it from the others."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._made: list[Step] = []

    def settling(self, session: Session) -> Settle:
        """Note the rows that become the default."""
        return self._note

    def finishing(self, session: Session) -> None:
        """Leave the last of them the only one."""
        service = import_module(f"crm_cli.services.{self._view.service}")
        for step in self._made:
            service.settle(session, records.get(session, self._view, _id(step)))
        session.flush()

    def _note(self, steps: Steps) -> None:
        (step,) = steps[self._view.noun]
        if step.given.checked.get("is_default") and not (step.now and step.now["is_default"]):
            self._made.append(step)


class MovedReminders:
    """Reminders move with the zones, teams, managers and days off of employees.

    The digest of one who chooses another counts from now.
    """

    def __init__(self) -> None:
        self._before: Rules | None = None

    def settling(self, session: Session) -> Settle:
        """Remember what holds before the first row is written."""
        from crm_cli.services.reminders import changes

        self._before = changes.rules(session)
        return partial(_count_digest_from, session.info["origin"].now)

    def finishing(self, session: Session) -> None:
        """Plan the reminders to come anew."""
        from crm_cli.services.reminders import changes

        if self._before is not None:
            changes.reschedule(session, self._before)


def _count_digest_from(moment: datetime, steps: Steps) -> None:
    for step in steps.get("employee", ()):
        now, given = step.now, step.given.checked
        if now and given.get("digest", now["digest"]) != now["digest"]:
            given["digest_since"] = moment


def _id(step: Step) -> int:
    number: int = (step.now or {"id": step.id})["id"]
    return number
