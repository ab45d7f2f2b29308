"""The people of the mail that a mail forwards, read from the header block in its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crm_cli.mailbox import subjects
from crm_cli.mailbox.addresses import comma_list, semicolon_list
from crm_cli.mailbox.labels import OUTLOOK, THUNDERBIRD
from crm_cli.mailbox.quoting import FORWARD_WORDS, RULE_LINE
from crm_cli.values.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.mailbox.labels import Field
    from crm_cli.mailbox.message import Address

BEGUN_BY_WORDS: Final = re.compile(
    r"^[> ]*(?:Begin forwarded message|Początek przekazywanej wiadomości"
    r"|Început mesaj redirecționat|Anfang der weitergeleiteten Nachricht"
    r"|Début du message réexpédié)\s?:",
    re.MULTILINE,
)
# How an attached message begins in the text of the mail that carries it.
ATTACHED: Final = re.compile(r"^\S.*\.(?:eml|msg)\n(?:Subject|From): ", re.MULTILINE)
# A label may be quoted, starred as bold letters are, or stand in a list.
LABELLED: Final = re.compile(
    r"[> *\t]*(?P<label>[^\W\d_][^:\n]{0,30}?)\*? ?:[*\t \u00a0]*(?P<value>.*)"
)
MOST_LINES: Final = 2_000
LONGEST_BLOCK: Final = 12
"""Lines from the first label to the last."""
OTHER_FIELDS: Final[frozenset[Field]] = frozenset({"date", "to", "subject"})


def is_forward(subject: str, body: str) -> bool:
    """Whether the mail forwards another one: its subject says so, a line of it, or a file."""
    if subjects.is_forward(subject) or subjects.is_reply(subject):
        return subjects.is_forward(subject)
    rule = RULE_LINE.search(body)
    is_named = rule is not None and fold(rule["words"] or "") in FORWARD_WORDS
    return is_named or any(mark.search(body) for mark in (BEGUN_BY_WORDS, ATTACHED))


def forwarded_people(body: str) -> tuple[Address, ...]:
    """The author and the recipients of the first mail that the text holds; else nobody."""
    lines = body.splitlines()[:MOST_LINES]
    for start, line in enumerate(lines):
        if _field(line) is None:
            continue
        fields = _block(lines[start : start + LONGEST_BLOCK])
        if "from" in fields and len(OTHER_FIELDS & fields.keys()) > 1:
            return tuple(_people(fields))
    return ()


def _field(line: str) -> tuple[Field, str] | None:
    match = LABELLED.fullmatch(line) if ":" in line else None
    if match is None:
        return None
    label = match["label"].strip()
    field = OUTLOOK.field(label) or THUNDERBIRD.field(label)
    return (field, match["value"].strip().rstrip("*").strip()) if field else None


def _block(lines: list[str]) -> dict[Field, str]:
    """The fields of lines that follow each other; a value may go on in the next line."""
    fields: dict[Field, str] = {}
    last: Field | None = None
    for line in lines:
        found = _field(line)
        bare = line.strip("> \t")
        if found and found[0] in fields:
            break
        if found:
            last = found[0]
            fields[last] = found[1]
        elif not bare or last is None:
            break
        else:
            fields[last] = f"{fields[last]} {bare}"
    return fields


def _people(fields: dict[Field, str]) -> Iterator[Address]:
    for field in ("from", "to", "cc"):
        value = fields.get(field, "")
        yield from semicolon_list(value) if ";" in value else comma_list(value)
