"""One exported file: its bytes, its text, and what the caller knows about it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from crm_cli.mailbox.decoding import decode

if TYPE_CHECKING:
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from crm_cli.mailbox.dates import DateOrder


@dataclass(frozen=True)
class Source:
    """A file on its way to messages; `zone` is that of the machine that exported it."""

    path: Path
    data: bytes
    zone: ZoneInfo
    fallback_encoding: str | None = None
    date_order: DateOrder | None = None

    @cached_property
    def _decoded(self) -> tuple[str, str]:
        return decode(self.data, self.fallback_encoding)

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
