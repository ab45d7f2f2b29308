"""Mailboxes of many messages in one file: Thunderbird, Apple Mail, Gmail Takeout, Unix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crm_cli.mailbox.dialects import rfc5322
from crm_cli.mailbox.mbox_splitter import begins_mbox, entries
from crm_cli.mailbox.message import DELETED, Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.mailbox.message import Item
    from crm_cli.mailbox.source import Source

NAME: Final = "mbox"


def recognises(source: Source) -> bool:
    """Whether the first line separates messages and header lines follow."""
    return begins_mbox(source.head)


def read(source: Source) -> Iterator[Item]:
    """Every message, one at a time; deleted ones that were not yet purged are skipped."""
    with source.open() as file:
        for entry in entries(file):
            if entry.is_deleted:
                yield Skipped(source.path, entry.offset, DELETED)
            elif entry.is_folder_data:
                yield Skipped(source.path, entry.offset, "note of a mail server")
            else:
                yield rfc5322.message(
                    source, entry.unquoted, dialect=NAME, offset=entry.offset, raw=entry.content
                )
