"""The ledger of reminders: what was decided, never twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from crm_cli.bulk import append_all
from crm_cli.services.reminders import planning
from schema.base import table_of
from schema.reminder import Reminder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Row
    from sqlmodel import Session

    from crm_cli.services.reminders.recipients import Recipient
    from crm_cli.services.reminders.rules import Moment

REMINDER = table_of(Reminder)
KINDS = ("task", "memento", "escalation")
"""Those of which the subject is a task."""


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What becomes of one reminder of one task for one recipient.

    The addressee is the recipient, or who stands in for him.
    """

    task: Row[Any]
    recipient: Recipient
    addressee: Recipient
    moment: Moment
    state: str
    is_late: bool

    @property
    def key(self) -> str:
        """The key of its ledger row."""
        return key(self.task, self.recipient, self.moment)

    @property
    def stands_in(self) -> bool:
        """Whether somebody else gets it than whom it is for."""
        return self.addressee is not self.recipient


@dataclass(frozen=True)
class Delivery:
    """The row that carries a reminder: a mail of the outbox, or a message."""

    outbox_id: int | None = None
    message_id: int | None = None


class Ledger:
    """What is written of some tasks already, by this run and by those before it."""

    def __init__(self, rows: Sequence[Row[Any]], now: datetime) -> None:
        self._keys = {row.ledger_key for row in rows}
        self._mementos: dict[tuple[int, str], datetime] = {}
        for row in rows:
            # A run goes by one clock: what it has told some of a team it still owes the others.
            if row.kind == "memento" and row.decided_at < now:
                self._mementos.setdefault((row.subject_id, row.term), row.decided_at)
        self._sent = {
            (row.kind, row.subject_id, row.recipient_id, row.channel, row.days_before): row.term
            for row in rows
            if row.state == "sent" and row.kind != "memento"
        }

    def has(self, task: Row[Any], recipient: Recipient, moment: Moment) -> bool:
        """Whether this reminder was decided.

        A memento that comes back is the same one, and who gets a task later is not told of it.
        """
        if key(task, recipient, moment) in self._keys:
            return True
        planned: datetime = task.planned_at
        told = self._mementos.get((task.id, moment.at.isoformat()))
        if moment.kind != "memento" or told is None:
            return False
        return told <= planned and moment.at <= planned

    def has_sent_term(self, task: Row[Any], recipient: Recipient, moment: Moment) -> bool:
        """Whether the last of its kind sent by this channel, so many days before, named its term.

        A memento names none.
        """
        kind = (moment.kind, task.id, recipient.id, moment.channel, moment.days_before)
        return self._sent.get(kind) == planning.plan(task).term


def key(task: Row[Any], recipient: Recipient, moment: Moment) -> str:
    """Kind, subject, term, recipient, channel and offset."""
    number = _number(task, moment)
    parts = (moment.kind, task.id, number, recipient.id, moment.channel, moment.days_before)
    return ":".join(map(str, parts))


def load(session: Session, ids: Sequence[int]) -> Ledger:
    """The ledger of some tasks."""
    chosen = (
        select(REMINDER)
        .where(REMINDER.c.kind.in_(KINDS), REMINDER.c.subject_id.in_(ids))
        .order_by(REMINDER.c.id)
    )
    now: datetime = session.info["origin"].now
    return Ledger(session.connection().execute(chosen).all(), now.replace(microsecond=0))


def write(
    session: Session, decisions: Iterable[Decision], deliveries: Mapping[str, Delivery]
) -> None:
    """Write a row for each decision; `deliveries` are those that were sent, by key."""
    now = session.info["origin"].now
    rows = [_row(one, deliveries.get(one.key, Delivery())) for one in decisions]
    append_all(session, Reminder, [row | {"decided_at": now} for row in rows])


def settle(session: Session, decisions: Sequence[Decision]) -> None:
    """Write down what will not be sent, but for what was decided already."""
    if decisions:
        ledger = load(session, sorted({one.task.id for one in decisions}))
        new = [one for one in decisions if not ledger.has(one.task, one.recipient, one.moment)]
        write(session, new, {})


def _number(task: Row[Any], moment: Moment) -> int:
    number: int = task.memento_number if moment.kind == "memento" else task.term_number
    return number


def _row(one: Decision, delivery: Delivery) -> dict[str, Any]:
    term = planning.plan(one.task).term
    return {
        "ledger_key": one.key,
        "kind": one.moment.kind,
        "subject_id": one.task.id,
        "term_number": _number(one.task, one.moment),
        "term": one.moment.at.isoformat() if one.moment.kind == "memento" else term,
        "recipient_id": one.recipient.id,
        "deputy_id": one.addressee.id if one.stands_in else None,
        "channel": one.moment.channel,
        "days_before": one.moment.days_before,
        "state": one.state,
        "is_late": one.is_late,
        "due_at": one.moment.at,
        "outbox_id": delivery.outbox_id,
        "message_id": delivery.message_id,
    }
