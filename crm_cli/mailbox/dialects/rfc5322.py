"""Internet messages as they travel: .eml files, and the same saved as .txt."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from crm_cli.mailbox import addresses, dates, mime
from crm_cli.mailbox.decoding import decode
from crm_cli.mailbox.mbox_splitter import begins_mbox
from crm_cli.mailbox.message import KEPT_HEADERS, Message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from crm_cli.mailbox.source import Source

NAME: Final = "rfc5322"
HEADER_NAME: Final = re.compile(r"^([A-Za-z][\w-]*):", re.MULTILINE)
# What some servers put before the headers.
STRAY_LINE: Final = re.compile(r"\A>?From [^\n]*\n")
FIRST_HEADERS: Final = 2048
"""Bytes in which most mail shows what it is."""
TELLING_HEADERS: Final = frozenset({
    "from", "to", "subject", "date", "received", "message-id", "mime-version", "return-path",
    "delivered-to", "content-type", "x-mozilla-status",
})  # fmt: skip


def recognises(source: Source) -> bool:
    """Whether the first lines are headers, some of them well known."""
    needed = 1 if source.path.suffix.lower() == ".eml" else 2
    is_head = _begins_with_headers(decode(source.head[:FIRST_HEADERS])[0], needed) or (
        _begins_with_headers(source.beginning_text, needed)
    )
    return is_head and not begins_mbox(source.head)


def _begins_with_headers(text: str, needed: int) -> bool:
    head = STRAY_LINE.sub("", text.lstrip()).partition("\n\n")[0]
    names = {name.lower() for name in HEADER_NAME.findall(head)}
    return HEADER_NAME.match(head) is not None and len(names & TELLING_HEADERS) >= needed


def read(source: Source) -> Iterator[Message]:
    """The one message of the file."""
    mail = message(source, _octets(source), raw=source.data)
    is_resaved = source.is_wide or source.head.startswith(codecs.BOM_UTF8)
    yield replace(mail, encoding=source.encoding) if is_resaved else mail


def message(
    source: Source, octets: bytes, *, dialect: str = NAME, offset: int = 0, raw: bytes | None = None
) -> Message:
    """The message that these bytes are; `raw` where they stand otherwise in the file."""
    mail = mime.parse(octets)
    text = mime.readable(mail, source.fallback_encoding)
    fallback = source.fallback_encoding or mime.of_letters(text.encoding)
    header = partial(mime.header, mail, fallback=fallback)
    raw_date = header("date")
    people = {
        name: addresses.comma_list(header(name)) for name in ("from", "to", "cc", "bcc", "reply-to")
    }
    return Message(
        dialect=dialect,
        encoding=text.encoding or "ascii",
        source=source.path,
        offset=offset,
        subject=header("subject"),
        sender=next(iter(people["from"]), None),
        to=people["to"],
        cc=people["cc"],
        bcc=people["bcc"],
        reply_to=people["reply-to"],
        sent_at=dates.utc(raw_date, source.zone, source.date_order) or _received(mail, source),
        raw_date=raw_date,
        body=text.text,
        attachments=mime.attachments(mail),
        missing_attachments=mime.deleted(mail),
        headers={name: value for name in KEPT_HEADERS if (value := header(name))},
        raw=octets if raw is None else raw,
    )


def _octets(source: Source) -> bytes:
    """The message as it travelled; a text editor may have saved it as UTF-16 or with a mark."""
    if source.is_wide:
        return source.text.lstrip().encode()
    octets = source.data.removeprefix(codecs.BOM_UTF8).lstrip()
    if octets.partition(b"\n")[0].endswith(b"\r\r"):
        return octets.replace(b"\r\r\n", b"\r\n")
    return octets


def _received(mail: mime.Part, source: Source) -> datetime | None:
    """When the last server took it, for a mail whose own date nobody can read."""
    for value in mime.headers(mail, "received"):
        moment = dates.utc(value.rpartition(";")[2].strip(), source.zone)
        if moment:
            return moment
    return None
