"""The parts of an Internet message: decoded headers, readable text, attached files."""

from __future__ import annotations

import email.header
from email.errors import MessageError
from typing import TYPE_CHECKING, Final, TypeVar

from crm_cli.mailbox.decoding import decode
from crm_cli.mailbox.html_text import html_to_text
from crm_cli.mailbox.message import Attachment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import Message

T = TypeVar("T")

# What the standard library raises on mail that breaks the rules.
MALFORMED: Final = (LookupError, ValueError, TypeError, AttributeError, MessageError)


def header(part: Message, name: str) -> str:
    """The header's value, decoded and on one line; empty where there is none."""
    raw = next((value for key, value in part.raw_items() if key.lower() == name), "")
    return decoded(str(raw))


def decoded(raw: str) -> str:
    """Encoded words and raw 8-bit letters as text, on one line."""
    text, _ = decode(raw.encode("utf-8", "surrogateescape"))
    if "=?" in text:
        text = _guarded(lambda: _without_encoded_words(text), text)
    return " ".join(text.split())


def _without_encoded_words(text: str) -> str:
    return "".join(
        value if isinstance(value, str) else _text(value, charset or "raw-unicode-escape")
        for value, charset in email.header.decode_header(text)
    )


def _text(content: bytes, charset: str | None) -> str:
    """Text in the charset it claims, or else in the one it looks like; fit to be stored."""
    text = _guarded(lambda: content.decode(charset or "ascii"), None)
    if text is None:
        text, _ = decode(content)
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


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
            return joined.replace("\r\n", "\n").replace("\r", "\n")
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
        children = _children(part)
        if children and part.get_content_maintype() == "multipart":
            waiting += reversed(children)
        else:
            yield part


def _is_text(part: Message) -> bool:
    readable = part.get_content_type() in {"text/plain", "text/html"}
    disposition = _guarded(part.get_content_disposition, None)
    return readable and disposition != "attachment" and not _filename(part)


def _filename(part: Message) -> str:
    """The name without any folder that the sender's machine put before it."""
    name = decoded(_guarded(part.get_filename, None) or "")
    return name.replace("\\", "/").rpartition("/")[2]


def _charset(part: Message) -> str | None:
    return _guarded(part.get_content_charset, None)


def _payload(part: Message) -> bytes:
    """The part's bytes; those of a message inside the message are its source."""
    children = _children(part)
    if children:
        return b"\n".join(_guarded(child.as_bytes, b"") for child in children)
    content: object = _guarded(lambda: part.get_payload(decode=True), None)
    return content if isinstance(content, bytes) else b""


def _children(part: Message) -> list[Message]:
    payload = part.get_payload() if part.is_multipart() else ()
    return [child for child in payload if not isinstance(child, str)]


def _guarded(read: Callable[[], T], otherwise: T) -> T:
    try:
        return read()
    except MALFORMED:
        return otherwise
