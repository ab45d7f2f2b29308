"""One batch of the job `remind`: what is due is decided, written down and queued together."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from crm_cli.services import (
    constants,
    reminder_ledger,
    reminder_letters,
    reminder_recipients,
    reminders,
)
from crm_cli.services.reminder_ledger import Decision, Ledger
from crm_cli.services.reminder_rules import is_late, moments, passed
from schema.base import table_of
from schema.task import Task

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Row
    from sqlmodel import Session

    from crm_cli.reader import Reader
    from crm_cli.services.reminder_recipients import Recipient
    from crm_cli.services.reminder_rules import Defaults, Moment

TASK = table_of(Task)
AT_ONCE = 100
"""Tasks of one transaction; those of one person stay together, so that a digest can hold them."""
SINGLY = {"send": 3, "digest": 1}
"""Late reminders of one recipient and channel that still go one by one, by the late policy."""

# Only what the index of due tasks knows: another condition could make the planner leave it.
DUE = """
SELECT id, coalesce(assignee_id, 0), coalesce(team_id, 0) FROM task
WHERE next_reminder_at <= ? ORDER BY next_reminder_at"""


def due(reader: Reader, as_of: datetime, limit: int | None) -> list[tuple[int, int, int]]:
    """Tasks with reminders to decide: id, assignee, team; the longest waiting first."""
    rows = reader.all(DUE + (f" LIMIT {limit:d}" if limit is not None else ""), (as_of,))
    return [(number, assignee, team) for number, assignee, team in rows]


def batches(tasks: Sequence[tuple[int, int, int]]) -> Iterator[list[int]]:
    """Cut the work into transactions, the tasks of one owner side by side."""
    batch: list[int] = []
    for _, group in groupby(sorted(tasks, key=_owner), key=_owner):
        ids = [number for number, *_ in group]
        for start in range(0, len(ids), AT_ONCE):
            part = ids[start : start + AT_ONCE]
            if len(batch) + len(part) > AT_ONCE:
                yield batch
                batch = []
            batch = batch + part
    if batch:
        yield batch


def _owner(task: tuple[int, int, int]) -> tuple[int, int]:
    _, assignee, team = task
    return (assignee, 0 if assignee else team)


def remind(session: Session, ids: Sequence[int], as_of: datetime) -> Counter[str]:
    """Decide and carry out every reminder of these tasks that has become due; gives the counts."""
    tasks = _still_due(session, ids, as_of)
    known = reminders.defaults(session)
    policy: str = constants.typed(session, "task.remind.late")["task.remind.late"]
    people = reminder_recipients.load(session, [(one.assignee_id, one.team_id) for one in tasks])
    rounds = _Rounds(known, reminder_ledger.load(session, ids), policy, as_of)
    decisions = [
        decision
        for task in tasks
        for person in people.of(task.assignee_id, task.team_id)
        for decision in rounds.decide(task, person)
    ]
    deliveries = reminder_letters.deliver(session, _grouped(decisions, policy), as_of)
    reminder_ledger.write(session, decisions, deliveries)
    reminders.advance(session, tasks, known, as_of)
    return _counted(decisions)


def _still_due(session: Session, ids: Sequence[int], as_of: datetime) -> Sequence[Row[Any]]:
    """The tasks as they are now, kept from others until the end of the transaction."""
    chosen = (
        select(TASK)
        .where(TASK.c.id.in_(ids), TASK.c.next_reminder_at <= as_of)
        .where(TASK.c.status == "open", TASK.c.archived_at.is_(None))
        .order_by(TASK.c.id)
        .with_for_update()
    )
    return session.connection().execute(chosen).all()


class _Rounds:
    """Decides the reminders of one task for one recipient after another."""

    def __init__(self, known: Defaults, ledger: Ledger, policy: str, as_of: datetime) -> None:
        self.known = known
        self.ledger = ledger
        self.policy = policy
        self.as_of = as_of

    def decide(self, task: Row[Any], person: Recipient) -> Iterator[Decision]:
        """Of the moments that have passed the last one goes, by each channel."""
        wanted = moments(reminders.plan(task), self.known, person.zone)
        for found in passed(wanted, task.next_reminder_at, self.as_of).values():
            for moment in found:
                if not self.ledger.has(task, person, moment):
                    yield self._decision(task, person, moment, is_last=moment is found[-1])

    def _decision(
        self, task: Row[Any], person: Recipient, moment: Moment, *, is_last: bool
    ) -> Decision:
        late = is_last and is_late(moment, reminders.plan(task), self.as_of, person.zone)
        state = "covered"
        if is_last and not self.ledger.has_sent_term(task, person, moment):
            state = self._state(person, moment, late=late)
        return Decision(task=task, recipient=person, moment=moment, state=state, is_late=late)

    def _state(self, person: Recipient, moment: Moment, *, late: bool) -> str:
        if not person.is_reached_by(moment.channel):
            return "unreachable"
        return "skipped" if late and self.policy == "skip" else "sent"


def _grouped(decisions: Sequence[Decision], policy: str) -> list[list[Decision]]:
    """The reminders that go out: each alone, too many late ones of one recipient together."""
    late: dict[tuple[int, str], list[Decision]] = defaultdict(list)
    groups = []
    for one in decisions:
        if one.state == "sent" and one.is_late:
            late[one.recipient.id, one.moment.channel].append(one)
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
