"""Whose tasks a list shows: for me, from me, answers to what I issued (R115)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from crm_cli.reader import Reader

    Condition = tuple[str, tuple[int, ...]]
    """SQL with its parameters."""


class Scope(NamedTuple):
    """The condition for one employee, and an order."""

    condition: Callable[[Reader, int], Condition]
    help: str
    sort: str = "due"


def _for_me(reader: Reader, me: int) -> Condition:
    """Asked of a team only where there is one: else one index gives the tasks in order."""
    team = reader.value("SELECT team_id FROM employee WHERE id = ?", (me,))
    if team is None:
        return "t.assignee_id = ?", (me,)
    return "(t.assignee_id = ? OR (t.assignee_id IS NULL AND t.team_id = ?))", (me, team)


def _from_me(reader: Reader, me: int) -> Condition:
    return "t.author_id = ?", (me,)


def _answers(reader: Reader, me: int) -> Condition:
    answered = "t.status <> 'open' AND (t.done_by_id IS NULL OR t.done_by_id <> ?)"
    return f"t.author_id = ? AND {answered}", (me, me)


SCOPES = {
    "for-me": Scope(_for_me, "Tasks I am to do, or my team while nobody has them."),
    "from-me": Scope(_from_me, "Tasks I issued."),
    "answers": Scope(
        _answers, "Tasks I issued that others have closed, the last ones first.", "-updated_at"
    ),
}
