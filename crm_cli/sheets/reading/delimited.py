"""Delimited text: its encoding, its separator and its records."""

from __future__ import annotations

import csv
import re
from itertools import islice
from typing import TYPE_CHECKING

from crm_cli.errors import InvalidData
from crm_cli.sheets.cells import normal, unescape
from crm_cli.sheets.reading import charset, headings, kinds
from crm_cli.sheets.reading.source import Source
from crm_cli.sheets.reading.spool import Spool, dump

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import TextIO

    from crm_cli.sheets.reading.headings import Known
    from crm_cli.sheets.reading.spool import Cells

_LONGEST_LINE = 1 << 22
_SEPARATORS = ";\t|,"
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)


def read(path: Path, known: Known) -> Source:
    """The records of the file, and the encoding and separator that make sense of it."""
    encoding = charset.of_text(path)
    delimiter, declared = _separator(path, encoding, known)
    spool = Spool()
    with path.open(encoding=encoding, newline="") as file:
        if declared:
            file.readline()
        dump(_records(path, file, delimiter), spool.file, 20)
    said = charset.spoken(encoding)
    return Source(kind="csv", rows=spool, encoding=said, delimiter=delimiter)


def _separator(path: Path, encoding: str, known: Known) -> tuple[str, bool]:
    """The separator, and whether the first line declares it."""
    with path.open(encoding=encoding, newline="") as file:
        lines = list(islice(_lines(path, file), 2 * headings.SEARCHED_ROWS))
    if declared := _SEPARATOR_LINE.fullmatch(lines[0]):
        return declared[1], True
    return max(_SEPARATORS, key=lambda separator: _fitness(lines, separator, known)), False


def _fitness(lines: list[str], separator: str, known: Known) -> tuple[int, int, int]:
    """How well the separator explains the lines: known headings, rows as wide as them, width."""
    try:
        found = list(csv.reader(lines, delimiter=separator))
    except csv.Error:
        return 0, 0, 0
    records = [[normal(cell) for cell in cells] for cells in found]
    at = headings.find(records[: headings.SEARCHED_ROWS], known) or 0
    width = len(records[at])
    names = sum(map(known, headings.texts(records[at])))
    alike = sum(len(cells) == width for cells in records[at + 1 :]) if width > 1 else 0
    return names, alike, width


def _records(path: Path, file: TextIO, delimiter: str) -> Iterator[Cells]:
    records = csv.reader(_lines(path, file), delimiter=delimiter, strict=True)
    row = 1
    try:
        for cells in records:
            yield [unescape(cell.strip()) for cell in cells]
            row += 1
    except csv.Error:
        complaint = "has a quotation mark that is not closed or not doubled"
        raise InvalidData(f"Row {row} of {path} {complaint}.", hint=kinds.SAVE_AS_XLSX) from None


def _lines(path: Path, file: TextIO) -> Iterable[str]:
    while line := file.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE:
            raise InvalidData(f"{path} has a line of more than 4 million characters.")
        yield line
