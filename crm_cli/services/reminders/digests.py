"""The daily digest: one letter a working day with all that waits for an employee."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from crm_cli.bulk import append_all
from crm_cli.services import constants, presence
from crm_cli.services.reminders import digest_letters, recipients
from crm_cli.services.reminders.digest_letters import Decision
from crm_cli.services.reminders.digest_rules import Digests, window
from crm_cli.services.reminders.ledger import Delivery
from crm_cli.services.reminders.run import Outcome
from schema.base import table_of
from schema.employee import Employee
from schema.reminder import Reminder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime

    from sqlmodel import Session

    from crm_cli.services.presence import Presence
    from crm_cli.services.reminders.digest_letters import Waiting
    from crm_cli.services.reminders.recipients import Recipient

EMPLOYEE, REMINDER = table_of(Employee), table_of(Reminder)


def send(session: Session, ids: Sequence[int], as_of: datetime) -> Outcome:
    """Send the latest digest that has come to each of these employees; older ones are covered."""
    _lock(session, ids)
    people = recipients.load(session, [(number, None) for number in ids])
    absences = presence.load(session, *window(as_of))
    days = _undecided(session, [people[number] for number in ids], absences, as_of)
    told = digest_letters.gather(session, [one for one, _, _ in days], absences, as_of)
    policy = constants.typed(session, "task.remind.late")["task.remind.late"]
    decisions = [
        decision
        for person, digests, some in days
        for decision in _decided(person, digests, some, told[person.id], policy=policy, now=as_of)
    ]
    sent = [one for one in decisions if one.state == "sent"]
    digest_letters.set_aside(session, [one.person.id for one in sent])
    rows, failures = digest_letters.deliver(session, sent)
    kept = [one for one in decisions if one.person.id not in failures]
    append_all(session, Reminder, [_row(session, one, rows) for one in kept])
    return Outcome(Counter(one.state for one in kept), failures)


def _lock(session: Session, ids: Sequence[int]) -> None:
    """Keep a second run from deciding the same; references to the employees stay possible."""
    chosen = select(EMPLOYEE.c.id).where(EMPLOYEE.c.id.in_(ids)).order_by(EMPLOYEE.c.id)
    session.connection().execute(chosen.with_for_update(key_share=True)).all()


def _undecided(
    session: Session, people: Sequence[Recipient], absences: Presence, now: datetime
) -> list[tuple[Recipient, Digests, list[date]]]:
    """The days that wait for a decision, of those whose latest one does."""
    hour = constants.typed(session, "task.remind.hour")["task.remind.hour"]
    chosen = select(REMINDER.c.ledger_key).where(
        REMINDER.c.kind == "digest", REMINDER.c.subject_id.in_([one.id for one in people])
    )
    recent = chosen.where(REMINDER.c.term_number >= window(now)[0].toordinal())
    written = set(session.connection().scalars(recent))
    found = []
    for one in people:
        digests = Digests(one.id, one.digest, hour, one.zone, one.digest_since)
        days = [*digests.come(absences.works, now)] if one.digest != "none" else []
        if days and digests.key(days[0]) not in written:
            waiting = [day for day in reversed(days) if digests.key(day) not in written]
            found.append((one, digests, waiting))
    return found


def _decided(
    person: Recipient,
    digests: Digests,
    days: Sequence[date],
    waiting: Waiting,
    *,
    policy: str,
    now: datetime,
) -> Iterator[Decision]:
    *older, last = days
    late = last < now.astimezone(person.zone).date()
    for day in older:
        yield Decision(person=person, digests=digests, day=day, state="covered")
    state = "sent"
    if not person.is_reached_by(digests.channel):
        state = "unreachable"
    elif waiting.is_empty or (late and policy == "skip"):
        state = "skipped"
    yield Decision(
        person=person, digests=digests, day=last, state=state, is_late=late, waiting=waiting
    )


def _row(session: Session, one: Decision, rows: Mapping[str, Delivery]) -> dict[str, Any]:
    delivery = rows.get(one.key, Delivery())
    return {
        "ledger_key": one.key,
        "kind": "digest",
        "subject_id": one.person.id,
        "term_number": one.day.toordinal(),
        "term": one.day.isoformat(),
        "recipient_id": one.person.id,
        "channel": one.digests.channel,
        "days_before": 0,
        "state": one.state,
        "is_late": one.is_late,
        "due_at": one.digests.at(one.day),
        "decided_at": session.info["origin"].now,
        "outbox_id": delivery.outbox_id,
        "message_id": delivery.message_id,
    }
