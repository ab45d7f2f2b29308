"""Whose tasks a list shows: for me, from me, answers to what I issued (R115)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from crm_cli.views.tasks import TASK
from crm_cli.views.view import listing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from crm_cli.reader import Reader
    from crm_cli.views.view import View

    Condition = tuple[str, tuple[int, ...]]
    """SQL with its parameters."""


_DEPUTY = """
SELECT id FROM leave
WHERE archived_at IS NULL AND deputy_id = ? AND ends_on >= ? AND starts_on <= ? LIMIT 1"""
CLOSED_BY_OTHERS = "t.status <> 'open' AND (t.done_by_id IS NULL OR t.done_by_id <> ?)"


class _Conditioned(Protocol):
    def __call__(self, reader: Reader, me: int, today: date | None = None) -> Condition: ...


class Scope(NamedTuple):
    """The condition for one employee, on a day if those he stands in for count; and an order."""

    condition: _Conditioned
    help: str
    sort: str = "due"
    listed: tuple[str, ...] = ()
    """The columns of a list for people, where they are not those of all tasks."""

    @property
    def view(self) -> View:
        """Tasks as this scope lists them."""
        return listing(TASK, *self.listed) if self.listed else TASK


def stood_in_for(reader: Reader, me: int, today: date) -> list[int]:
    """Those who are away today and whose tasks are mine meanwhile."""
    if reader.value(_DEPUTY, (me, today, today)) is None:
        return []  # as on most days of most people: the rest is not loaded for it
    from crm_cli.services import presence

    return presence.read(reader, today, today).stood_in_for(me, today)


def assigned_to(people: Sequence[int]) -> Condition:
    """Tasks of some employees."""
    if len(people) == 1:
        return "t.assignee_id = ?", tuple(people)
    return f"t.assignee_id IN ({', '.join('?' * len(people))})", tuple(people)


def _for_me(reader: Reader, me: int, today: date | None = None) -> Condition:
    """Asked of a team only where there is one: else one index gives the tasks in order."""
    absent = stood_in_for(reader, me, today) if today else []
    condition, people = assigned_to([me, *absent])
    team = reader.value("SELECT team_id FROM employee WHERE id = ?", (me,))
    if team is None:
        return condition, people
    return f"({condition} OR (t.assignee_id IS NULL AND t.team_id = ?))", (*people, team)


def _from_me(reader: Reader, me: int, today: date | None = None) -> Condition:
    return "t.author_id = ?", (me,)


def _answers(reader: Reader, me: int, today: date | None = None) -> Condition:
    return f"t.author_id = ? AND {CLOSED_BY_OTHERS}", (me, me)


SCOPES = {
    "for-me": Scope(
        _for_me, "Tasks that are mine, a colleague's I stand in for, or nobody's in my team."
    ),
    "from-me": Scope(_from_me, "Tasks I issued."),
    "answers": Scope(
        _answers,
        "Tasks I issued that others have closed, the last ones first.",
        "-updated_at",
        ("id", "subject", "status", "due", "assignee", "resolution", "done_at", "done_by"),
    ),
}


def together(scopes: Sequence[Scope], reader: Reader, me: int, today: date) -> Condition:
    """The tasks that are in each of some scopes."""
    found = [scope.condition(reader, me, today) for scope in scopes]
    condition = " AND ".join(f"({sql})" for sql, _ in found)
    return condition, tuple(value for _, values in found for value in values)
