"""The unique ids of items: our own, and those that calendar programs gave or wrapped."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from crm_cli.calendars.descriptions import plain, taken_off
from crm_cli.origins import UNKNOWN, Origin, origin_of

if TYPE_CHECKING:
    from collections.abc import Container

    from crm_cli.calendars.content_lines import Component

FOREIGN = "ical:"
"""What the external id of a task begins with that was made in a calendar program."""

# MS-OXCICAL 2.1.3.1.1.20.26: Outlook keeps the unique id of another program inside one of its own.
_WRAPPED = re.compile(
    r"040000008200E00074C5B7101A82E008[0-9A-F]{48}7643616C2D55696401000000((?:[0-9A-F]{2})+)",
    re.IGNORECASE,
)
_HASHED = re.compile("[0-9a-f]{64}")
"""What vdirsyncer makes of the content of an item of a feed, another one after each change."""


def unwrapped(uid: str) -> str:
    """The unique id that a program gave, whatever Outlook made of it."""
    found = _WRAPPED.fullmatch(uid)
    return bytes.fromhex(found[1]).decode("utf-8", "replace").strip("\0") if found else uid


def uid_of_task(number: int, external_id: str | None, stamp: str) -> str:
    """The unique id of a task; one that was made in a calendar program keeps what it had there."""
    if external_id and external_id.startswith(FOREIGN):
        return external_id.removeprefix(FOREIGN)
    return Origin("task", number, UNKNOWN, stamp).uid


def uid_of_item(item: Component, taken: Container[str]) -> str:
    """The unique id; where a program keeps none, that of the task the item names.

    A second item that names the same task is a copy. What has nothing gets the same id each time.
    """
    given = unwrapped(plain(item.text("UID")))
    if given and not _HASHED.fullmatch(given):
        return given
    named = _named(item)
    if named and named.uid not in taken:
        return named.uid
    said = "\n".join(item.text(name) for name in ("SUMMARY", "DTSTART", "DUE"))
    digest = hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()
    return given or f"{digest[:32]}@item"


def _named(item: Component) -> Origin | None:
    """The task that an item says it is."""
    said = origin_of("task", item.text("X-CRM-RECORD"))
    return said or taken_off(plain(item.text("DESCRIPTION")))[1]
