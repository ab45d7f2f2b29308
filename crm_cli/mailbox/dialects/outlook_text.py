"""Outlook, File > Save As > Text Only: one message, or many joined without a separator."""

from __future__ import annotations

import re
from heapq import merge
from typing import TYPE_CHECKING, Final

from crm_cli.mailbox import addresses
from crm_cli.mailbox.labels import OUTLOOK, Field
from crm_cli.mailbox.message import Skipped
from crm_cli.mailbox.quoting import is_quote_rule
from crm_cli.mailbox.subjects import thread_subject
from crm_cli.mailbox.text import header_block, joined_files, outlook_items
from crm_cli.mailbox.text.attachment_lists import Content
from crm_cli.mailbox.text.header_block import Block, Form, line_above
from crm_cli.mailbox.text.messages import Style, messages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crm_cli.mailbox.message import Item
    from crm_cli.mailbox.source import Source

FORM: Final = Form(
    OUTLOOK, re.compile(r"\t|\s*\Z"), others=re.compile(r"[^\W\d_][^:\t\n]{0,40}:\t")
)
# Copied from the window of Outlook and pasted into a file.
PASTED_FORM: Final = Form(OUTLOOK, re.compile(r" |\s*\Z"))
GROUP_FORM: Final = Form(OUTLOOK, re.compile(r"\t"), others=FORM.others)
FIRST_LABEL: Final = rf"(?:{'|'.join(OUTLOOK.spellings('from'))})[ \u00a0\u202f]?:\t"
FIRST_LINE: Final = re.compile(rf"\n\f?(?={FIRST_LABEL})")
# Where files were joined that did not end with a line end.
FIRST_LINE_BELOW_TEXT: Final = re.compile(rf"(?<=\S){FIRST_LABEL}[^\n]*\Z")
LONGEST_LABEL: Final = 60
FURTHER_GROUP: Final[frozenset[Field]] = frozenset(
    {"attachments", "importance", "categories", "flag"}
)
# Other programs write these where Outlook says when a message was sent.
PLAIN_DATES: Final = frozenset({"Date", "Datum", "Data", "Dată", "Dátum", "Fecha"})
SENT: Final = "|".join(word for word in OUTLOOK.spellings("date") if word not in PLAIN_DATES)
SENT_LABEL: Final = rf"(?:{SENT})[ \u00a0\u202f]?:\t"
SENT_LINE: Final = re.compile(rf"^{SENT_LABEL}", re.MULTILINE)
LINE_END_AND_SENT: Final = re.compile(rf"\n{SENT_LABEL}")


def recognises(source: Source) -> bool:
    """Whether an item begins the file, its labels followed by tabs."""
    return _first(source, source.beginning_text) is not None


def read(source: Source) -> Iterator[Item]:
    """Every message of the file, and what else Outlook saved among them."""
    first = _first(source, source.text)
    found = [first] if first else []
    return messages(STYLE, source, [*found, *later(source, first)])


def later(source: Source, first: Block | Skipped | None) -> Iterator[Block | Skipped]:
    """The items after the first one, which may be none or only the rest of one."""
    text = source.text
    answer = first if isinstance(first, Block) else None
    done = answer.end if answer else source.beginning + 1
    for start, limit in _candidates(text, source.beginning):
        if start < done:
            continue
        block = header_block.parse(text, start, FORM, limit) if limit else None
        if block and _is_message(text, block, answer):
            _absorb_further_groups(text, block)
            answer, done = block, block.end
            yield block
        elif kind := _kind_among_messages(source, start):
            yield Skipped(source.path, start, kind)


def _first(source: Source, text: str) -> Block | Skipped | None:
    start = len(text) - len(text.lstrip())
    next_sender = FIRST_LINE.search(text, start, start + header_block.LONGEST_BLOCK)
    limit = next_sender.start() if next_sender else len(text)
    block = header_block.parse(text, start, FORM, limit)
    if not block or not block.begins_with("from", "date"):
        kind = outlook_items.kind_at(text, start, source.zone, alone=True)
        if kind:
            return Skipped(source.path, start, kind)
    if not block or not _begins_a_file(block):
        block = _without_its_first_line(text, start, limit) or _pasted(text, start, limit)
    if block:
        _absorb_further_groups(text, block)
    return block


def _begins_a_file(block: Block) -> bool:
    """Whether this is a whole header; drafts have no sender and no date."""
    first = next(iter(block.fields))
    return len(block.fields) > 1 and (
        first == "from" or (first in {"date", "to"} and "subject" in block.fields)
    )


