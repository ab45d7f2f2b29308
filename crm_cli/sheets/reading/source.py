"""What was found in a file, before its headings are looked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crm_cli.sheets.reading.spool import Spool

    Merged = tuple[int, int, int]
    """A row, and the first and last of the columns merged in it, all from 0."""


MOST_TABLES = 10_000
"""More are no tables that anybody would import."""


@dataclass(kw_only=True)
class Table:
    """One table of a file that holds several; complete once its rows were walked."""

    name: str
    rows: Iterable[Sequence[Any]]
    width: int = 20
    visible: bool = True
    hidden: list[int] = field(default_factory=list)
    """The numbers of hidden rows."""
    merged: list[Merged] = field(default_factory=list)
    keys: list[str] | None = None
    """The headings of records that have none above them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """The rows of a table as they were found, and how they were found."""

    kind: str
    rows: Spool
    name: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    hidden: tuple[range, ...] = ()
    merged: tuple[Merged, ...] = ()
    keys: tuple[str, ...] | None = None
    height: int = 0
    """How many rows there are, the empty ones among them."""
    names: tuple[str, ...] = ()
    """All sheets of the workbook."""
