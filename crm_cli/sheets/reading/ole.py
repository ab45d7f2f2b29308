"""The compound file around an .xls workbook, read as far as needed to reach one stream."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mmap import mmap

SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")

_LAST_SECTOR = 0xFFFFFFFA
_ENTRY = 128
_MINI_SECTOR = 64


class CompoundFile:
    """The streams of a compound file; a broken chain makes one shorter, never endless."""

    def __init__(self, data: bytes | mmap) -> None:
        self._data = data
        self._size = 1 << min(struct.unpack_from("<H", data, 0x1E)[0], 12)
        self._next = self._numbers(self._fat_sectors())
        directory, self._mini_limit, mini_fat = struct.unpack_from("<I4xII", data, 0x30)
        self._entries = _directory(self._chain(directory))
        self._mini_next = self._numbers(_follow(mini_fat, self._next))

    def names(self) -> set[str]:
        """The names of all streams and folders."""
        return set(self._entries)

    def stream(self, name: str) -> bytes:
        """The content of a stream; empty where there is none of that name."""
        start, size = self._entries.get(name, (_LAST_SECTOR, 0))
        if size >= self._mini_limit:
            return self._chain(start)[:size]
        container = self._chain(self._entries.get("Root Entry", (_LAST_SECTOR, 0))[0])
        places = (number * _MINI_SECTOR for number in _follow(start, self._mini_next))
        return b"".join(container[at : at + _MINI_SECTOR] for at in places)[:size]

    def _fat_sectors(self) -> list[int]:
        sectors = list(struct.unpack_from("<109I", self._data, 0x4C))
        (more,) = struct.unpack_from("<I", self._data, 0x44)
        visited = set[int]()
        while more < _LAST_SECTOR and more not in visited:
            visited.add(more)
            *listed, more = self._numbers([more]) or (_LAST_SECTOR,)
            sectors += listed
        return [sector for sector in sectors if sector < _LAST_SECTOR]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _numbers(self, sectors: list[int]) -> tuple[int, ...]:
        content = b"".join(map(self._sector, sectors))
        count = len(content) // 4
        return struct.unpack(f"<{count}I", content[: count * 4])

    def _chain(self, first: int) -> bytes:
        return b"".join(map(self._sector, _follow(first, self._next)))


def _directory(content: bytes) -> dict[str, tuple[int, int]]:
    entries: dict[str, tuple[int, int]] = {}
    for at in range(0, len(content) - _ENTRY + 1, _ENTRY):
        (length,) = struct.unpack_from("<H", content, at + 64)
        name = content[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        entries.setdefault(name, struct.unpack_from("<II", content, at + 116))
    return entries


def _follow(first: int, following: tuple[int, ...]) -> list[int]:
    sectors = dict[int, None]()
    while first < len(following) and first not in sectors:
        sectors[first] = None
        first = following[first]
    return list(sectors)
