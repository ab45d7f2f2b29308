"""Delimited text for programs (raw) and for people."""

from __future__ import annotations

import csv
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from crm_cli.sheets.atomic import replace_file
from crm_cli.sheets.cells import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


@dataclass(frozen=True, kw_only=True, slots=True)
class CsvForm:
    """The layout of the text; unless raw, what a spreadsheet might run as a formula is escaped."""

    raw: bool = False
    delimiter: str = ","
    decimal_comma: bool = False
    bom: bool = False


FOR_PROGRAMS = CsvForm(raw=True)


def for_people(language: str) -> CsvForm:
    """What Excel opens with a double click in the given language."""
    comma = language in {"ro", "pl"}
    return CsvForm(delimiter=";" if comma else ",", decimal_comma=comma, bom=True)


def write_csv(
    target: Path | TextIO,
    headings: Sequence[str],
    rows: Iterable[Sequence[object]],
    form: CsvForm = FOR_PROGRAMS,
) -> None:
    """Write the headings and the rows to a file, or to an open stream."""
    with _opened(target, form) as file:
        end = "\n" if form.raw else "\r\n"
        lines = csv.writer(file, delimiter=form.delimiter, lineterminator=end)
        lines.writerow([_text(heading, form) for heading in headings])
        for row in rows:
            lines.writerow([_text(value, form) for value in row])


@contextmanager
def _opened(target: Path | TextIO, form: CsvForm) -> Iterator[TextIO]:
    if isinstance(target, Path):
        encoding = "utf-8-sig" if form.bom else "utf-8"
        with (
            replace_file(target) as draft,
            draft.open("w", encoding=encoding, newline="") as file,
        ):
            yield file
    else:
        target.write("\ufeff" * form.bom)
        yield target


def _text(value: object, form: CsvForm) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value if form.raw else escape(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", "," if form.decimal_comma else ".")
    if isinstance(value, datetime):
        return value.isoformat() if form.raw else f"{value:%Y-%m-%d %H:%M:%S}"
    return str(value)
