"""The lines of an iCalendar file, parted into items; what programs get wrong is forgiven.

A line that is broken costs no more than itself, and nothing is kept that nobody asks for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from crm_cli.sheets.reading import charset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

ITEMS = ("VEVENT", "VTODO")
TEXTS = ("SUMMARY", "DESCRIPTION", "UID", "X-CRM-RECORD")
READ = frozenset(
    (
        *TEXTS, "DTSTART", "DTEND", "DUE", "DURATION", "COMPLETED", "LAST-MODIFIED", "STATUS",
        "PERCENT-COMPLETE", "PRIORITY", "RRULE", "RECURRENCE-ID", "SEQUENCE",
    )
)  # fmt: skip
"""The properties of an item that say something of a task."""
LONGEST = 100_000
"""So many letters of a value are kept at most; one letter more shows that there were more."""
_ZONE_LINES = 400
_FREE = b"DESCRIPTION"

_NAME = re.compile(rb"([A-Za-z][A-Za-z0-9-]*)[;:]")
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

    def text(self, name: str) -> str:
        """The text of a property; empty where there is none."""
        found = self.properties.get(name)
        return found.text.strip() if found else ""


class Zones(dict[str, list[str]]):
    """The descriptions of time zones in a file: name -> lines."""


class Reading:
    """Walks over the lines of one file."""

    def __init__(self) -> None:
        self.zones = Zones()
        self._zone: list[str] | None = None
        self._item: Component | None = None
        self._depth = 0
        self._count = 0

    def components(self, lines: Iterable[bytes]) -> Iterator[Component]:
        """The items in their order; one whose end is missing ends where the next begins."""
        for line in lines:
            match = _NAME.match(line)
            name = match[1].decode().upper() if match else ""
            if name in {"BEGIN", "END"}:
                yield from self._edge(name, line.partition(b":")[2].strip().upper().decode("latin"))
            elif self._zone is not None:
                self._describe(line)
            elif self._item and not self._depth and name in READ:
                self._item.properties.setdefault(name, _property(line))
        if self._item:
            yield self._item

    def _edge(self, edge: str, kind: str) -> Iterator[Component]:
        opens = edge == "BEGIN"
        if self._item and (kind == "VCALENDAR" or (opens and kind in ITEMS)):
            yield self._item
            self._item = None
        if opens and kind in ITEMS:
            self._count += 1
            self._item, self._depth = Component(kind, self._count), 0
        elif self._item:
            yield from self._inside(opens=opens)
        elif kind == "VTIMEZONE":
            self._end_zone()
            self._zone = [] if opens else None
        elif self._zone is not None:
            self._describe(f"{edge}:{kind}".encode())

    def _inside(self, *, opens: bool) -> Iterator[Component]:
        """Alarms and the like are passed over; the edge that is left ends the item."""
        self._depth += 1 if opens else -1
        if self._depth < 0 and self._item:
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


def unfolded(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines, with those joined that go on in the next; cut off where they grow too long."""
    pieces: list[bytes] = []
    size = 0
    for physical in lines:
        line = physical.rstrip(b"\r\n")
        if line[:1] in {b" ", b"\t"}:
            more = line[1:]
        elif _NAME.match(line.removeprefix(b"\xef\xbb\xbf")):
            yield b"".join(pieces)
            pieces, size = [line.removeprefix(b"\xef\xbb\xbf")], len(line)
            continue
        else:
            more = b"\\n" + line if line.strip() and _goes_on(pieces) else b""
        if size <= LONGEST * 4:
            pieces.append(more)
            size += len(more)
    yield b"".join(pieces)


def _goes_on(pieces: list[bytes]) -> bool:
    """Whether a line that is none belongs to the text before it, which was not folded."""
    return bool(pieces) and pieces[0][: len(_FREE)].upper() == _FREE


def lines_of(path: Path) -> Iterator[bytes]:
    """The lines of a file as bytes of UTF-8, or of one byte a letter."""
    with path.open("rb") as file:
        found = charset.marked(file.read(4096))
    if found and found.startswith("utf-16"):
        with path.open(encoding=found, errors="replace", newline="\n") as text:
            for line in text:
                yield line.removeprefix("\ufeff").encode("utf-8", "replace")
    else:
        with path.open("rb") as file:
            yield from file


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
