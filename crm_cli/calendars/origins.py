"""By what a task finds back from a calendar program: the record, the database and the version."""

from __future__ import annotations

import re
from typing import NamedTuple

FOREIGN = "ical:"
"""What the external id of a task begins with that was made in a calendar program."""
UNKNOWN = 0
"""The version of an item of which nobody knows when it was exported."""

_UID = re.compile(r"task-([0-9]{1,18})@([0-9a-f]{8})")
# MS-OXCICAL 2.1.3.1.1.20.26: Outlook keeps the unique id of another program inside one of its own.
_WRAPPED = re.compile(
    r"040000008200E00074C5B7101A82E008[0-9A-F]{48}7643616C2D55696401000000((?:[0-9A-F]{2})+)",
    re.IGNORECASE,
)
_ORIGIN = re.compile(rf"{_UID.pattern}:([0-9]{{1,9}})")


class Origin(NamedTuple):
    """A task as it was exported."""

    id: int
    version: int
    stamp: str

    @property
    def uid(self) -> str:
        """What stays the same however often the task is exported."""
        return f"task-{self.id}@{self.stamp}"

    def __str__(self) -> str:
        return f"{self.uid}:{self.version}"


def origin_of(text: str) -> Origin | None:
    """The task and version that a text names; None for any other text."""
    found = _ORIGIN.fullmatch(text.strip())
    return Origin(int(found[1]), int(found[3]), found[2]) if found else None


def origin_of_uid(uid: str) -> Origin | None:
    """The task that one of our unique ids names, in a version nobody knows."""
    found = _UID.fullmatch(uid)
    return Origin(int(found[1]), UNKNOWN, found[2]) if found else None


def unwrapped(uid: str) -> str:
    """The unique id that a program gave, whatever Outlook made of it."""
    found = _WRAPPED.fullmatch(uid)
    return bytes.fromhex(found[1]).decode("utf-8", "replace").strip("\0") if found else uid


def uid_of(number: int, external_id: str | None, stamp: str) -> str:
    """The unique id of a task; one that was made in a calendar program keeps what it had there."""
    if external_id and external_id.startswith(FOREIGN):
        return external_id.removeprefix(FOREIGN)
    return Origin(number, UNKNOWN, stamp).uid
