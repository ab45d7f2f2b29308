"""The lines of a vCard file: unfolded, decoded and parted into cards.

Versions 2.1, 3.0 and 4.0 (RFC 2426, RFC 6350), and what programs make of them. Nothing raises.
"""

from __future__ import annotations

import codecs
import re
from binascii import a2b_qp
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crm_cli.sheets.reading import charset
from crm_cli.values.charsets import codec_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_OLD = "2.1"
_QUOTED_PRINTABLE, _BASE64 = "quoted-printable", {"b", "base64"}
_HEAD = re.compile(rb'((?:[^":]|"[^"]*")*):(.*)', re.DOTALL)
_PARAMETER = re.compile(r';((?:[^";]|"[^"]*")*)')
_START = re.compile(rb"\s*(?:[\w-]+\.)?[a-z][\w-]*[;:]", re.IGNORECASE)
_QUOTED = re.compile(rb"[^:]*quoted-printable[^:]*:", re.IGNORECASE)
_NOTE = re.compile(rb"(?:[\w-]+\.)?note\b", re.IGNORECASE)
_EDGE = re.compile(rb"\s*(?:BEGIN|END):VCARD\s*", re.IGNORECASE)
_LIST = re.compile(r"(\\.)|,", re.DOTALL)
_ESCAPED = re.compile(r"\\([nN,;:\\])")
_ESCAPED_OF_OLD = re.compile(r"\\([,;])")


@dataclass(frozen=True, slots=True)
class Property:
    """One line of a card: its name and types in one case, its value not yet parted."""

    name: str
    group: str
    types: frozenset[str]
    preference: int
    """From 1 for what is preferred to 101 where nothing is said."""
    value: str
    old: bool = False
    """Whether it is of version 2.1, which knows other escapes."""

    @property
    def edge(self) -> str:
        """`BEGIN` or `END` where the line opens or closes a card."""
        return self.name if self.value.strip().upper() == "VCARD" else ""

    def components(self) -> list[str]:
        """The parts of a value that semicolons part; each may be several words."""
        parts = _parted(self.value)
        if not self.old:
            parts = [_LIST.sub(lambda one: one[1] or " ", part) for part in parts]
        return [self._plain(part) for part in parts]

    def text(self) -> str:
        """The value of a property that has only one part."""
        return self._plain(self.value)

    def _plain(self, part: str) -> str:
        if self.old:
            return _ESCAPED_OF_OLD.sub(r"\1", part)
        return _ESCAPED.sub(lambda one: "\n" if one[1] in "nN" else one[1], part)


@dataclass(slots=True)
class Card:
    """The properties of one card."""

    properties: list[Property] = field(default_factory=list)
    whole: bool = False
    """Whether its end was there."""
    _inner: bool = False

    @property
    def awaits_agent(self) -> bool:
        """Whether another card is the value of the last property, as version 2.1 allows."""
        last = self.properties[-1] if self.properties and not self._inner else None
        return last is not None and last.name == "AGENT" and not last.value.strip()

    def add(self, found: Property) -> None:
        """Take the next line of the file; what is of an inner card, or behind the end, is not."""
        if self.whole:
            return
        if self._inner:
            self._inner = found.edge != "END"
        elif found.edge == "BEGIN":
            self._inner = True
        elif found.edge == "END":
            self.whole = True
        else:
            self.properties.append(found)


def cards(data: bytes) -> Iterator[Card]:
    """The cards of a file in their order; what stands between them is passed over."""
    card: Card | None = None
    for found in _properties(data):
        if found.edge == "BEGIN" and not (card and card.awaits_agent):
            if card:
                yield card
            card = Card()
        elif card:
            card.add(found)
    if card:
        yield card


def _properties(data: bytes) -> Iterator[Property]:
    old = False
    for line in _unfolded(_one_byte_letters(data)):
        found = _property(line, old=old)
        if found.name == "VERSION":
            old = found.value.strip() == _OLD
        yield found


