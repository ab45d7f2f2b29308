"""Claiming mails for sending and recording what became of them; each step is a transaction.

A sender claims a mail with a lease, commits the state `dot` before the final dot, and marks it
sent. After a crash only a mail in `dot` is in doubt; one that was only claimed has not left.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, literal_column, or_, select, text, update

from crm_cli.errors import Conflict
from crm_cli.services.outbox import attempts, queue
from crm_cli.services.outbox.pacing import AHEAD, pace
from schema.base import table_of
from schema.outbox import WAITING, Outbox, OutboxFile
from schema.outbox_states import FARTHEST, TRANSITIONS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy.sql.elements import ColumnElement
    from sqlmodel import Session

    from crm_cli.delivery.refusals import RefusedRecipient
    from crm_cli.reader import Reader
    from crm_cli.services.outbox.pacing import Pace

LEASE = timedelta(minutes=15)
"""Longer than any transport waits for one mail."""

DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
"""Pauses after the first temporary refusals; the last one is then kept."""

PATIENCE = timedelta(hours=24)
"""How long a mail is tried before it is given up."""

OTHERS_LEFT = """
SELECT 1 FROM outbox
WHERE tried_at > ? AND status = 'sent' AND coalesce(mail_account_id, 0) = ?
  AND EXISTS (SELECT 1 FROM outbox_attempt a WHERE a.outbox_id = ? AND a.since <= ?) LIMIT 1"""

DIED = "It may have left: its sender died at the final dot."

OUTBOX, FILES = table_of(Outbox).c, table_of(OutboxFile).c


class ClaimLost(Conflict):
    """The lease of a claim ran out and another sender has the mail."""


@dataclass(frozen=True)
class Doubtful:
    """Mails of which a dead sender left unknown whether they went."""

    resent: tuple[Outbox, ...]
    held: tuple[Outbox, ...]


@dataclass(frozen=True)
class Claim:
    """A mail that this sender may send, with its files."""

    mail: Outbox
    files: tuple[OutboxFile, ...]


@dataclass(frozen=True)
class Paced:
    """Mails are due, and the pace lets none of them go before `until`."""

    waiting: int
    until: datetime


def clock(session: Session) -> datetime | None:
    """The clock of a database server, which several machines share; None where there is none."""
    if session.get_bind().dialect.name != "postgresql":
        return None
    moment: datetime = session.scalars(select(func.clock_timestamp())).one()
    return moment


def recover(session: Session, *, now: datetime) -> Doubtful:
    """Free the mails of dead senders: those in doubt are queued again or held.

    A lease that would end later than any that is given now is of a clock that was wrong, and so is
    a moment to which no mail is put off.
    """
    misdated = and_(text(WAITING), OUTBOX.status == "queued", OUTBOX.due_at > now + FARTHEST)
    session.execute(update(Outbox).where(misdated).values(due_at=now))
    ended = or_(OUTBOX.lease_until < now, OUTBOX.lease_until > now + LEASE + AHEAD)
    found: dict[str, list[Outbox]] = {"resend": [], "hold": []}
    for mail in _locked(session, and_(text(WAITING), OUTBOX.status != "queued", ended)):
        doubtful = mail.status == "dot"
        _step(mail, "hold" if doubtful and mail.uncertain == "hold" else "postpone")
        if doubtful:
            found[mail.uncertain].append(mail)
            mail.attempts, mail.answer, mail.doubted_at = mail.attempts + 1, DIED, now
            attempts.record(session, mail, None)
    session.flush()
    return Doubtful(resent=tuple(found["resend"]), held=tuple(found["hold"]))


def claim(
    session: Session,
    *,
    token: str,
    as_of: datetime,
    now: datetime,
    passing_over: Collection[int | None] = (),
) -> Claim | Paced | None:
    """Take the mail that has been due longest; others do not see it until the lease ends.

    Mails of the accounts in `passing_over` (None: mails without one) are left where they are, and
    so are those that the pace lets not go yet.
    """
    due, limits = _due(as_of, passing_over), pace(session, now=now)
    ready = [] if limits.closed_until else _locked(session, and_(due, limits.lets_go), limit=1)
    mail = next(iter(ready), None)
    if mail is None:
        return _paced(session, due, limits, now)
    _step(mail, "claim")
    mail.claimed_by, mail.lease_until, mail.tried_at = token, now + LEASE, now
    mail.first_tried_at = mail.first_tried_at or now
    session.flush()
    files = select(OutboxFile).where(FILES.outbox_id == mail.id).order_by(FILES.id)
    return Claim(mail, tuple(session.scalars(files)))


def _due(as_of: datetime, passing_over: Collection[int | None]) -> ColumnElement[bool]:
    due = and_(text(WAITING), OUTBOX.status == literal_column("'queued'"), OUTBOX.due_at <= as_of)
    if not passing_over:
        return due
    numbers = [number or 0 for number in passing_over]
    return and_(due, func.coalesce(OUTBOX.mail_account_id, 0).not_in(numbers))


def _paced(session: Session, due: ColumnElement[bool], limits: Pace, now: datetime) -> Paced | None:
    if limits.counted is None:
        return None
    waiting = session.execute(
        select(OUTBOX.domain, func.count()).where(due).group_by(OUTBOX.domain)
    ).all()
    if not waiting:
        return None
    return Paced(
        sum(count for _, count in waiting), limits.until([domain for domain, _ in waiting], now)
    )


def enter_dot(session: Session, number: int, *, token: str, now: datetime) -> None:
    """Commit to the final dot; raises ClaimLost where the mail is no longer ours."""
    mail = _claimed(session, number, token)
    if mail is None or mail.status != "claimed":
        raise ClaimLost(f"Mail {number} was taken over by another sender.")
    _step(mail, "dot")
    mail.lease_until = now + LEASE
    session.flush()


def settle(
    session: Session,
    number: int,
    step: str,
    *,
    token: str,
    account: str | None = None,
    **values: Any,
) -> Outbox | None:
    """Record the end of an attempt; None where another sender took the mail over meanwhile."""
    mail = _claimed(session, number, token)
    if mail is None or mail.status not in TRANSITIONS[step][0]:
        return None
    _step(mail, step)
    for name, value in values.items():
        setattr(mail, name, value)
    attempts.record(session, mail, account)
    return mail


def put_rest_off(
    session: Session,
    mail: Outbox,
    refused: Sequence[RefusedRecipient],
    *,
    account: str | None,
    now: datetime,
) -> Outbox:
    """Queue a mail again for those recipients who may take it later; the others have it."""
    rest = queue.copied(session, mail, {one.address for one in refused})
    rest.due_at, rest.attempts, rest.first_tried_at = now + DELAYS[0], 1, now
    rest.answer = "; ".join(map(str, refused))
    attempts.record(session, rest, account)
    return rest


def next_attempt(mail: Outbox, *, now: datetime) -> datetime | None:
    """When a mail that was put off is tried again; None when it is given up."""
    pause = DELAYS[min(mail.attempts, len(DELAYS) - 1)]
    return now + pause if now + pause <= (mail.first_tried_at or now) + PATIENCE else None


def is_alone(reader: Reader, mail: Outbox, *, now: datetime) -> bool:
    """Whether a mail has been tried for long while its account sent others."""
    since = now - PATIENCE
    return reader.one(OTHERS_LEFT, (since, mail.mail_account_id or 0, mail.key, since)) is not None


def _locked(
    session: Session, condition: ColumnElement[bool], limit: int | None = None
) -> Iterator[Outbox]:
    """Rows in the order they are due; PostgreSQL passes over those another sender looks at."""
    statement = (
        select(Outbox)
        .where(condition)
        .order_by(OUTBOX.due_at, OUTBOX.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return iter(session.scalars(statement).all())


def _claimed(session: Session, number: int, token: str) -> Outbox | None:
    mine = and_(OUTBOX.id == number, OUTBOX.claimed_by == token)
    return session.scalars(select(Outbox).where(mine).with_for_update()).first()


def _step(mail: Outbox, step: str) -> None:
    origins, target = TRANSITIONS[step]
    if mail.status not in origins:
        raise Conflict(f"Mail {mail.id} is {mail.status}: {step} is not possible.")
    mail.status = target
