"""The two columns by which an export finds its way back: which record, and as it was when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crm_cli.reader import Reader

NAMES = ("id", "version")
_HEADING = re.compile(rf"(?:{'|'.join(NAMES)})@([0-9a-f]{{8}})")
_FIRST_SEAL = "SELECT substr(hash, 1, 8) FROM audit_tx WHERE position = 1"


def stamp(reader: Reader) -> str:
    """What identifies a database and its copies: the beginning of the first seal of its audit."""
    found: str = reader.value(_FIRST_SEAL)
    return found


def headings(stamp: str) -> tuple[str, ...]:
    """The headings of the two columns, in the order of `NAMES`."""
    return tuple(f"{name}@{stamp}" for name in NAMES)


def stamp_of(heading: str) -> str | None:
    """The database a heading names; None for a heading that is none of the two."""
    match = _HEADING.fullmatch(heading.strip())
    return match[1] if match else None
