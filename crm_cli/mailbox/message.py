"""One e-mail as every dialect gives it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

KEPT_HEADERS: Final = (
    "message-id", "in-reply-to", "references", "return-path", "auto-submitted", "precedence",
    "list-id", "list-unsubscribe", "x-autoreply", "x-autorespond", "x-failed-recipients",
    "content-type", "importance",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    """A person or mailbox; without `email` where the file names people only by name."""

    name: str
    email: str | None = None

    @property
    def mailbox(self) -> str:
        """The address as addresses are compared; empty where there is none."""
        return (self.email or "").lower()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a message: beside it on disk (`path`) or inside it (`content`)."""

    name: str
    path: Path | None
    content: bytes | None
    size: int


@dataclass(frozen=True, slots=True)
class Message:
    """One e-mail, with the dialect and encoding it was read in.

    `offset` counts characters of the decoded text, or bytes where `raw` is bytes. `sent_at` is
    UTC. `headers` has lower-case names, and only those that threads and automatic mail need.
    `body` is text that any database takes.
    """

    dialect: str
    encoding: str
    source: Path
    offset: int
    subject: str
    sender: Address | None
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    bcc: tuple[Address, ...]
    reply_to: tuple[Address, ...]
    sent_at: datetime | None
    raw_date: str
    body: str
    attachments: tuple[Attachment, ...]
    missing_attachments: tuple[str, ...]
    headers: Mapping[str, str]
    raw: str | bytes

    @property
    def message_id(self) -> str:
        """The Message-ID without its angle brackets; empty in most text exports."""
        return self.headers.get("message-id", "").strip().strip("<>")


@dataclass(frozen=True, slots=True)
class Skipped:
    """An item of a file that is no e-mail; `what` says what it is: "task", "meeting request"."""

    source: Path
    offset: int
    what: str


DELETED: Final = "deleted message"
"""What is skipped because its owner threw it away, though its program still keeps it."""

Item: TypeAlias = Message | Skipped
