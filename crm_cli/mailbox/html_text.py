"""Readable text of a mail that was written only as HTML."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

BLOCKS: Final = frozenset({
    "address", "article", "blockquote", "div", "dl", "dt", "dd", "fieldset", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section",
    "table", "tr", "ul",
})  # fmt: skip
SILENT: Final = frozenset({"head", "script", "style", "title", "template"})
SPACES: Final = re.compile(r"[ \t\r\n\f]+")
EDGES: Final = re.compile(r"[ \t]*\n[ \t]*")
GAPS: Final = re.compile(r"\n{3,}")


class _TextParser(HTMLParser):
    """Collects text; block elements begin and end lines, links keep their address."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent: list[str] = []
        self._links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self._silent.append(tag)
        elif tag == "br" or tag in BLOCKS:
            self.pieces.append("\n")
        elif tag in {"td", "th"}:
            self.pieces.append("\t")
        elif tag == "a":
            self._links.append((dict(attrs).get("href") or "", len(self.pieces)))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            del self._silent[self._silent.index(tag) :]
        elif tag in BLOCKS:
            self.pieces.append("\n\n" if tag == "p" else "\n")
        elif tag == "a" and self._links:
            self._end_link(*self._links.pop())

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(SPACES.sub(" ", data))

    def _end_link(self, target: str, start: int) -> None:
        shown = "".join(self.pieces[start:]).strip()
        address = target.removeprefix("mailto:")
        if address and not target.startswith(("#", "cid:")) and shown != address:
            self.pieces.append(f" <{address}>")


def html_to_text(html: str) -> str:
    """The text of `html`, a line for each block, entities resolved."""
    parser = _TextParser()
    parser.feed(html)
    parser.close()
    return GAPS.sub("\n\n", EDGES.sub("\n", "".join(parser.pieces))).strip()
