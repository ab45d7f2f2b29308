"""Which record a row was exported from, and in which version; told by two columns of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from crm_cli.sheets.roundtrip import NAMES, stamp_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crm_cli.sheets.sheet import Row


class Origin(NamedTuple):
    """A record as it was exported."""

    id: int
    version: int


class Origins:
    """Reads where rows come from, and believes it of this database only."""

    def __init__(self, headings: Sequence[str], stamp: str) -> None:
        places = {heading.strip(): place for place, heading in enumerate(headings)}
        self._places = [places.get(f"{name}@{stamp}") for name in NAMES]
        self.foreign = any(stamp_of(heading) not in {None, stamp} for heading in headings)
        """Whether the file tells of records of another database."""

    @property
    def told(self) -> bool:
        """Whether the file tells where its rows come from."""
        return None not in self._places

    def of(self, row: Row) -> Origin | None:
        """The record a row was exported from; None for a row that was added since."""
        found = [_number(row.cells[place]) for place in self._places if place is not None]
        numbers = [number for number in found if number is not None]
        return Origin(*numbers) if len(numbers) == len(NAMES) else None


def _number(cell: object) -> int | None:
    text = str(cell).strip()
    return int(text) if text.isascii() and text.isdigit() else None
