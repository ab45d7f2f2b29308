"""The forms of files: how tables become each of them, and how its rows are counted again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from crm_cli.languages import LANGUAGES
from crm_cli.output import as_json, as_jsonl
from crm_cli.output.file_cells import cell_maker
from crm_cli.sheets.roundtrip import NAMES, headings
from crm_cli.sheets.writing import csv_file, html_file, xlsx_file
from crm_cli.sheets.writing.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from crm_cli.output.style import Style
    from crm_cli.sheets.writing.csv_file import CsvForm
    from crm_cli.views.table import Table


@dataclass(frozen=True, kw_only=True, eq=False)
class Named:
    """A table with its name; a stamp says that its last columns are those of a round trip."""

    name: str
    table: Table
    stamp: str = ""
    title: str = ""
    """The name for people, where it is another."""


class Look(NamedTuple):
    """How a file is to look."""

    language: str
    style: Style
    csv: CsvForm


@dataclass(frozen=True)
class Form:
    """One kind of file."""

    write: Callable[[Path, Sequence[Named], Look], None]
    count: Callable[[Path, Look], int]
    several: bool = False
    """Whether it holds more than one table."""
    stamped: bool = False
    """Whether it may come back with the columns of a round trip."""


def page_of(named: Named, look: Look, *, codes: bool = False) -> Page:
    """A table as sheets have it: moments in the zone of the person, words in the language."""
    columns = named.table.columns
    labels = [column.labels[LANGUAGES.index(look.language)] for column in columns]
    hidden = len(NAMES) if named.stamp else 0
    return Page(
        name=named.title or named.name,
        headings=[*labels[: len(labels) - hidden], *(headings(named.stamp) if hidden else ())],
        kinds=[column.type.name for column in columns],
        rows=_cells(named.table, look.style, None if codes else look.language),
        hidden=hidden,
        summed=not any(column.join for column in columns),
    )


def _cells(table: Table, style: Style, language: str | None) -> Iterator[Sequence[object]]:
    makers = [cell_maker(column.type, style.zone, language) for column in table.columns]
    changed = [(at, make) for at, make in enumerate(makers) if make]
    for values in table.rows:
        row = list(values)
        for at, make in changed:
            row[at] = make(row[at])
        yield row


def _write_xlsx(path: Path, tables: Sequence[Named], look: Look) -> None:
    xlsx_file.write_xlsx(path, (page_of(named, look) for named in tables), look.language)


def _write_csv(path: Path, tables: Sequence[Named], look: Look) -> None:
    page = page_of(tables[0], look, codes=look.csv.raw)
    with path.open("w", encoding=look.csv.codec, newline="") as file:
        csv_file.write_csv(file, page.headings, page.rows, look.csv)


def _count_csv(path: Path, look: Look) -> int:
    with path.open(encoding=look.csv.codec, newline="") as file:
        return csv_file.count_rows(file, look.csv)


def _write_html(path: Path, tables: Sequence[Named], look: Look) -> None:
    with path.open("w", encoding="utf-8") as file:
        html_file.write_html(file, page_of(tables[0], look), look.language)


def _count_html(path: Path, look: Look) -> int:
    with path.open(encoding="utf-8") as file:
        return html_file.count_rows(file)


def _write_jsonl(path: Path, tables: Sequence[Named], look: Look) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(as_jsonl.write(tables[0].table, look.style))


def _write_json(path: Path, tables: Sequence[Named], look: Look) -> None:
    """A list; of several tables an object with a list under each name."""
    with path.open("w", encoding="utf-8") as file:
        if len(tables) == 1:
            file.writelines(as_json.write(tables[0].table, look.style))
            return
        separator = "{"
        for named in tables:
            file.write(f"{separator}\n{json.dumps(named.name)}: ")
            file.writelines(as_json.write(named.table, look.style))
            separator = ","
        file.write("}\n")


def _count_lines(path: Path, look: Look) -> int:
    """Each record is an object on a line of its own."""
    with path.open(encoding="utf-8") as file:
        return sum(line.startswith("{") and line != "{\n" for line in file)


FORMS = {
    ".xlsx": Form(
        _write_xlsx, lambda path, look: xlsx_file.count_rows(path), several=True, stamped=True
    ),
    ".csv": Form(_write_csv, _count_csv, stamped=True),
    ".json": Form(_write_json, _count_lines, several=True),
    ".jsonl": Form(_write_jsonl, _count_lines),
    ".html": Form(_write_html, _count_html),
}
