"""Delimited text for programs (raw) and for people."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any, TextIO

from crm_cli.errors import InvalidData
from crm_cli.sheets.cells import escape
from crm_cli.sheets.writing.page import DOTTED, NO_AND_YES, day_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

AT_ONCE = 500
"""Rows turned into text together."""

_ESCAPED = frozenset("'=+-@\t\r")
"""How a text begins that may have to be escaped."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CsvForm:
    """The layout of the text; unless raw, what a spreadsheet might run as a formula is escaped."""

    raw: bool = False
    delimiter: str = ","
    decimal_comma: bool = False
    dotted_dates: bool = False
    no_and_yes: tuple[str, str] = ("false", "true")
    bom: bool = False
    encoding: str = "utf-8"

    @property
    def codec(self) -> str:
        """The encoding as Python calls it; a mark at the beginning tells Excel that it is UTF-8."""
        return "utf-8-sig" if self.bom and self.encoding == "utf-8" else self.encoding


FOR_PROGRAMS = CsvForm(raw=True)


def for_people(language: str) -> CsvForm:
    """What Excel opens with a double click in the given language."""
    local = language in DOTTED
    return CsvForm(
        delimiter=";" if local else ",",
        decimal_comma=local,
        dotted_dates=local,
        no_and_yes=NO_AND_YES[language],
        bom=True,
    )


def write_csv(
    file: TextIO,
    headings: Sequence[str],
    rows: Iterable[Sequence[object]],
    form: CsvForm = FOR_PROGRAMS,
) -> None:
    """Write the headings and the rows; raises InvalidData for a letter the encoding lacks."""
    lines = csv.writer(file, delimiter=form.delimiter, lineterminator="\n" if form.raw else "\r\n")
    walk, before = iter(rows), 0
    chunk: list[Sequence[object]] = [headings]
    while chunk:
        columns = [_texts(values, form) for values in zip(*chunk, strict=True)]
        try:
            lines.writerows(zip(*columns, strict=True))
        except UnicodeEncodeError as error:
            raise _not_encoded(error, chunk, before, form) from None
        before += len(chunk)
        chunk = list(islice(walk, AT_ONCE))


def count_rows(file: TextIO, form: CsvForm) -> int:
    """The rows below the headings."""
    return sum(1 for _ in csv.reader(file, delimiter=form.delimiter)) - 1


def _texts(values: Sequence[Any], form: CsvForm) -> Sequence[object]:
    """The texts of one column; None and whole numbers are left to the csv module."""
    types = {*map(type, values)} - {type(None), int}
    if not types or (types == {str} and form.raw):
        return values
    if types == {str}:
        harmless = _ESCAPED.isdisjoint({value[:1] for value in values if value})
        return values if harmless else [value and escape(value) for value in values]
    return [_text(value, form) for value in values]


def _text(value: object, form: CsvForm) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", "," if form.decimal_comma else ".")
    if isinstance(value, datetime):
        if form.raw:
            return value.isoformat()
        return f"{day_text(value, dotted=form.dotted_dates)} {value.isoformat()[11:19]}"
    if isinstance(value, date):
        return day_text(value, dotted=form.dotted_dates)
    return _plain(value, form)


def _plain(value: object, form: CsvForm) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return form.no_and_yes[value]
    text = str(value)
    return escape(text) if isinstance(value, str) and not form.raw else text


def _not_encoded(
    error: UnicodeEncodeError, rows: Sequence[Sequence[object]], before: int, form: CsvForm
) -> InvalidData:
    letter = error.object[error.start]
    at = next(at for at, row in enumerate(rows) if letter in "".join(map(str, row)))
    where = f"row {before + at}" if before + at else "the headings"
    return InvalidData(
        f"'{letter}' (U+{ord(letter):04X}) in {where} cannot be written as {form.encoding}.",
        hint="Leave --encoding out: UTF-8 has every letter.",
    )
