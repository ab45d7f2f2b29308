"""From the bytes of an exported mail to text, in whichever encoding the program wrote."""

from __future__ import annotations

import codecs
import re
from functools import cache
from typing import Final

from crm_cli.errors import UsageError
from crm_cli.mailbox.labels import OUTLOOK_WORDS, THUNDERBIRD_WORDS
from crm_cli.values.invalid import quote

CENTRAL_LANGUAGES: Final = ("pl", "ro", "hu", "cs")
WESTERN_LANGUAGES: Final = ("de", "fr", "it", "es")
# Ł Ż ł ą ż ş ţ ă ź of cp1250, and ę ć ń ś where cp1252 would have no ê æ ñ œ: in cp1252 the same
# bytes are £ ¯ ³ ¹ ¿ º þ ã Ÿ. No œ stands where ś does in oś, ści and ść, no ê as in ędz and ię.
CENTRAL_LETTERS: Final = re.compile(
    rb"[\xa3\xaf][a-z]|[a-z\xc0-\xff][\xb3\xb9\xbf\xba\xfe][a-z\xc0-\xff]|[a-z]\xe3(?![oe])"
    rb"|[a-z\s]\x9f[a-z]|[a-z][\xea\xe6](?![a-z\x80-\xff])|[a-z]\xf1(?![aeiou\x80-\xff])"
    rb"|[\s(][\xba\xfe][a-z]|[a-z\s]\x9c[klmprwz]|[a-z]\x9c\s"
    rb"|[aeiouy\xea\xf3]\x9c|\x9cci|\x9c\xe6|\xeadz|i\xea(?!n)"
    rb"|[A-Z\xc0-\xdf][\x8c\xa3\xa5\xaf][A-HJ-TV-Z\xc0-\xdf]"
)
# Polish ą ś ź of ISO-8859-2: in cp1250 these bytes are signs, and its own ś ź are controls here.
LATIN_2_LETTERS: Final = re.compile(
    rb"[a-z\xc0-\xff][\xb1\xb6\xbc]|[\xa6\xac\xb1\xb6\xbc][a-z\xc0-\xff]"
)
# Windows ends text with it when it joins files.
END_OF_FILE: Final = b"\x1a"
C1_BYTES: Final = re.compile(rb"[\x80-\x9f]")
# Letters and signs that mails are written with, as bytes; other pairs may be capitals of cp1250.
UTF8_LETTERS: Final = re.compile(
    rb"\xc2[\xa0-\xbf]|\xc3[\x80-\x9f]|\xc3[\xa0-\xbf](?![A-Z])|[\xc4\xc5\xd0\xd1][\x80-\xbf]|\xc8[\x98-\x9b]|[A-Za-z]\xcc[\x80-\xbf]"
    rb"|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
# cp1250 has no comma letters.
CEDILLA: Final = str.maketrans("șț", "şţ")
# The letters and signs of cp1252 to the bytes they stand for; Latin-1 has controls there.
C1_CONTROLS: Final = {
    ord(sign): byte
    for byte in range(0x80, 0xA0)
    if (sign := bytes([byte]).decode("cp1252", "ignore"))
}
MARK: Final = "\ufeff"
DOUBLED_MARKS: Final = ("Ã", "Ä", "Å", "È")


def decode(data: bytes, forced: str | None = None) -> tuple[str, str]:
    """The text with plain line ends and no byte order marks, and the name of its encoding.

    `forced` goes before every guess, not before bytes that prove what they are: marks, UTF-16,
    and UTF-8 without a fault. The code page is guessed between cp1250, cp1252 and ISO-8859-2.
    Raises UnicodeDecodeError for bytes that `forced` cannot mean.
    """
    if forced is not None:
        _require_codec(forced)
    text, encoding = _decoded(data, forced)
    if MARK in text:
        text = text.replace(MARK, "")
    return (
        _undo_double_encoding(text, encoding) if encoding.startswith("utf-8") else (text, encoding)
    )


def _require_codec(name: str) -> None:
    try:
        b"a".decode(name, "replace")
    except (LookupError, ValueError):
        raise UsageError(
            f"There is no encoding {quote(name)}.", "Try cp1250, cp1252, utf-8 or utf-16."
        ) from None


def _decoded(data: bytes, forced: str | None) -> tuple[str, str]:
    wide = _utf16(data)
    if wide:
        return _plain(_of_whole_letters(data).decode(wide, "replace")), wide
    if forced and codecs.lookup(forced).name.startswith(("utf-16", "utf-32")):
        return _plain(_of_whole_letters(data).decode(forced)), forced
    return _decoded_bytes(_plain_bytes(data), forced)


def _of_whole_letters(data: bytes) -> bytes:
    """The bytes of wide letters; the mark of joined files takes one byte there too."""
    return data.removesuffix(END_OF_FILE) if len(data) % 2 else data


def _decoded_bytes(data: bytes, forced: str | None) -> tuple[str, str]:
    name = "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"
    if data.isascii() and not forced:
        return data.decode(), name
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = None
    if text is not None and (name == "utf-8-sig" or _is_likely_utf8(data, text)):
        return text, name
    if name == "utf-8-sig" or (not forced and _is_slightly_damaged_utf8(data)):
        return _mostly_utf8(data), name
    encoding = forced or _code_page(data)
    return _forced(data, encoding) if forced else data.decode(encoding, "replace"), encoding


def _is_likely_utf8(data: bytes, text: str) -> bool:
    """Two capitals of cp1250, as in CZĘŚCI, may look like one letter that nobody writes."""
    return len(data) - len(text) > 3 or UTF8_LETTERS.search(data) is not None


def _is_slightly_damaged_utf8(data: bytes) -> bool:
    """A few broken bytes (a cut file, a pasted quote) do not speak against UTF-8."""
    if not UTF8_LETTERS.search(data):
        return False
    broken = data.decode("utf-8", "replace").count("\ufffd")
    return len(UTF8_LETTERS.findall(data)) * 10 >= broken


def _mostly_utf8(data: bytes) -> str:
    """The text; lines that have nothing of UTF-8 were pasted from another file."""
    lines = data.split(b"\n")
    texts = [_utf8_line(line) for line in lines]
    pasted = (line for line, text in zip(lines, texts, strict=True) if text is None)
    code_page = _code_page(b"\n" + b"\n".join(pasted))
    return "\n".join(
        line.decode(code_page, "replace") if text is None else text
        for line, text in zip(lines, texts, strict=True)
    )


def _utf8_line(line: bytes) -> str | None:
    try:
        return line.decode()
    except UnicodeDecodeError:
        text = line.decode("utf-8", "replace")
    return text if _is_slightly_damaged(text) else None


def _forced(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        if _is_slightly_damaged(text):
            return text
        raise


def is_wide(data: bytes) -> bool:
    """Whether each character takes two bytes, as some editors save text."""
    return _utf16(data) is not None


def _utf16(data: bytes) -> str | None:
    """UTF-16 by its mark, or by the zero bytes in the first header line."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    head = data[:200]
    zeros = {"utf-16-le": head[1::2].count(0), "utf-16-be": head[0::2].count(0)}
    likelier = max(zeros, key=zeros.__getitem__)
    is_clear = zeros[likelier] * 3 > len(head) and min(zeros.values()) * 4 <= zeros[likelier]
    return likelier if is_clear else None


def _is_slightly_damaged(text: str) -> bool:
    """A few broken bytes (a cut file, a pasted quote) do not speak against an encoding."""
    broken = text.count("\ufffd")
    letters = len(text) - len(text.encode("ascii", "ignore")) - broken
    return letters >= broken


def _code_page(data: bytes) -> str:
    """cp1250, cp1252 or ISO-8859-2: by the header labels, then by letters only one of them has."""
    central = _occurrences(data, CENTRAL_LANGUAGES, "cp1250")
    western = _occurrences(data, WESTERN_LANGUAGES, "cp1252")
    if central < western or (central == western and not CENTRAL_LETTERS.search(data)):
        return "cp1252"
    is_latin_2 = LATIN_2_LETTERS.search(data) and not C1_BYTES.search(data)
    return "iso-8859-2" if is_latin_2 else "cp1250"


def _occurrences(data: bytes, languages: tuple[str, ...], code_page: str) -> int:
    return sum(1 for label in _label_bytes(languages, code_page) if label in data)


@cache
def _label_bytes(languages: tuple[str, ...], code_page: str) -> frozenset[bytes]:
    """The labels of these languages, other than English ones, as they begin a line."""
    words = _label_words(languages) - _label_words(("en",))
    return frozenset(
        f"\n{word}{gap}:".translate(CEDILLA).encode(code_page)
        for word in words
        for gap in ("", "\u00a0")
    )


def _label_words(languages: tuple[str, ...]) -> set[str]:
    return {
        word
        for table in (OUTLOOK_WORDS, THUNDERBIRD_WORDS)
        for language in languages
        for joined in table.get(language, {}).values()
        for word in joined.split("|")
    }


def _undo_double_encoding(text: str, encoding: str) -> tuple[str, str]:
    """Some exports wrote UTF-8 as if each of its bytes were a letter, even twice."""
    for times in (" twice", " thrice"):
        repaired = _undone(text) if any(mark in text for mark in DOUBLED_MARKS) else None
        if repaired is None:
            break
        text, encoding = repaired.replace(MARK, ""), encoding.partition(" ")[0] + times
    return text, encoding


def _undone(text: str) -> str | None:
    """The text whose UTF-8 bytes were taken for Latin-1 or cp1252 letters, if they were."""
    try:
        return text.encode("latin-1").decode()
    except UnicodeEncodeError:
        return _undone(text.translate(C1_CONTROLS)) if _has_c1_letters(text) else None
    except UnicodeDecodeError:
        return None


def _has_c1_letters(text: str) -> bool:
    return any(chr(letter) in text for letter in C1_CONTROLS)


def _plain(text: str) -> str:
    text = text.replace("\r\n", "\n")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\x00", "").replace(END_OF_FILE.decode(), "")


def _plain_bytes(data: bytes) -> bytes:
    """Plain line ends; where `\\r\\r\\n` stood, the first step leaves one more for the second."""
    data = data.replace(b"\r\n", b"\n")
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return data.replace(b"\x00", b"").replace(END_OF_FILE, b"")
