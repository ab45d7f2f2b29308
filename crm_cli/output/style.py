"""How a run wants its output."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


@dataclass(frozen=True, kw_only=True)
class Style:
    """What the formats ask of a run; `width` is None where nothing is to be cut."""

    zone: ZoneInfo | None = None
    width: int | None = None
    delimiter: str = ","
    warnings: tuple[str, ...] = ()
