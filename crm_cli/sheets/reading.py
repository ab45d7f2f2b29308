"""Read a sheet from a file of any kind a spreadsheet program writes."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from crm_cli.errors import CrmError, InvalidData, NotFound
from crm_cli.sheets import delimited, headings, kinds, workbook
from crm_cli.sheets.cells import normal
from crm_cli.sheets.sheet import Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from crm_cli.sheets.headings import Known
    from crm_cli.sheets.spool import Source, Spool

MEMORY = 1_500_000_000


def read_sheet(
    path: Path,
    sheet: str | None = None,
    *,
    known: Callable[[str], bool] = lambda heading: False,
    memory: int = MEMORY,
) -> Sheet:
    """Read the named sheet, else the first visible one with anything in it.

    `known` says whether a text is a heading the caller understands; `memory` is in bytes.
    """
    _refuse_unreadable(path)
    source = _source(path, sheet, known, memory)
    top = [[normal(value) for value in raw] for raw in islice(source.rows, headings.SEARCHED_ROWS)]
    at = headings.find(top, known)
    if at is None:
        raise InvalidData(f"{path} has nothing in its first {headings.SEARCHED_ROWS} rows.")
    names = headings.texts(top[at])
    return Sheet(
        path=path,
        kind=source.kind,
        encoding=source.encoding,
        delimiter=source.delimiter,
        name=source.name,
        heading_row=at + 1,
        headings=names,
        rows=SheetRows(source.rows, at + 1, len(names)),
    )


class SheetRows:
    """The data rows below the headings: without empty rows, rows of totals and trailing blanks."""

    def __init__(self, spool: Spool, heading_row: int, width: int) -> None:
        self._spool = spool
        self._heading_row = heading_row
        self._width = width

    def __iter__(self) -> Iterator[Row]:
        for number, raw in enumerate(self._spool, start=1):
            if number > self._heading_row:
                cells = self._cells(raw)
                if any(cell is not None for cell in cells) and not headings.is_total(cells):
                    yield Row(number, tuple(cells))

    def _cells(self, raw: list[object]) -> list[object]:
        cells = [normal(value) for value in raw]
        while len(cells) > self._width and cells[-1] is None:
            cells.pop()
        return cells + [None] * (self._width - len(cells))


def _source(path: Path, sheet: str | None, known: Known, memory: int) -> Source:
    kind = kinds.kind_of(path)
    if kind != "csv":
        return workbook.read(path, kind, sheet, memory)
    if sheet:
        raise NotFound(f"{path} is delimited text: it has no sheet {sheet!r}.")
    return delimited.read(path, known)


def _refuse_unreadable(path: Path) -> None:
    if not path.exists():
        raise NotFound(f"There is no file {path}.")
    if not path.is_file():
        raise InvalidData(f"{path} is not a file.")
    try:
        path.open("rb").close()
    except OSError as error:
        raise CrmError(f"{path} cannot be opened: {error.strerror}.") from None
