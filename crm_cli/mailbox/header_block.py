"""The lines above a message's text: labels, values and values continued on the next line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from crm_cli.mailbox.labels import Field, Labels

EMPTY_LINE: Final = re.compile(r"\n[ \t]*(?=\n)")
LONGEST_BLOCK: Final = 65_536
STANDARD_HEADER: Final = re.compile(
    r"(?:X-[\w-]+|[A-Z][A-Za-z]*(?:-[A-Za-z]+)+|Received|References|Sender|Precedence|Organization):\s"
)


@dataclass(frozen=True, slots=True)
class Form:
    """How a dialect writes a header line: its labels, and what stands between colon and value.

    `others` matches header lines that are none of these and continue none either.
    """

    labels: Labels
    gap: re.Pattern[str]
    standard_headers: bool = False
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
    if _field_of(text[start : start + 80].partition("\n")[0], form) is None:
        return None
    limit = min(len(text) if limit is None else limit, start + LONGEST_BLOCK)
    empty = EMPTY_LINE.search(text, start, limit)
    end = empty.start() if empty else limit
    block = Block(start, empty.end() + 1 if empty else end)
    _read(block, text[start:end].split("\n"), form)
    return block


def line_above(text: str, start: int) -> str:
    """The nearest line above `start` with anything on it."""
    return text[max(0, start - 400) : start].rstrip().rpartition("\n")[2].strip()


def _read(block: Block, lines: list[str], form: Form) -> None:
    last = "subject"
    for line in lines:
        name = _field_of(line, form)
        label, _, value = line.partition(":")
        if name:
            block.labels.append(label)
        if name and name not in block.fields:
            block.fields[name] = value.strip()
            last = name
        elif _is_other(line, block, form):
            last = label.lower()
            block.headers.setdefault(last, value.strip())
        else:
            block.is_wrapped = True
            _continue(block, last, line)


def _field_of(line: str, form: Form) -> Field | None:
    label, colon, _ = line.partition(":")
    if not colon or not form.gap.match(line, len(label) + 1):
        return None
    return form.labels.field(label)


def _is_other(line: str, block: Block, form: Form) -> bool:
    if form.standard_headers and "date" in block.fields and STANDARD_HEADER.match(line):
        return True
    return form.others is not None and form.others.match(line) is not None


def _continue(block: Block, last: str, line: str) -> None:
    """Programs wrap long values without an indent."""
    values = block.headers if last in block.headers else block.fields
    values[last] = f"{values.get(last, '')} {line.strip()}".strip()
