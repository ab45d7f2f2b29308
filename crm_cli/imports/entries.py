"""What the rows of a file give for each record, kept on disk between checking and writing."""

from __future__ import annotations

import pickle
import tempfile
import weakref
from array import array
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from crm_cli.imports.plan import Values


@dataclass(slots=True)
class Given:
    """What a row gives for one record: the values as read, and as they are kept."""

    row: int
    values: Values
    checked: Values


Entry = dict[str, list[Given]]
"""What one record of the noun is made from, with those that belong to it, by part."""


class Entries:
    """The entries of a file in the order in which they begin."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 (closed when its owner is dropped)
        weakref.finalize(self, self._file.close)
        self._size = 0
        self._begin = array("Q")
        self._further: dict[int, list[int]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self._begin)

    def begin(self, entry: Mapping[str, Sequence[Given]]) -> int:
        """Keep the first row of an entry; gives the number of the entry."""
        self._begin.append(self._keep(entry))
        return len(self._begin) - 1

    def extend(self, number: int, entry: Mapping[str, Sequence[Given]]) -> None:
        """Keep one more row of an entry."""
        self._further[number].append(self._keep(entry))

    def portions(self, size: int) -> Iterator[list[Entry]]:
        """Give the entries, so many at a time; all rows of an entry are in it."""
        for start in range(0, len(self), size):
            yield [self._entry(number) for number in range(start, min(start + size, len(self)))]

    def _keep(self, entry: Mapping[str, Sequence[Given]]) -> int:
        offset = self._size
        plain = {
            part: [(one.row, one.values, one.checked) for one in some]
            for part, some in entry.items()
        }
        self._size += self._file.write(pickle.dumps(plain, protocol=5))
        return offset

    def _entry(self, number: int) -> Entry:
        entry = self._load(self._begin[number])
        for offset in self._further.get(number, ()):
            for part, some in self._load(offset).items():
                entry[part].extend(some)
        return entry

    def _load(self, offset: int) -> Entry:
        self._file.seek(offset)
        plain = pickle.load(self._file)  # noqa: S301 (a nameless file of this process)
        return {part: [Given(*one) for one in some] for part, some in plain.items()}
