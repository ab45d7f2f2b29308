"""What a file of rows looks like once it has been read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from crm_cli.values.invalid import quote

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from crm_cli.values.sentences import Sentence


NOT_CALCULATED = "#CALC?"
"""The text of a cell whose formula was never calculated."""


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell whose formula failed (`#N/A`), or was never calculated."""

    text: str

    def __str__(self) -> str:
        return self.text


class Row(NamedTuple):
    """One row: its number as the spreadsheet program shows it, and its cells from column A on.

    There are at least as many cells as headings; one without content is None.
    """

    number: int
    cells: tuple[object, ...]


class HeldRows:
    """Rows in memory; an object of its own, so that a file can be given up with it."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a file; its rows can be walked any number of times, a few in memory."""

    path: Path
    kind: str
    encoding: str | None
    delimiter: str | None
    name: str | None
    heading_row: int
    headings: tuple[str, ...]
    rows: Iterable[Row]
    hidden_rows: int = 0
    """How many of the rows a filter, or the user, has hidden; they are among the rows."""
    totals: Collection[int] = ()
    """The rows that sum up others, of those walked so far; they are not among the rows."""
    about: str = ""
    """What else is to be said of how the file was read."""
    unit: str = "row"
    """What messages call a row."""
    names: Mapping[int, str] = field(default_factory=dict)
    """The names of rows that have one: of cards, and of items of a calendar."""
    broken: Mapping[int, Sentence] = field(default_factory=dict)
    """Rows that are not as they were written, and why."""

    def called(self, row: int) -> str:
        """The row as messages call it: by its name, where it has one."""
        name = self.names.get(row)
        return f"{self.unit} {row} {quote(name)}" if name else f"{self.unit} {row}"
