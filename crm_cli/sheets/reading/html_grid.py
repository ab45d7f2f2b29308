"""A table of a web page while it is read; of a long one most rows wait on the disk."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from crm_cli.sheets.reading.headings import SEARCHED_ROWS
from crm_cli.sheets.reading.outcome import TooMuch
from crm_cli.sheets.reading.spool import Spool, dump

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crm_cli.sheets.reading.spool import Cells

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
_WAITING = 2_000
_WIDTH = 20


@dataclass
class Grid:
    """Rows of cells, of which some cover places in the rows below."""

    hidden: list[int] = field(default_factory=list)
    merged: list[tuple[int, int, int]] = field(default_factory=list)
    """Those among the first rows: a heading may be there."""
    _rows: list[Cells] = field(default_factory=list)
    _before: int = 0
    _kept: Spool | None = None
    _covered: dict[int, int] = field(default_factory=dict)
    """Column -> the row before which cells from above cover it."""

    @property
    def height(self) -> int:
        """How many rows there are."""
        return self._before + len(self._rows)

    def rows(self) -> Iterator[Sequence[object]]:
        """All rows."""
        kept: Iterable[Sequence[object]] = self._kept or ()
        return chain(kept, self._rows)

    def add_row(self, *, hidden: bool = False) -> None:
        """Begin a row."""
        if len(self._rows) == _WAITING:
            self._put_aside()
        self._rows.append([])
        if self.height > MOST_ROWS:
            raise TooMuch(f"has a table of more than {MOST_ROWS:,} rows")
        if hidden:
            self.hidden.append(self.height)

    def add(self, value: object, wide: int = 1, high: int = 1) -> None:
        """Put a cell where the next one is free."""
        if not self._rows:
            self.add_row()
        row, cells = self.height - 1, self._rows[-1]
        if self._covered:
            while self._covered.get(len(cells), 0) > row:
                cells.append(None)
        first = len(cells)
        cells.append(value)
        if wide > 1 or high > 1:
            self._spread(row, first, wide, high)
        if len(cells) > MOST_COLUMNS:
            raise TooMuch(f"has a row of more than {MOST_COLUMNS:,} cells")

    def _spread(self, row: int, first: int, wide: int, high: int) -> None:
        self._rows[-1].extend([None] * (wide - 1))
        if high > 1:
            self._covered.update(dict.fromkeys(range(first, first + wide), row + high))
        if wide > 1 and row < SEARCHED_ROWS:
            self.merged.append((row, first, first + wide - 1))

    def _put_aside(self) -> None:
        self._kept = self._kept or Spool()
        dump(self._rows, self._kept.file, _WIDTH)
        self._before += len(self._rows)
        self._rows.clear()
