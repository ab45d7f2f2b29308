"""Outlook, File > Save As > Text Only: one message, or many joined without a separator."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crm_cli.mailbox import addresses, header_block
from crm_cli.mailbox.attachments import Content
from crm_cli.mailbox.exported_text import Style, messages
from crm_cli.mailbox.header_block import Block, Form, line_above
from crm_cli.mailbox.labels import OUTLOOK, Field
from crm_cli.mailbox.quoting import is_quote_rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crm_cli.mailbox.message import Message
    from crm_cli.mailbox.source import Source

FORM: Final = Form(OUTLOOK, re.compile(r"\t|\s*\Z"))
GROUP_FORM: Final = Form(OUTLOOK, re.compile(r"\t"))
FIRST_LINE: Final = re.compile(rf"\n(?=(?:{'|'.join(OUTLOOK.spellings('from'))})[ \u00a0]?:\t)")
FURTHER_GROUP: Final[frozenset[Field]] = frozenset(
    {"attachments", "importance", "categories", "flag"}
)


def recognises(source: Source) -> bool:
    """Whether the first line is a sender after a tab, and more header lines follow."""
    block = header_block.parse(source.text, source.beginning, FORM)
    return block is not None and block.begins_with("from") and len(block.fields) > 1


def read(source: Source) -> list[Message]:
    """Every message of the file."""
    return messages(STYLE, source, list(_blocks(source)))


def _blocks(source: Source) -> Iterator[Block]:
    text, first = source.text, source.beginning
    starts = (match.end() for match in FIRST_LINE.finditer(text, first))
    for start in (first, *starts):
        block = header_block.parse(text, start, FORM)
        if block and (start == first or _is_message(text, block)):
            _absorb_further_groups(text, block)
            yield block


def _is_message(text: str, block: Block) -> bool:
    """Whether sender, date and more stand here, and not as the mail that is being answered."""
    is_whole = len(block.fields) > 2 or block.end == len(text)
    is_header = block.begins_with("from", "date") and is_whole and not block.repeats_itself
    return is_header and not is_quote_rule(line_above(text, block.start))


def _absorb_further_groups(text: str, block: Block) -> None:
    """Importance, categories and flags may stand in groups of their own."""
    while block.end < len(text):
        group = header_block.parse(text, block.end, GROUP_FORM)
        if group is None or not FURTHER_GROUP.issuperset(group.fields):
            return
        block.absorb(group)


def _content(body: str, block: Block, _folder: Path) -> Content:
    """Outlook names the attachments and saves none of them."""
    names = block.fields.get("attachments", "").split(";")
    return Content(body, missing=tuple(name.strip() for name in names if name.strip()))


STYLE: Final = Style("outlook-text", FORM, addresses.semicolon_list, _content)
