"""The parts of an Internet message: decoded headers, readable text, attached files."""

from __future__ import annotations

import email.header
from email.errors import MessageError
from typing import TYPE_CHECKING, Final

from crm_cli.mailbox.decoding import decode
from crm_cli.mailbox.html_text import html_to_text
from crm_cli.mailbox.message import Attachment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

# What the standard library raises on mail that breaks the rules.
MALFORMED: Final = (LookupError, ValueError, TypeError, AttributeError, MessageError)


def header(part: Message, name: str) -> str:
    """The header's value, decoded and on one line; empty where there is none."""
    raw = next((value for key, value in part.raw_items() if key.lower() == name), "")
    return decoded(str(raw))


def decoded(raw: str) -> str:
    """Encoded words and raw 8-bit letters as text, on one line."""
    text, _ = decode(raw.encode("utf-8", "surrogateescape"))
    try:
        pieces = email.header.decode_header(text) if "=?" in text else [(text, None)]
        text = "".join(_piece(value, charset) for value, charset in pieces)
    except MALFORMED:
        return " ".join(text.split())
    return " ".join(text.split())


def _piece(value: bytes | str, charset: str | None) -> str:
    if isinstance(value, str):
        return value
    return _text(value, charset) if charset else value.decode("raw-unicode-escape")


def _text(content: bytes, charset: str | None) -> str:
    """Text in the charset it claims, or else in the one it looks like."""
    try:
        return content.decode(charset or "ascii")
    except MALFORMED:
        return decode(content)[0]


def body(message: Message) -> str:
    """The text parts one after the other; HTML only where there is no text."""
    for subtype, as_text in (("plain", str), ("html", html_to_text)):
        parts = [
            as_text(_text(_payload(part), _charset(part)))
            for part in _leaves(message)
            if _is_text(part) and part.get_content_subtype() == subtype
        ]
        joined = "\n\n".join(text.strip() for text in parts if text.strip())
        if joined:
            return joined.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return ""


def charset(message: Message) -> str | None:
    """The charset that the first text part names."""
    return next((_charset(part) for part in _leaves(message) if _is_text(part)), None)


def attachments(message: Message) -> tuple[Attachment, ...]:
    """Every part that is not the text: files, images in the text, attached messages."""
    parts = [part for part in _leaves(message) if not _is_text(part)]
    return tuple(_attachment(part, number) for number, part in enumerate(parts, 1))


def _attachment(part: Message, number: int) -> Attachment:
    content = _payload(part)
    name = _filename(part) or f"attachment-{number}.{part.get_content_subtype()}"
    return Attachment(name, None, content, len(content))


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that hold something, a message inside the message as one of them."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        children = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(children, list):
            waiting += [child for child in children[::-1] if not isinstance(child, str)]
        else:
            yield part


def _is_text(part: Message) -> bool:
    readable = part.get_content_type() in {"text/plain", "text/html"}
    try:
        return readable and part.get_content_disposition() != "attachment" and not _filename(part)
    except MALFORMED:
        return readable


def _filename(part: Message) -> str:
    """The name without any folder that the sender's machine put before it."""
    try:
        name = decoded(part.get_filename() or "")
    except MALFORMED:
        return ""
    return name.replace("\\", "/").rpartition("/")[2]


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except MALFORMED:
        return None


def _payload(part: Message) -> bytes:
    children = part.get_payload()
    try:
        if isinstance(children, list):
            return b"\n".join(bytes(child) for child in children if not isinstance(child, str))
        content = part.get_payload(decode=True)
    except MALFORMED:
        return str(children).encode("utf-8", "replace")
    return content if isinstance(content, bytes) else b""
