"""A small writer of Outlook's .msg files, from [MS-CFB] and [MS-OXMSG], for tests only."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise

SECTOR, MINI, CUTOFF = 512, 64, 4096
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
STORAGE, STREAM, ROOT = 1, 2, 5


@dataclass
class Item:
    """A message (header 32, embedded 24), a recipient or a file (header 8)."""

    header: int = 8
    streams: dict[str, bytes] = field(default_factory=dict)
    storages: dict[str, Item] = field(default_factory=dict)
    fixed: list[bytes] = field(default_factory=list)
    charset: str = ""

    def text(self, pid: int, value: str) -> None:
        """A text, in Unicode or in the charset of the file."""
        kind = 0x1E if self.charset else 0x1F
        self._stream(pid, kind, value.encode(self.charset or "utf-16-le"))

    def binary(self, pid: int, value: bytes) -> None:
        self._stream(pid, 0x102, value)

    def number(self, pid: int, value: int) -> None:
        self.fixed.append(struct.pack("<IIQ", pid << 16 | 0x03, 6, value))

    def time(self, pid: int, value: datetime) -> None:
        ticks = (value - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds() * 10_000_000
        self.fixed.append(struct.pack("<IIQ", pid << 16 | 0x40, 6, int(ticks)))

    def _stream(self, pid: int, kind: int, value: bytes) -> None:
        self.streams[f"__substg1.0_{pid:04X}{kind:04X}"] = value
        self.fixed.append(struct.pack("<IIQ", pid << 16 | kind, 6, len(value)))


@dataclass
class Entry:
    """A line of the directory."""

    name: str
    kind: int
    start: int = 0
    size: int = 0
    right: int = FREE
    child: int = FREE


def msg(root: Item) -> bytes:
    """The file that a message makes."""
    return _Writer().file(root)


class _Writer:
    def __init__(self) -> None:
        self.sectors: list[bytes] = []
        self.fat: list[int] = []
        self.mini = b""
        self.mini_fat: list[int] = []
        self.entries: list[Entry] = []

    def file(self, root: Item) -> bytes:
        self._entry("Root Entry", ROOT, root)
        self.entries[0].start, self.entries[0].size = self._chain(self.mini), len(self.mini)
        directory = self._chain(b"".join(self._directory_entry(one) for one in self.entries))
        mini_fat = self._chain(struct.pack(f"<{len(self.mini_fat)}I", *self.mini_fat), b"\xff")
        return self._header(directory, mini_fat) + b"".join(self.sectors)

    def _entry(self, name: str, kind: int, item: Item) -> int:
        """The number of a storage, after those of all that is in it; siblings form a chain."""
        number = len(self.entries)
        self.entries.append(Entry(name, kind))
        table = b"\x00" * item.header + b"".join(item.fixed)
        children = [self._stream(*one) for one in item.streams.items()]
        children.append(self._stream("__properties_version1.0", table))
        children += [self._entry(name, STORAGE, one) for name, one in item.storages.items()]
        for left, right in pairwise(children):
            self.entries[left].right = right
        self.entries[number].child = children[0]
        return number

    def _stream(self, name: str, content: bytes) -> int:
        if len(content) < CUTOFF:
            start = len(self.mini) // MINI if content else END
            count = -(-len(content) // MINI)
            self.mini += content.ljust(count * MINI, b"\x00")
            first = len(self.mini_fat) + 1
            self.mini_fat += [*range(first, first + count - 1), END] if count else []
        else:
            start = self._chain(content)
        self.entries.append(Entry(name, STREAM, start, len(content)))
        return len(self.entries) - 1

    def _chain(self, content: bytes, fill: bytes = b"\x00") -> int:
        if not content:
            return END
        start, count = len(self.sectors), -(-len(content) // SECTOR)
        padded = content.ljust(count * SECTOR, fill)
        self.sectors += [padded[at : at + SECTOR] for at in range(0, len(padded), SECTOR)]
        self.fat += [*range(start + 1, start + count), END]
        return start

    def _directory_entry(self, entry: Entry) -> bytes:
        name = entry.name.encode("utf-16-le")
        return struct.pack(
            "<64sHBBIII16sI8s8sIQ",
            name, len(name) + 2, entry.kind, 1, FREE, entry.right, entry.child,
            b"", 0, b"", b"", entry.start, entry.size,
        )  # fmt: skip

    def _header(self, directory: int, mini_fat: int) -> bytes:
        count = -(-(len(self.fat) + 1) // (SECTOR // 4 - 1))
        first = len(self.sectors)
        fat = [*self.fat, *[FAT] * count]
        table = struct.pack(f"<{len(fat)}I", *fat).ljust(count * SECTOR, b"\xff")
        self.sectors += [table[at : at + SECTOR] for at in range(0, len(table), SECTOR)]
        places = [*range(first, first + count), *[FREE] * (109 - count)]
        return struct.pack(
            "<8s16s5H6s9I109I",
            bytes.fromhex("d0cf11e0a1b11ae1"), b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, count, directory,
            0, CUTOFF, mini_fat, -(-len(self.mini_fat) * 4 // SECTOR), END, 0, *places,
        )  # fmt: skip
