"""The container of an Outlook .msg file: properties by number, and the objects in it."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Final

from crm_cli.errors import InvalidData
from crm_cli.mailbox.mime.charsets import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oxmsg.storage import Storage

    from crm_cli.mailbox.source import Source

MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PROPERTIES: Final = "__properties_version1.0"
EMBEDDED: Final = "__substg1.0_3701000D"
MESSAGE_HEADER, EMBEDDED_HEADER, PART_HEADER = 32, 24, 8
STRING, STRING8, BINARY, NUMBER, TIME = 0x001F, 0x001E, 0x0102, 0x0003, 0x0040
INTERNET_CODE_PAGE, MESSAGE_CODE_PAGE = 0x3FDE, 0x3FFD
EPOCH: Final = datetime(1601, 1, 1, tzinfo=UTC)
INSTALL: Final = "pip install 'crm-in-shell[msg]'"
CODE_PAGES: Final = {65001: "utf-8", 20127: "ascii", 20866: "koi8-r", 21866: "koi8-u"}


@dataclass(frozen=True)
class Node:
    """A message, a recipient or an attachment; broken or missing properties are empty."""

    storage: Storage
    header: int

    @cached_property
    def _streams(self) -> dict[str, bytes]:
        return {stream.name: stream.bytes_ for stream in self.storage.streams}

    @cached_property
    def _fixed(self) -> dict[int, bytes]:
        """The values that stand in the table itself, by type and number."""
        table = self._streams.get(PROPERTIES, b"")[self.header :]
        whole = table[: len(table) // 16 * 16]
        return dict(struct.iter_unpack("<I4x8s", whole))

    @property
    def is_message(self) -> bool:
        """Whether properties are here at all, as in no other file of this kind."""
        return PROPERTIES in self._streams

    @cached_property
    def code_page(self) -> str | None:
        """The charset of text that is not Unicode; None where nobody says."""
        number = self.number(INTERNET_CODE_PAGE) or self.number(MESSAGE_CODE_PAGE)
        return CODE_PAGES.get(number) or (_iso_or_windows(number) if number else None)

    def number(self, pid: int) -> int:
        """An integer; 0 where there is none."""
        value = self._fixed.get(pid << 16 | NUMBER)
        return int.from_bytes(value[:4], "little") if value else 0

    def time(self, pid: int) -> datetime | None:
        """A moment."""
        value = self._fixed.get(pid << 16 | TIME)
        ticks = int.from_bytes(value, "little") if value else 0
        try:
            return EPOCH + timedelta(seconds=ticks // 10_000_000) if ticks else None
        except OverflowError:
            return None

    def binary(self, pid: int) -> bytes | None:
        """Bytes; None where there are none."""
        return self._streams.get(f"__substg1.0_{pid:04X}{BINARY:04X}")

    def text(self, *pids: int, code_page: str | None = None) -> str:
        """The first of these texts that is there."""
        return next((found for pid in pids if (found := self._text(pid, code_page)[0])), "")

    def encoding(self, pid: int) -> str:
        """What a text is written in."""
        return self._text(pid, None)[1]

    def _text(self, pid: int, code_page: str | None) -> tuple[str, str]:
        wide = self._streams.get(f"__substg1.0_{pid:04X}{STRING:04X}")
        if wide is not None:
            return wide.decode("utf-16-le", "replace").replace("\x00", ""), "utf-16-le"
        narrow = self._streams.get(f"__substg1.0_{pid:04X}{STRING8:04X}")
        return text_of(narrow, code_page or self.code_page) if narrow else ("", "")

    def parts(self, kind: str) -> Iterator[Node]:
        """The recipients (`recip`) or attachments (`attach`)."""
        for storage in self.storage.storages:
            if storage.name.startswith(f"__{kind}_version1.0_#"):
                yield Node(storage, PART_HEADER)

    @property
    def embedded(self) -> Node | None:
        """The message that is attached here."""
        found = (one for one in self.storage.storages if one.name == EMBEDDED)
        message = next((Node(one, EMBEDDED_HEADER) for one in found), None)
        return message if message and message.is_message else None


def load(source: Source) -> Node:
    """The message of a file; InvalidData where it is none, or damaged."""
    try:
        from olefile import OleFileIO
        from oxmsg.storage import Storage
    except ImportError:
        sentence = f"{source.path} is an Outlook .msg file; reading it needs a package more."
        raise InvalidData(sentence, INSTALL) from None
    try:
        with OleFileIO(BytesIO(source.data)) as container:
            sizes = sum(entry.size for entry in container.direntries[1:] if entry)
            is_sound = sizes <= len(source.data)
            storage = Storage.from_ole(container) if is_sound else None
    except Exception as error:  # The libraries raise anything on damaged files.
        raise InvalidData(f"{source.path} is a damaged Outlook or Office file.") from error
    if storage is None:
        raise InvalidData(f"{source.path} is a damaged Outlook or Office file.")
    node = Node(storage, MESSAGE_HEADER)
    if not node.is_message:
        raise InvalidData(f"{source.path} is an Office document, not an e-mail.")
    return node


def _iso_or_windows(number: int) -> str:
    return f"iso-8859-{number - 28590}" if 28591 <= number <= 28606 else f"cp{number}"
