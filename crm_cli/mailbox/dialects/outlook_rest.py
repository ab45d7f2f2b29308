"""Outlook text that begins in the middle of a message: the whole ones after it are read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crm_cli.mailbox.dialects import outlook_text
from crm_cli.mailbox.message import Skipped
from crm_cli.mailbox.text.messages import messages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.mailbox.message import Item
    from crm_cli.mailbox.source import Source

TRAVELLED: Final = re.compile(
    r"^(?:Received|Return-Path|Delivered-To|Message-ID|MIME-Version|Content-Type|X-[\w-]+):",
    re.MULTILINE | re.IGNORECASE,
)


def recognises(source: Source) -> bool:
    """Whether a message begins somewhere, and is not quoted by one that has travelled."""
    head = source.beginning_text.lstrip().partition("\n\n")[0]
    return TRAVELLED.search(head) is None and any(outlook_text.later(source, None))


def read(source: Source) -> Iterator[Item]:
    """What comes before the first message is told, then every message."""
    rest = Skipped(source.path, source.beginning, "the end of a message")
    return messages(outlook_text.STYLE, source, [rest, *outlook_text.later(source, None)])
