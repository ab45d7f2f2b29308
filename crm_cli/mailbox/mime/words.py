"""The values of headers: encoded words and raw letters, however broken, as text."""

from __future__ import annotations

import binascii
import re
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from crm_cli.mailbox.mime.charsets import guessed, text_of
from crm_cli.mailbox.mime.transfer import from_base64

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.mailbox.mime.parts import Part

LONGEST: Final = 1 << 17
WORD: Final = re.compile(r"=\?([^?\s*]+)(?:\*[^?\s]*)?\?([bq])\?(.{0,2000}?)\?=", re.IGNORECASE)


class _Word(NamedTuple):
    charset: str
    encoding: str
    content: bytes


def header(part: Part, name: str, fallback: str | None = None) -> str:
    """The header's value, decoded and on one line; empty where there is none."""
    return next(headers(part, name, fallback), "")


def headers(part: Part, name: str, fallback: str | None = None) -> Iterator[str]:
    """The values of a header that may stand many times."""
    return (decoded(raw, fallback) for raw in part.raw_headers.get(name, ()))


def decoded(raw: str, fallback: str | None = None) -> str:
    """Encoded words and raw 8-bit letters, those in `fallback` if not in UTF-8, on one line."""
    text = raw[:LONGEST]
    if "=?" in text:
        text = "".join(_runs(text, fallback))
    elif not text.isascii():
        text = _letters(text, fallback)
    return " ".join(text.replace("\x00", "").split())


def _runs(text: str, fallback: str | None) -> Iterator[str]:
    """Plain text, and between it encoded words, whose letters may be cut in two."""
    end = 0
    words: list[_Word] = []
    for found in WORD.finditer(text):
        between = text[end : found.start()]
        if between.strip():
            yield from _spelled(words)
            yield _letters(between, fallback)
            words = []
        elif not words:
            yield between
        content = found[3].encode("utf-8", "surrogateescape")
        words.append(_Word(found[1].lower(), found[2].lower(), content))
        end = found.end()
    yield from _spelled(words)
    yield _letters(text[end:], fallback)


def _spelled(words: list[_Word]) -> Iterator[str]:
    for charset, run in groupby(words, key=lambda word: word.charset):
        encoded = groupby(run, key=lambda word: word.encoding)
        content = b"".join(
            _bytes(encoding, [w.content for w in some]) for encoding, some in encoded
        )
        yield text_of(content, charset)[0]


def _bytes(encoding: str, contents: list[bytes]) -> bytes:
    if encoding == "q":
        return b"".join(binascii.a2b_qp(content, header=True) for content in contents)
    joined: list[bytes] = []
    for content in contents:
        is_cut = bool(joined) and len(joined[-1]) % 4 and not joined[-1].endswith(b"=")
        joined[-1:] = [joined[-1] + content] if is_cut else [*joined[-1:], content]
    return b"".join(map(from_base64, joined))


def _letters(text: str, fallback: str | None) -> str:
    if text.isascii():
        return text
    return guessed(text.encode("utf-8", "surrogateescape"), fallback)[0]
