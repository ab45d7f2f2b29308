"""The workbook of the cells that a sheet and somebody here changed, each to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.languages import LANGUAGES
from crm_cli.sheets.writing.atomic import replace_file
from crm_cli.sheets.writing.page import Page
from crm_cli.sheets.writing.xlsx_file import write_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from crm_cli.views.view import Column

NAMES = {"en": "Conflicts", "ro": "Conflicte", "pl": "Konflikty"}


def write(
    target: Path, columns: Sequence[Column], rows: Iterable[Sequence[object]], language: str
) -> None:
    """Write a row for each cell, under headings in the language."""
    page = Page(
        name=NAMES[language],
        headings=[column.labels[LANGUAGES.index(language)] for column in columns],
        kinds=[column.type.name for column in columns],
        rows=rows,
        summed=False,
    )
    with replace_file(target) as draft:
        write_xlsx(draft, [page], language)
