"""The rules of contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_cli.services.addresses import REACHED, check_values

if TYPE_CHECKING:
    from collections.abc import Mapping


def complete(now: Mapping[str, Any], values: dict[str, Any], home: str) -> dict[str, Any]:
    """Check how the person is reached; numbers are as dialled at home."""
    check_values(values, home, REACHED)
    return values
