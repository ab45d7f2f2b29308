"""The work of a run of `remind`: what is due, cut into transactions that each fit a recipient."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from crm_cli.constants import value_of
from crm_cli.services.reminders.rules import managers_of
from crm_cli.views.types import DATE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from crm_cli.reader import Reader
    from crm_cli.views.types import Place

AT_ONCE = 100
"""Reminders of one transaction, unless one recipient has more."""
OF_ONE = 1_000
"""Reminders of one recipient in one transaction; what is late of them is one letter."""

# Only what the index of due tasks knows: another condition could make the planner leave it.
DUE = """
SELECT id, version, assignee_id, team_id, due_on FROM task
WHERE next_reminder_at <= ? ORDER BY next_reminder_at, id"""
PEOPLE = "SELECT id, team_id, manager_id, archived_at FROM employee ORDER BY id"


@dataclass(frozen=True)
class Batch:
    """What is due for some recipients, each in one batch if it can hold all; versions by task.

    What is in `last` waits for no later batch; `planned` are the recipients of all batches.
    """

    recipients: frozenset[int]
    tasks: Mapping[int, int]
    last: frozenset[int]
    planned: frozenset[int]

    def decides_for(self, recipient: int) -> bool:
        """Whether his reminders are decided here; somebody who came since is in any batch."""
        return recipient in self.recipients or recipient not in self.planned


class _People:
    """Whom tasks remind, by their ids alone."""

    def __init__(self, rows: Sequence[tuple[Any, ...]], escalate_after: int) -> None:
        self._managers = {number: manager for number, _, manager, _ in rows}
        self._members = defaultdict[int, list[int]](list)
        self._escalate_after = escalate_after
        for number, team, _, archived in rows:
            if team is not None and archived is None:
                self._members[team].append(number)

    def of(self, assignee: int | None, team: int | None, due_on: date, until: date) -> list[int]:
        """Its recipients, with managers once they may have to be told; 0 where there is none."""
        found = self._members[team or 0] if assignee is None else [assignee]
        if self._escalate_after and due_on + timedelta(days=self._escalate_after) <= until:
            managers = managers_of((one, self._managers[one]) for one in found)
            found = list(dict.fromkeys([*found, *managers]))
        return found or [0]


def plan(reader: Reader, place: Place, as_of: datetime, limit: int | None) -> Iterator[Batch]:
    """The batches of all that is due, the longest waiting of it where there is a limit."""
    rows = reader.all(DUE + (f" LIMIT {limit:d}" if limit is not None else ""), (as_of,))
    if not rows:
        return iter(())
    escalate_after = value_of(reader, "task.escalate_after", place)
    people, until = _People(reader.all(PEOPLE), escalate_after), as_of.date() + timedelta(days=1)
    work = defaultdict[int, list[int]](list)
    for number, _, assignee, team, due_on in rows:
        for recipient in people.of(assignee, team, _day(due_on), until):
            work[recipient].append(number)
    return batches(work, {number: version for number, version, *_ in rows})


def batches(work: Mapping[int, Collection[int]], versions: Mapping[int, int]) -> Iterator[Batch]:
    """Cut the tasks of recipients into batches; those of one are together, up to a thousand."""
    left = Counter(task for tasks in work.values() for task in tasks)
    planned = frozenset(work)
    for portion in _portions(work):
        mine = Counter(task for _, tasks in portion for task in tasks)
        left.subtract(mine)
        yield Batch(
            frozenset(recipient for recipient, _ in portion),
            {task: versions[task] for task in sorted(mine)},
            frozenset(task for task in mine if not left[task]),
            planned,
        )


def _portions(work: Mapping[int, Collection[int]]) -> Iterator[list[tuple[int, list[int]]]]:
    portion, size = list[tuple[int, list[int]]](), 0
    for recipient, tasks in _pieces(work):
        if portion and size + len(tasks) > AT_ONCE:
            yield portion
            portion, size = [], 0
        portion.append((recipient, tasks))
        size += len(tasks)
    if portion:
        yield portion


def _pieces(work: Mapping[int, Collection[int]]) -> Iterator[tuple[int, list[int]]]:
    for recipient in sorted(work):
        tasks = list(work[recipient])
        for start in range(0, len(tasks), OF_ONE):
            yield recipient, tasks[start : start + OF_ONE]


def _day(raw: Any) -> date:
    found: Any = DATE.load(raw)
    day: date = found
    return day
