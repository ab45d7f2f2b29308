"""Contacts of the database as people of an address book."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from crm_cli.cards.people import Person
from crm_cli.origins import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crm_cli.views.table import Table

COLUMNS = (
    *("name", "account", "area", "job_title", "email", "other_emails", "phone", "other_phones"),
    *("gender", "note", "updated_at", "id", "version"),
)
"""The columns of a contact that an address book has a place for, and those that name the record."""
NEEDED = ("name", "updated_at", "id", "version")

MOBILE = re.compile(r"\+40 ?7|\+48 ?(?:45|5[0137]|6[069]|7[2389]|88)")
"""How the mobile numbers of both countries begin."""


def records(table: Table) -> Iterator[dict[str, Any]]:
    """The rows by the names of their columns."""
    names = [column.name for column in table.columns]
    for row in table.rows:
        yield dict(zip(names, row, strict=True))


def person_of(record: Mapping[str, Any], stamp: str) -> Person:
    """The contact as an address book says it; only what was asked for."""
    return Person(
        name=record["name"],
        company=record.get("account") or "",
        department=record.get("area") or "",
        job_title=record.get("job_title") or "",
        emails=_several(record, "email", "other_emails"),
        phones=_several(record, "phone", "other_phones"),
        gender=record.get("gender") or "",
        note=record.get("note") or "",
        origin=Origin("contact", record["id"], record["version"], stamp) if stamp else None,
    )


def _several(record: Mapping[str, Any], main: str, others: str) -> list[str]:
    """The main one, and those written with commas."""
    texts = (record.get(main) or "", *(record.get(others) or "").split(", "))
    return [text for text in texts if text]
