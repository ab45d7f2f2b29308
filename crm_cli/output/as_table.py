"""The table for people: aligned, no borders, cut to the terminal's width only on a terminal.

What a terminal would obey and not show is shown as U+FFFD: mail comes from anybody.
"""

from __future__ import annotations

from itertools import accumulate, chain, islice, takewhile
from typing import TYPE_CHECKING, Any
from unicodedata import category, east_asian_width

from crm_cli.views.types import Date, Moment, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crm_cli.output.style import Style
    from crm_cli.views.table import Table
    from crm_cli.views.types import ColumnType
    from crm_cli.views.view import Column

MEASURED = 5_000
"""Rows whose width decides the width of a column; on a terminal wider cells below are cut."""
LEAST_TEXT = 8
"""Columns of the terminal that are left of a text."""
LEAST_HEADING = 5
"""Columns of the terminal that are left of a heading."""
GAP = 2
OBEYED = dict.fromkeys(
    [*range(0x20), *range(0x7F, 0xA0), *range(0x2028, 0x202F), *range(0x2066, 0x206A)],
    "\N{REPLACEMENT CHARACTER}",
)
"""Control characters, and those that turn the direction of what follows."""
WITHOUT_WIDTH = {"Mn", "Me", "Cf"}
"""Categories of what stands on or between other characters."""


def write(table: Table, style: Style) -> Iterator[str]:
    """A line a row under a heading; a single record as name and value.

    So are the records of a list with more columns than the terminal has room for.
    """
    if table.single:
        yield from _record(table.columns, next(iter(table.rows)), style)
        for name, part in table.parts.items():
            yield from _part(name, part, style)
        return
    rows = iter(table.rows)
    measured = list(islice(rows, MEASURED))
    lines = [_cells(table, row, style) for row in measured]
    if not lines:
        return
    heading = [column.name.upper() for column in table.columns]
    widths = _widths(heading, lines, table.columns, style.width)
    if not _has_room(widths, style.width):
        yield from _records(table.columns, chain(measured, rows), style)
        return
    numeric = [column.type.numeric for column in table.columns]
    for cells in chain([heading], lines, (_cells(table, row, style) for row in rows)):
        yield _line(cells, widths, numeric, cut=style.width is not None)


def _records(
    columns: Sequence[Column], rows: Iterable[Sequence[Any]], style: Style
) -> Iterator[str]:
    """Records one below the other, with an empty line between them."""
    for number, row in enumerate(rows):
        yield from ("\n" if number else "", *_record(columns, row, style))


def _record(columns: Sequence[Column], row: Sequence[Any], style: Style) -> Iterator[str]:
    texts = [
        column.type.text(value, style.zone).strip()
        for column, value in zip(columns, row, strict=True)
    ]
    pairs = [(column.name, text) for column, text in zip(columns, texts, strict=True) if text]
    width = max((len(name) for name, _ in pairs), default=0)
    indent = "\n" + " " * (width + GAP)
    for name, text in pairs:
        # The lines of a long text stay lines, one under the other.
        lines = [visible(line.expandtabs().rstrip()) for line in text.splitlines()]
        yield f"{name:{width + GAP}}{indent.join(lines)}\n"


def _part(name: str, part: Table, style: Style) -> Iterator[str]:
    lines = list(write(part, style))
    if lines:
        yield f"\n{name}\n"
        yield from lines


def _cells(table: Table, row: Sequence[Any], style: Style) -> list[str]:
    return [
        visible(" ".join(column.type.text(value, style.zone).split()))
        for column, value in zip(table.columns, row, strict=True)
    ]


def visible(text: str) -> str:
    """A line without what a terminal would obey."""
    return text if text.isprintable() else text.translate(OBEYED)


def _widths(
    heading: list[str], lines: list[list[str]], columns: Sequence[Column], limit: int | None
) -> list[int]:
    """The width of each column, 0 for one that is left out.

    Empty columns go first; then headings are cut, then texts. What names a record, times,
    figures and sentences are not.
    """
    contents = [max(map(display_width, cells)) for cells in zip(*lines, strict=True)]
    widths = [max(len(name), width) for name, width in zip(heading, contents, strict=True)]
    if _has_room(widths, limit):
        return widths
    if len(lines) < MEASURED:
        widths = [width if contents[at] else 0 for at, width in enumerate(widths)]
    uncut = [max(width, LEAST_HEADING) for width in contents]
    cut = [
        width if at == 0 or _is_whole(columns[at].type) else min(width, LEAST_TEXT)
        for at, width in enumerate(uncut)
    ]
    for least in (uncut, cut):
        _narrow(widths, least, limit)
    return widths


def _narrow(widths: list[int], least: Sequence[int], limit: int | None) -> None:
    """Take from the widest column that has something to give until all of them fit."""
    while not _has_room(widths, limit):
        giving = [at for at, width in enumerate(widths) if width > least[at]]
        if not giving:
            return
        widths[max(giving, key=widths.__getitem__)] -= 1


def _has_room(widths: Sequence[int], limit: int | None) -> bool:
    shown = [width + GAP for width in widths if width]
    return limit is None or sum(shown) - GAP <= limit


def _is_whole(kind: ColumnType) -> bool:
    """Whether half of a value would say something else, or nothing."""
    return kind.numeric or isinstance(kind, (Date, Moment, Sentence))


def _line(cells: list[str], widths: list[int], numeric: list[bool], *, cut: bool) -> str:
    parts = []
    for cell, width, right in zip(cells, widths, numeric, strict=True):
        if not width:
            continue
        text = _cut(cell, width) if cut else cell
        padding = " " * (width - display_width(text))
        parts.append(padding + text if right else text + padding)
    return (" " * GAP).join(parts).rstrip() + "\n"


def _cut(text: str, width: int) -> str:
    if display_width(text) <= width:
        return text
    ends = accumulate(map(_columns_of, text))
    return text[: sum(1 for _ in takewhile(lambda end: end < width, ends))] + "…"


def display_width(text: str) -> int:
    """Columns the text takes on a terminal."""
    return len(text) if text.isascii() else sum(map(_columns_of, text))


def _columns_of(character: str) -> int:
    if category(character) in WITHOUT_WIDTH:
        return 0
    return 2 if east_asian_width(character) in "WF" else 1
