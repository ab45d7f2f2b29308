"""The rules of employees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crm_cli.errors import InvalidData
from crm_cli.values.emails import clean_email

if TYPE_CHECKING:
    from collections.abc import Mapping


def complete(now: Mapping[str, Any], values: dict[str, Any], home: str) -> dict[str, Any]:
    """Check address, phone and zone."""
    if values.get("email"):
        values["email"] = clean_email(values["email"])
    if values.get("phone"):
        from crm_cli.values.phones import clean_phone

        values["phone"] = clean_phone(values["phone"], home)
    if values.get("timezone"):
        _check_zone(values["timezone"])
    return values


def _check_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise InvalidData(f"'{name}' is no time zone.", hint="Europe/Bucharest") from error
