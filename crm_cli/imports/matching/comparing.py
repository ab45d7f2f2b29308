"""Three states of a value: as it was exported, as the sheet has it, as it is now."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


class Verdict(Enum):
    """What to do about a value, and why."""

    UNCHANGED = "nobody changed it"
    TAKE = "only the sheet changed it"
    KEEP = "only the database changed it"
    AGREE = "both changed it to the same"
    CONFLICT = "both changed it, each to another"


def compare(exported: Any, sheet: Any, now: Any) -> Verdict:
    """What became of a value since it was exported."""
    if sheet == now:
        return Verdict.UNCHANGED if sheet == exported else Verdict.AGREE
    if sheet == exported:
        return Verdict.KEEP
    return Verdict.TAKE if now == exported else Verdict.CONFLICT


def weigh(
    exported: Mapping[str, Any] | None, sheet: Mapping[str, Any], now: Mapping[str, Any]
) -> dict[str, Verdict]:
    """What became of each value that the sheet gives; a blank cell gives none and keeps.

    Where nobody knows what was exported, every difference is a conflict.
    """
    if exported is None:
        return {
            name: Verdict.UNCHANGED if value == now[name] else Verdict.CONFLICT
            for name, value in sheet.items()
        }
    return {name: compare(exported[name], value, now[name]) for name, value in sheet.items()}
