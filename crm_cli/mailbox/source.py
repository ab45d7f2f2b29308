"""One exported file: its bytes, its text, and what the caller knows about it."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from crm_cli.errors import InvalidData
from crm_cli.mailbox.decoding import decode, is_wide
from crm_cli.values.invalid import quote

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO
    from zoneinfo import ZoneInfo

    from crm_cli.mailbox.dates import DateOrder

HEAD: Final = 1 << 16
LARGEST: Final = 1 << 30
"""Bytes of a file that is read at once."""


@dataclass(frozen=True)
class Source:
    """A file on its way to messages; `zone` is that of the machine that exported it."""

    path: Path
    zone: ZoneInfo
    fallback_encoding: str | None = None
    date_order: DateOrder | None = None

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The file, open for reading; InvalidData where the system refuses to."""
        try:
            with open(self.path, "rb", opener=_without_waiting) as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    raise InvalidData(f"{self.path} is no ordinary file.")
                yield file
        except OSError as error:
            reason = error.strerror or "the system refuses it"
            raise InvalidData(f"{self.path} cannot be read: {reason}.") from error

    @cached_property
    def head(self) -> bytes:
        """The first bytes, enough to know the dialect by."""
        with self.open() as file:
            return file.read(HEAD)

    @cached_property
    def _guessed_head(self) -> tuple[str, str]:
        return decode(self.head)

    @property
    def beginning_text(self) -> str:
        """The text of the first bytes, for mail that says itself in which encoding it is."""
        return self._guessed_head[0]

    @property
    def is_wide(self) -> bool:
        """Whether each character takes two bytes, as some editors save text."""
        return is_wide(self.head)

    @cached_property
    def data(self) -> bytes:
        """All bytes; a file of many messages is better read from `open`."""
        if len(self.head) < HEAD:
            return self.head
        with self.open() as file:
            if os.fstat(file.fileno()).st_size > LARGEST:
                raise InvalidData(
                    f"{self.path} is larger than 1 GB, which only a mailbox (.mbox) may be."
                )
            return file.read()

    @cached_property
    def _decoded(self) -> tuple[str, str]:
        is_guessed = self.fallback_encoding is None and len(self.head) < HEAD
        return self._guessed_head if is_guessed else self._decode(self.data)

    @property
    def text(self) -> str:
        """The whole file with plain line ends."""
        return self._decoded[0]

    @property
    def encoding(self) -> str:
        """The encoding the file was read in."""
        return self._decoded[1]

    @cached_property
    def beginning(self) -> int:
        """Where the first line with anything on it begins."""
        text = self.text
        return len(text) - len(text.lstrip())

    def _decode(self, data: bytes) -> tuple[str, str]:
        try:
            return decode(data, self.fallback_encoding)
        except UnicodeDecodeError:
            raise InvalidData(
                f"{self.path} is not text in the encoding {quote(self.fallback_encoding or '')}.",
                "Leave out --encoding to have it guessed.",
            ) from None


def _without_waiting(path: str, flags: int) -> int:
    """Open without waiting for the other end of a pipe."""
    return os.open(path, flags | os.O_NONBLOCK)
