"""From header blocks, and the text below them, to messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crm_cli.mailbox import dates
from crm_cli.mailbox.message import KEPT_HEADERS, Message
from crm_cli.mailbox.text.header_block import Block

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from crm_cli.mailbox.dates import DateOrder
    from crm_cli.mailbox.labels import Field
    from crm_cli.mailbox.message import Address, Item, Skipped
    from crm_cli.mailbox.source import Source
    from crm_cli.mailbox.text.attachment_lists import Content
    from crm_cli.mailbox.text.header_block import Form

EXTRA_FIELDS: Final[tuple[Field, ...]] = ("importance", "categories", "flag", "newsgroups")


@dataclass(frozen=True, slots=True)
class Style:
    """How one dialect writes its header lines, its lists of people and of attachments."""

    name: str
    form: Form
    people: Callable[[str], tuple[Address, ...]]
    content: Callable[[str, Block, Path], Content]
    date_order: DateOrder | None = None


def messages(style: Style, source: Source, found: Sequence[Block | Skipped]) -> Iterator[Item]:
    """One message per block, and what is none as it is; each ends where the next one starts."""
    blocks = [item for item in found if isinstance(item, Block)]
    order = (
        source.date_order
        or style.date_order
        or dates.order_in(block.fields.get("date", "") for block in blocks)
    )
    starts = [item.start if isinstance(item, Block) else item.offset for item in found]
    ends = [*starts[1:], len(source.text)]
    for item, end in zip(found, ends, strict=True):
        yield _message(style, source, item, end, order) if isinstance(item, Block) else item


def _message(
    style: Style, source: Source, block: Block, end: int, order: DateOrder | None
) -> Message:
    value, text = block.fields.get, source.text
    raw_date = value("date", "")
    body = text[block.end : end].lstrip("\n").rstrip()
    content = style.content(body, block, source.path.parent)
    return Message(
        dialect=style.name,
        encoding=source.encoding,
        source=source.path,
        offset=block.start,
        subject=value("subject", ""),
        sender=next(iter(style.people(value("from", ""))), None),
        to=style.people(value("to", "")),
        cc=style.people(value("cc", "")),
        bcc=style.people(value("bcc", "")),
        reply_to=style.people(value("reply_to", "")),
        sent_at=dates.utc(
            raw_date, source.zone, order, english=style.form.labels.is_english(block.labels)
        ),
        raw_date=raw_date,
        body=content.body,
        attachments=content.attachments,
        missing_attachments=content.missing,
        headers=_headers(block),
        raw=text[block.start : end],
    )


def _headers(block: Block) -> dict[str, str]:
    kept = {name: block.headers[name] for name in KEPT_HEADERS if name in block.headers}
    return kept | {name: block.fields[name] for name in EXTRA_FIELDS if name in block.fields}
