"""Thunderbird, ImportExportTools NG 15, the menu entries marked (v15): one message per file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crm_cli.mailbox import addresses, header_block
from crm_cli.mailbox.attachments import Content, without_dashed_list
from crm_cli.mailbox.exported_text import Style, messages
from crm_cli.mailbox.header_block import Block, Form
from crm_cli.mailbox.labels import THUNDERBIRD

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from crm_cli.mailbox.message import Item
    from crm_cli.mailbox.source import Source

FORM: Final = Form(THUNDERBIRD, re.compile(r"  |\s*\Z"))


def recognises(source: Source) -> bool:
    """Whether subject and sender come first, two spaces after the colon."""
    block = header_block.parse(source.text, source.beginning, FORM)
    return block is not None and block.begins_with("subject", "from")


def read(source: Source) -> Iterable[Item]:
    """The one message of the file."""
    block = header_block.parse(source.text, source.beginning, FORM)
    return messages(STYLE, source, [block] if block else [])


def _content(body: str, _block: Block, folder: Path) -> Content:
    return without_dashed_list(body, folder)


# These versions write the month first in every language.
STYLE: Final = Style("thunderbird-v15", FORM, addresses.comma_list, _content, date_order="mdy")
