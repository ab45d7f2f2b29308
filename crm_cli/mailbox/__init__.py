"""Exported e-mail: files of every dialect in, messages out."""

from __future__ import annotations

from crm_cli.mailbox.files import find_files
from crm_cli.mailbox.message import Address, Attachment, Item, Message, Skipped
from crm_cli.mailbox.reading import read_messages

__all__ = [
    "Address",
    "Attachment",
    "Item",
    "Message",
    "Skipped",
    "find_files",
    "read_messages",
]
