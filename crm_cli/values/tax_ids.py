"""Tax ids: CUI, NIP and the VAT numbers of the other member states."""

from __future__ import annotations

import re

from crm_cli.values.checksums import is_cnp, is_cui, is_nip, is_pesel
from crm_cli.values.invalid import InvalidValue, quote
from crm_cli.values.text import clean

VAT_PREFIXES = frozenset(
    (
        *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "GB", "GR", "HR"),
        *("HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
    )
)
"""Two letters that open a tax id and name its country; Greece writes EL."""

_LABEL = re.compile(
    r"^(?:c\.? ?u\.? ?i\.?|c\.? ?i\.? ?f\.?|c\.? ?f\.?|nip|vat|cod(?:ul)? fiscal|tax id)"
    r"(?: (?:no|nr)\.?)?(?: ?[:.] ?| +|(?=[0-9]))",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"[0-9]")
_SEPARATORS = re.compile(r"[\s./-]+")
_LOOKS_LIKE = re.compile(
    r"RO ?[0-9]{2,10}|(?:PL ?)?[0-9]{3}-[0-9]{3}-[0-9]{2}-[0-9]{2}"
    r"|(?:PL ?)?[0-9]{3}-[0-9]{2}-[0-9]{2}-[0-9]{3}|PL ?[0-9]{10}",
    re.IGNORECASE,
)


def tax_digits(text: str) -> str:
    """The form in which tax ids are compared: no country, label, separators or leading zeros.

    Letters that belong to the number, as in Spain or Ireland, stay; without digits it is empty.
    """
    number = split_country(text)[1]
    return number.lstrip("0") if _DIGIT.search(number) else ""


def split_country(text: str) -> tuple[str | None, str]:
    """The country that the prefix names, as its ISO code, and the number without separators."""
    bare = _SEPARATORS.sub("", _LABEL.sub("", clean(text))).upper()
    prefix, rest = bare[:2], bare[2:]
    if prefix in VAT_PREFIXES and _DIGIT.search(rest):
        return ("GR" if prefix == "EL" else prefix), rest
    return None, bare


def looks_like_tax_id(text: str) -> bool:
    """Tell by its form alone: RO or PL and digits, or a NIP with its dashes."""
    return _LOOKS_LIKE.fullmatch(clean(text)) is not None


def check_tax_id(text: str, country: str) -> str:
    """Check a tax id by the rules of `country` (ISO code) and return it as it is to be printed."""
    printed = _LABEL.sub("", clean(text)).upper()
    prefix, number = split_country(text)
    if not _DIGIT.search(number):
        raise InvalidValue(f"{quote(text)} is not a tax id: it has no digits.", _hint(country))
    if prefix and prefix != country:
        hint = f"Give the country as {prefix}, or correct the number."
        raise InvalidValue(f"{quote(text)} is a tax id of {prefix}, not of {country}.", hint)
    if reason := _fault(country, number):
        raise InvalidValue(f"{quote(text)} is not {reason}.", _hint(country))
    return printed


def _fault(country: str, number: str) -> str | None:
    if country == "RO":
        return _romanian_fault(number.lstrip("0"))
    if country == "PL":
        return _polish_fault(number)
    if country in VAT_PREFIXES - {"GB"} and not _is_vat(country, number):
        return f"a VAT number of {country}"
    return None


def _romanian_fault(digits: str) -> str | None:
    if is_cui(digits) or is_cnp(digits):
        return None
    if re.fullmatch(r"[0-9]{2,10}|[0-9]{13}", digits):
        return "a CUI: its check digit does not agree with the others"
    return "a CUI, which has 2 to 10 digits, nor a CNP, which has 13"


def _polish_fault(digits: str) -> str | None:
    if is_nip(digits) or is_pesel(digits):
        return None
    if re.fullmatch(r"[0-9]{10,11}", digits):
        return "a NIP: its check digit does not agree with the others"
    return "a NIP, which has 10 digits, nor a PESEL, which has 11"


def _hint(country: str) -> str:
    example = {"RO": "RO14399840", "PL": "526-000-12-46"}.get(country)
    return f"The form is {example}." if example else "Correct it, or leave it out."


def _is_vat(country: str, number: str) -> bool:
    from stdnum.eu import vat

    return vat.is_valid(("EL" if country == "GR" else country) + number)
