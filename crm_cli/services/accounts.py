"""The rules of accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_cli.errors import InvalidData
from crm_cli.services.addresses import REACHED, check_values, settle_country
from crm_cli.values.counties import county_code
from crm_cli.values.registrations import check_registration_no
from crm_cli.values.tax_ids import check_tax_id, split_country, tax_digits

if TYPE_CHECKING:
    from collections.abc import Mapping

CHECKS = {
    **REACHED,
    "tax_id": check_tax_id,
    "registration_no": check_registration_no,
    "county": county_code,
}


def complete(now: Mapping[str, Any], values: dict[str, Any], home: str) -> dict[str, Any]:
    """Check the values in their country (`home` where none is given) and add what is compared."""
    check_values(values, settle_country(now, values, _named(values) or home), CHECKS)
    if "tax_id" in values:
        values["tax_digits"] = tax_digits(values["tax_id"]) if values["tax_id"] else None
        values["tax_id_invalid"] = False
    if (values.get("turnover") or 0) < 0 or (values.get("employees") or 0) < 0:
        raise InvalidData("Turnover and number of employees cannot be negative.")
    return values


def _named(values: Mapping[str, Any]) -> str | None:
    """The country that a tax id names by its prefix: an account lies there unless it says where."""
    return split_country(values["tax_id"])[0] if values.get("tax_id") else None
