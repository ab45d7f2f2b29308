"""What people decide about mails that have not left, or may have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.audit import Change, record
from crm_cli.bulk import selects
from crm_cli.errors import Conflict, NotFound
from schema.outbox import Outbox
from schema.outbox_states import TRANSITIONS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sqlmodel import Session

HELP = {
    "claimed": "It is being sent.",
    "dot": "It is being sent; after a crash the next send-outbox decides.",
    "sent": "It has left.",
    "cancelled": "crm outbox retry queues it again.",
}


def retry(session: Session, ids: Collection[int]) -> None:
    """Queue mails again, for now: failed, held, cancelled ones, and those that were put off.

    The stamp of the last attempt stays: it counts for the pace.
    """
    for mail in _stepped(session, ids, "retry"):
        mail.due_at, mail.attempts = session.info["origin"].now, 0
        mail.first_tried_at = mail.claimed_by = mail.lease_until = None
    session.flush()


def mark_sent(session: Session, ids: Collection[int], *, by: str) -> None:
    """Take a person's word that mails have arrived."""
    now = session.info["origin"].now
    for mail in _stepped(session, ids, "sent"):
        mail.sent_at, mail.claimed_by, mail.lease_until = now, None, None
        mail.answer = f"It has arrived, says {by}."
    session.flush()


def cancel(session: Session, ids: Collection[int]) -> None:
    """Keep mails from leaving."""
    _stepped(session, ids, "cancel")
    session.flush()


def _stepped(session: Session, ids: Collection[int], step: str) -> list[Outbox]:
    """Mails that a person decided on; the trail says so, and `crm undo` knows of it."""
    origins, target = TRANSITIONS[step]
    mails = list(_locked(session, ids))
    if missing := set(ids) - {mail.key for mail in mails}:
        raise NotFound(f"There is no outbox mail {min(missing)}.", hint="crm outbox list")
    for mail in mails:
        if mail.status not in origins:
            raise Conflict(
                f"Mail {mail.id} is {mail.status}: {step} is not possible.", hint=HELP[mail.status]
            )
    record(
        session,
        [
            Change("outbox", mail.key, None, {"status": mail.status}, {"status": target})
            for mail in mails
        ],
    )
    for mail in mails:
        mail.status = target
    return mails


def _locked(session: Session, ids: Collection[int]) -> Iterator[Outbox]:
    """Mails in the order of their ids, in which two who decide on the same wait for each other."""
    for some in selects(Outbox, ids):
        yield from session.exec(some.with_for_update())
