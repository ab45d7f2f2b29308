"""The table for people: aligned, no borders, cut to the terminal's width only on a terminal."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Any
from unicodedata import combining, east_asian_width

from crm_cli.views.types import Date, Moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crm_cli.output.style import Style
    from crm_cli.views.table import Table
    from crm_cli.views.types import ColumnType
    from crm_cli.views.view import Column

MEASURED = 5_000
"""Rows whose width decides the width of a column; on a terminal wider cells below are cut."""
NARROWEST = 8


def write(table: Table, style: Style) -> Iterator[str]:
    """A line a row under a heading; a single record as name and value."""
    if table.single:
        yield from _record(table, style)
        return
    rows = (_cells(table, row, style) for row in table.rows)
    measured = list(islice(rows, MEASURED))
    if not measured:
        return
    heading = [column.name.upper() for column in table.columns]
    widths = _widths([heading, *measured], table.columns, style.width)
    numeric = [column.type.numeric for column in table.columns]
    for cells in chain([heading], measured, rows):
        yield _line(cells, widths, numeric, cut=style.width is not None)


def _record(table: Table, style: Style) -> Iterator[str]:
    row = next(iter(table.rows))
    texts = [
        column.type.text(value, style.zone).strip()
        for column, value in zip(table.columns, row, strict=True)
    ]
    pairs = [(column.name, text) for column, text in zip(table.columns, texts, strict=True) if text]
    width = max((len(name) for name, _ in pairs), default=0)
    indent = "\n" + " " * (width + 2)
    for name, text in pairs:
        # The lines of a long text stay lines, one under the other.
        lines = [line.rstrip() for line in text.splitlines()]
        yield f"{name:{width}}  {indent.join(lines)}\n"
    for name, part in table.parts.items():
        lines = list(write(part, style))
        if lines:
            yield f"\n{name}\n"
            yield from lines


def _cells(table: Table, row: Sequence[Any], style: Style) -> list[str]:
    return [
        " ".join(column.type.text(value, style.zone).split())
        for column, value in zip(table.columns, row, strict=True)
    ]


def _widths(lines: list[list[str]], columns: Sequence[Column], limit: int | None) -> list[int]:
    """Texts are cut before times and figures, of which half would say something else."""
    widths = [max(map(display_width, cells)) for cells in zip(*lines, strict=True)]
    every = range(len(widths))
    texts = [at for at in every if not _is_figure(columns[at].type)]
    for places in (texts, every):
        while limit and sum(widths) + 2 * (len(widths) - 1) > limit:
            widest = max(places, key=widths.__getitem__, default=None)
            if widest is None or widths[widest] <= NARROWEST:
                break
            widths[widest] -= 1
    return widths


def _is_figure(kind: ColumnType) -> bool:
    return kind.numeric or isinstance(kind, (Date, Moment))


def _line(cells: list[str], widths: list[int], numeric: list[bool], *, cut: bool) -> str:
    parts = []
    for cell, width, right in zip(cells, widths, numeric, strict=True):
        text = _cut(cell, width) if cut else cell
        padding = " " * (width - display_width(text))
        parts.append(padding + text if right else text + padding)
    return "  ".join(parts).rstrip() + "\n"


def _cut(text: str, width: int) -> str:
    if display_width(text) <= width:
        return text
    while display_width(text) > width - 1:
        text = text[:-1]
    return text + "…"


def display_width(text: str) -> int:
    """Columns the text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)
