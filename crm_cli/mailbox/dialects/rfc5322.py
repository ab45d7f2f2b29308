"""Internet messages as they travel: .eml files, and the same saved as .txt."""

from __future__ import annotations

import codecs
import re
from email import message_from_bytes
from typing import TYPE_CHECKING, Final

from crm_cli.errors import InvalidData
from crm_cli.mailbox import addresses, dates, mime
from crm_cli.mailbox.message import KEPT_HEADERS, Message

if TYPE_CHECKING:
    from email.message import Message as Mime

    from crm_cli.mailbox.source import Source

NAME: Final = "rfc5322"
HEADER_NAME: Final = re.compile(r"^([A-Za-z][\w-]*):", re.MULTILINE)
TELLING_HEADERS: Final = frozenset({
    "from", "to", "subject", "date", "received", "message-id", "mime-version", "return-path",
    "delivered-to", "content-type", "x-mozilla-status",
})  # fmt: skip


def recognises(source: Source) -> bool:
    """Whether the first lines are headers, at least two of them well known."""
    head = source.text[source.beginning : source.beginning + 65_536].partition("\n\n")[0]
    names = {name.lower() for name in HEADER_NAME.findall(head)}
    return HEADER_NAME.match(head) is not None and len(names & TELLING_HEADERS) > 1


def read(source: Source) -> list[Message]:
    """The one message of the file."""
    try:
        return [_message(source, message_from_bytes(_octets(source)))]
    except RecursionError:
        raise InvalidData(f"{source.path} holds parts within parts without end.") from None


def _octets(source: Source) -> bytes:
    """The message as it travelled; a text editor may have saved it as UTF-16 or with a mark."""
    if source.encoding.startswith("utf-16"):
        return source.text.lstrip().encode()
    return source.data.removeprefix(codecs.BOM_UTF8).lstrip()


def _message(source: Source, mail: Mime) -> Message:
    raw_date = mime.header(mail, "date")
    people = {
        name: addresses.comma_list(mime.header(mail, name))
        for name in ("from", "to", "cc", "bcc", "reply-to")
    }
    kept = {name: value for name in KEPT_HEADERS if (value := mime.header(mail, name))}
    return Message(
        dialect=NAME,
        encoding=mime.charset(mail) or source.encoding,
        source=source.path,
        offset=0,
        subject=mime.header(mail, "subject"),
        sender=next(iter(people["from"]), None),
        to=people["to"],
        cc=people["cc"],
        bcc=people["bcc"],
        reply_to=people["reply-to"],
        sent_at=dates.utc(raw_date, source.zone, source.date_order),
        raw_date=raw_date,
        body=mime.body(mail),
        attachments=mime.attachments(mail),
        missing_attachments=(),
        headers=kept,
        raw=source.data,
    )
