"""A sheet handed back with its bad cells marked, to be mended and imported again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zipfile import ZipFile

from crm_cli.errors import UsageError
from crm_cli.sheets.handing_back import annotated_workbook, bad_rows_workbook, workbook_losses

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from crm_cli.sheets.problems import CellProblem
    from crm_cli.sheets.sheet import Sheet

_MOST_CELLS, _MOST_BYTES = 200_000, 40_000_000
_HANDED_BACK = re.compile(r"(.+\.errors)(?:-([0-9]{1,4}))?\.xlsx", re.IGNORECASE | re.DOTALL)


def error_file(source: Path) -> Path:
    """Where a file is handed back: beside it; one that was handed back before gets a number."""
    if again := _HANDED_BACK.fullmatch(source.name):
        return source.with_name(f"{again[1]}-{int(again[2] or 1) + 1}.xlsx")
    return source.with_name(f"{source.name}.errors.xlsx")


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

    The new one is for files that are not .xlsx, for large ones, and for those openpyxl would harm.
    Tells whether all rows are in it, so that it can take the place of the file.
    """
    if target.exists() and target.samefile(source):
        raise UsageError(f"{target} is the file that is imported.", hint="Give --errors another.")
    whole = (
        not only_bad_rows
        and _can_be_annotated(source, sheet)
        and annotated_workbook.write(source, sheet, problems, target, language)
    )
    if not whole:
        bad_rows_workbook.write(sheet, problems, target, language)
    return whole


def _can_be_annotated(source: Path, sheet: Sheet) -> bool:
    if sheet.kind != "xlsx":
        return False
    with ZipFile(source) as archive:
        parts = [part for part in archive.infolist() if part.filename.startswith("xl/worksheets/")]
        if sum(part.file_size for part in parts) > _MOST_BYTES or workbook_losses.any_in(archive):
            return False
    rows = sum(1 for _ in sheet.rows)
    return rows * len(sheet.headings) <= _MOST_CELLS
