"""By what a record finds back from a program that knows no hidden columns."""

from __future__ import annotations

import re
from typing import NamedTuple

_ORIGIN = re.compile(r"([a-z_]+)-([0-9]{1,18})@([0-9a-f]{8})(?::([0-9]{1,9}))?")
UNKNOWN = 0
"""The version of a record of which nobody knows when it was exported."""


class Origin(NamedTuple):
    """A record as it was exported; `stamp` is that of its database."""

    noun: str
    id: int
    version: int
    stamp: str

    @property
    def uid(self) -> str:
        """What stays the same however often the record is exported."""
        return f"{self.noun}-{self.id}@{self.stamp}"

    def __str__(self) -> str:
        return f"{self.uid}:{self.version}"


def origin_of(noun: str, text: str) -> Origin | None:
    """The record and version that a text names; None for any other text."""
    found = _ORIGIN.fullmatch(text.strip())
    if found is None or found[1] != noun or found[4] is None:
        return None
    return Origin(noun, int(found[2]), int(found[4]), found[3])


def origin_of_uid(noun: str, uid: str) -> Origin | None:
    """The record that one of our unique ids names, in a version nobody knows."""
    found = _ORIGIN.fullmatch(uid)
    if found is None or found[1] != noun or found[4] is not None:
        return None
    return Origin(noun, int(found[2]), UNKNOWN, found[3])
