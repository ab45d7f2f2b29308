"""What rows give for the records of a noun, and what becomes of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from crm_cli.imports.matching.origins import Origin

    Recognise = Callable[[Mapping[str, Any]], tuple[Any, ...]]

RECORDS_OF_A_ROW = 1_000
"""A cell that names several records names fewer."""

Values = dict[str, Any]
"""Values by attribute of an entity."""


@dataclass(slots=True)
class Given:
    """What a row gives for one record: the values as read, and as they are kept."""

    row: int
    values: Values
    checked: Values
    place: int = 0
    """Which of the records of its part and row it is."""
    origin: Origin | None = None
    """The record it was exported from, where it is the noun's own."""
    _known: tuple[Any, ...] | None = None

    @property
    def key(self) -> int:
        """A number no other of its part has."""
        return self.row * RECORDS_OF_A_ROW + self.place

    def known_by(self, recognise: Recognise) -> tuple[Any, ...]:
        """What its record is recognised by, as the checked values say; asked in one way only."""
        if self._known is None:
            self._known = recognise(self.checked)
        return self._known


Entry = dict[str, list[Given]]
"""What one record of the noun is made from, with those that belong to it, by part."""


@dataclass(slots=True)
class Step:
    """One record of an entry: what is given for it, the record there is, what it became."""

    given: Given
    now: dict[str, Any] | None = None
    id: int | None = None
    known: int | None = None
    """The id of the record, where the row itself tells it."""


Steps = dict[str, list[Step]]
"""The records of an entry, by part."""
