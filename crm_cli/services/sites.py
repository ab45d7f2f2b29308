"""The rules of sites."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_cli.services.addresses import REACHED, check_values, settle_country
from crm_cli.values.counties import county_code

if TYPE_CHECKING:
    from collections.abc import Mapping

CHECKS = {**REACHED, "county": county_code}


def complete(now: Mapping[str, Any], values: dict[str, Any], home: str) -> dict[str, Any]:
    """Check the values in their country, `home` where none is given."""
    check_values(values, settle_country(now, values, home), CHECKS)
    return values
