"""Who gets a task or a message: EMPLOYEE, @TEAM or %CATEGORY, several at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.errors import NotFound
from crm_cli.views.catalogues import TEAM
from crm_cli.views.employees import EMPLOYEE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crm_cli.transaction import Transaction

Assignee = tuple[int | None, int | None]
"""An employee, or a team."""

MEMBERS = "SELECT id FROM employee WHERE team_id = ? AND archived_at IS NULL ORDER BY id"
CATEGORY = """
SELECT id FROM employee
WHERE lower(category) = ? AND archived_at IS NULL ORDER BY id"""


def assignees(tx: Transaction, words: Iterable[str]) -> list[Assignee]:
    """Each employee named or in a category named, and each team, once."""
    return list(dict.fromkeys(one for word in words for one in _assignees(tx, word.strip())))


def recipients(tx: Transaction, words: Iterable[str]) -> list[int]:
    """Each employee named, in a category named or in a team named, once."""
    found: list[int] = []
    for employee, team in assignees(tx, words):
        if employee is not None:
            found.append(employee)
        else:
            found += [row[0] for row in tx.reader.all(MEMBERS, (team,))]
    return list(dict.fromkeys(found))


def _assignees(tx: Transaction, word: str) -> Iterator[Assignee]:
    if word.startswith("@"):
        yield None, tx.resolve(TEAM, word[1:])
    elif word.startswith("%"):
        yield from ((number, None) for number in _category(tx, word[1:]))
    else:
        yield tx.resolve(EMPLOYEE, word), None


def _category(tx: Transaction, name: str) -> list[int]:
    found = [row[0] for row in tx.reader.all(CATEGORY, (name.lower(),))]
    if not found:
        raise NotFound(
            f"No employee has the category '{name}'.",
            hint="crm employee list --columns name,category",
        )
    return found
