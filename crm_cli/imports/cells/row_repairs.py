"""What a spreadsheet does to a value, undone where the rest of its row tells how."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crm_cli.imports.plans.plan import Values

_POSTAL_DIGITS = {"RO": 6, "PL": 5}


def pad_postal_code(values: Values, fixed: Mapping[str, str], home: str) -> None:
    """Give a postal code back the zeros that it lost as a number."""
    code = values.get("postal_code")
    if code and code.isascii() and code.isdigit():
        country = values.get("country") or fixed.get("country") or home
        values["postal_code"] = code.zfill(_POSTAL_DIGITS.get(country, 0))
