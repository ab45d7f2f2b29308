"""The lines of an iCalendar file, parted into items; what programs get wrong is forgiven.

A line that is broken costs no more than itself, and nothing is kept that nobody asks for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from crm_cli.errors import InvalidData
from crm_cli.sheets.reading import charset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

ITEMS = ("VEVENT", "VTODO")
MOST_LINES = 1_000_000
DEEPEST = 20
"""So many parts within parts are followed."""
TEXTS = ("SUMMARY", "DESCRIPTION", "UID", "X-CRM-RECORD")
READ = {
    name.encode(): name
    for name in (
        *TEXTS, "DTSTART", "DTEND", "DUE", "DURATION", "COMPLETED", "LAST-MODIFIED", "STATUS",
        "PERCENT-COMPLETE", "PRIORITY", "RRULE", "EXDATE", "RECURRENCE-ID", "SEQUENCE",
        "X-MICROSOFT-CDO-ALLDAYEVENT",
    )
}  # fmt: skip
"""The properties of an item that say something of a task, by their names in the file."""
LONGEST = 100_000
"""So many letters of a value are kept at most; one letter more shows that there were more."""
_ZONE_LINES = 400
_FREE = b"DESCRIPTION"

_BEGIN = b"BEGIN"
_EDGES = {_BEGIN, b"END"}
_NAME = re.compile(rb"(?:\xef\xbb\xbf)?([A-Za-z][A-Za-z0-9-]*)[;:]")
_HEAD = re.compile(r'((?:[^":]|"[^"]*")*):(.*)', re.DOTALL)
_PARAMETER = re.compile(r';([\w-]+)=("[^"]*"|[^;]*)')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class Property(NamedTuple):
    """One line of an item: its parameters by name, its value as it stands there."""

    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value without escapes."""
        return _ESCAPED.sub(lambda one: "\n" if one[1] in "nN" else one[1], self.value)


@dataclass(slots=True)
class Component:
    """An event or a task: of each property the first that the file gives."""

    name: str
    number: int
    """From 1, as people count the items of the file."""
    properties: dict[str, Property] = field(default_factory=dict)
    whole: bool = False
    """Whether its end was there."""

    def take(self, name: str, line: bytes) -> None:
        """Keep a property, unless it is there already."""
        if name not in self.properties:
            self.properties[name] = _property(line)

    def text(self, name: str) -> str:
        """The text of a property; empty where there is none."""
        found = self.properties.get(name)
        return found.text.strip() if found else ""


class Zones(dict[str, list[str]]):
    """The descriptions of time zones in a file: name -> lines."""


class Reading:
    """Walks over the lines of one file."""

    def __init__(self, path: Path) -> None:
        self.zones = Zones()
        self._path = path
        self._zone: list[str] | None = None
        self._item: Component | None = None
        self._depth = 0
        self._count = 0

    def components(self) -> Iterator[Component]:
        """The items in their order; one whose end is missing ends where the next begins.

        Raises InvalidData for a file that is none a calendar program writes.
        """
        for name, line in unfolded(_lines_of(self._path)):
            if name in _EDGES:
                kind = line.partition(b":")[2].strip().upper().decode("latin")
                yield from self._edge(kind, opens=name == _BEGIN)
            elif self._zone is not None:
                self._describe(line)
            elif self._item and not self._depth and name in READ:
                self._item.take(READ[name], line)
        if self._item:
            yield self._item

    def _edge(self, kind: str, *, opens: bool) -> Iterator[Component]:
        if self._item and (kind == "VCALENDAR" or (opens and kind in ITEMS)):
            yield self._item
            self._item = None
        if opens and kind in ITEMS:
            self._count += 1
            self._item, self._depth = Component(kind, self._count), 0
        elif kind == "VTIMEZONE" and not self._item:
            self._end_zone()
            self._zone, self._depth = [] if opens else None, 0
        elif kind != "VCALENDAR":
            yield from self._inside(kind, opens=opens)

    def _inside(self, kind: str, *, opens: bool) -> Iterator[Component]:
        """Alarms and the like are passed over; the edge that is left ends the item."""
        self._depth += 1 if opens else -1
        if self._depth > DEEPEST:
            raise InvalidData(f"{self._path} is no calendar: it has parts within parts for ever.")
        if self._zone is not None:
            self._describe(f"{'BEGIN' if opens else 'END'}:{kind}".encode())
        elif self._item and self._depth < 0:
            self._item.whole = True
            yield self._item
            self._item = None

    def _describe(self, line: bytes) -> None:
        if self._zone is not None and len(self._zone) < _ZONE_LINES:
            self._zone.append(line[:LONGEST].decode("utf-8", "replace"))

    def _end_zone(self) -> None:
        for line in self._zone or ():
            name, _, value = line.partition(":")
            if name.upper() == "TZID":
                self.zones.setdefault(value.strip(), self._zone or [])


def unfolded(lines: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """The lines after their names, those joined that go on in the next; none grows too long."""
    name, pieces, size = b"", [b""], 0
    for physical in lines:
        if found := _NAME.match(physical):
            yield name, b"".join(pieces)
            name, line = found[1].upper(), physical[found.start(1) :].rstrip(b"\r\n")
            pieces, size = [line], len(line)
        elif size <= LONGEST * 4:
            more = _continued(name, physical.rstrip(b"\r\n"))
            pieces.append(more)
            size += len(more)
    yield name, b"".join(pieces)


def _continued(name: bytes, line: bytes) -> bytes:
    """What a line without a name adds: its text, or a line of a text that was not folded."""
    if line.startswith((b" ", b"\t")):
        return line[1:]
    return b"\\n" + line if name == _FREE and line.strip() else b""


def _lines_of(path: Path) -> Iterator[bytes]:
    """The lines of a file; raises InvalidData for more than anybody has to do."""
    lines = _bytes_of(path)
    yield from islice(lines, MOST_LINES)
    if next(lines, None) is not None:
        raise InvalidData(
            f"{path} has more than {MOST_LINES:,} lines, too many for tasks.",
            hint="Export fewer: the months to come, or one calendar at a time.",
        )


def _bytes_of(path: Path) -> Iterator[bytes]:
    """The lines as bytes of UTF-8, or of one byte a letter."""
    with path.open("rb") as file:
        start = file.read(4096)
        file.seek(0)
        found = charset.marked(start)
        if not found or not found.startswith("utf-16"):
            yield from file if b"\n" in start else _ended_by_returns(file.read())
            return
    with path.open(encoding=found, errors="replace", newline="\n") as text:
        for line in text:
            yield line.removeprefix("\ufeff").encode("utf-8", "replace")


def _ended_by_returns(text: bytes) -> Iterator[bytes]:
    """Lines that end as they did on old Macs."""
    return (line[0] for line in re.finditer(rb"[^\r\n]+", text))


def _property(line: bytes) -> Property:
    """A line that has a name; one that has no colon has no value."""
    match = _HEAD.match(_decoded(line[: LONGEST * 4]))
    if match is None:
        return Property({}, "")
    head, value = match[1], match[2]
    parameters = {name.upper(): said.strip('"') for name, said in _PARAMETER.findall(head)}
    return Property(parameters, value[: LONGEST + 1])


def _decoded(line: bytes) -> str:
    """The letters; where they are no UTF-8, those of the encoding that makes most of them."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode(charset.eight_bits(line), "replace")
