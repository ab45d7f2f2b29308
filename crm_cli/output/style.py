"""How a run wants its output."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


class Style(NamedTuple):
    """What the formats ask of a run; `width` is None where nothing is to be cut."""

    zone: ZoneInfo | None = None
    width: int | None = None
    delimiter: str = ","
    warnings: tuple[str, ...] = ()
