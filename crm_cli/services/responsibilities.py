"""The four responsibilities of an active lead: each a task, each closed through its gate (R33)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlmodel import col, select

from crm_cli.errors import Conflict
from crm_cli.services import delegates, lead_gates, tasks
from schema.account import Account
from schema.lead import Responsibility
from schema.lead_states import RESPONSIBILITIES, after

if TYPE_CHECKING:
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from sqlmodel import Session

    from schema.lead import Lead

TITLES = {
    "contact": "Contact the prospect",
    "meeting": "Meeting and evaluation",
    "quoting": "Quoting and negotiation",
    "contracting": "Contracting",
}


@dataclass(frozen=True, kw_only=True)
class Start:
    """How a pursuit begins."""

    owner_id: int
    first_contact_at: datetime
    responsibility: str = "contact"
    priority: str | None = None
    """As it is where it is not given."""
    term: date | None = None
    """Of the responsibility; the first contact where it is not given."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a responsibility ends: the next one opens, due on a day and perhaps at a time."""

    summary: str | None = None
    due_on: date | None = None
    due_at: datetime | None = None


def begin(session: Session, lead: Lead, start: Start) -> None:
    """Open the first responsibility; a later one marks those before it as skipped."""
    for step in skipped(start):
        _add(session, lead, step, status="skipped")
    term, moment = first_term(start, session.info["place"].zone)
    _open(session, lead, start.responsibility, term, moment)


def skipped(start: Start) -> tuple[str, ...]:
    """The responsibilities that a pursuit begins behind."""
    return RESPONSIBILITIES[: RESPONSIBILITIES.index(start.responsibility)]


def first_term(start: Start, zone: ZoneInfo) -> tuple[date, datetime | None]:
    """The day by which the first one is due, and the time where it is the first contact's day."""
    due_on = start.first_contact_at.astimezone(zone).date()
    term = start.term or due_on
    return term, start.first_contact_at if term == due_on else None


def subject(step: str, account_name: str) -> str:
    """What the task of a responsibility is called."""
    return f"{TITLES[step]}: {account_name}"


def of(session: Session, lead: Lead) -> Responsibility:
    """The open responsibility of a lead."""
    found = session.exec(
        select(Responsibility).where(
            Responsibility.lead_id == lead.id, Responsibility.status == "open"
        )
    ).first()
    if found is None:
        raise Conflict(
            f"Lead {lead.id} is {lead.status}, so it has no open responsibility.",
            hint=f"crm lead activate {lead.id} --owner EMPLOYEE --first-contact WHEN"
            if lead.status == "inactive"
            else f"crm lead show {lead.id}",
        )
    return found


def advance(session: Session, lead: Lead, outcome: Outcome) -> str | None:
    """Close the open responsibility through its gate and open the next; None after the last."""
    current = of(session, lead)
    if outcome.summary:
        current.summary = outcome.summary
    lead_gates.check(session, lead, current)
    close(session, lead, "done", outcome.summary)
    following = after(current.step)
    if following is not None:
        due_on = outcome.due_on or _default_term(session)
        _open(session, lead, following, due_on, outcome.due_at)
    return following


def close(session: Session, lead: Lead, status: str, summary: str | None) -> None:
    """Close the open responsibility and its task."""
    current = of(session, lead)
    current.status, current.closed_at = status, session.info["origin"].now
    if current.task_id is not None:
        tasks.close_responsibility(
            session,
            current.task_id,
            step="done" if status == "done" else "cancel",
            resolution=summary or current.summary,
            by=session.info["person_id"],
        )
    session.flush()


def hand_over(session: Session, lead: Lead) -> None:
    """Give the task of the open responsibility to the owner of the lead."""
    if lead.status != "active":
        return
    current = of(session, lead)
    if current.task_id is not None:
        tasks.edit(session, [current.task_id], {"assignee_id": lead.owner_id})


def resume(session: Session, lead: Lead) -> None:
    """Open the responsibility at which a lead was refused once more."""
    last = session.exec(
        select(Responsibility)
        .where(Responsibility.lead_id == lead.id)
        .order_by(col(Responsibility.id).desc())
    ).first()
    step = last.step if last else RESPONSIBILITIES[0]
    _open(session, lead, step, _default_term(session), None, again=last)


def _default_term(session: Session) -> date:
    from crm_cli.services import constants
    from crm_cli.values.days import add_working_days

    days = constants.typed(session, "lead.term_days")["lead.term_days"]
    place = session.info["place"]
    return add_working_days(place.today, days, place.works_on)


def _open(
    session: Session,
    lead: Lead,
    step: str,
    due_on: date,
    due_at: datetime | None,
    *,
    again: Responsibility | None = None,
) -> None:
    account = session.get_one(Account, lead.account_id)
    task = tasks.create(
        session,
        subject=subject(step, account.name),
        assignee_id=lead.owner_id,
        due_on=due_on,
        due_at=due_at,
        kind="responsibility",
        priority=lead.priority,
        account_id=lead.account_id,
        contact_id=lead.contact_id,
        lead_id=lead.key,
        campaign_id=lead.campaign_id,
    )
    opened = _add(session, lead, step, status="open", turn=again.round + 1 if again else 1)
    opened.task_id = task.key
    session.flush()
    delegates.tell(session, [task])


def _add(session: Session, lead: Lead, step: str, *, status: str, turn: int = 1) -> Responsibility:
    now = session.info["origin"].now
    added = Responsibility(
        lead_id=lead.key,
        step=step,
        round=turn,
        status=status,
        opened_at=now,
        closed_at=now if status == "skipped" else None,
    )
    session.add(added)
    session.flush()
    return added
