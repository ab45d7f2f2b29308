"""The unique ids of items: our own, and those that calendar programs gave or wrapped."""

from __future__ import annotations

import re

from crm_cli.origins import UNKNOWN, Origin

FOREIGN = "ical:"
"""What the external id of a task begins with that was made in a calendar program."""

# MS-OXCICAL 2.1.3.1.1.20.26: Outlook keeps the unique id of another program inside one of its own.
_WRAPPED = re.compile(
    r"040000008200E00074C5B7101A82E008[0-9A-F]{48}7643616C2D55696401000000((?:[0-9A-F]{2})+)",
    re.IGNORECASE,
)


def unwrapped(uid: str) -> str:
    """The unique id that a program gave, whatever Outlook made of it."""
    found = _WRAPPED.fullmatch(uid)
    return bytes.fromhex(found[1]).decode("utf-8", "replace").strip("\0") if found else uid


def uid_of(number: int, external_id: str | None, stamp: str) -> str:
    """The unique id of a task; one that was made in a calendar program keeps what it had there."""
    if external_id and external_id.startswith(FOREIGN):
        return external_id.removeprefix(FOREIGN)
    return Origin("task", number, UNKNOWN, stamp).uid
