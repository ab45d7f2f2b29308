"""The attempts at a mail: when, by which account, and what its server said each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from schema.base import table_of
from schema.outbox import OutboxAttempt

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

    from schema.outbox import Outbox

ATTEMPT = table_of(OutboxAttempt)
PRUNED = 10_000
"""How many a run takes out at most."""


def record(session: Session, mail: Outbox, account: str | None) -> None:
    """Keep an attempt as it left the mail; one that went like the last is counted with it."""
    at = mail.tried_at or session.info["origin"].now
    last = None if mail.status == "sent" else _last(session, mail)  # a mail is sent once
    if last and (last.account, last.status, last.answer) == (account, mail.status, mail.answer):
        last.at, last.times = at, last.times + 1
    else:
        session.add(
            OutboxAttempt(
                outbox_id=mail.key,
                since=at,
                at=at,
                account=account,
                status=mail.status,
                answer=mail.answer,
            )
        )
    session.flush()


def prune(session: Session, *, before: datetime) -> None:
    """Forget what is older than a moment; the mails keep their last answer."""
    old = select(ATTEMPT.c.id).where(ATTEMPT.c.at < before).order_by(ATTEMPT.c.at).limit(PRUNED)
    session.execute(delete(ATTEMPT).where(ATTEMPT.c.id.in_(old)))


def _last(session: Session, mail: Outbox) -> OutboxAttempt | None:
    chosen = select(OutboxAttempt).where(ATTEMPT.c.outbox_id == mail.key)
    return session.scalars(chosen.order_by(ATTEMPT.c.id.desc()).limit(1)).first()
