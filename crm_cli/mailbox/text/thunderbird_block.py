"""The header block of Thunderbird's exports: fields in a fixed order, any other headers below."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from crm_cli.mailbox.text.header_block import Block, Form, extent, field_of
from crm_cli.values.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.mailbox.labels import Field

HEADER_LINE: Final = re.compile(r"[^\W_][\w .()/\u00a0-]{0,40}:(?: |\Z)")
COLON: Final = re.compile(":(?= )")
# A converter breaks lines at the 72nd column, but long words stand on lines of their own.
NARROWEST_SOFT_LINE: Final = 40
MOST_FIELD_LINES: Final = 64
RECIPIENTS: Final[frozenset[Field | None]] = frozenset({"to", "cc", "bcc", "newsgroups"})
# What Thunderbird translates when it shows all headers.
TRANSLATED: Final = {
    fold(word): name
    for name, words in {
        "message-id": "ID mesaj|Identyfikator wiadomości|Nachricht-ID|ID du message"
        "|Üzenetazonosító|Id zprávy|ID-Messaggio",
        "references": "Referințe|Odniesienia|Referenzen|Références|Hivatkozások|Reference"
        "|Referenze|Referencias",
    }.items()
    for word in words.split("|")
}


@dataclass(frozen=True, slots=True)
class OrderedForm(Form):
    """A form whose fields always come in this order, each at most once."""

    order: tuple[Field, ...] = ()


@dataclass(slots=True)
class OrderedBlock(Block):
    """A block of these exports; out of order where its fields come as other programs write them."""

    is_in_order: bool = True


def parse(
    text: str, start: int, form: OrderedForm, limit: int | None = None
) -> OrderedBlock | None:
    """The block at `start`, up to the next empty line; None if no label stands there.

    It ends at `limit` at the latest, where the next block begins.
    """
    end_of_lines, end = extent(text, start, limit)
    lines = text[start:end_of_lines].split("\n")
    if _field_of(lines[0], form) is None:
        return None
    kept = _up_to_swallowed_line(lines, form)
    if len(kept) < len(lines):
        end = start + sum(len(line) + 1 for line in kept)
    block = OrderedBlock(start, end)
    _read(block, _unglued(kept, form), form)
    return block


def parse_damaged(text: str, start: int, form: OrderedForm) -> OrderedBlock:
    """What can still be read of a block that is broken, in whatever order."""
    end_of_lines, end = extent(text, start)
    block = OrderedBlock(start, end, is_in_order=False)
    for line in text[start:end_of_lines].split("\n"):
        name = _field_of(line, form)
        if name:
            block.fields.setdefault(name, line.partition(":")[2].strip())
    return block


def _read(block: OrderedBlock, lines: list[str], form: OrderedForm) -> None:
    names = [_field_of(line, form) for line in lines]
    ranks = {place: form.order.index(name) for place, name in enumerate(names) if name}
    in_order = _longest_run(lines, ranks)
    values, key = block.fields, ""
    for number, line in enumerate(lines):
        name = names[number]
        label, _, value = line.partition(":")
        if number in in_order and name:
            block.labels.append(label)
            values, key = block.fields, name
        elif number and _continues(lines[number - 1], line):
            value = f"{values[key]} {line.strip()}" if key else ""
        elif name:
            # Where all headers are shown, a field may come again.
            block.is_in_order = block.is_in_order and name in block.fields
            key = ""
        else:
            folded = fold(label)
            values, key = block.headers, TRANSLATED.get(folded, folded)
            value = block.headers.get(key, value)
        if key:
            values[key] = value.strip()


def _field_of(line: str, form: OrderedForm) -> Field | None:
    name = field_of(line, form)
    return name if name in form.order else None


def _longest_run(lines: list[str], ranks: dict[int, int]) -> set[int]:
    """The lines, from the first one on, that keep the order and are the most.

    A word of a wrapped subject may stand at the start of a line and look like a label.
    """
    runs: dict[int, list[int]] = {}
    for place in reversed(list(ranks)[:MOST_FIELD_LINES]):
        later = [run for after, run in runs.items() if ranks[after] > ranks[place]]
        runs[place] = [place, *max(later, key=partial(_worth, lines), default=[])]
    return set(runs[0])


def _worth(lines: list[str], run: list[int]) -> tuple[int, bool, int]:
    return len(run), not _is_broken(lines[run[0] - 1]), -run[0]


def _continues(above: str, line: str) -> bool:
    return _is_broken(above) or not HEADER_LINE.match(line)


def _is_broken(line: str) -> bool:
    """Whether the converter wrapped the line here: it leaves a space, and no indent below."""
    return line.endswith(" ") and len(line) >= NARROWEST_SOFT_LINE


def _up_to_swallowed_line(lines: list[str], form: OrderedForm) -> list[str]:
    """After a list of people that ends in a colon the exporter loses the empty line."""
    for number, line in enumerate(lines[:-1]):
        is_joined = line.endswith(": ") and not HEADER_LINE.match(lines[number + 1])
        if is_joined and _field_of(line, form) in RECIPIENTS:
            return lines[: number + 1]
    return lines


def _unglued(lines: list[str], form: OrderedForm) -> list[str]:
    """The exporter joins a line that ends in a colon with the next one."""
    missing = set(form.order).difference(_field_of(line, form) for line in lines)
    return [part for line in lines for part in _parts(line, missing, form)] if missing else lines


def _parts(line: str, missing: set[Field], form: OrderedForm) -> Iterator[str]:
    name = _field_of(line, form)
    for colon in COLON.finditer(line) if name and line.count(":") > 1 else ():
        follower = _field_of(line[colon.end() + 1 :], form)
        is_empty = colon.start() == line.index(":")
        if name and follower in missing and _may_follow(name, follower, form, is_empty=is_empty):
            yield line[: colon.end()]
            yield line[colon.end() + 1 :]
            return
    yield line


def _may_follow(name: Field, follower: Field, form: OrderedForm, *, is_empty: bool) -> bool:
    """Subject and sender are never empty, and the next line is there; below, any may be missing."""
    distance = form.order.index(follower) - form.order.index(name)
    return distance > 0 if name in RECIPIENTS else distance == 1 and not is_empty
