"""One batch of the job `remind`: what is due is decided, written down and queued together."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from crm_cli.services import constants, presence
from crm_cli.services.reminders import ledger, letters, planning, recipients
from crm_cli.services.reminders.ledger import Decision
from crm_cli.services.reminders.rules import (
    at_hour,
    effective_day,
    is_late,
    is_of_a_whole_day,
    passed,
)
from schema.base import table_of
from schema.task import Task

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date, datetime

    from sqlalchemy import Row
    from sqlmodel import Session

    from crm_cli.services.presence import Presence
    from crm_cli.services.reminders.batches import Batch
    from crm_cli.services.reminders.ledger import Ledger
    from crm_cli.services.reminders.recipients import Recipient, Recipients
    from crm_cli.services.reminders.rules import Moment, Plan

TASK = table_of(Task)
SINGLY = 3
"""Late reminders, or overdue tasks, of one recipient and channel that still go one by one."""


class Asked(NamedTuple):
    """A task, what reminders of it depend on, and whom it reminds when."""

    task: Row[Any]
    plan: Plan
    everyone: Sequence[tuple[Recipient, Sequence[Moment]]]


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
    rows, failures = letters.deliver(session, _grouped(decisions, policy), as_of)
    told = [one for one in decisions if one.state != "sent" or one.key in rows]
    ledger.write(session, told, rows)
    kept = {*failed, *failures}
    settled = [one for one in tasks if one.id in batch.last and one.id not in kept]
    planning.advance(session, settled, planning.defaults(session), as_of)
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
    known = planning.defaults(session)
    first = min(one.next_reminder_at for one in tasks).date() - timedelta(days=1)
    absences = presence.load(session, first, as_of.date() + timedelta(days=1))
    owners = [(one.assignee_id, one.team_id) for one in tasks]
    people = recipients.load(session, owners, others=absences.deputies)
    rounds = _Rounds(
        ledger=ledger.load(session, [one.id for one in tasks]),
        presence=absences,
        people=people,
        policy=policy,
        hour=known.hour,
        as_of=as_of,
    )
    for task, owner in zip(tasks, owners, strict=True):
        plan = planning.plan(task)
        everyone = planning.every_moment(plan, owner, people, known)
        for person, wanted in everyone:
            if batch.decides_for(person.id):
                yield from rounds.decide(Asked(task, plan, everyone), person, wanted)


@dataclass(frozen=True, kw_only=True)
class _Rounds:
    """Decides the reminders of one task for one recipient after another."""

    ledger: Ledger
    presence: Presence
    people: Recipients
    policy: str
    hour: int
    as_of: datetime

    def decide(
        self, asked: Asked, person: Recipient, wanted: Sequence[Moment]
    ) -> Iterator[Decision]:
        """Of the moments of the term that have passed the last one goes, by each channel."""
        undecided = [one for one in wanted if not self.ledger.has(asked.task, person, one)]
        for found in passed(undecided, asked.task.next_reminder_at, self.as_of):
            for moment in found:
                yield self._decision(asked, person, moment, is_last=moment is found[-1])

    def _decision(
        self, asked: Asked, person: Recipient, moment: Moment, *, is_last: bool
    ) -> Decision:
        addressee = self._addressee(asked.plan, person, moment)
        covered = Decision(
            task=asked.task,
            recipient=person,
            addressee=person,
            moment=moment,
            state="covered",
            is_late=False,
        )
        if (
            not is_last
            or self.ledger.has_sent_term(asked.task, person, moment)
            or self._gets_it_anyway(addressee, asked, person, moment)
            or self._is_told_by_digest(addressee, asked.plan, person, moment)
        ):
            return covered
        late = is_late(moment, asked.plan, self.as_of, person.zone)
        state = self._state(addressee, moment, late=late)
        return replace(covered, addressee=addressee, state=state, is_late=late)

    def _gets_it_anyway(
        self, addressee: Recipient, asked: Asked, person: Recipient, moment: Moment
    ) -> bool:
        """Whether who stands in is told as a member of the team too, or for another of them."""
        if addressee is person:
            return False
        return any(
            other is addressee
            or (other.id < person.id and self._addressee(asked.plan, other, same) is addressee)
            for other, wanted in asked.everyone
            for same in wanted
            if same.place == moment.place
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

    def _is_told_by_digest(
        self, addressee: Recipient, plan: Plan, person: Recipient, moment: Moment
    ) -> bool:
        """Whether the digest of the day tells it; of whom he stands in for, if it is to come."""
        day = moment.at.astimezone(addressee.zone).date()
        return (
            addressee.digest == moment.channel
            and addressee.is_reached_by(moment.channel)
            and is_of_a_whole_day(moment, plan)
            and moment.at > addressee.digest_since
            and self.presence.works(addressee.id, day)
            and (addressee is person or self._tells_of(addressee, person, day, moment))
        )

    def _tells_of(self, addressee: Recipient, person: Recipient, day: date, moment: Moment) -> bool:
        stands_in = self.presence.deputy(person.id, day) == addressee.id
        return stands_in and at_hour(day, self.hour, addressee.zone) >= moment.at


def _grouped(decisions: Sequence[Decision], policy: str) -> list[list[Decision]]:
    """The reminders that go out: each alone, but too many late ones of one recipient together.

    The same goes for too many overdue tasks of which a manager is told in time.
    """
    many: dict[tuple[int, int, str, bool], list[Decision]] = defaultdict(list)
    groups = []
    for one in decisions:
        if one.state == "sent" and (one.is_late or one.moment.kind == "escalation"):
            many[one.recipient.id, one.addressee.id, one.moment.channel, one.is_late].append(one)
        elif one.state == "sent":
            groups.append([one])
    for (*_, late), found in many.items():
        singly = 1 if late and policy == "digest" else SINGLY
        groups += [found] if len(found) > singly else [[one] for one in found]
    return groups


def _counted(decisions: Sequence[Decision]) -> Counter[str]:
    counts = Counter(one.state for one in decisions)
    counts["late"] = sum(one.is_late for one in decisions if one.state == "sent")
    return counts
