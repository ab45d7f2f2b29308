"""From the form in which a part travelled to its bytes."""

from __future__ import annotations

import binascii
import re
from functools import partial
from typing import TYPE_CHECKING, Final

from crm_cli.mailbox.mime.parts import guarded

if TYPE_CHECKING:
    from crm_cli.mailbox.mime.parts import Part

HEADER: Final = "content-transfer-encoding"
BASE64: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
NO_BASE64: Final = bytes(set(range(256)) - set(BASE64))
PADDING: Final = re.compile(rb"=+")
SOFT_BREAK: Final = re.compile(rb"=[ \t]+(?=\r?\n)")
UUENCODED: Final = frozenset({"x-uuencode", "uuencode", "uue", "x-uue"})


def content_of(part: Part) -> bytes:
    """The bytes of a part, as they were before they were made fit to travel."""
    encoding = str(next((v for k, v in part.headers.raw_items() if k.lower() == HEADER), ""))
    encoding = encoding.partition(";")[0].strip().lower()
    if encoding == "base64":
        return from_base64(part.content)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(SOFT_BREAK.sub(b"=", part.content))
    return _uudecoded(part.content) if encoding in UUENCODED else part.content


def from_base64(content: bytes) -> bytes:
    """Decode what can be decoded: without foreign characters, the padding put right."""
    letters = content.translate(None, NO_BASE64).rstrip(b"=")
    pieces = PADDING.split(letters) if b"=" in letters else [letters]
    return b"".join(
        binascii.a2b_base64(piece[: len(piece) - (len(piece) % 4 == 1)] + b"==") for piece in pieces
    )


def _uudecoded(content: bytes) -> bytes:
    lines = content.partition(b"begin ")[2].splitlines()[1:]
    return b"".join(guarded(partial(binascii.a2b_uu, line), b"") for line in lines)
