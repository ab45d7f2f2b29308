"""The rules of accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_cli.values.emails import clean_email
from crm_cli.values.phones import clean_phone
from crm_cli.values.places import county_code
from crm_cli.values.tax_ids import check_registration_no, check_tax_id, tax_digits

if TYPE_CHECKING:
    from collections.abc import Mapping


def complete(now: Mapping[str, Any], values: dict[str, Any], home: str) -> dict[str, Any]:
    """Check the values in their country (`home` where none is given) and add what is compared."""
    country = values.get("country") or now.get("country") or home
    if not now:
        values["country"] = country
    checks = {
        "tax_id": check_tax_id,
        "registration_no": check_registration_no,
        "phone": clean_phone,
        "county": county_code,
    }
    for name, check in checks.items():
        if values.get(name):
            values[name] = check(values[name], country)
    if values.get("email"):
        values["email"] = clean_email(values["email"])
    if "tax_id" in values:
        values["tax_digits"] = tax_digits(values["tax_id"]) if values["tax_id"] else None
    return values
