"""Readable text of a mail that was written only as HTML."""

from __future__ import annotations

import re
from html import unescape
from typing import Final, NamedTuple

from crm_cli.mailbox.html_tokens import Tag, tokens

PARAGRAPHS: Final = frozenset({
    "blockquote", "dl", "fieldset", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "p", "pre", "table",
})  # fmt: skip
BLOCKS: Final = PARAGRAPHS | {
    "address", "article", "center", "div", "dt", "dd", "footer", "form", "header", "li", "main",
    "ol", "section", "tr", "ul",
}  # fmt: skip
VOID: Final = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"})
HIDDEN: Final = re.compile(
    r"(?:display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden)", re.IGNORECASE
)
SPACES: Final = re.compile(r"[ \t\r\n\f\xa0]+")
LONG_NUMBER: Final = re.compile(r"&#(?:\d{8,}|[xX][0-9a-fA-F]{8,});?")
# Word's paragraphs are lines; it writes an empty one where space is meant.
WORD_LINE: Final = re.compile(r"\b(?:MsoNormal|MsoPlainText|MsoNoSpacing)\b")
MOST_EMPTY_CELLS: Final = 40
DEEPEST: Final = 8
"""Quotes in quotes and lists in lists that are shown as such."""


def html_to_text(html: str) -> str:
    """The text of `html`: a line for each block, lists with their marks, quotes after `> `."""
    return _render(html, hide=True) or _render(html, hide=False)


def _render(html: str, *, hide: bool) -> str:
    page = _Page(hide=hide)
    for token in tokens(html):
        if isinstance(token, Tag):
            page.tag(token)
        else:
            page.text(unescape(LONG_NUMBER.sub("\ufffd", token)) if "&" in token else token)
    return "".join(page.pieces).strip("\n")


class _Row(NamedTuple):
    """How many cells a row has so far, and how the page stood when the last one began."""

    cells: int = 0
    start: int = 0
    ends: int = 0


class _Page:
    """Text as it is written; line ends wait until more text follows."""

    def __init__(self, *, hide: bool) -> None:
        self.pieces: list[str] = []
        self._hide = hide
        self._hidden: list[str] = []
        self._ends = 0
        self._space = ""
        self._quotes = self._written_quotes = 0
        self._lists: list[int | None] = []
        self._mark = ""
        self._link: tuple[str, int] | None = None
        self._preformatted = 0
        self._row = _Row()
        self._is_line = False

    def tag(self, tag: Tag) -> None:
        """Take in a tag; within what is hidden only its end counts."""
        if self._hidden:
            self._within_hidden(tag)
        elif tag.is_end:
            self._end(tag.name)
        elif self._hide and tag.name not in VOID and HIDDEN.search(tag.attribute("style")):
            self._hidden.append(tag.name)
        else:
            self._start(tag)

    def _within_hidden(self, tag: Tag) -> None:
        if tag.name != self._hidden[0]:
            return
        if tag.is_end:
            self._hidden.pop()
        else:
            self._hidden.append(tag.name)

    def _start(self, tag: Tag) -> None:
        name = tag.name
        if name == "br":
            self._ends = min(self._ends + 1, 2)
            self._space = ""
        elif name in {"td", "th"}:
            self._cell()
        elif name == "a":
            self._link = (tag.attribute("href").strip(), len(self.pieces))
        elif name == "img" and tag.attribute("alt").strip():
            self.text(f"[{tag.attribute('alt').strip()}]")
        elif name in BLOCKS:
            if name == "p":
                self._is_line = WORD_LINE.search(tag.attribute("class")) is not None
            self._break(name)
            self._open(name)

    def _open(self, name: str) -> None:
        if name == "blockquote":
            self._quotes += 1
        elif name == "pre":
            self._preformatted += 1
        elif name in {"ul", "ol"}:
            self._lists.append(0 if name == "ol" else None)
        elif name == "li":
            self._mark = self._next_mark()
        elif name in {"tr", "table"}:
            self._row = _Row()

    def _cell(self) -> None:
        if self._row.cells:
            self._space = (self._space.replace(" ", "") + "\t")[-MOST_EMPTY_CELLS:]
        self._row = _Row(self._row.cells + 1, len(self.pieces), self._ends)

    def _end(self, name: str) -> None:
        if name in {"td", "th"}:
            self._end_cell()
        elif name == "a":
            self._end_link()
        elif name in BLOCKS:
            self._break(name)
            self._close(name)

    def _close(self, name: str) -> None:
        if name == "blockquote":
            self._quotes = max(self._quotes - 1, 0)
        elif name == "pre":
            self._preformatted = max(self._preformatted - 1, 0)
        elif name in {"ul", "ol"} and self._lists:
            self._lists.pop()
            self._break("p" if not self._lists else name)
        elif name in {"tr", "table"}:
            self._row = _Row()

    def _end_cell(self) -> None:
        """The next cell goes on in the same line."""
        if self._row.cells:
            is_empty = len(self.pieces) == self._row.start
            self._ends = self._row.ends if is_empty else 0

    def _break(self, name: str) -> None:
        if self._row.cells > 1 and len(self.pieces) == self._row.start:
            return
        is_outer_list = name in {"ul", "ol"} and not self._lists
        is_line = bool(self._lists) or (name == "p" and self._is_line)
        is_paragraph = (name in PARAGRAPHS and not is_line) or is_outer_list
        self._ends = max(self._ends, 2 if is_paragraph else 1)
        self._space = ""

    def _next_mark(self) -> str:
        indent = "  " * (min(len(self._lists), DEEPEST) - 1)
        if not self._lists or self._lists[-1] is None:
            return f"{indent}- "
        self._lists[-1] += 1
        return f"{indent}{self._lists[-1]}. "

    def text(self, text: str) -> None:
        """Take in text, its spaces as a browser shows them."""
        if self._hidden:
            return
        if self._preformatted:
            self._write_lines(text)
            return
        plain = SPACES.sub(" ", text)
        words = plain.strip(" ")
        if not words and "\xa0" in text and self._ends:
            self._ends = 2
        if plain.startswith(" ") and not self._space:
            self._space = " "
        if words:
            self._write(words)
            self._space = " " if plain.endswith(" ") else ""

    def _write_lines(self, text: str) -> None:
        for number, line in enumerate(text.replace("\r\n", "\n").split("\n")):
            self._ends += number > 0
            if line.strip():
                self._write(line.rstrip())

    def _write(self, words: str) -> None:
        if self._ends or not self.pieces:
            self._begin_line(min(self._quotes, DEEPEST))
            self._space = self._space.replace(" ", "")
        self.pieces += [self._mark, self._space, words]
        self._ends, self._mark, self._space = 0, "", ""

    def _begin_line(self, quotes: int) -> None:
        empty = "> " * min(quotes, self._written_quotes)
        if self.pieces:
            self.pieces.append(f"\n{empty.rstrip()}" * (self._ends - 1) + "\n")
        self.pieces.append("> " * quotes)
        self._written_quotes = quotes

    def _end_link(self) -> None:
        """The address of a link, where it says more than its words."""
        target, start = self._link or ("", 0)
        self._link = None
        address = target.removeprefix("mailto:")
        if not address or target.startswith(("#", "cid:")):
            return
        shown = "".join(self.pieces[start:]).strip(" \n\t>")
        if shown and shown != address:
            self.pieces.append(f" <{address}>")
