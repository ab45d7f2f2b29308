"""Tables written to a file whose ending names the form: whole or not at all, and counted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from crm_cli.errors import CrmError, UsageError
from crm_cli.output.file_forms import FORMS, Look, Named
from crm_cli.sheets.writing.atomic import replace_file
from crm_cli.sheets.writing.csv_file import FOR_PROGRAMS, for_people

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from crm_cli.output.choices import Choices
    from crm_cli.output.file_forms import Form
    from crm_cli.output.style import Style
    from crm_cli.sheets.writing.csv_file import CsvForm
    from crm_cli.views.table import Table


def write_file(table: Table, choices: Choices, language: str, style: Style) -> None:
    """Write a table to the file of `--output`; raises UsageError for an unknown ending."""
    path = Path(choices.output or "")
    look = Look(language, style, csv_form(choices, language))
    write_tables(path, [Named(name=path.stem, table=table)], look)


def write_tables(path: Path, tables: Sequence[Named], look: Look, form: Form | None = None) -> int:
    """Write tables to a file of their own and give the number of rows that are in it."""
    form = form or form_of(path)
    counted = [_Counted(named.table.rows) for named in tables]
    passing = [
        replace(named, table=replace(named.table, rows=rows))
        for named, rows in zip(tables, counted, strict=True)
    ]
    with replace_file(path) as draft:
        form.write(draft, passing, look)
        written, read = sum(rows.count for rows in counted), form.count(draft, look)
        # A single record has parts, and is no list to be counted.
        if written != read and not any(named.table.single for named in tables):
            raise CrmError(f"{path} would hold {read:,} of {written:,} rows; it was not written.")
    return written


def form_of(path: Path) -> Form:
    """The form that the ending of a file names; raises UsageError for an unknown one."""
    form = FORMS.get(path.suffix.lower())
    if form is None:
        raise UsageError(
            f"'{path}' does not say what to write.", hint=f"End it in {', '.join(FORMS)}."
        )
    return form


def csv_form(choices: Choices, language: str) -> CsvForm:
    """CSV as it was asked for; for people unless it is to be raw."""
    form = FOR_PROGRAMS if choices.raw else for_people(language)
    return replace(
        form,
        delimiter=choices.delimiter or form.delimiter,
        encoding=choices.encoding or form.encoding,
    )


class _Counted:
    """Rows that are counted while they pass."""

    def __init__(self, rows: Iterable[Sequence[Any]]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Sequence[Any]]:
        for row in self._rows:
            self.count += 1
            yield row
