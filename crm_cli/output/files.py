"""Lists and reports written to a file; its ending names the form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from crm_cli.errors import UsageError
from crm_cli.views.view import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from crm_cli.output.choices import Choices
    from crm_cli.output.style import Style
    from crm_cli.views.table import Table


def write_file(table: Table, choices: Choices, language: str, style: Style) -> None:
    """Write a table to the file of `--output`; raises UsageError for an unknown ending."""
    path = Path(choices.output or "")
    write = FORMS.get(path.suffix.lower())
    if write is None:
        raise UsageError(
            f"'{path}' does not say what to write.", hint=f"End it in {', '.join(FORMS)}."
        )
    write(path, table, choices, language, style)


def headings(table: Table, language: str) -> list[str]:
    """What the columns are called in a language."""
    return [column.labels[LANGUAGES.index(language)] for column in table.columns]


def _rows(table: Table, style: Style) -> Iterator[Sequence[object]]:
    """Values a spreadsheet can hold: moments in the zone of the person, sets as text."""
    for row in table.rows:
        yield [
            column.type.cell(value, style.zone)
            for column, value in zip(table.columns, row, strict=True)
        ]


def _xlsx(path: Path, table: Table, choices: Choices, language: str, style: Style) -> None:
    from crm_cli.sheets.xlsx_file import write_xlsx

    kinds = [column.type.name for column in table.columns]
    write_xlsx(path, path.stem, headings(table, language), _rows(table, style), kinds)


def _csv(path: Path, table: Table, choices: Choices, language: str, style: Style) -> None:
    from dataclasses import replace

    from crm_cli.sheets.csv_file import FOR_PROGRAMS, for_people, write_csv

    form = FOR_PROGRAMS if choices.raw else for_people(language)
    if choices.delimiter:
        form = replace(form, delimiter=choices.delimiter)
    write_csv(path, headings(table, language), _rows(table, style), form)


def _html(path: Path, table: Table, choices: Choices, language: str, style: Style) -> None:
    from crm_cli.sheets.html_file import write_html

    write_html(path, path.stem, headings(table, language), _rows(table, style), language=language)


def _json(path: Path, table: Table, choices: Choices, language: str, style: Style) -> None:
    from crm_cli.output.as_json import write
    from crm_cli.sheets.atomic import replace_file

    with replace_file(path) as draft, draft.open("w", encoding="utf-8") as file:
        file.writelines(write(table, style))


FORMS: dict[str, Callable[[Path, Table, Choices, str, Style], None]] = {
    ".xlsx": _xlsx,
    ".csv": _csv,
    ".json": _json,
    ".html": _html,
}
