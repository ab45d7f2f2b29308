"""Read a sheet from a file of any kind a spreadsheet program writes."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from crm_cli.calendars import ics_reading
from crm_cli.cards import vcard_reading
from crm_cli.errors import CrmError, InvalidData, NotFound
from crm_cli.piped import from_input, is_input
from crm_cli.sheets.reading import delimited, grouped_headings, headings, kinds, workbook
from crm_cli.sheets.roundtrip import stamp_of
from crm_cli.sheets.sheet import Row, Sheet
from crm_cli.sheets.writing.xlsx_package import sheet_name
from crm_cli.sheets.writing.xlsx_sheet import ROW_LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from crm_cli.sheets.reading.headings import Known
    from crm_cli.sheets.reading.source import Source
    from crm_cli.sheets.reading.spool import Spool

MEMORY = 1_500_000_000
_WITHOUT_SHEETS = {"csv": "delimited text", "vcard": "a file of cards", "calendar": "a calendar"}


def read_sheet(
    path: Path,
    sheet: str | None = None,
    *,
    known: Callable[[str], bool] = lambda heading: False,
    memory: int = MEMORY,
) -> Sheet:
    """Read the named sheet, else the first visible one with anything in it; `-` is the input.

    `known` says whether a text is a heading the caller understands; `memory` is in bytes.
    Rows that are hidden, by a filter or by hand, are rows like any other.
    """
    if is_input(path):
        return from_input(lambda file: read_sheet(file, sheet, known=known, memory=memory))
    _refuse_unreadable(path)
    kind = kinds.kind_of(path)
    if sheet and kind in _WITHOUT_SHEETS:
        raise NotFound(f"{path} is {_WITHOUT_SHEETS[kind]}: it has no sheet {sheet!r}.")
    if kind == "vcard":
        return vcard_reading.read(path, memory)
    if kind == "calendar":
        return ics_reading.read(path, memory)
    source = _source(path, kind, sheet, known, memory)
    names, at, repeated = _headings(path, source, known)
    if not sheet:
        _refuse_half(path, source, names)
    rows = SheetRows(source.rows, at, len(names), repeated)
    return Sheet(
        path=path,
        kind=source.kind,
        encoding=source.encoding,
        delimiter=source.delimiter,
        name=source.name,
        heading_row=at,
        headings=names,
        rows=rows,
        hidden_rows=sum(len(some) - sum(one <= at for one in some) for some in source.hidden),
        totals=rows.totals,
    )


def _headings(
    path: Path, source: Source, known: Known
) -> tuple[tuple[str, ...], int, tuple[object, ...]]:
    """The headings, the number of their row, and its cells."""
    if source.keys is not None:
        return source.keys, 0, ()
    top = list(islice(source.rows, headings.SEARCHED_ROWS))
    found = grouped_headings.find_headings(top, known, source.merged)
    if found is None:
        raise InvalidData(f"{path} has nothing in its first {headings.SEARCHED_ROWS} rows.")
    return found.names, found.at + 1, top[found.at]


class SheetRows:
    """The data rows below the headings: without empty rows, totals and repeated headings."""

    def __init__(
        self, spool: Spool, heading_row: int, width: int, repeated: tuple[object, ...]
    ) -> None:
        self._spool = spool
        self._heading_row = heading_row
        self._width = width
        self._repeated = repeated[:width]
        self.totals: set[int] = set()

    def __iter__(self) -> Iterator[Row]:
        before = 0
        for chunk in self._spool.chunks():
            ragged = len(chunk.columns) > self._width
            for number, full in enumerate(chunk.rows(self._width), before + 1):
                if number <= self._heading_row:
                    continue
                if headings.is_passed_over(full):
                    self._remember_total(number, full)
                    continue
                cells = self._trimmed(full) if ragged else full
                if cells != self._repeated:
                    yield Row(number, cells)
            before += chunk.height

    def _remember_total(self, number: int, cells: tuple[object, ...]) -> None:
        if any(cell is not None for cell in cells):
            self.totals.add(number)

    def _trimmed(self, cells: tuple[object, ...]) -> tuple[object, ...]:
        end = len(cells)
        while end > self._width and cells[end - 1] is None:
            end -= 1
        return cells[:end]


def _source(path: Path, kind: str, sheet: str | None, known: Known, memory: int) -> Source:
    if kind == "csv":
        return delimited.read(path, known)
    return workbook.read(path, kind, sheet, memory, known)


def _refuse_half(path: Path, source: Source, names: tuple[str, ...]) -> None:
    """Refuse a sheet of an export, or a full one, that goes on in the next: rows would be lost."""
    first = source.name or ""
    following = sheet_name(first, [first])
    exported = any(map(stamp_of, names))
    if following in source.names and (exported or source.height >= ROW_LIMIT - 1):
        raise InvalidData(
            f"{path} goes on in the sheet '{following}', and one sheet is imported at a time.",
            hint=f"Import both: --sheet '{first}', then --sheet '{following}'.",
        )


def _refuse_unreadable(path: Path) -> None:
    if not path.exists():
        raise NotFound(f"There is no file {path}.")
    if not path.is_file():
        raise InvalidData(f"{path} is not a file.")
    try:
        path.open("rb").close()
    except OSError as error:
        raise CrmError(f"{path} cannot be opened: {error.strerror}.") from None
