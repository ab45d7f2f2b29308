"""The child process in which calamine reads a workbook: a hostile one can make it abort.

Run as `python -m crm_cli.sheets.workbook_child PATH KIND SHEET MEMORY`, it writes the rows as
pickled chunks to stdout, and one line of JSON to stderr.
"""

from __future__ import annotations

import contextlib
import json
import resource
import struct
import sys
import zlib
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from crm_cli.sheets import biff, xlsx_parts
from crm_cli.sheets.sheet import CellError
from crm_cli.sheets.spool import dump

if TYPE_CHECKING:
    from collections.abc import Iterator

    from python_calamine import CalamineSheet, CalamineWorkbook

    from crm_cli.sheets.spool import Cells

    Errors = dict[tuple[int, int], str]


# What the inspection of a broken workbook may raise, calamine's own errors apart.
_BROKEN: tuple[type[Exception], ...] = (
    BadZipFile, ElementTree.ParseError, EOFError, LookupError, OSError, OverflowError,
    RuntimeError, ValueError, struct.error, zlib.error,
)  # fmt: skip


class Outcome(IntEnum):
    """How the child ended; 1 is Python's own, for an exception nobody caught."""

    READ = 0
    FAILED = 1
    DAMAGED = 2
    ENCRYPTED = 3
    NO_SUCH_SHEET = 4
    EMPTY = 5
    OUT_OF_MEMORY = 6


def main(path: str, kind: str, wanted: str, memory: str) -> Outcome:
    """Read one sheet; what became of it is the exit status."""
    from python_calamine import CalamineError

    _limit(int(memory))
    try:
        return _read(Path(path), kind, wanted)
    except MemoryError:
        return Outcome.OUT_OF_MEMORY
    except CalamineError:
        return Outcome.DAMAGED
    except _BROKEN:
        return Outcome.DAMAGED


def _limit(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # macOS refuses this one; the inspection before and the time limit still hold there.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _read(path: Path, kind: str, wanted: str) -> Outcome:
    from python_calamine import load_workbook

    if kind == "xls" and biff.is_encrypted(biff.workbook_stream(path.read_bytes())):
        return Outcome.ENCRYPTED
    book = load_workbook(path.open("rb"))
    sheet = _choose(book, wanted)
    _report(name=sheet.name if sheet else wanted, names=book.sheet_names)
    if sheet is None:
        return Outcome.NO_SUCH_SHEET if wanted else Outcome.EMPTY
    errors: Errors = {}
    # Calamine has read the workbook: what our own look at it cannot follow is no damage.
    with contextlib.suppress(*_BROKEN):
        errors = _errors(path, kind, sheet.name, book.sheet_names.index(sheet.name))
    dump(_rows(sheet, errors), sys.stdout.buffer, sheet.width)
    return Outcome.READ


def _choose(book: CalamineWorkbook, wanted: str) -> CalamineSheet | None:
    """The wanted sheet, else the first visible one with anything in it."""
    if wanted:
        names = {name.casefold(): name for name in book.sheet_names}
        name = wanted if wanted in book.sheet_names else names.get(wanted.casefold())
        return book.get_sheet_by_name(name) if name else None
    return next((sheet for sheet in _visible(book) if sheet.end), None)


def _visible(book: CalamineWorkbook) -> Iterator[CalamineSheet]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    for about in book.sheets_metadata:
        if about.typ == SheetTypeEnum.WorkSheet and about.visible == SheetVisibleEnum.Visible:
            yield book.get_sheet_by_name(about.name)


def _errors(path: Path, kind: str, name: str, index: int) -> Errors:
    if kind == "xls":
        return biff.error_cells(biff.workbook_stream(path.read_bytes()), index)
    if kind != "xlsx":
        return {}
    with ZipFile(path) as archive, archive.open(xlsx_parts.sheet_part(archive, name)) as part:
        return xlsx_parts.error_cells(part)


def _rows(sheet: CalamineSheet, errors: Errors) -> Iterator[Cells]:
    """The rows from A1 on. Calamine starts at the first column in use and leaves errors empty."""
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), text in errors.items():
        by_row.setdefault(row, {})[column] = text
    margin: Cells = [""] * (sheet.start[1] if sheet.start else 0)
    for number, cells in enumerate(sheet.iter_rows()):
        yield _marked(margin + cells, by_row[number]) if number in by_row else margin + cells


def _marked(cells: Cells, errors: dict[int, str]) -> Cells:
    cells += [""] * (max(errors) + 1 - len(cells))
    for column, text in errors.items():
        cells[column] = CellError(text)
    return cells


def _report(**facts: object) -> None:
    sys.stderr.write(json.dumps(facts) + "\n")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
