"""The text of a message as a person reads it, whichever parts it is spread over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from crm_cli.mailbox.html_text import html_to_text
from crm_cli.mailbox.mime.charsets import text_of
from crm_cli.mailbox.mime.files import MESSAGES, is_text, leaves, name_of
from crm_cli.mailbox.mime.flowed import unflowed
from crm_cli.mailbox.mime.parts import guarded, parse
from crm_cli.mailbox.mime.transfer import content_of
from crm_cli.mailbox.mime.words import header

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.mailbox.mime.parts import Part

INNER_FIELDS: Final = ("Subject", "From", "Date", "To")
DEEPEST_INNER: Final = 3
LONGEST_STUB: Final = 400
STUB: Final = re.compile(r"\bhtml\b", re.IGNORECASE)
META_CHARSET: Final = re.compile(
    rb"""<(?:meta\b[^>]{0,300}?\bcharset|\?xml\b[^>]{0,100}?\bencoding)\s*=\s*["']?\s*([\w:.-]+)""",
    re.IGNORECASE,
)
ENCRYPTED: Final = {"application/pkcs7-mime", "application/x-pkcs7-mime"}


class Readable(NamedTuple):
    """A text, and the encoding of its first part; empty where nothing was to be decoded."""

    text: str
    encoding: str = ""


def readable(root: Part, fallback: str | None = None, depth: int = 0) -> Readable:
    """The text of a message and of the messages attached to it."""
    return _Reader(root, fallback, depth).read(root)


class _Reader:
    def __init__(self, root: Part, fallback: str | None, depth: int) -> None:
        self._root = root
        self._fallback = fallback
        self._depth = depth

    def read(self, part: Part) -> Readable:
        if not part.children:
            return self._leaf(part)
        if part.type == "multipart/alternative":
            return self._best(part)
        if part.type == "multipart/encrypted":
            return Readable(f"[PGP: {name_of([*leaves(part)][-1])}]")
        return _joined(self.read(child) for child in part.children)

    def _best(self, part: Part) -> Readable:
        """The plain text, unless it only says that there is HTML."""
        rich = [child for child in part.children if _holds_html(child)]
        plain = _joined(self.read(child) for child in part.children if child not in rich)
        if not _may_be_stub(plain.text):
            return plain
        formatted = next(
            (found for child in reversed(rich) if (found := self.read(child)).text), plain
        )
        return formatted if len(formatted.text) > len(plain.text) else plain

    def _leaf(self, part: Part) -> Readable:
        if part.type in MESSAGES:
            return self._inner(part)
        if part.type in ENCRYPTED:
            return Readable(f"[S/MIME: {name_of(part)}]")
        return self._text(part) if is_text(part, self._root) else Readable("")

    def _text(self, part: Part) -> Readable:
        content = content_of(part)
        if part.type == "text/html":
            named = _charset(part) or _meta_charset(content)
            text, encoding = text_of(content, named, self._fallback)
            return Readable(html_to_text(text), encoding)
        text, encoding = text_of(content, _charset(part), self._fallback)
        if "\r" in text:  # one letter is found many times faster than two
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if part.parameter("format").lower() == "flowed":
            text = unflowed(text, join_words=part.parameter("delsp").lower() == "yes")
        return Readable(text.strip("\n").rstrip(), encoding)

    def _inner(self, part: Part) -> Readable:
        """A message in the message, as Thunderbird shows it: its name, its header, its text."""
        if self._depth >= DEEPEST_INNER:
            return Readable("")
        inner = parse(content_of(part))
        fields = (f"{name}: {header(inner, name.lower())}".strip() for name in INNER_FIELDS)
        text = readable(inner, self._fallback, self._depth + 1).text
        return Readable("\n".join([name_of(part), *fields, "", text]).strip())


def _joined(found: Iterator[Readable]) -> Readable:
    """One after the other, each text once."""
    texts: dict[str, str] = {}
    for text, encoding in found:
        if text:
            texts.setdefault(text, encoding)
    encodings = (encoding for encoding in texts.values() if encoding)
    return Readable("\n\n".join(texts), next(encodings, ""))


def _charset(part: Part) -> str | None:
    return guarded(part.headers.get_content_charset, None)


def _meta_charset(html: bytes) -> str | None:
    found = META_CHARSET.search(html, 0, 4096)
    return found[1].decode("ascii") if found else None


def _holds_html(part: Part) -> bool:
    return any(leaf.type == "text/html" for leaf in leaves(part))


def _may_be_stub(text: str) -> bool:
    return not text.strip() or (len(text) <= LONGEST_STUB and STUB.search(text) is not None)
