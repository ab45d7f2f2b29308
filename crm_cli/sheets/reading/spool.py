"""Rows kept in a file without a name, so that a large sheet does not fill the memory.

A chunk of rows is kept by columns: the cells of one column are of few types, which makes both
their cleaning and their way to the disk and back many times faster than cell by cell.
"""

from __future__ import annotations

import marshal
import pickle
import struct
import tempfile
import weakref
from datetime import date
from itertools import islice, repeat, zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

from crm_cli.sheets.cells import exact, storable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import IO

    Column = Sequence[object]

Cells = list[Any]

CHUNK_CELLS = 20_000

_LENGTH = struct.Struct("<Q")
_TEXT = frozenset({str, type(None)})
_PLAIN = _TEXT | {int, bool}
_NUMBERS = _PLAIN | {float}
_END = "\0"
# The format without references is as quick to read, and three times as quick to write.
_VERSION = 2


class Chunk(NamedTuple):
    """Some rows, by columns; the last column has a cell in it."""

    height: int
    columns: list[Column]

    def rows(self, width: int = 0) -> Iterator[tuple[object, ...]]:
        """The rows, at least so many cells wide."""
        missing = max(0, width - len(self.columns))
        columns = [*self.columns, *repeat((None,) * self.height, missing)]
        return zip(*columns, strict=True) if columns else repeat((), self.height)


class Spool:
    """A temporary file of rows, read any number of times, that vanishes with its owner."""

    def __init__(self, whole: Spool | None = None, start: int = 0, end: int | None = None) -> None:
        self._whole, self._start, self._end = whole, start, end
        if whole is None:
            self.file = tempfile.TemporaryFile()  # noqa: SIM115 (closed when the spool is dropped)
            weakref.finalize(self, self.file.close)
        else:
            self.file = whole.file

    def part(self, start: int, end: int) -> Spool:
        """The rows between two places in the file."""
        return Spool(self, start, end)

    def chunks(self) -> Iterator[Chunk]:
        """The rows, some at a time."""
        at = self._start
        end = self.file.seek(0, 2) if self._end is None else self._end
        while at < end:
            self.file.seek(at)
            (length,) = _LENGTH.unpack(self.file.read(_LENGTH.size))
            yield _unpacked(self.file.read(length))
            at += _LENGTH.size + length

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        for chunk in self.chunks():
            yield from chunk.rows()


def dump(rows: Iterable[Sequence[Any]], file: IO[bytes], width: int) -> int:
    """Write the rows as `normal` cells and count them.

    So many go at a time that a chunk of rows of this width stays small.
    """
    walk, count = iter(rows), 0
    size = max(1, CHUNK_CELLS // max(1, width))
    while chunk := list(islice(walk, size)):
        content = _packed(chunk)
        file.write(_LENGTH.pack(len(content)))
        file.write(content)
        count += len(chunk)
    file.flush()
    return count


def _packed(rows: list[Sequence[Any]]) -> bytes:
    columns = [storable(column) for column in zip_longest(*rows, fillvalue="")]
    while columns and not any(cell is not None for cell in columns[-1]):
        columns.pop()
    return marshal.dumps((len(rows), list(map(_packed_column, columns))), _VERSION)


def _packed_column(cells: Sequence[Any]) -> tuple[int, Any]:
    kinds = set(map(type, cells))
    if kinds <= _TEXT:
        joined = _END.join(cell or "" for cell in cells)
        return (TEXT, joined) if joined.count(_END) == len(cells) - 1 else (PLAIN, cells)
    if kinds <= _PLAIN:
        return PLAIN, cells
    if kinds <= _NUMBERS:
        return NUMBERS, cells
    if kinds == {date}:
        return DAYS, [day.toordinal() for day in cells]
    return PICKLED, pickle.dumps(cells, protocol=5)


def _unpacked(content: bytes) -> Chunk:
    # A nameless file of our own child.
    height, columns = marshal.loads(content)  # noqa: S302
    return Chunk(height, [_UNPACK[form](packed) for form, packed in columns])


def _texts(joined: str) -> list[str | None]:
    cells = joined.split(_END)
    return [cell or None for cell in cells] if "" in cells else list(cells)


def _days(ordinals: list[int]) -> list[date]:
    return list(map(date.fromordinal, ordinals))


def _pickled(content: bytes) -> list[object]:
    return exact(pickle.loads(content))  # noqa: S301 (written above)


TEXT, PLAIN, NUMBERS, DAYS, PICKLED = range(5)
_UNPACK: tuple[Callable[[Any], Any], ...] = (_texts, list, exact, _days, _pickled)
