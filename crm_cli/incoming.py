"""A mail on its way into the database: read, told apart, its files kept."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from mimetypes import MimeTypes
from typing import TYPE_CHECKING, TypeAlias

from crm_cli.errors import InvalidData
from crm_cli.mailbox.identity import content_fingerprint, content_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from crm_cli.attachments import Stored
    from crm_cli.mailbox import Attachment, Message

Keep: TypeAlias = "Callable[[bytes | Path], Stored]"
"""What becomes of the content of a file: it is kept, or by a dry run only measured."""

LONGEST_KEY = 500
LONGEST_HEAD = 1 << 16
HEAD = re.compile(rb"[!-~]+:[^\x00]*?\n\r?\n")
MESSAGE_ID = re.compile(r"<([^<>\s]+)>")
# The types the standard library knows by itself, the same on every machine.
MEDIA_TYPES = MimeTypes()


@dataclass(frozen=True)
class File:
    """A file of a mail; without `stored` where the mail only names it, or it is too large."""

    name: str
    media_type: str | None
    stored: Stored | None
    size: int | None

    @property
    def is_too_large(self) -> bool:
        """Whether it was there, and more than the company keeps."""
        return self.stored is None and self.size is not None


@dataclass(frozen=True)
class Incoming:
    """A message with its keys; `references` are the keys of the mails it answers.

    The contents of its files have left the memory.
    """

    message: Message
    file: str
    message_id: str | None
    fingerprint: str
    content_key: str
    references: tuple[str, ...]
    files: tuple[File, ...]


def prepare(message: Message, file: str, keep: Keep, largest: int) -> Incoming:
    """Keep the files of a message, up to `largest` bytes each, and work out its keys."""
    message_id = storable(message.message_id)
    content = content_key(message)
    return Incoming(
        message=replace(message, attachments=(), raw=_source(message, largest)),
        file=file,
        message_id=message_id or None,
        fingerprint=(key_of(message_id) if message_id else content_fingerprint(message, content)),
        content_key=content,
        references=tuple(_references(message)),
        files=tuple(_files(message, keep, largest)),
    )


def key_of(message_id: str) -> str:
    """The fingerprint of a mail with this Message-ID; an index takes no key of any length."""
    if len(message_id) > LONGEST_KEY:
        return f"long-id:{hashlib.sha256(message_id.encode()).hexdigest()}"
    return f"id:{message_id}"


def storable(text: str) -> str:
    """Text that both databases take, whatever a broken mail decoded to."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def _references(message: Message) -> Iterator[str]:
    """Nearest first, at most as many as real conversations have."""
    named = [
        found
        for header in ("references", "in-reply-to")
        for found in MESSAGE_ID.findall(message.headers.get(header, ""))
    ]
    return (key_of(storable(found)) for found in named[:-21:-1])


def _source(message: Message, largest: int) -> str | bytes:
    """The source; of one that is too large its head and what a person reads in it."""
    raw = message.raw
    if len(raw) <= largest:
        return raw
    if isinstance(raw, str):
        return raw.encode("utf-8", "replace")[:largest]
    head = HEAD.match(raw, 0, LONGEST_HEAD)
    return ((head[0] if head else b"") + message.body.encode("utf-8", "replace"))[:largest]


def _files(message: Message, keep: Keep, largest: int) -> Iterator[File]:
    for attachment in message.attachments:
        if attachment.size > largest:
            yield _file(attachment.name, None, attachment.size)
        else:
            stored = _kept(attachment, keep)
            yield _file(attachment.name, stored, stored.size if stored else None)
    for name in message.missing_attachments:
        yield _file(name, None, None)


def _file(name: str, stored: Stored | None, size: int | None) -> File:
    name = storable(name)
    return File(name, MEDIA_TYPES.guess_type(name.replace("/", "_"))[0], stored, size)


def _kept(attachment: Attachment, keep: Keep) -> Stored | None:
    """The content in the folder; None for a file that went away after the mail was read."""
    try:
        return keep(attachment.path or attachment.content or b"")
    except InvalidData:
        return None
