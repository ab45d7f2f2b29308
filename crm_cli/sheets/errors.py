"""A sheet handed back with its bad cells marked, to be mended and imported again."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zipfile import ZipFile

from crm_cli.sheets import annotated_workbook, bad_rows_workbook
from crm_cli.sheets.problems import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from crm_cli.sheets.problems import CellProblem
    from crm_cli.sheets.sheet import Sheet

_MOST_CELLS, _MOST_BYTES = 200_000, 40_000_000


def write_error_workbook(
    source: Path,
    sheet: Sheet,
    problems: Sequence[CellProblem],
    target: Path,
    *,
    language: str = "en",
    only_bad_rows: bool = False,
) -> bool:
    """Write the user's own workbook with the bad cells marked, or a new one of the bad rows.

    The new one is for files that are not .xlsx, for large ones, and for those openpyxl refuses.
    Tells whether all rows are in it, so that it can take the place of the file.
    """
    heading = HEADINGS[language]
    if only_bad_rows or not _is_small_workbook(source, sheet):
        bad_rows_workbook.write(sheet, problems, target, heading)
        return False
    try:
        book = annotated_workbook.load(source)
    except Exception:  # Excel opens more than openpyxl, which fails in many ways
        bad_rows_workbook.write(sheet, problems, target, heading)
        return False
    annotated_workbook.write(book, sheet, problems, target, heading)
    return True


def _is_small_workbook(source: Path, sheet: Sheet) -> bool:
    if sheet.kind != "xlsx":
        return False
    with ZipFile(source) as archive:
        parts = [part for part in archive.infolist() if part.filename.startswith("xl/worksheets/")]
    rows = sum(1 for _ in sheet.rows)
    return (
        rows * len(sheet.headings) <= _MOST_CELLS
        and sum(part.file_size for part in parts) <= _MOST_BYTES
    )
