"""Internet messages: their parts, decoded headers, readable text, attached files."""

from __future__ import annotations

from crm_cli.mailbox.mime.body import Readable, readable
from crm_cli.mailbox.mime.charsets import of_letters
from crm_cli.mailbox.mime.files import attachments, deleted, file_name_of_message
from crm_cli.mailbox.mime.parts import Part, parse
from crm_cli.mailbox.mime.words import decoded, header, headers

__all__ = [
    "Part",
    "Readable",
    "attachments",
    "decoded",
    "deleted",
    "file_name_of_message",
    "header",
    "headers",
    "of_letters",
    "parse",
    "readable",
]
