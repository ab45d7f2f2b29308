"""What may stand in a mail header: nothing that could begin another one."""

from __future__ import annotations

import re
import unicodedata
from email.errors import HeaderParseError
from email.header import decode_header

from crm_cli.errors import InvalidData

_FORBIDDEN_CATEGORIES = {"Cc", "Cs", "Zl", "Zp"}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,75}")
_OURS = re.compile(
    r"from|sender|reply-to|to|cc|bcc|subject|date|message-id|return-path|received|mime-version"
    r"|content-.*|resent-.*|delivered-to",
    re.IGNORECASE,
)
_NESTING_LIMIT = 5
_LINE_LIMIT = 998


def refuse_control_characters(field: str, value: str) -> None:
    """Raise InvalidData where `value`, as written or decoded, holds a control character."""
    for _ in range(_NESTING_LIMIT):
        if any(unicodedata.category(letter) in _FORBIDDEN_CATEGORIES for letter in value):
            raise InvalidData(
                f"The {field} of the mail holds a line break or control character: {value!r}."
            )
        decoded = _decoded(field, value)
        if decoded == value:
            return
        value = decoded
    raise InvalidData(f"The {field} of the mail is encoded more than {_NESTING_LIMIT} times over.")


def extra_header(name: str, value: str) -> bytes:
    """One header line, unfolded: folding would encode long links and message ids."""
    if not _NAME.fullmatch(name) or _OURS.fullmatch(name):
        raise InvalidData(f"{name!r} cannot be set as an additional mail header.")
    refuse_control_characters(f"header {name}", value)
    line = f"{name}: {value}\r\n"
    if not line.isascii() or len(line) > _LINE_LIMIT:
        raise InvalidData(f"The header {name} of the mail is not ASCII, or too long: {value!r}.")
    return line.encode("ascii")


def _decoded(field: str, value: str) -> str:
    if "=?" not in value:
        return value
    try:
        chunks = decode_header(value)
    except HeaderParseError:
        raise InvalidData(f"The {field} of the mail is wrongly encoded: {value!r}.") from None
    return "".join(_text(chunk, charset) for chunk, charset in chunks)


def _text(chunk: bytes | str, charset: str | None) -> str:
    """`chunk` in its charset; a language after `*` is no part of the charset's name."""
    if isinstance(chunk, str):
        return chunk
    try:
        return chunk.decode((charset or "latin-1").partition("*")[0])
    except (LookupError, UnicodeError):
        return chunk.decode("latin-1")
