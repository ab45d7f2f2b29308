"""By what a task finds back from a calendar program: the record, the database and the version."""

from __future__ import annotations

import re
from typing import NamedTuple

FOREIGN = "ical:"
"""What the external id of a task begins with that was made in a calendar program."""
UNKNOWN = 0
"""The version of an item of which nobody knows when it was exported."""

_UID = re.compile(r"task-([0-9]{1,18})@([0-9a-f]{8})")
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


def uid_of(number: int, external_id: str | None, stamp: str) -> str:
    """The unique id of a task; one that was made in a calendar program keeps what it had there."""
    if external_id and external_id.startswith(FOREIGN):
        return external_id.removeprefix(FOREIGN)
    return Origin(number, UNKNOWN, stamp).uid
