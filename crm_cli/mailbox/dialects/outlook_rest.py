"""Outlook text that begins in the middle of a message: the whole ones after it are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.mailbox.dialects import outlook_text
from crm_cli.mailbox.exported_text import messages
from crm_cli.mailbox.message import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.mailbox.message import Item
    from crm_cli.mailbox.source import Source


def recognises(source: Source) -> bool:
    """Whether a message begins somewhere, which other dialects may only quote."""
    return any(outlook_text.later(source, None))


def read(source: Source) -> Iterator[Item]:
    """What comes before the first message is told, then every message."""
    rest = Skipped(source.path, source.beginning, "the end of a message")
    return messages(outlook_text.STYLE, source, [rest, *outlook_text.later(source, None)])
