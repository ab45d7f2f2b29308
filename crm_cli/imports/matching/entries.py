"""What the rows of a file give for each record, kept on disk between checking and writing."""

from __future__ import annotations

import pickle
import tempfile
import weakref
from array import array
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from crm_cli.imports.matching.missing import Missing
from crm_cli.imports.plans.entry import Given

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crm_cli.imports.plans.entry import Entry
    from crm_cli.imports.plans.plan import Part

TOGETHER = 500
"""Objects written at once."""
AT_HAND = 8


NOT_YET = 0
"""No record has this id."""


Known = tuple[Any, ...]
"""The key of a given, and behind it the values of the identities of its part."""


class Entries:
    """The entries of a file in the order in which they begin."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self._rows = _Spool()
        self._begin = array("Q")
        self._further: dict[int, list[int]] = defaultdict(list)
        self._known = {part.name: _KnownBy(part) for part in parts if not part.links}

    def __len__(self) -> int:
        return len(self._begin)

    def begin(self, entry: Entry) -> int:
        """Keep the first row of an entry; gives the number of the entry."""
        self.begin_all([entry])
        return len(self._begin) - 1

    def begin_all(self, entries: Sequence[Entry]) -> None:
        """Keep the first rows of entries."""
        for part, known in self._known.items():
            known.add_all(given for entry in entries for given in entry[part])
        self._begin.extend(map(self._keep, entries))

    def extend(self, number: int, entry: Entry) -> None:
        """Keep one more row of an entry."""
        self._further[number].append(self._keep(entry))

    def portions(self, size: int) -> Iterator[list[Entry]]:
        """Give the entries, so many at a time; all rows of an entry are in it."""
        for start in range(0, len(self), size):
            yield [self._entry(number) for number in range(start, min(start + size, len(self)))]

    def known(self, part: Part) -> Iterator[list[Known]]:
        """What the records of a part without links can be recognised by, some at a time."""
        return self._known[part.name].portions()

    def _keep(self, entry: Entry) -> int:
        plain = {
            part: [(one.row, one.values, one.checked, one.place, one.origin) for one in some]
            for part, some in entry.items()
        }
        return self._rows.add(plain)

    def _entry(self, number: int) -> Entry:
        entry = self._load(self._begin[number])
        for further in self._further.get(number, ()):
            for part, some in self._load(further).items():
                entry[part].extend(some)
        return entry

    def _load(self, number: int) -> Entry:
        plain = self._rows.get(number)
        return {part: [Given(*one) for one in some] for part, some in plain.items()}


class _KnownBy:
    """What the records of one part can be recognised by, on disk."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._refers = not part.references.keys().isdisjoint(part.identifying)
        self._spool = _Spool()

    def add_all(self, some: Iterable[Given]) -> None:
        for given in some:
            known = given.known_by(self._part.known_by)
            present = map(_present, known) if self._refers else known
            self._spool.add((given.key, *present))

    def portions(self) -> Iterator[list[Known]]:
        return iter(self._spool)


def _present(value: object) -> object:
    """The value to look up; nothing refers to a record that is still to be made."""
    return NOT_YET if isinstance(value, Missing) else value


class _Spool:
    """Objects in a file without a name that vanishes with its owner, numbered from 0."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 (closed when its owner is dropped)
        weakref.finalize(self, self._file.close)
        self._size = 0
        self._offsets = array("Q")
        self._last: list[Any] = []
        self._read: dict[int, list[Any]] = {}

    def add(self, thing: object) -> int:
        self._last.append(thing)
        if len(self._last) == TOGETHER:
            self._offsets.append(self._size)
            self._size += self._file.write(pickle.dumps(self._last, protocol=5))
            self._last = []
        return len(self._offsets) * TOGETHER + len(self._last) - 1

    def get(self, number: int) -> Any:
        batch, place = divmod(number, TOGETHER)
        return self._last[place] if batch == len(self._offsets) else self._batch(batch)[place]

    def __iter__(self) -> Iterator[list[Any]]:
        yield from map(self._load, range(len(self._offsets)))
        yield self._last

    def _batch(self, batch: int) -> list[Any]:
        """A batch; those read last stay at hand, for the rows of an entry may lie apart."""
        if batch not in self._read:
            if len(self._read) == AT_HAND:
                del self._read[next(iter(self._read))]
            self._read[batch] = self._load(batch)
        return self._read[batch]

    def _load(self, batch: int) -> list[Any]:
        self._file.seek(self._offsets[batch])
        things: list[Any] = pickle.load(self._file)  # noqa: S301 (a nameless file of this process)
        return things
