"""Mails as the tests expect them, and files to read them from."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from crm_cli.mailbox import Address, Message, read_messages

BUCHAREST: Final = ZoneInfo("Europe/Bucharest")
NOON: Final = datetime(2026, 11, 16, 12, 4, tzinfo=UTC)
ION: Final = Address("Ion Popescu", "ion@moldo.example")
JAN: Final = Address("Jan Kowalski", "jan@wisla.example")
SHORT: Final = (
    "Subject: {subject}\nFrom: Jan Kowalski <jan@wisla.example>\nDate: 16.11.2026, 14:04\n"
    "To: Ion Popescu <ion@moldo.example>\n\n{body}"
)


def message(**given: Any) -> Message:
    """A mail with nothing in it but what is given."""
    nothing: dict[str, Any] = {
        "dialect": "outlook-text",
        "encoding": "utf-8",
        "source": Path("mail"),
        "offset": 0,
        "subject": "",
        "sender": None,
        "to": (),
        "cc": (),
        "bcc": (),
        "reply_to": (),
        "sent_at": None,
        "raw_date": "",
        "body": "",
        "attachments": (),
        "missing_attachments": (),
        "headers": {},
        "raw": "",
    }
    return Message(**nothing | given)


def short(subject: str, body: str, **given: Any) -> Message:
    """The mail that SHORT describes."""
    return message(
        dialect="thunderbird-text",
        subject=subject,
        sender=JAN,
        to=(ION,),
        sent_at=NOON,
        raw_date="16.11.2026, 14:04",
        body=body,
        **given,
    )


def read(
    path: Path, content: str | bytes, written_as: str = "utf-8", **options: Any
) -> list[Message]:
    """Write a file, read it; the mails compare without the path and the raw source."""
    data = content.encode(written_as) if isinstance(content, str) else content
    path.write_bytes(data)
    return [replace(mail, source=Path("mail"), raw="") for mail in mails_in(path, **options)]


def mails_in(path: Path, zone: ZoneInfo = BUCHAREST, **options: Any) -> list[Message]:
    """The mails of a file that holds nothing else."""
    items = list(read_messages(path, zone, **options))
    mails = [item for item in items if isinstance(item, Message)]
    assert len(mails) == len(items)
    return mails


def crlf(text: str) -> str:
    """The text with the line ends of Windows."""
    return text.replace("\n", "\r\n")
