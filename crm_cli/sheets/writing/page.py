"""A table on its way to a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

DOTTED = ("ro", "pl")
"""Languages that write 31.12.2026."""
NO_AND_YES = {"en": ("no", "yes"), "ro": ("nu", "da"), "pl": ("nie", "tak")}
"""Language -> how text says a bool."""


@dataclass(kw_only=True, eq=False, repr=False)
class Page:
    """Rows under headings; the kinds are names of column types: `text`, `money`, `date`.

    Values are str, int, Decimal, bool, date, datetime (written as its own zone shows it) or None.
    """

    name: str
    headings: Sequence[str]
    kinds: Sequence[str]
    rows: Iterable[Sequence[object]]
    hidden: int = 0
    """How many of the last columns are for programs only."""
    summed: bool = True
    """Whether the sums of its amounts mean something: not where rows repeat what they belong to."""


def day_text(day: date, *, dotted: bool) -> str:
    """A date, or the date of a moment, as text."""
    iso = day.isoformat()
    return f"{iso[8:10]}.{iso[5:7]}.{iso[:4]}" if dotted else iso[:10]
