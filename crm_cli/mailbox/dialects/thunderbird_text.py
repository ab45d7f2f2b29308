"""Thunderbird, ImportExportTools up to 14 and the older entries of 15: plain text."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from crm_cli.mailbox import addresses, dates
from crm_cli.mailbox.dialects import outlook_text
from crm_cli.mailbox.labels import THUNDERBIRD
from crm_cli.mailbox.message import Skipped
from crm_cli.mailbox.quoting import is_quote_rule
from crm_cli.mailbox.text import joined_files, thunderbird_block
from crm_cli.mailbox.text.attachment_lists import Content, without_legacy_list
from crm_cli.mailbox.text.file_time import with_file_time
from crm_cli.mailbox.text.header_block import LONGEST_BLOCK, Block, line_above
from crm_cli.mailbox.text.messages import Style, messages
from crm_cli.mailbox.text.thunderbird_block import OrderedBlock, OrderedForm
from crm_cli.values.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crm_cli.mailbox.message import Item
    from crm_cli.mailbox.source import Source

FORM: Final = OrderedForm(
    THUNDERBIRD,
    re.compile(r" (?!\t)|\s*\Z"),
    order=("subject", "from", "date", "to", "cc", "bcc", "newsgroups", "reply_to"),
)
FIRST_LABELS: Final = THUNDERBIRD.spellings("subject", "from")
FIRST_LINE: Final = re.compile(
    rf"(?<![ \t])(?:{'|'.join(map(re.escape, THUNDERBIRD.spellings('subject')))})[ \u00a0]?: "
    r"[^\n]*(?: \n[^\n]*)*\Z"
)
SENDER_AND_DATE: Final = re.compile(
    rf"\n(?:{'|'.join(THUNDERBIRD.spellings('from'))})[ \u00a0]?: [^\n]+"
    rf"\n(?:{'|'.join(THUNDERBIRD.spellings('date'))})[ \u00a0]?: [^\n]*\d"
)
LEADING: Final = frozenset({"subject", "from", "date"})
DEFAULT_SEPARATOR: Final = "-" * 25
SEPARATOR_SHAPE: Final = re.compile(r"[^\w\s]{3}|^\W+$")
INDENTED_LINE: Final = re.compile(r"\n[ \t]+\S")
ENCODED_WORD: Final = re.compile(r"=\?[\w-]+\?[bqBQ]\?")
MIME_BOUNDARY: Final = re.compile(r"""\bboundary="?([^"\s;]+)""")
# Thunderbird shows a message inside a message under the name of its part.
PART_NAME: Final = re.compile(
    r".*\.(?:eml|msg)|Forwarded ?Message|Attached Message"
    r"|(?:Part|Partea|Teil|Partie|Parte|Część|Část) [\d.]+|[\d.]+ rész",
    re.IGNORECASE,
)
NUMBERED_NAME: Final = re.compile(r"\d{8}|\d{4}-\d{2}-\d{2}|-\d+$")
SOURCE_HEADER: Final = re.compile(
    r"^(?:Received|Return-Path|Message-ID|MIME-Version|X-Mozilla-Status|Delivered-To):",
    re.IGNORECASE | re.MULTILINE,
)
DIGIT: Final = re.compile(r"\d")
LETTERS: Final = re.compile(r"[^a-z0-9]+")


def recognises(source: Source) -> bool:
    """Whether subject, sender and date come first, one space after the colon."""
    block = thunderbird_block.parse(source.text, source.beginning, FORM)
    is_export = block and _is_header(block) and not _is_source(source.text, block)
    return bool(is_export) or _begins_damaged(source)


def read(source: Source) -> Iterator[Item]:
    """Every message of the file, which may be a whole folder."""
    text = source.text
    first, below = _parted(source)
    separator = _separator(text, below)
    below = [block for block in below if _is_message(text, block, separator)]
    if not separator and _is_named_by_subject(source.path, first):
        below = []
    style = replace(STYLE, content=partial(_content, separator))
    for item in messages(style, source, [first, *below]):
        yield item if below else with_file_time(item)


def _parted(source: Source) -> tuple[Block | Skipped, list[OrderedBlock]]:
    """What the file begins with, and the headers that may stand below."""
    blocks = _blocks(source.text, _starts(source))
    if blocks[0].start == source.beginning:
        return blocks[0], blocks[1:]
    damaged = thunderbird_block.parse_damaged(source.text, source.beginning, FORM)
    if damaged.fields and damaged.end < blocks[0].start:
        return damaged, blocks
    return Skipped(source.path, source.beginning, "text without a header"), blocks


def _begins_damaged(source: Source) -> bool:
    """Whether a whole folder follows, though the first message has no header left."""
    text = source.text
    if SOURCE_HEADER.search(text, source.beginning, source.beginning + LONGEST_BLOCK):
        return False
    blocks = _blocks(text, _starts(source)[1:])
    above = [line_above(text, block.start) for block in blocks if _is_joined(text, block)]
    damaged = thunderbird_block.parse_damaged(text, source.beginning, FORM)
    separators = {DEFAULT_SEPARATOR, line_above(text, len(text))}
    is_certain = len(above) > 1 or _has_local_date(damaged) or not separators.isdisjoint(above)
    return is_certain and bool(above) and not _is_outlook(source, blocks[0].start)


def _is_outlook(source: Source, end: int) -> bool:
    """Whether what comes first is mail of Outlook, to which that of Thunderbird was joined."""
    first = next(outlook_text.later(source, None), None)
    start = first.start if isinstance(first, Block) else end
    return start < end


def _has_local_date(block: OrderedBlock) -> bool:
    """Whether its date is not as messages that travel have it."""
    date = block.fields.get("date", "")
    return DIGIT.search(date) is not None and dates.RFC_5322.search(date) is None


def _starts(source: Source) -> list[int]:
    """The first line, each first label after an empty line, and headers of joined files."""
    first = thunderbird_block.parse(source.text, source.beginning, FORM)
    labels = dict.fromkeys((*FIRST_LABELS, *(first.labels[:2] if first else ())))
    words = "|".join(re.escape(label) for label in labels)
    after_empty_line = re.compile(rf"\n(?<=\n\n)(?=(?:{words})[ \u00a0]?: \S)")
    text, beginning = source.text, source.beginning
    found = (match.end() for match in after_empty_line.finditer(text, beginning))
    above = (match.start() for match in SENDER_AND_DATE.finditer(text, beginning))
    joined = joined_files.headers(text, FIRST_LINE, above, beginning)
    return sorted({beginning, *found, *joined})


def _blocks(text: str, starts: list[int]) -> list[OrderedBlock]:
    limits = [*starts[1:], len(text)]
    places = zip(starts, limits, strict=True) if starts else ()
    return [block for start, limit in places if (block := _block(text, start, limit))]


def _block(text: str, start: int, limit: int) -> OrderedBlock | None:
    block = thunderbird_block.parse(text, start, FORM, limit)
    if block is None or len(block.fields) < 2 or not block.is_in_order:
        return None
    if "to" not in block.fields and block.end < limit:
        _absorb_recipients(text, block, limit)
    return block


def _absorb_recipients(text: str, block: OrderedBlock, limit: int) -> None:
    """Some versions leave an empty line between date and recipients."""
    group = thunderbird_block.parse(text, block.end, FORM, limit)
    if group and group.begins_with("to") and "@" in group.fields["to"]:
        block.absorb(group)


def _is_header(block: OrderedBlock) -> bool:
    """Subject, sender and date in their order; one of them may be missing."""
    return block.is_in_order and len(LEADING.intersection(block.fields)) > 1


def _is_source(text: str, block: OrderedBlock) -> bool:
    """Whether this is a message as it travelled: folded with an indent, encoded, or in parts."""
    boundary = MIME_BOUNDARY.search(block.headers.get("content-type", ""))
    has_parts = boundary is not None and f"\n--{boundary[1]}" in text
    is_folded = INDENTED_LINE.search(text, block.start, block.end) is not None
    shown = (block.fields.get("subject", ""), block.fields.get("from", ""))
    is_encoded = bool(block.headers) and any(ENCODED_WORD.search(value) for value in shown)
    return has_parts or is_folded or is_encoded


def _separator(text: str, later: list[OrderedBlock]) -> str:
    """The line after every message of a whole folder, also after the last; users may change it."""
    last_line = line_above(text, len(text))
    above = [line_above(text, block.start) for block in later if _is_joined(text, block)]
    if DEFAULT_SEPARATOR in {last_line, *above}:
        return DEFAULT_SEPARATOR
    is_everywhere = len({last_line, *above}) == 1 and bool(above)
    return last_line if is_everywhere and SEPARATOR_SHAPE.search(last_line) else ""


def _is_message(text: str, block: OrderedBlock, separator: str) -> bool:
    """A separator excuses a header that lacks something; files that were joined lack one."""
    is_separated = bool(separator) and line_above(text, block.start) == separator
    return is_separated or _is_joined(text, block)


def _is_joined(text: str, block: OrderedBlock) -> bool:
    """Whether a message starts here, where nothing separates it from the one above."""
    above = line_above(text, block.start)
    is_inner = above == block.fields.get("subject") or PART_NAME.fullmatch(above) is not None
    is_whole = "from" in block.fields and DIGIT.search(block.fields.get("date", "")) is not None
    return is_whole and not is_inner and not is_quote_rule(above) and not _is_pasted(text, block)


def _is_pasted(text: str, block: OrderedBlock) -> bool:
    """Whether these lines belong to the text that they stand in without an empty line."""
    above = text[max(0, block.start - 2) : block.start]
    is_below_text = above.endswith("\n") and above != "\n\n"
    return is_below_text and (above == ":\n" or not _has_local_date(block))


def _is_named_by_subject(path: Path, first: Block | Skipped) -> bool:
    """Whether the file is named as those of one message are: by its subject and a number."""
    title = first.fields.get("subject", "") if isinstance(first, Block) else ""
    subject, name = (LETTERS.sub("", fold(text)) for text in (title, path.stem))
    return len(subject) > 5 and subject[:20] in name and NUMBERED_NAME.search(path.stem) is not None


def _content(separator: str, body: str, _block: Block, folder: Path) -> Content:
    return without_legacy_list(body.removesuffix(separator).rstrip(), folder)


STYLE: Final = Style("thunderbird-text", FORM, addresses.comma_list, partial(_content, ""))
