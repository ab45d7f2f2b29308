"""What accounts, sites, contacts and employees have in common: where and how they are reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_cli.values.emails import clean_email, split_emails
from crm_cli.values.phones import clean_phone, split_phones

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def settle_country(now: Mapping[str, Any], values: dict[str, Any], home: str) -> str:
    """The country of a place; a new one, and one whose country is taken away, gets it."""
    country: str = values.get("country") or now.get("country") or home
    if not now or "country" in values:
        values["country"] = country
    return country


def check_values(
    values: dict[str, Any], country: str, checks: Mapping[str, Callable[[str, str], str]]
) -> None:
    """Run the check of each value that is given, by the rules of a country."""
    for name, check in checks.items():
        if values.get(name):
            values[name] = check(values[name], country)


def email(text: str, country: str) -> str:
    """One address; the country plays no part."""
    return clean_email(text)


def emails(text: str, country: str) -> str:
    """Several addresses, written with commas."""
    return ", ".join(clean_email(part) for part in split_emails(text))


def phones(text: str, country: str) -> str:
    """Several numbers, written with commas."""
    return ", ".join(clean_phone(part, country) for part in split_phones(text))


REACHED = {
    "email": email,
    "other_emails": emails,
    "phone": clean_phone,
    "other_phones": phones,
}
"""Value -> its check, for whoever can be reached."""
