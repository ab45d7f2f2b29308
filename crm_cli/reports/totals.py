"""What reports by person have in common: their words, columns, groups and sums."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from crm_cli.views.types import DATE, INTEGER, Choice
from crm_cli.views.view import Column

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    K = TypeVar("K", bound=Hashable)
    V = TypeVar("V")

NOBODY = "(nobody)"
TOTAL = "total"
PERSON = Choice(NOBODY, TOTAL)
"""Names of people, and these words, which files say in the language of who reads them."""

WHO = (
    Column(name="employee", sql="", type=PERSON, labels=("Employee", "Angajat", "Pracownik")),
    Column(
        name="employee_id",
        sql="",
        type=INTEGER,
        labels=("Employee (id)", "Angajat (id)", "Pracownik (id)"),
    ),
)
DAY = Column(name="day", sql="", type=DATE, labels=("Day", "Ziua", "Dzień"))


def grouped(items: Iterable[V], key: Callable[[V], K]) -> dict[K, list[V]]:
    """The items of each key, in the order in which they first come."""
    found: dict[K, list[V]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return found


def added(rows: Sequence[Sequence[Any]], places: Iterable[int]) -> list[Any]:
    """The sum of each of these places of the rows."""
    return [sum(row[place] for row in rows) for place in places]
