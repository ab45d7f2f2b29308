"""The lines above a message's text: labels, values and values continued on the next line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from crm_cli.mailbox.labels import Field, Labels

EMPTY_LINE: Final = re.compile(r"\n[ \t]*(?=\n)")
LONGEST_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Form:
    """How a dialect writes a header line: its labels, and what stands between colon and value.

    `others` matches header lines that are none of these and continue none either.
    """

    labels: Labels
    gap: re.Pattern[str]
    others: re.Pattern[str] | None = None


@dataclass(slots=True)
class Block:
    """One header block: its fields in the order of the file, and where it ends."""

    start: int
    end: int
    fields: dict[str, str] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    is_wrapped: bool = False

    def begins_with(self, *names: Field) -> bool:
        """Whether the first fields are these, in this order."""
        return tuple(self.fields)[: len(names)] == names

    def absorb(self, other: Block) -> None:
        """Take over a further group of header lines."""
        self.fields |= other.fields
        self.headers |= other.headers
        self.end = other.end


def parse(text: str, start: int, form: Form, limit: int | None = None) -> Block | None:
    """The block at `start`, up to the next empty line; None if no label stands there.

    It ends at `limit` at the latest, where the next block begins.
    """
    if field_of(text[start : start + 80].partition("\n")[0], form) is None:
        return None
    end_of_lines, end = extent(text, start, limit)
    block = Block(start, end)
    _read(block, text[start:end_of_lines].split("\n"), form)
    return block


def extent(text: str, start: int, limit: int | None = None) -> tuple[int, int]:
    """Where the lines that begin at `start` end, and where the empty line after them does."""
    end = min(len(text) if limit is None else limit, start + LONGEST_BLOCK)
    empty = EMPTY_LINE.search(text, start, end)
    return (empty.start(), empty.end() + 1) if empty else (end, end)


def field_of(line: str, form: Form) -> Field | None:
    """The field whose label begins this line, or None."""
    label, colon, _ = line.partition(":")
    if not colon or not form.gap.match(line, len(label) + 1):
        return None
    return form.labels.field(label)


def line_above(text: str, start: int) -> str:
    """The nearest line above `start` with anything on it."""
    return text[max(0, start - 400) : start].rstrip().rpartition("\n")[2].strip()


def _read(block: Block, lines: list[str], form: Form) -> None:
    last = "subject"
    for line in lines:
        name = field_of(line, form)
        label, _, value = line.partition(":")
        if name:
            block.labels.append(label)
        if name and name not in block.fields:
            block.fields[name] = value.strip()
            last = name
        elif form.others and form.others.match(line):
            last = label.lower()
            block.headers.setdefault(last, value.strip())
        else:
            block.is_wrapped = True
            _continue(block, last, line)


def _continue(block: Block, last: str, line: str) -> None:
    """Programs wrap long values without an indent."""
    values = block.headers if last in block.headers else block.fields
    values[last] = f"{values.get(last, '')} {line.strip()}".strip()
