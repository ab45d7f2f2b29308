"""Whose tasks a list shows: for me, from me, answers to what I issued (R115)."""

from __future__ import annotations

from dataclasses import dataclass

FOR_ME = (
    "(t.assignee_id = ? OR (t.assignee_id IS NULL"
    " AND t.team_id = (SELECT team_id FROM employee WHERE id = ?)))"
)
"""My own tasks, and those of my team that nobody has yet; both parameters are me."""


@dataclass(frozen=True)
class Scope:
    """A condition in which each `?` stands for the employee, and an order."""

    sql: str
    help: str
    sort: str = "due"

    def values(self, me: int) -> tuple[int, ...]:
        """The parameters of the condition."""
        return (me,) * self.sql.count("?")


SCOPES = {
    "for-me": Scope(FOR_ME, "Tasks I am to do, or my team while nobody has them."),
    "from-me": Scope("t.author_id = ?", "Tasks I issued."),
    "answers": Scope(
        "t.author_id = ? AND t.status <> 'open' AND (t.done_by_id IS NULL OR t.done_by_id <> ?)",
        "Tasks I issued that others have closed, the last ones first.",
        sort="-updated_at",
    ),
}
