"""The tree of parts of an Internet message, each with its bytes as they stand.

The standard library's parser reads the same, but does not keep the bytes of a message inside a
message, is deep where the mail is deep, and takes ten times as long.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from email.errors import MessageError
from email.message import Message
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar

from crm_cli.mailbox.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

T = TypeVar("T")

DEEPEST: Final = 50
"""Parts within parts that are told apart; what is deeper is text."""
MOST_PARTS: Final = 1000
"""Parts side by side that are told apart; the last one holds the rest."""
LONGEST_PARAMETERS: Final = 1 << 13
"""Bytes of a header that the standard library takes apart, in time that grows with the square."""

# What the standard library raises on headers that break the rules.
MALFORMED: Final = (
    LookupError, ValueError, TypeError, AttributeError, MessageError,
)  # fmt: skip

EMPTY_LINE: Final = re.compile(rb"\n\r?\n|\r\r(?!\n)")
LINE_END: Final = re.compile(rb"\r?\n|\r")
FIRST_LINE_END: Final = re.compile(rb"\r?\n|\r(?!\n)")
DELIMITER_END: Final = re.compile(rb"(--)?[ \t]*(?:\r?\n|\r|\Z)")
ANY_DELIMITER: Final = re.compile(rb"(?:\A|\n)--([^\s-][^\r\n]{0,69})\r?\n")
FIELD: Final = re.compile(rb"([!-9;-~]+)[ \t]*:(.*)", re.DOTALL)
STANDARD_FIELD: Final = re.compile(
    rb"(?:from|to|cc|subject|date|received|message-id|mime-version|content-[a-z-]+|x-[a-z-]+):",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Part:
    """A part: what its headers say, its content as it was sent, and the parts in it."""

    headers: Message
    content: bytes
    children: tuple[Part, ...] = ()

    @cached_property
    def raw_headers(self) -> Mapping[str, Sequence[str]]:
        """The values of the headers as they stand, by their names in small letters."""
        found = defaultdict[str, list[str]](list)
        for name, value in self.headers.raw_items():
            found[name.lower()].append(value)
        return found

    @cached_property
    def type(self) -> str:
        """The media type, in small letters."""
        return guarded(self.headers.get_content_type, "text/plain")

    @property
    def disposition(self) -> str | None:
        """`inline` or `attachment`, where the part says so."""
        return guarded(self.headers.get_content_disposition, None)

    def parameter(self, name: str) -> str:
        """A parameter of the media type; empty where there is none."""
        value = guarded(lambda: self.headers.get_param(name), None)
        return value if isinstance(value, str) else ""


def guarded(read: Callable[[], T], otherwise: T) -> T:
    """What `read` gives, or something else where a mail breaks the rules."""
    try:
        return read()
    except MALFORMED:
        return otherwise


def parse(data: bytes, depth: int = 0) -> Part:
    """The parts of a message, or of one part of it."""
    head, content = _head_and_content(data)
    part = Part(head, content)
    if depth < DEEPEST and part.type.startswith("multipart/"):
        pieces = _pieces(content, _boundary(part))
        part = Part(head, content, tuple(parse(piece, depth + 1) for piece in pieces))
    return part


def _head_and_content(data: bytes) -> tuple[Message, bytes]:
    """The header lines up to the first empty line, or to where they are none any more."""
    begins_empty = FIRST_LINE_END.match(data)
    if begins_empty:
        return Message(), data[begins_empty.end() :]
    gap = EMPTY_LINE.search(data)
    lines = LINE_END.split(data[: gap.start()].rstrip(b"\r") if gap else data)
    end = _end_of_fields(lines)
    content = data[gap.end() :] if gap else b""
    if end < len(lines):
        content = b"\n".join([*lines[end:], b"", content] if gap else lines[end:])
    return _fields(lines[:end]), content


def _end_of_fields(lines: list[bytes]) -> int:
    """Where text begins without an empty line before it; a stray line between fields is none."""
    last = 0
    for number, line in enumerate(lines, 1):
        is_folded = line[:1] in {b" ", b"\t"} and last == number - 1
        if is_folded or (FIELD.match(line) if last == number - 1 else STANDARD_FIELD.match(line)):
            last = number
    return last


def _fields(lines: list[bytes]) -> Message:
    fields: list[list[bytes]] = []
    for line in lines:
        field = FIELD.match(line)
        if line[:1] in {b" ", b"\t"} and fields:
            fields[-1].append(line)
        elif field:
            fields.append([field[1], field[2]])
    found = Message()
    for name, *pieces in fields:
        value = b"".join(pieces).strip()
        if name.lower().startswith(b"content-"):
            value = value[:LONGEST_PARAMETERS]
            text = value.decode("ascii") if value.isascii() else decode(value)[0]
        else:
            text = value.decode("ascii", "surrogateescape")
        found.set_raw(name.decode("ascii"), text)
    return found


def _boundary(part: Part) -> bytes:
    """The boundary that is named, else that of the first line that looks like one."""
    named = guarded(part.headers.get_boundary, None)
    if named:
        return str(named).encode("utf-8", "surrogateescape")
    found = ANY_DELIMITER.search(part.content)
    return found[1].rstrip() if found else b""


def _pieces(content: bytes, boundary: bytes) -> Iterator[bytes]:
    """What stands between the delimiters; the last part may not be closed."""
    if not boundary:
        return
    start = None
    for begin, end, is_last in islice(_delimiters(content, b"--" + boundary), MOST_PARTS):
        if start is not None:
            yield _without_line_end(content[start:begin])
        start = None if is_last else end
    if start is not None:
        yield content[start:]


def _delimiters(content: bytes, mark: bytes) -> Iterator[tuple[int, int, bool]]:
    at = content.find(mark)
    while at >= 0:
        end = DELIMITER_END.match(content, at + len(mark))
        if end and (at == 0 or content[at - 1 : at] in {b"\n", b"\r"}):
            yield at, end.end(), end[1] is not None
            if end[1]:
                return
        at = content.find(mark, at + len(mark))


def _without_line_end(piece: bytes) -> bytes:
    """The line end before a delimiter belongs to the delimiter."""
    return piece.removesuffix(b"\n").removesuffix(b"\r")
