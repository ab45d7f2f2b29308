"""One batch of the job `remind`: what is due is decided, written down and queued together."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from crm_cli.services import (
    constants,
    presence,
    reminder_ledger,
    reminder_letters,
    reminder_recipients,
    reminders,
)
from crm_cli.services.reminder_ledger import Decision
from crm_cli.services.reminder_rules import effective_day, is_late, is_of_a_whole_day, passed
from schema.base import table_of
from schema.task import Task

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Row
    from sqlmodel import Session

    from crm_cli.services.presence import Presence
    from crm_cli.services.reminder_batches import Batch
    from crm_cli.services.reminder_ledger import Ledger
    from crm_cli.services.reminder_recipients import Recipient, Recipients
    from crm_cli.services.reminder_rules import Moment, Plan

TASK = table_of(Task)
SINGLY = {"send": 3, "digest": 1}
"""Late reminders of one recipient and channel that still go one by one, by the late policy."""


class Outcome(NamedTuple):
    """Decisions by state, and why some tasks could not be put into words."""

    counts: Counter[str]
    failures: dict[int, str]


def remind(session: Session, batch: Batch, as_of: datetime, failed: Collection[int]) -> Outcome:
    """Decide and carry out every reminder of these recipients that has become due.

    Tasks that failed, in this batch or in one before, stay due.
    """
    tasks = _still_due(session, batch, as_of)
    if not tasks:
        return Outcome(Counter(), {})
    policy = constants.typed(session, "task.remind.late")["task.remind.late"]
    decisions = list(_decisions(session, batch, tasks, policy, as_of))
    rows, failures = reminder_letters.deliver(session, _grouped(decisions, policy), as_of)
    told = [one for one in decisions if one.state != "sent" or one.key in rows]
    reminder_ledger.write(session, told, rows)
    kept = {*failed, *failures}
    settled = [one for one in tasks if one.id in batch.last and one.id not in kept]
    reminders.advance(session, settled, reminders.defaults(session), as_of)
    return Outcome(_counted(told), failures)


def _still_due(session: Session, batch: Batch, as_of: datetime) -> list[Row[Any]]:
    """The tasks that nobody has changed, kept from others until the end of the transaction."""
    chosen = (
        select(TASK)
        .where(TASK.c.id.in_(batch.tasks), TASK.c.next_reminder_at <= as_of)
        .where(TASK.c.status == "open", TASK.c.archived_at.is_(None))
        .order_by(TASK.c.id)
        .with_for_update()
    )
    found = session.connection().execute(chosen)
    return [one for one in found if one.version == batch.tasks[one.id]]


def _decisions(
    session: Session, batch: Batch, tasks: Sequence[Row[Any]], policy: str, as_of: datetime
) -> Iterator[Decision]:
    known = reminders.defaults(session)
    first = min(one.next_reminder_at for one in tasks).date() - timedelta(days=1)
    absences = presence.load(session, first, as_of.date() + timedelta(days=1))
    owners = [(one.assignee_id, one.team_id) for one in tasks]
    people = reminder_recipients.load(session, owners, others=absences.deputies)
    ledger = reminder_ledger.load(session, [one.id for one in tasks])
    rounds = _Rounds(ledger, absences, people, policy, as_of)
    for task, owner in zip(tasks, owners, strict=True):
        plan = reminders.plan(task)
        for person, wanted in reminders.every_moment(plan, owner, people, known):
            if batch.decides_for(person.id):
                yield from rounds.decide(task, plan, person, wanted)


class _Rounds:
    """Decides the reminders of one task for one recipient after another."""

    def __init__(
        self, ledger: Ledger, absences: Presence, people: Recipients, policy: str, as_of: datetime
    ) -> None:
        self.ledger = ledger
        self.presence = absences
        self.people = people
        self.policy = policy
        self.as_of = as_of

    def decide(
        self, task: Row[Any], plan: Plan, person: Recipient, wanted: Sequence[Moment]
    ) -> Iterator[Decision]:
        """Of the moments of the term that have passed the last one goes, by each channel."""
        for found in passed(wanted, task.next_reminder_at, self.as_of):
            for moment in found:
                if not self.ledger.has(task, person, moment):
                    yield self._decision(task, plan, person, moment, is_last=moment is found[-1])

    def _decision(
        self, task: Row[Any], plan: Plan, person: Recipient, moment: Moment, *, is_last: bool
    ) -> Decision:
        state, late, addressee = "covered", False, person
        if is_last and not self.ledger.has_sent_term(task, person, moment):
            late = is_late(moment, plan, self.as_of, person.zone)
            addressee = self._addressee(plan, person, moment)
            told = self._is_told_by_digest(plan, person, moment)
            state = "covered" if told else self._state(addressee, moment, late=late)
        return Decision(
            task=task,
            recipient=person,
            addressee=addressee,
            moment=moment,
            state=state,
            is_late=late and state != "covered",
        )

    def _addressee(self, plan: Plan, person: Recipient, moment: Moment) -> Recipient:
        """The recipient, or who stands in for him on the day and is reached by the channel."""
        number = self.presence.deputy(person.id, effective_day(moment, plan, person.zone))
        deputy = None if number is None else self.people[number]
        return deputy if deputy and deputy.is_reached_by(moment.channel) else person

    def _state(self, person: Recipient, moment: Moment, *, late: bool) -> str:
        if not person.is_reached_by(moment.channel):
            return "unreachable"
        return "skipped" if late and self.policy == "skip" else "sent"

    def _is_told_by_digest(self, plan: Plan, person: Recipient, moment: Moment) -> bool:
        return (
            person.digest == moment.channel
            and person.is_reached_by(moment.channel)
            and is_of_a_whole_day(moment, plan)
            and moment.at > person.digest_since
            and self.presence.works(person.id, moment.at.astimezone(person.zone).date())
        )


def _grouped(decisions: Sequence[Decision], policy: str) -> list[list[Decision]]:
    """The reminders that go out: each alone, too many late ones of one recipient together."""
    late: dict[tuple[int, int, str], list[Decision]] = defaultdict(list)
    groups = []
    for one in decisions:
        if one.state == "sent" and one.is_late:
            late[one.recipient.id, one.addressee.id, one.moment.channel].append(one)
        elif one.state == "sent":
            groups.append([one])
    for found in late.values():
        together = len(found) > SINGLY.get(policy, 0)
        groups += [found] if together else [[one] for one in found]
    return groups


def _counted(decisions: Sequence[Decision]) -> Counter[str]:
    counts = Counter(one.state for one in decisions)
    counts["late"] = sum(one.is_late for one in decisions if one.state == "sent")
    return counts
