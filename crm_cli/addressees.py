"""Who gets a task or a message: EMPLOYEE, @TEAM or %CATEGORY, several at once."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from crm_cli.errors import Conflict, NotFound, UsageError
from crm_cli.values.text import fold
from crm_cli.views.catalogues import TEAM
from crm_cli.views.employees import EMPLOYEE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crm_cli.transaction import Transaction

Assignee = tuple[int | None, int | None]
"""An employee, or a team."""

MEMBERS = "SELECT id FROM employee WHERE team_id = ? AND archived_at IS NULL ORDER BY id"
CATEGORIES = """
SELECT id, category FROM employee
WHERE category IS NOT NULL AND archived_at IS NULL ORDER BY id"""
LEFT = "SELECT name FROM employee WHERE id = ? AND archived_at IS NOT NULL"
CLOSED = "SELECT code FROM team WHERE id = ? AND archived_at IS NOT NULL"


def assignees(tx: Transaction, words: Iterable[str]) -> list[Assignee]:
    """Each employee named or in a category named, and each team, once."""
    return list(dict.fromkeys(one for word in words for one in _assignees(tx, word.strip())))


def assignee(tx: Transaction, word: str) -> Assignee:
    """The one employee or team that is named; raises UsageError for several."""
    found = assignees(tx, [word])
    if len(found) > 1:
        raise UsageError(
            f"'{word}' are {len(found)} employees, but one of them or a team is asked for.",
            hint="crm employee list --columns name,category",
        )
    return found[0]


def recipients(tx: Transaction, words: Iterable[str]) -> list[int]:
    """Each employee named, and everyone else in the teams and categories named, once."""
    found: list[int] = []
    for word in (one.strip() for one in words):
        members = [one for owner in _assignees(tx, word) for one in _members(tx, owner)]
        in_group = word.startswith(("@", "%"))
        found += [one for one in members if not in_group or one != tx.person_id]
    return list(dict.fromkeys(found))


def _members(tx: Transaction, owner: Assignee) -> list[int]:
    employee, team = owner
    if employee is not None:
        return [employee]
    return [row[0] for row in tx.reader.all(MEMBERS, (team,))]


def _assignees(tx: Transaction, word: str) -> Iterator[Assignee]:
    if word.startswith("@"):
        yield None, _alive(tx, CLOSED, tx.resolve(TEAM, word[1:]), "The team {} is archived.")
    elif word.startswith("%"):
        yield from ((number, None) for number in _category(tx, word[1:]))
    else:
        yield _alive(tx, LEFT, _employee(tx, word), "{} has left: the record is archived."), None


def _employee(tx: Transaction, word: str) -> int:
    try:
        return tx.resolve(EMPLOYEE, word)
    except NotFound as error:
        with suppress(NotFound, Conflict):
            tx.resolve(TEAM, word)
            error.hint = f"The team is written @{word}."
        raise


def _alive(tx: Transaction, archived: str, number: int, sentence: str) -> int:
    name = tx.reader.value(archived, (number,))
    if name is not None:
        raise Conflict(sentence.format(name), hint="Name somebody else, or a team.")
    return number


def _category(tx: Transaction, name: str) -> list[int]:
    asked = fold(name)
    found = [number for number, own in tx.reader.all(CATEGORIES) if fold(own) == asked]
    if not found:
        raise NotFound(
            f"No employee has the category '{name}'.",
            hint="crm employee list --columns name,category",
        )
    return found