def _one_byte_letters(data: bytes) -> bytes:
    """The file as text in which line ends are single bytes."""
    found = charset.marked(data[:4096])
    if found and found.startswith("utf-16"):
        return data.decode(found, "replace").replace("\ufeff", "").encode("utf-8", "replace")
    return data


def _unfolded(data: bytes) -> Iterator[bytes]:
    """The lines, with those joined that go on in the next."""
    pieces: list[bytes] = []
    old = False
    for physical in data.splitlines():
        if pieces and _goes_on(pieces, physical):
            pieces[-1] = pieces[-1].removesuffix(b"=")
            pieces.append(physical)
        elif physical[:1] in {b" ", b"\t"} and pieces and not _stands_alone(pieces[0]):
            pieces.append(physical if old else physical[1:])
        elif _START.match(start := physical.removeprefix(codecs.BOM_UTF8)):
            yield b"".join(pieces)
            pieces = [start]
            old = _is_old(start, old=old)
        elif pieces and physical.strip() and _NOTE.match(pieces[0]):
            pieces.append(b"\n" + physical)
    yield b"".join(pieces)


def _stands_alone(line: bytes) -> bool:
    """Whether what is indented below a line is no part of it: an edge, or itself indented."""
    return line[:1].isspace() or _EDGE.fullmatch(line) is not None


def _goes_on(pieces: list[bytes], following: bytes) -> bool:
    """Whether a quoted-printable line breaks softly."""
    soft = pieces[-1].endswith(b"=") and _QUOTED.match(pieces[0])
    return bool(soft) and not _EDGE.fullmatch(following)


def _is_old(line: bytes, *, old: bool) -> bool:
    name, _, value = line.partition(b":")
    return value.strip() == _OLD.encode() if name.strip().upper() == b"VERSION" else old


def _property(line: bytes, *, old: bool) -> Property:
    match = _HEAD.fullmatch(line)
    head, value = (match[1], match[2]) if match else line.partition(b":")[::2]
    text = head.decode("utf-8", "replace")
    group, _, name = text.partition(";")[0].strip().rpartition(".")
    parameters = _parameters(text)
    types = frozenset(kind for one in ("TYPE", "") for kind in parameters.get(one, ()))
    encodings = {*parameters.get("ENCODING", ()), *types}
    if encodings & _BASE64:
        value = b"(binary)"
    if _QUOTED_PRINTABLE in encodings:
        value = a2b_qp(value)
    said = next(iter(parameters.get("CHARSET", ())), "")
    return Property(
        name=name.strip().upper(),
        group=group.upper(),
        types=types,
        preference=_preference(parameters, types),
        value=_decoded(value, said),
        old=old,
    )


def _parameters(head: str) -> dict[str, list[str]]:
    """Name -> values in small letters; '' has those that version 2.1 writes without a name."""
    found: dict[str, list[str]] = {}
    for text in _PARAMETER.findall(head):
        name, equals, values = text.partition("=")
        if not equals:
            name, values = "", text
        some = values.replace('"', "").lower().split(",")
        found.setdefault(name.strip().upper(), []).extend(one.strip() for one in some)
    return found


def _preference(parameters: dict[str, list[str]], types: frozenset[str]) -> int:
    said = next(iter(parameters.get("PREF", ())), "")
    if said.isascii() and said.isdigit() and len(said) < 4:
        return int(said)
    return 1 if "pref" in types else 101


def _decoded(value: bytes, said: str) -> str:
    """The text, in the encoding it is said to have, else in the one that makes most of it."""
    for encoding in filter(None, (codec_of(said), "utf-8")):
        try:
            return value.decode(encoding)
        except ValueError:
            continue
    return value.decode(charset.eight_bits(value), "replace")


def _parted(value: str) -> list[str]:
    parts, escaped = [""], False
    for letter in value:
        if letter == ";" and not escaped:
            parts.append("")
        else:
            parts[-1] += letter
        escaped = letter == "\\" and not escaped
    return parts
