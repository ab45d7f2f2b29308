"""The sheets of a workbook, read by calamine and completed by what it does not tell."""

from __future__ import annotations

import contextlib
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZipFile

from crm_cli.sheets.reading import biff, biff12, kinds, ods_parts, xlsx_parts
from crm_cli.sheets.reading.marks import Marks
from crm_cli.sheets.reading.outcome import BROKEN
from crm_cli.sheets.reading.source import Table
from crm_cli.sheets.sheet import CellError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future
    from pathlib import Path

    from python_calamine import CalamineSheet, CalamineWorkbook

    from crm_cli.sheets.reading.spool import Cells


class _Asked(NamedTuple):
    """A sheet of a workbook."""

    path: Path
    kind: str
    name: str
    place: int


def tables(path: Path, kind: str, wanted: str) -> tuple[Callable[[], list[str]], Iterator[Table]]:
    """The wanted sheet, else the first visible one with anything in it; and the names of all."""
    from python_calamine import load_workbook

    if kind == "xls" and biff.is_encrypted(biff.workbook_stream(path.read_bytes())):
        raise kinds.encrypted(path)
    book = load_workbook(path.open("rb"))
    asked = (
        _Asked(path, kind, name, book.sheet_names.index(name)) for name in _candidates(book, wanted)
    )
    return lambda: book.sheet_names, _first_in_use(book, asked, wanted)


def _candidates(book: CalamineWorkbook, wanted: str) -> Iterator[str]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    if wanted in book.sheet_names:
        yield wanted
    elif wanted:
        yield from (name for name in book.sheet_names if name.casefold() == wanted.casefold())
    else:
        for about in book.sheets_metadata:
            if (about.typ, about.visible) == (SheetTypeEnum.WorkSheet, SheetVisibleEnum.Visible):
                yield about.name


def _first_in_use(book: CalamineWorkbook, asked: Iterator[_Asked], wanted: str) -> Iterator[Table]:
    for one in asked:
        # Calamine lets other threads run while it reads.
        with ThreadPoolExecutor(1) as other:
            marks = other.submit(_marks, one)
            sheet = book.get_sheet_by_name(one.name)
        if sheet.end or wanted:
            yield _table(sheet, marks)
            return


def _table(sheet: CalamineSheet, found: Future[Marks]) -> Table:
    marks = Marks()
    # Calamine has read the workbook: what our own look at it cannot follow is no damage.
    with contextlib.suppress(*BROKEN):
        marks = found.result()
    ranges = sheet.merged_cell_ranges or []
    merged = [(top[0], top[1], bottom[1]) for top, bottom in ranges if bottom[1] > top[1]]
    return Table(
        name=sheet.name,
        rows=_rows(sheet, marks.by_row()),
        width=sheet.width,
        hidden=marks.hidden,
        merged=sorted(merged or marks.merged),
    )


def _marks(asked: _Asked) -> Marks:
    if asked.kind == "xls":
        return biff.marks(biff.workbook_stream(asked.path.read_bytes()), asked.place)
    with ZipFile(asked.path) as archive:
        if asked.kind == "ods":
            return ods_parts.marks(archive, asked.name)
        if asked.kind == "xlsb":
            return biff12.marks(archive.read(biff12.sheet_part(archive, asked.name)))
        with archive.open(xlsx_parts.sheet_part(archive, asked.name)) as part:
            return xlsx_parts.marks(part)


def _rows(sheet: CalamineSheet, errors: dict[int, dict[int, str]]) -> Iterator[Cells]:
    """The rows from A1 on. Calamine starts at the first column in use and leaves errors empty."""
    margin: Cells = [""] * (sheet.start[1] if sheet.start else 0)
    if not margin and not errors:
        yield from sheet.iter_rows()
        return
    for number, cells in enumerate(sheet.iter_rows()):
        yield _marked(margin + cells, errors[number]) if number in errors else margin + cells


def _marked(cells: Cells, errors: dict[int, str]) -> Cells:
    cells += [""] * (max(errors) + 1 - len(cells))
    for column, text in errors.items():
        cells[column] = CellError(text)
    return cells
