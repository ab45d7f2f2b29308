"""One mail, and the bytes it becomes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.headerregistry import Address as HeaderAddress
from email.message import EmailMessage
from typing import TYPE_CHECKING

from crm_cli.delivery.headers import extra_header, refuse_control_characters
from crm_cli.errors import InvalidData

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from email.message import Message
    from typing import TypeAlias

    from crm_cli.delivery.addresses import Address

    Attachment: TypeAlias = tuple[str, str, bytes]
    Header: TypeAlias = tuple[str, str]

# Seven bits pass through every relay, also those without 8BITMIME.
_POLICY = policy.SMTP.clone(cte_type="7bit")
_MESSAGE_ID = re.compile(r"<[!-;=?A-~]{1,200}@[!-;=?A-~]{1,200}>")
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*", re.IGNORECASE)
_UNCARRIED = re.compile("[\0\ud800-\udfff]")
_TOO_LONG = re.compile(rb"[^\n]{1000}")
# A part of these types is parsed, not decoded, by its reader, so it may not travel as base64.
_COMPOSITE_TYPES = ("message/", "multipart/")


@dataclass(frozen=True)
class Mail:
    """A mail before it is encoded; `date` knows its zone, `message_id` has its angle brackets.

    `receivers` are given where it does not go to just those who stand in it.
    """

    message_id: str
    sender: Address
    to: tuple[Address, ...]
    subject: str
    text: str
    date: datetime
    html: str | None = None
    reply_to: Address | None = None
    cc: tuple[Address, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    headers: tuple[Header, ...] = ()
    receivers: tuple[Address, ...] = ()

    @property
    def recipients(self) -> tuple[str, ...]:
        """Every receiving address once, as a transport takes them."""
        return tuple(dict.fromkeys(one.wire for one in self.receivers or (*self.to, *self.cc)))


def compose(mail: Mail) -> bytes:
    """Encode `mail` (RFC 5322, CRLF, seven bits); InvalidData where a header could be injected."""
    message = EmailMessage(policy=_POLICY)
    _set_headers(message, mail)
    message.set_content(_body(mail.text))
    if mail.html is not None:
        message.add_alternative(_body(mail.html), subtype="html")
    for attachment in mail.attachments:
        _attach(message, *attachment)
    extra = b"".join(extra_header(name, value) for name, value in mail.headers)
    encoded = extra + message.as_bytes()
    if _TOO_LONG.search(encoded):
        raise InvalidData("The mail has a name or file name too long for a mail header.")
    _refuse_foreign_headers(encoded, [name for name, _ in mail.headers], message)
    return encoded


def _set_headers(message: EmailMessage, mail: Mail) -> None:
    if not _MESSAGE_ID.fullmatch(mail.message_id):
        raise InvalidData(f"{mail.message_id!r} is not a Message-ID.")
    refuse_control_characters("subject", mail.subject)
    message["Message-ID"] = mail.message_id
    message["Date"] = mail.date
    message["From"] = _header_address(mail.sender)
    if mail.reply_to is not None:
        message["Reply-To"] = _header_address(mail.reply_to)
    for name, addresses in (("To", mail.to), ("Cc", mail.cc)):
        if addresses:
            message[name] = _header_addresses(addresses)
    message["Subject"] = mail.subject
    for name, value in message.items():
        refuse_control_characters(name, str(value))


def _header_address(address: Address) -> HeaderAddress:
    return HeaderAddress(address.name, addr_spec=address.wire)


def _header_addresses(addresses: Iterable[Address]) -> list[HeaderAddress]:
    return [_header_address(address) for address in addresses]


def _body(text: str) -> str:
    if _UNCARRIED.search(text):
        raise InvalidData("The text of the mail holds characters that no mail can carry.")
    return text


def _attach(message: EmailMessage, name: str, media_type: str, content: bytes) -> None:
    refuse_control_characters("attachment name", name)
    if not _MEDIA_TYPE.fullmatch(media_type):
        raise InvalidData(f"{media_type!r}, of the attachment {name!r}, is not a media type.")
    if media_type.lower().startswith(_COMPOSITE_TYPES):
        media_type = "application/octet-stream"
    maintype, _, subtype = media_type.partition("/")
    # Numbers such as FV/12/2026 name files too; readers drop everything before a slash.
    shown = re.sub(r"[/\\]", "-", name)
    message.add_attachment(content, maintype=maintype, subtype=subtype, filename=shown)


def _refuse_foreign_headers(encoded: bytes, extra: list[str], message: EmailMessage) -> None:
    """Read the bytes as a server would: Python 3.11 before 3.11.10 lets headers be injected."""
    expected = _header_names(message)
    expected[0] = [*extra, *expected[0]]
    if _header_names(message_from_bytes(encoded)) != expected:
        raise InvalidData("The mail would carry a header that nobody wrote.")


def _header_names(message: Message) -> list[list[str]]:
    return [part.keys() for part in message.walk()]
