"""Tags and text of HTML, in time that grows with its length however broken it is."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME: Final = re.compile(r"/?([a-zA-Z][^\s/>]{0,40})")
ATTRIBUTE: Final = re.compile(
    r"""[\s/]*(?P<name>[^\s=>/][^\s=>/]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?"""
)
REST: Final = re.compile(r"[^>]*>?")
KNOWN: Final = frozenset({"href", "alt", "style", "class"})
SILENT: Final = {
    name: re.compile(rf"</{name}\b", re.IGNORECASE)
    for name in ("script", "style", "title", "template", "xml")
}


class Tag(NamedTuple):
    """A tag, in small letters, with the attributes that matter for text."""

    name: str
    is_end: bool
    attributes: dict[str, str]

    def attribute(self, name: str) -> str:
        """The value; empty where there is none."""
        return self.attributes.get(name, "")


def tokens(html: str) -> Iterator[Tag | str]:
    """Tags and the text between them; comments, declarations, scripts and styles are left out."""
    return _Scanner(html).tokens()


class _Scanner:
    def __init__(self, html: str) -> None:
        self._html = html
        self._missing: set[str] = set()

    def tokens(self) -> Iterator[Tag | str]:
        html, at = self._html, 0
        while (start := html.find("<", at)) >= 0:
            if start > at:
                yield html[at:start]
            name = NAME.match(html, start + 1)
            if name:
                tag, at = self._tag(name)
                yield tag
                at = self._after_silence(tag, at)
            elif html.startswith(("<!", "<?", "</"), start):
                at = self._after_declaration(start)
            else:
                yield "<"
                at = start + 1
        if at < len(html):
            yield html[at:]

    def _tag(self, name: re.Match[str]) -> tuple[Tag, int]:
        attributes: dict[str, str] = {}
        at = name.end()
        while found := ATTRIBUTE.match(self._html, at):
            if found["name"].lower() in KNOWN:
                value = next((value for value in found.groups()[1:] if value is not None), "")
                attributes.setdefault(found["name"].lower(), unescape(value[:4096]))
            at = found.end()
        is_end = self._html.startswith("/", name.start())
        rest = REST.match(self._html, at)
        return Tag(name[1].lower(), is_end, attributes), rest.end() if rest else at

    def _after_silence(self, tag: Tag, at: int) -> int:
        """Where a style or script ends; one that never ends is passed over as if it were empty."""
        if tag.is_end or tag.name not in SILENT or tag.name in self._missing:
            return at
        end = SILENT[tag.name].search(self._html, at)
        if end is None:
            self._missing.add(tag.name)
        return end.start() if end else at

    def _after_declaration(self, start: int) -> int:
        if self._html.startswith("<!--", start):
            return self._behind("-->", start + 4)
        return self._behind(">", start + 2)

    def _behind(self, mark: str, at: int) -> int:
        end = -1 if mark in self._missing else self._html.find(mark, at)
        if end < 0:
            self._missing.add(mark)
            return at
        return end + len(mark)