def _without_its_first_line(text: str, start: int, limit: int) -> Block | None:
    """The header of a message whose first line is cut or damaged."""
    empty = header_block.EMPTY_LINE.search(text, start, limit)
    sent = SENT_LINE.search(text, start, empty.start() if empty else limit)
    block = header_block.parse(text, sent.start(), FORM, limit) if sent else None
    if block is None or block.fields.keys().isdisjoint({"to", "subject"}):
        return None
    block.start = start
    return block


def _pasted(text: str, start: int, limit: int) -> Block | None:
    block = header_block.parse(text, start, PASTED_FORM, limit)
    is_outlook = block and block.begins_with("from", "date") and not _has_plain_date(block)
    return block if block and is_outlook and len(block.fields) > 2 else None


def _candidates(text: str, beginning: int) -> Iterator[tuple[int, int]]:
    """Where an item may begin; for messages also where the next one may, else 0."""
    ends = [*_ends_above_labels(text, beginning)]
    lines = ((match.end(), end) for end in ends if (match := FIRST_LINE.match(text, end)))
    above_sent = (end for end in ends if LINE_END_AND_SENT.match(text, end))
    joined = joined_files.headers(text, FIRST_LINE_BELOW_TEXT, above_sent, beginning)
    senders = [*merge(lines, ((start, start) for start in joined))]
    limits = [*(end for _, end in senders[1:]), len(text)]
    messages = ((start, limit) for (start, _), limit in zip(senders, limits, strict=False))
    others = ((m.end(), 0) for end in ends if (m := outlook_items.FIRST_LINE.match(text, end)))
    return merge(messages, others)


def _ends_above_labels(text: str, beginning: int) -> Iterator[int]:
    """The ends of lines below which a short text, a colon and a tab may be a label.

    To look for the tabs is far quicker than to try all labels on every line.
    """
    last, place = -1, text.find(":\t", beginning)
    while place >= 0:
        end = text.rfind("\n", max(beginning, place - LONGEST_LABEL), place)
        if end > last:
            last = end
            yield end
        place = text.find(":\t", place + 1)


def _is_message(text: str, block: Block, answer: Block | None) -> bool:
    """Whether a header stands here, and not that of the mail that `answer` is about."""
    return _is_header(text, block) and not _is_quoted(text, block, answer)


def _is_header(text: str, block: Block) -> bool:
    """Whether sender, date and more stand here in one language, with no quote between them."""
    is_whole = len(block.fields) > 2 or block.end == len(text)
    if not is_whole or not block.begins_with("from", "date"):
        return False
    lines = text[block.start : block.end].split("\n") if block.is_wrapped else []
    return OUTLOOK.are_of_one_language(*block.labels[:2]) and not any(map(is_quote_rule, lines))


def _has_plain_date(block: Block) -> bool:
    return not PLAIN_DATES.isdisjoint(label.rstrip(" \u00a0") for label in block.labels)


def _is_quoted(text: str, block: Block, answer: Block | None) -> bool:
    if answer and _has_plain_date(block) and not _has_plain_date(answer):
        return True
    above = line_above(text, block.start)
    if not is_quote_rule(above):
        return False
    if not above.startswith("_"):
        return True
    # A line of underscores may as well be the end of a signature.
    sender = text[block.start : block.start + 400].partition("\n")[0]
    return sender.endswith(" ") or _subject(block) == (_subject(answer) if answer else "")


def _subject(block: Block) -> str:
    return thread_subject(block.fields.get("subject", ""))


def _kind_among_messages(source: Source, start: int) -> str:
    kind = outlook_items.kind_at(source.text, start, source.zone, alone=False)
    above = line_above(source.text, start) if kind else ""
    return "" if is_quote_rule(above) and not above.startswith("_") else kind


def _absorb_further_groups(text: str, block: Block) -> None:
    """Importance, categories and flags may stand in groups of their own."""
    while block.end < len(text):
        group = header_block.parse(text, block.end, GROUP_FORM)
        if group is None or not FURTHER_GROUP.issuperset(group.fields) or group.is_wrapped:
            return
        block.absorb(group)


def _content(body: str, block: Block, _folder: Path) -> Content:
    """Outlook names the attachments and saves none of them."""
    names = block.fields.get("attachments", "").split(";")
    return Content(body, missing=tuple(name.strip() for name in names if name.strip()))


STYLE: Final = Style("outlook-text", FORM, addresses.semicolon_list, _content)
