"""The encoding of a text: marked, declared, or told by which letters its bytes would be."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from typing import TYPE_CHECKING

from crm_cli.errors import InvalidData
from crm_cli.values.charsets import codec_of

if TYPE_CHECKING:
    from pathlib import Path

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_EIGHT_BITS = ("cp1250", "iso8859-2", "iso8859-16")
_NAMES = {"iso8859-2": "iso-8859-2", "iso8859-16": "iso-8859-16"}
_CHUNK = 1 << 20
_SAMPLE = 4096
_ASCII = bytes(range(128))
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]*\b(?:charset|encoding)\s*=\s*["']?([\w-]+)""", re.IGNORECASE
)

_STRANGE = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd]")

_LETTERS = frozenset("ăâîșțşţĂÂÎȘȚŞŢąćęłńóśźżĄĆĘŁŃÓŚŹŻ")
_NEIGHBOURS = frozenset("áéíóöőúüűýäëčďěňřšťůžßôĺľŕđÁÉÍÓÖŐÚÜŰÝÄËČĎĚŇŘŠŤŮŽÔĹĽŔĐàèùçñÀÈÙÇÑ")
_SIGNS = frozenset("„”“’‘«»–—…•€§°©®™\xa0\xad")


def of_text(path: Path) -> str:
    """The encoding of a text file; InvalidData where it has none that this program knows."""
    with path.open("rb") as file:
        start = file.read(_SAMPLE)
    if found := marked(start):
        _check(path, found)
        return found
    bytes_used, letters, broken = _census(path)
    if not broken:
        return "utf-8"
    if letters > broken:
        raise InvalidData(
            f"{path} is UTF-8 text with {broken} broken characters.",
            hint="Save it again as CSV UTF-8, or as .xlsx.",
        )
    return _eight_bits(path, bytes_used)


def of_page(path: Path) -> str:
    """The encoding of a web page: marked, declared, or guessed; wrong declarations are common."""
    with path.open("rb") as file:
        start = file.read(_SAMPLE)
    declared = _DECLARED.search(start)
    if declared and not marked(start):
        name = declared[1].decode("ascii", "replace")
        is_of_bytes = not name.lower().startswith(("utf-16", "ucs"))
        if is_of_bytes and codec_of(name) and _decodes(path, name):
            return name
    return of_text(path)


def eight_bits(text: bytes) -> str:
    """The encoding of one byte a letter that makes most of a few words."""
    bytes_used = Counter(text.translate(None, _ASCII))
    return max(_EIGHT_BITS, key=lambda name: _score(bytes_used, name))


def spoken(encoding: str) -> str:
    """The name people know an encoding by."""
    return _NAMES.get(encoding, encoding.removesuffix("-sig"))


def marked(start: bytes) -> str | None:
    """The encoding a byte order mark tells, or the empty halves of UTF-16 without one."""
    for mark, name in _MARKS.items():
        if start.startswith(mark):
            return name
    high, low = start[0::2].count(0), start[1::2].count(0)
    if max(high, low) * 4 < len(start) or len(start) < 2:
        return None
    name = "utf-16-le" if low > high else "utf-16-be"
    return None if _STRANGE.search(start[: len(start) & -2].decode(name, "replace")) else name


def _check(path: Path, encoding: str) -> None:
    if not _decodes(path, encoding):
        raise InvalidData(
            f"{path} is marked as {spoken(encoding).upper()} text, but it is not.",
            hint="Save it again as CSV UTF-8, or as .xlsx.",
        )


def _decodes(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding, newline="") as file:
            while file.read(_CHUNK):
                pass
    except (UnicodeError, LookupError):
        return False
    return True


def _census(path: Path) -> tuple[Counter[int], int, int]:
    """How often each byte above ASCII is used, and how many letters UTF-8 finds and misses."""
    bytes_used: Counter[int] = Counter()
    letters = broken = 0
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            bytes_used.update(piece.translate(None, _ASCII))
            text = decoder.decode(piece)
            if not text.isascii():
                missed = text.count("\ufffd")
                broken += missed
                letters += len(text) - len(text.encode("ascii", "ignore")) - missed
    return bytes_used, letters, broken + len(decoder.decode(b"", True))


def _eight_bits(path: Path, bytes_used: Counter[int]) -> str:
    fitting = [(score, name) for name in _EIGHT_BITS if (score := _score(bytes_used, name)) >= 0]
    if not fitting:
        names = "UTF-8, UTF-16, Windows-1250 or ISO-8859"
        hint = "Save it as CSV UTF-8 (Excel: Save As > CSV UTF-8), or as .xlsx."
        raise InvalidData(f"{path} is no text in {names}.", hint=hint)
    return max(fitting, key=lambda one: one[0])[1]


def _score(bytes_used: Counter[int], encoding: str) -> int:
    """How much the bytes look like Romanian or Polish in this encoding; -1 if they cannot be."""
    total = 0
    for byte, count in bytes_used.items():
        letter = bytes([byte]).decode(encoding, "replace")
        if letter == "\ufffd" or "\x80" <= letter < "\xa0":
            return -1
        total += count * _worth(letter)
    return total


def _worth(letter: str) -> int:
    if letter in _LETTERS:
        return 4
    return 2 if letter in _SIGNS else int(letter in _NEIGHBOURS)
