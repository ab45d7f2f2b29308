"""By what a person that was exported finds back: the record, the database and the version."""

from __future__ import annotations

import re
from typing import NamedTuple

_ORIGIN = re.compile(r"contact-([0-9]{1,18})@([0-9a-f]{8}):([0-9]{1,9})")


class Origin(NamedTuple):
    """A contact as it was exported."""

    id: int
    version: int
    stamp: str

    @property
    def uid(self) -> str:
        """What stays the same however often the contact is exported."""
        return f"contact-{self.id}@{self.stamp}"

    def __str__(self) -> str:
        return f"{self.uid}:{self.version}"


def origin_of(text: str) -> Origin | None:
    """The contact that a text names; None for any other text."""
    found = _ORIGIN.fullmatch(text.strip())
    return Origin(int(found[1]), int(found[3]), found[2]) if found else None
