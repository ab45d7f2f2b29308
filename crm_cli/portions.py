"""Cutting what is too much for one statement or transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Item = TypeVar("Item")


def portions(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """So many items at a time, in their order."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
