"""Contacts written as vCard 3.0, the version that every program and phone reads."""

from __future__ import annotations

import re
from datetime import UTC
from typing import TYPE_CHECKING, Any

from crm_cli.cards.exported import MOBILE, person_of, records
from crm_cli.cards.people import name_parts
from crm_cli.cards.vcard_reading import ORIGIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from crm_cli.cards.people import Person
    from crm_cli.output.file_forms import Look, Named

_OCTETS = 75
_ESCAPED = re.compile(r"[\\,;]")
_LINE_END = re.compile(r"\r\n|\r|\n")


def write(path: Path, tables: Sequence[Named], look: Look) -> None:
    """Write a card for each row of a table of contacts."""
    with path.open("w", encoding="utf-8", newline="") as file:
        for record in records(tables[0].table):
            lines = card_lines(person_of(record, tables[0].stamp), record)
            file.writelines(f"{folded(line)}\r\n" for line in lines)


def count(path: Path, look: Look) -> int:
    """The cards in a file."""
    with path.open("rb") as file:
        return sum(line == b"END:VCARD\r\n" for line in file)


def card_lines(person: Person, record: Mapping[str, Any]) -> Iterator[str]:
    """The lines of a card, not yet folded."""
    given, family = name_parts(person.name)
    yield from ("BEGIN:VCARD", "VERSION:3.0", "PRODID:-//crm//contacts//EN")
    yield f"FN:{escaped(person.name)}"
    yield f"N:{_structured((family, given, '', '', ''))}"
    texts = {
        "ORG": _structured(_without_tail((person.company, person.department))),
        "TITLE": escaped(person.job_title),
        "NOTE": escaped(person.note),
    }
    yield from (f"{name}:{text}" for name, text in texts.items() if text)
    yield from _reached(person)
    if changed := record.get("updated_at"):
        yield f"REV:{changed.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    if person.origin:
        yield from (f"UID:{person.origin.uid}", f"{ORIGIN}:{person.origin}")
    yield "END:VCARD"


def _reached(person: Person) -> Iterator[str]:
    """E-mails and phones, the main ones marked as such."""
    for at, email in enumerate(person.emails):
        yield f"EMAIL;TYPE=INTERNET,WORK{'' if at else ',PREF'}:{escaped(email)}"
    for at, phone in enumerate(person.phones):
        kind = "CELL" if MOBILE.match(phone) else "WORK"
        yield f"TEL;TYPE={kind},VOICE{'' if at else ',PREF'}:{escaped(phone)}"


def folded(line: str) -> str:
    """The line in pieces of at most 75 octets, no letter cut in two."""
    pieces, size = [""], 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _OCTETS:
            pieces.append("")
            size = 1  # the blank before the piece
        pieces[-1] += letter
        size += octets
    return "\r\n ".join(pieces)


def _without_tail(parts: Sequence[str]) -> Sequence[str]:
    used = [at for at, part in enumerate(parts, start=1) if part]
    return parts[: max(used, default=0)]


def _structured(parts: Iterable[str]) -> str:
    return ";".join(map(escaped, parts))


def escaped(text: str) -> str:
    """The text with what parts values marked."""
    return _LINE_END.sub(r"\\n", _ESCAPED.sub(r"\\\g<0>", text))
