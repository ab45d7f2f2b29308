"""Where the messages of an mbox begin and end: a line `From ` in a text is no message."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

PIECE: Final = 1 << 20
HEAD: Final = 1 << 14
LARGEST: Final = 128 << 20
"""Bytes of one message that are read; no mail server takes as much."""
LONGEST_SEPARATOR: Final = 1 << 10

ZONE: Final = rb"(?:[+-]\d{4}|[A-Z]{2,5})"
MONTH: Final = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
WEEKDAY: Final = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
CLOCK: Final = rb"\d{1,2}:\d{2}(?::\d{2})?"
ASCTIME: Final = rb"%b +%b +\d{1,2} +%b +(?:%b +){0,2}\d{4}(?: +%b)?" % (
    WEEKDAY, MONTH, CLOCK, ZONE, ZONE,
)  # fmt: skip
WRITTEN: Final = rb"%b, +\d{1,2} +%b +\d{4} +%b(?: +%b)?" % (WEEKDAY, MONTH, CLOCK, ZONE)
FIELD: Final = rb"(?:>From [^\n]*\n)?[!-9;-~]+[ \t]*:"
SEPARATOR: Final = re.compile(
    rb"From +\S+ +(?:%b|%b)(?: remote from \S+)?[ \t]*\r?\n(?=%b)" % (ASCTIME, WRITTEN, FIELD)
)
BARE_SEPARATOR: Final = re.compile(
    rb"From(?: -)? ?\r?\n(?=(?:X-Mozilla-|Return-Path:|Received:|Message-ID:|Date:|From:|To:))",
    re.IGNORECASE,
)
NO_EMPTY_LINE_NEEDED: Final = re.compile(rb"From - [^\n]{20,40}\nX-Mozilla-Status:")
EMPTY_LINE_ABOVE: Final = re.compile(rb"\n\r?\n\Z")
QUOTED_SEPARATOR: Final = re.compile(rb"^>(>*From )", re.MULTILINE)

HEADER_END: Final = re.compile(rb"\n(\r?\n)")
CONTENT_LENGTH: Final = re.compile(
    rb"^Content-Length:[ \t]*(\d{1,12})[ \t]*\r?$", re.MULTILINE | re.IGNORECASE
)
STATUS: Final = re.compile(
    rb"^X-Mozilla-Status:[ \t]*([0-9a-f]{4})\b", re.MULTILINE | re.IGNORECASE
)
FOLDER_DATA: Final = re.compile(
    rb"^Subject: DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL", re.MULTILINE
)
EXPUNGED: Final = 0x0008


@dataclass(frozen=True, slots=True)
class Entry:
    """One message as it stands in the file; `file[offset:]` begins with `content`."""

    offset: int
    content: bytes

    @property
    def is_deleted(self) -> bool:
        """Whether Thunderbird will drop it when it compacts the folder."""
        status = STATUS.search(self._head)
        return status is not None and int(status[1], 16) & EXPUNGED != 0

    @property
    def is_folder_data(self) -> bool:
        """Whether it is no mail, but what some servers note about the folder."""
        return FOLDER_DATA.search(self._head) is not None

    @property
    def _head(self) -> bytes:
        end = HEADER_END.search(self.content, 0, HEAD)
        return self.content[: end.start() if end else HEAD]

    @property
    def unquoted(self) -> bytes:
        """The message with lines `>From ` as their author wrote them."""
        if b"\n>" not in self.content:
            return self.content
        return QUOTED_SEPARATOR.sub(rb"\1", self.content)


def begins_mbox(head: bytes) -> bool:
    """Whether a file that begins so is an mbox."""
    return _separator(head, _first(head)) is not None


def entries(file: BinaryIO) -> Iterator[Entry]:
    """Every message, one at a time in memory."""
    return _Splitter(file).entries()


class _Splitter:
    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def entries(self) -> Iterator[Entry]:
        begin, end = 0, -1
        for start, after in self._separators():
            if end >= 0:
                yield self._entry(begin, start)
            begin = end = after
        if end >= 0:
            yield self._entry(begin, os.fstat(self._file.fileno()).st_size)

    def _entry(self, begin: int, end: int) -> Entry:
        """What stands between two separators, without the empty line before the second."""
        content = self._read(begin, min(end - begin, LARGEST))
        for line_end in (b"\r\n", b"\n"):
            if content.endswith(b"\n" + line_end):
                content = content.removesuffix(line_end)
        return Entry(begin, content)

    def _separators(self) -> Iterator[tuple[int, int]]:
        """Begin and end of each line between two messages."""
        earliest = 0
        for at in self._lines():
            found = self._separator_at(at) if at >= earliest else None
            if found:
                yield at, found
                earliest = self._end_by_length(found)

    def _lines(self) -> Iterator[int]:
        """Where a line begins with `From `."""
        first = _first(self._read(0, HEAD))
        yield first
        at = 0
        while piece := self._read(at, PIECE):
            found = piece.find(b"\nFrom ")
            while found >= 0:
                if at + found >= first:
                    yield at + found + 1
                found = piece.find(b"\nFrom ", found + 6)
            at += max(len(piece) - 5, 1) if len(piece) == PIECE else len(piece)

    def _separator_at(self, at: int) -> int | None:
        above = min(at, 4)
        near = self._read(at - above, above + LONGEST_SEPARATOR)
        end = _separator(near, above)
        return None if end is None else at - above + end

    def _end_by_length(self, begin: int) -> int:
        """Where the message ends by its Content-Length, if another one begins exactly there."""
        head = self._read(begin, HEAD)
        header_end = HEADER_END.search(head)
        length = CONTENT_LENGTH.search(head, 0, header_end.start() if header_end else 0)
        if not (length and header_end):
            return begin
        end = begin + header_end.end() + int(length[1])
        after = self._read(end, 2)
        end += len(after) - len(after.lstrip(b"\r\n"))
        is_exact = self._separator_at(end) is not None or not self._read(end, 1)
        return end if is_exact and end <= os.fstat(self._file.fileno()).st_size else begin

    def _read(self, at: int, size: int) -> bytes:
        return os.pread(self._file.fileno(), size, at)


def _first(head: bytes) -> int:
    """Where a file begins behind a mark and empty lines."""
    return len(head) - len(head.lstrip(b"\xef\xbb\xbf\r\n"))


def _separator(text: bytes, at: int) -> int | None:
    """Where the separator that begins here ends; None where none does."""
    found = SEPARATOR.match(text, at) or BARE_SEPARATOR.match(text, at)
    if found is None:
        return None
    is_apart = not text[:at].strip(b"\xef\xbb\xbf\r\n") or EMPTY_LINE_ABOVE.search(text, 0, at)
    return found.end() if is_apart or NO_EMPTY_LINE_NEEDED.match(text, at) else None
