"""Text in the charset that a mail claims, or in the one it is really in."""

from __future__ import annotations

from typing import Final

from crm_cli.mailbox.decoding import decode
from crm_cli.values.charsets import codec_of

SINGLE_BYTE: Final = ("ascii", "iso8859", "cp125", "koi8")
# As browsers do: who writes these names means the larger sets.
LARGER: Final = {"iso8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}


def text_of(content: bytes, charset: str | None, fallback: str | None = None) -> tuple[str, str]:
    """The text, fit to be stored, and the encoding it was read in.

    `fallback` is for text of which nobody says in which charset it is.
    """
    codec = codec_of(charset)
    text, encoding = _decoded(content, codec, fallback)
    if charset and encoding == codec:
        encoding = charset.lower()
    if "\x00" in text:
        text = text.replace("\x00", "")
    return _without_surrogates(text, codec), encoding


def _without_surrogates(text: str, codec: str) -> str:
    """The text as it can be stored; only odd codecs give halves of characters."""
    if codec in {"", "utf-8"} or codec.startswith(SINGLE_BYTE):
        return text
    return text.encode("utf-8", "replace").decode()


def of_letters(charset: str | None) -> str | None:
    """The charset again, if its letters take one byte each: raw letters in headers are in it."""
    codec = codec_of(charset)
    return codec if codec.startswith(SINGLE_BYTE) and codec != "ascii" else None


def guessed(content: bytes, fallback: str | None) -> tuple[str, str]:
    """The text of bytes that claim nothing, in `fallback` if they can be."""
    try:
        return decode(content, fallback)
    except UnicodeDecodeError:
        return decode(content)


def _decoded(content: bytes, codec: str, fallback: str | None) -> tuple[str, str]:
    if not codec or (codec.startswith(SINGLE_BYTE) and _is_utf8(content)):
        return guessed(content, fallback)
    if content.isascii() and codec.startswith(SINGLE_BYTE):
        return content.decode("ascii"), codec
    if codec == "ascii":
        return guessed(content, fallback)
    for name in (codec, LARGER.get(codec, codec)):
        try:
            text = content.decode(name)
        except ValueError:
            continue
        if not (name in LARGER and _has_controls(text)):
            return text, name
    return _mostly(content, LARGER.get(codec, codec), fallback)


def _is_utf8(content: bytes) -> bool:
    """Letters of UTF-8, which nobody writes by chance in a charset of one byte each."""
    if content.isascii():
        return False
    try:
        content.decode()
    except ValueError:
        return False
    return True


def _has_controls(text: str) -> bool:
    """Controls where the larger set has letters and quotation marks."""
    return not text.isascii() and any("\x80" <= letter <= "\x9f" for letter in text)


def _mostly(content: bytes, codec: str, fallback: str | None) -> tuple[str, str]:
    """Text with a few broken bytes; with many of them the claim is wrong."""
    text = content.decode(codec, "replace")
    letters = sum(letter > "\x7f" for letter in text)
    if codec != "cp1252" and text.count("\ufffd") * 4 <= letters:
        return text, codec
    return guessed(content, fallback)
