"""The tags of a web page and the text between them, a piece of the file at a time."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Token = tuple[str, str, str]
    """The text before a tag, the name of the tag with its /, and its attributes."""

_CHUNK = 1 << 18
_LONGEST = 1 << 20
_ENDING = 64
"""Letters that are kept where something without tags is too long to be kept."""
_TAG = re.compile(
    r"""<(?: (/?[a-z][^\s/<>]*+) ((?:[^<>"']|"[^"]*+"|'[^']*+')*+) > | (!--) | [!?][^<>]*+> )""",
    re.IGNORECASE | re.VERBOSE,
)
_COMMENT = "!--"
_OPAQUE = {
    _COMMENT: re.compile("-->"),
    "script": re.compile("</script[^<>]*>", re.IGNORECASE),
    "style": re.compile("</style[^<>]*>", re.IGNORECASE),
}
"""What holds no tags -> how it ends."""
_ATTRIBUTE = re.compile(r"""([^\s"'=/>]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")


class Tokens:
    """Walks over the tags of a page; the last token has only text.

    The standard library's parser is five times as slow, and slower still on broken pages.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._text = ""
        self._at = 0
        self._opaque = ""

    def __iter__(self) -> Iterator[Token]:
        while chunk := self._file.read(_CHUNK):
            self._text = self._text[self._at :] + chunk
            self._at = 0
            while (start := self._start()) is not None:
                yield from self._tags(start)
            if len(self._text) - self._at > _LONGEST:
                yield self._text[self._at :], "", ""
                self._at = len(self._text)
        yield self._text[self._at :], "", ""

    def _start(self) -> int | None:
        """Where tags are to be looked for; None where there are no more in this piece."""
        if self._opaque:
            return self._behind_opaque()
        return self._at if _TAG.search(self._text, self._at) else None

    def _behind_opaque(self) -> int | None:
        found = _OPAQUE[self._opaque].search(self._text, self._at)
        if found is None:
            if len(self._text) - self._at > _LONGEST:
                self._at = len(self._text) - _ENDING
            return None
        if self._opaque == _COMMENT:
            self._at = found.end()
        self._opaque = ""
        return max(found.start(), self._at)

    def _tags(self, start: int) -> Iterator[Token]:
        """The whole tags from a place on, until one is opened that holds none."""
        text, at = self._text, self._at
        for found in _TAG.finditer(text, start):
            name, attributes, comment = found.groups()
            name = (name or comment or "").lower()
            yield text[at : found.start()], name, attributes or ""
            self._at = at = found.end()
            if name in _OPAQUE:
                self._opaque = name
                return


@lru_cache(1_024)
def attributes_of(text: str) -> Mapping[str, str]:
    """The attributes of a tag by their names."""
    return {
        name.lower(): unescape(value.strip(value[:1]) if value[:1] in {'"', "'"} else value)
        for name, value in _ATTRIBUTE.findall(text)
    }
