"""What people decide about mails that have not left, or may have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.audit import Change, record
from crm_cli.errors import Conflict, NotFound
from schema.outbox import Outbox
from schema.outbox_states import TRANSITIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import Session

HELP = {
    "claimed": "It is being sent.",
    "dot": "It is being sent; after a crash the next send-outbox decides.",
    "sent": "It has left.",
    "cancelled": "crm outbox retry queues it again.",
}


def retry(session: Session, ids: Iterable[int]) -> None:
    """Queue mails again, for now: failed, held, cancelled ones, and those that were put off.

    The stamp of the last attempt stays: it counts for the pace.
    """
    for mail in (_stepped(session, number, "retry") for number in ids):
        mail.due_at, mail.attempts = session.info["origin"].now, 0
        mail.first_tried_at = mail.claimed_by = mail.lease_until = None
    session.flush()


def mark_sent(session: Session, ids: Iterable[int], *, by: str) -> None:
    """Take a person's word that mails have arrived."""
    now = session.info["origin"].now
    for mail in (_stepped(session, number, "sent") for number in ids):
        mail.sent_at, mail.claimed_by, mail.lease_until = now, None, None
        mail.answer = f"It has arrived, says {by}."
    session.flush()


def cancel(session: Session, ids: Iterable[int]) -> None:
    """Keep mails from leaving."""
    for number in ids:
        _stepped(session, number, "cancel")
    session.flush()


def _stepped(session: Session, number: int, step: str) -> Outbox:
    """A mail that a person decided on; the trail says so, and `crm undo` knows of it."""
    mail = session.get(Outbox, number, with_for_update=True)
    if mail is None:
        raise NotFound(f"There is no outbox mail {number}.", hint="crm outbox list")
    origins, target = TRANSITIONS[step]
    if mail.status not in origins:
        raise Conflict(
            f"Mail {number} is {mail.status}: {step} is not possible.", hint=HELP[mail.status]
        )
    record(session, [Change("outbox", number, None, {"status": mail.status}, {"status": target})])
    mail.status = target
    return mail
