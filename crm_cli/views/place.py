"""Where, when and by whom something is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date, datetime
    from zoneinfo import ZoneInfo


class Place(NamedTuple):
    """Where, when and by whom a value is typed: what `today`, `10:00`, `0722...`, `me` mean."""

    now: datetime
    zone: ZoneInfo
    country: str
    me: int | None = None
    """The id of the employee who types."""
    currency: str = "RON"
    """In which an amount is that names no other."""

    @property
    def today(self) -> date:
        """The date on the wall."""
        return self.now.astimezone(self.zone).date()
