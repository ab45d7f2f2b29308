"""Rows kept in a file without a name, so that a large sheet does not fill the memory."""

from __future__ import annotations

import pickle
import tempfile
import weakref
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import IO

Cells = list[Any]

CHUNK_CELLS = 20_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """The rows of a file as they were found, and how they were found."""

    kind: str
    rows: Spool
    name: str | None = None
    encoding: str | None = None
    delimiter: str | None = None


class Spool:
    """A temporary file of rows, read any number of times, that vanishes with its owner."""

    def __init__(self) -> None:
        self.file = tempfile.TemporaryFile()  # noqa: SIM115 (it is closed when the spool is dropped)
        weakref.finalize(self, self.file.close)

    def __iter__(self) -> Iterator[Cells]:
        position, end = 0, self.file.seek(0, 2)
        while position < end:
            self.file.seek(position)
            rows = pickle.load(self.file)  # noqa: S301 (a nameless file of our own child)
            position = self.file.tell()
            yield from rows


def dump(rows: Iterable[Cells], file: IO[bytes], width: int) -> None:
    """Write the rows, so many at a time that a chunk of wide rows stays small."""
    walk = iter(rows)
    size = max(1, CHUNK_CELLS // max(1, width))
    while chunk := list(islice(walk, size)):
        pickle.dump(chunk, file, protocol=5)
    file.flush()
