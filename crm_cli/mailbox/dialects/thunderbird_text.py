"""Thunderbird, ImportExportTools up to 14 and the older entries of 15: plain text."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from crm_cli.mailbox import addresses, header_block
from crm_cli.mailbox.attachments import Content, without_legacy_list
from crm_cli.mailbox.exported_text import Style, messages
from crm_cli.mailbox.header_block import Block, Form, line_above
from crm_cli.mailbox.labels import THUNDERBIRD

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from crm_cli.mailbox.message import Item
    from crm_cli.mailbox.source import Source

FORM: Final = Form(THUNDERBIRD, re.compile(r" (?!\t)|\s*\Z"), standard_headers=True)
FIRST_LABELS: Final = THUNDERBIRD.spellings("subject", "from")
DEFAULT_SEPARATOR: Final = "-" * 25
MIME_BOUNDARY: Final = re.compile(r"""\bboundary="?([^"\s;]+)""")
# Thunderbird shows a message inside a message under the name of its part.
PART_NAME: Final = re.compile(
    r".*\.eml|Forwarded ?Message|Attached Message|Part [\d.]+", re.IGNORECASE
)


def recognises(source: Source) -> bool:
    """Whether subject, sender and date come first, one space after the colon."""
    block = header_block.parse(source.text, source.beginning, FORM)
    return block is not None and _is_header(block) and not _is_mime_source(source.text, block)


def read(source: Source) -> Iterable[Item]:
    """Every message of the file, which may be a whole folder."""
    text = source.text
    first, *later = [block for start in _starts(source) if (block := _block(text, start))]
    separator = _separator(text, later)
    if separator:
        later = [block for block in later if line_above(text, block.start) == separator]
    else:
        later = [block for block in later if not _is_inner(text, block)]
    style = replace(STYLE, content=partial(_content, separator))
    return messages(style, source, [first, *later])


def _starts(source: Source) -> list[int]:
    """The first line, and each first label after an empty line, in any known spelling."""
    first = header_block.parse(source.text, source.beginning, FORM)
    labels = {*FIRST_LABELS, *(first.labels[:2] if first else ())}
    words = "|".join(re.escape(label) for label in labels)
    after_empty_line = re.compile(rf"\n(?<=\n\n)(?=(?:{words})[ \u00a0]?: \S)")
    found = after_empty_line.finditer(source.text, source.beginning)
    return [source.beginning, *(match.end() for match in found)]


def _block(text: str, start: int) -> Block | None:
    block = header_block.parse(text, start, FORM)
    if block is None or not _is_header(block):
        return None
    if "to" not in block.fields:
        _absorb_recipients(text, block)
    return block


def _is_header(block: Block) -> bool:
    """Subject, sender, date in this order; a mail without a subject begins with its sender."""
    return block.begins_with("subject", "from", "date") or (
        block.begins_with("from", "date") and "subject" not in block.fields
    )


def _absorb_recipients(text: str, block: Block) -> None:
    """Some versions leave an empty line between date and recipients."""
    group = header_block.parse(text, block.end, FORM)
    if group and group.begins_with("to") and "@" in group.fields["to"]:
        block.absorb(group)


def _is_mime_source(text: str, block: Block) -> bool:
    """Whether all headers are shown and the parts of the raw message follow."""
    boundary = MIME_BOUNDARY.search(block.headers.get("content-type", ""))
    return boundary is not None and f"\n--{boundary[1]}" in text


def _separator(text: str, later: list[Block]) -> str:
    """The line after every message of a whole folder, also after the last; users may change it."""
    last_line = line_above(text, len(text))
    above = {line_above(text, block.start) for block in later}
    if DEFAULT_SEPARATOR in {last_line, *above}:
        return DEFAULT_SEPARATOR
    is_changed = last_line in above and not any(char.isalnum() for char in last_line)
    return last_line if is_changed else ""


def _is_inner(text: str, block: Block) -> bool:
    """Whether this is a message attached to the one above, shown under the name of its part."""
    above = line_above(text, block.start)
    return above == block.fields.get("subject") or PART_NAME.fullmatch(above) is not None


def _content(separator: str, body: str, _block: Block, folder: Path) -> Content:
    return without_legacy_list(body.removesuffix(separator).rstrip(), folder)


STYLE: Final = Style("thunderbird-text", FORM, addresses.comma_list, partial(_content, ""))
