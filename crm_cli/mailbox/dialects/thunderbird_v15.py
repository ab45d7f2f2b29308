"""Thunderbird, ImportExportTools NG 15, the menu entries marked (v15): a file per message."""

from __future__ import annotations

import re
from heapq import merge
from typing import TYPE_CHECKING, Final

from crm_cli.mailbox import addresses
from crm_cli.mailbox.labels import THUNDERBIRD
from crm_cli.mailbox.message import Skipped
from crm_cli.mailbox.text import joined_files, thunderbird_block
from crm_cli.mailbox.text.attachment_lists import Content, without_dashed_list
from crm_cli.mailbox.text.file_time import with_file_time
from crm_cli.mailbox.text.messages import Style, messages
from crm_cli.mailbox.text.thunderbird_block import OrderedBlock, OrderedForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from crm_cli.mailbox.message import Item
    from crm_cli.mailbox.source import Source
    from crm_cli.mailbox.text.header_block import Block

FORM: Final = OrderedForm(
    THUNDERBIRD,
    re.compile(r"  |\s*\Z"),
    order=("subject", "from", "to", "date", "cc", "bcc", "reply_to"),
)
FIRST_LABEL: Final = rf"(?:{'|'.join(map(re.escape, THUNDERBIRD.spellings('subject')))}) ?:  "
FIRST_LINE: Final = re.compile(rf"\n(?={FIRST_LABEL})")
# Where files were joined that did not end with a line end.
FIRST_LINE_BELOW_TEXT: Final = re.compile(rf"(?<=\S){FIRST_LABEL}[^\n]*\Z")
SENDER: Final = re.compile(rf"\n(?:{'|'.join(THUNDERBIRD.spellings('from'))}) ?:  ")
DAMAGED_LINE: Final = re.compile(r"[^\n:]{1,40}:  \S")
ALWAYS_THERE: Final = frozenset({"subject", "from", "to", "date"})


def recognises(source: Source) -> bool:
    """Whether subject and sender come first, two spaces after the colon."""
    block = thunderbird_block.parse(source.text, source.beginning, FORM)
    is_header = block is not None and block.begins_with("subject", "from")
    return is_header or _begins_damaged(source)


def _begins_damaged(source: Source) -> bool:
    """Whether whole messages follow a header with letters that went wrong."""
    is_alike = DAMAGED_LINE.match(source.text, source.beginning)
    return bool(is_alike) and any(one.start > source.beginning for one in _blocks(source))


def read(source: Source) -> Iterable[Item]:
    """The one message of the file; several where the user joined files."""
    blocks = list(_blocks(source))
    if blocks[0].start > source.beginning:
        headless = Skipped(source.path, source.beginning, "text without a header")
        return messages(STYLE, source, [headless, *blocks])
    found = messages(STYLE, source, blocks)
    return found if len(blocks) > 1 else (with_file_time(item) for item in found)


def _blocks(source: Source) -> Iterator[OrderedBlock]:
    text, first = source.text, source.beginning
    lines = (match.end() for match in FIRST_LINE.finditer(text, first))
    above_sender = (match.start() for match in SENDER.finditer(text, first))
    joined = joined_files.headers(text, FIRST_LINE_BELOW_TEXT, above_sender, first)
    starts = [first, *merge(lines, joined)]
    for start, limit in zip(starts, [*starts[1:], len(text)], strict=True):
        block = thunderbird_block.parse(text, start, FORM, limit)
        if block and (start == first or block.fields.keys() >= ALWAYS_THERE):
            yield block


def _content(body: str, _block: Block, folder: Path) -> Content:
    return without_dashed_list(body, folder)


# These versions write the month first in every language.
STYLE: Final = Style("thunderbird-v15", FORM, addresses.comma_list, _content, date_order="mdy")
