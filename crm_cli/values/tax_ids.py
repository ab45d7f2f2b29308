"""Tax ids: CUI, NIP and the VAT numbers of the other member states."""

from __future__ import annotations

import re
from functools import lru_cache

from crm_cli.values.checksums import is_cnp, is_cui, is_nip, is_pesel
from crm_cli.values.invalid import InvalidValue, quote
from crm_cli.values.sentences import Sentence
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
_PLAIN = re.compile(r"(RO|PL)?([0-9]{2,13})")
"""The forms that stand in nearly every file."""
_LONGER_THAN_IDS = 6
_SEPARATORS = re.compile(r"[\s./-]+")
_LOOKS_LIKE = re.compile(
    r"RO ?[0-9]{2,10}|(?:PL ?)?[0-9]{3}[- ][0-9]{3}[- ][0-9]{2}[- ][0-9]{2}"
    r"|(?:PL ?)?[0-9]{3}-[0-9]{2}-[0-9]{2}-[0-9]{3}|(?:PL ?)?[0-9]{10}",
    re.IGNORECASE,
)


def tax_digits(text: str) -> str:
    """The form in which tax ids are compared: no country, label, separators or leading zeros.

    Letters that belong to the number, as in Spain or Ireland, stay; without digits it is empty.
    """
    number = split_country(text)[1]
    return number.lstrip("0") if _DIGIT.search(number) else ""


@lru_cache(maxsize=8)
def split_country(text: str) -> tuple[str | None, str]:
    """The country that the prefix names, as its ISO code, and the number without separators."""
    if plain := _PLAIN.fullmatch(text):
        return plain[1], plain[2]
    bare = _SEPARATORS.sub("", _LABEL.sub("", clean(text))).upper()
    prefix, rest = bare[:2], bare[2:]
    if prefix in VAT_PREFIXES and _DIGIT.search(rest):
        return ("GR" if prefix == "EL" else prefix), rest
    return None, bare


def looks_like_tax_id(text: str) -> bool:
    """Tell by its form alone: RO or PL and digits, or a NIP alone."""
    return _LOOKS_LIKE.fullmatch(clean(text)) is not None


def is_bare_cui(text: str) -> bool:
    """Tell whether digits, too many for an id of ours, are a CUI without its letters."""
    return len(text) >= _LONGER_THAN_IDS and is_cui(text)


def check_tax_id(text: str, country: str) -> str:
    """Check a tax id by the rules of `country` (ISO code) and return it as it is to be printed."""
    printed = text if _PLAIN.fullmatch(text) else _LABEL.sub("", clean(text)).upper()
    prefix, number = split_country(text)
    if not _DIGIT.search(number):
        message = "{value} is not a tax id: it has no digits."
        raise InvalidValue(message, _hint(country), value=quote(text))
    if prefix and prefix != country:
        message = "{value} is a tax id of {prefix}, not of {country}."
        hint = "Give the country as {prefix}, or correct the number."
        raise InvalidValue(message, hint, value=quote(text), prefix=prefix, country=country)
    if kind := _fault(country, number):
        advice = _elsewhere(country, number) or _hint(country)
        raise InvalidValue("{value} is not {kind}.", advice, value=quote(text), kind=kind)
    return printed


def _fault(country: str, number: str) -> Sentence | None:
    if country == "RO":
        return _romanian_fault(number.lstrip("0"))
    if country == "PL":
        return _polish_fault(number)
    if country in VAT_PREFIXES - {"GB"} and not _is_vat(country, number):
        return Sentence("a VAT number of {country}", country=country)
    return None


def _romanian_fault(digits: str) -> Sentence | None:
    if is_cui(digits) or is_cnp(digits):
        return None
    if re.fullmatch(r"[0-9]{2,10}|[0-9]{13}", digits):
        return Sentence("a CUI: its check digit does not agree with the others")
    return Sentence("a CUI, which has 2 to 10 digits, nor a CNP, which has 13")


def _polish_fault(digits: str) -> Sentence | None:
    if is_nip(digits) or is_pesel(digits):
        return None
    if re.fullmatch(r"[0-9]{10,11}", digits):
        return Sentence("a NIP: its check digit does not agree with the others")
    return Sentence("a NIP, which has 10 digits, nor a PESEL, which has 11")


def _elsewhere(country: str, number: str) -> Sentence | None:
    """What to do where the number is right in the other country; it never decides the country."""
    if country == "RO" and is_nip(number):
        kind, other = "a NIP", "PL"
    elif country == "PL" and is_cui(number.lstrip("0")):
        kind, other = "a CUI", "RO"
    else:
        return None
    return Sentence(
        "It would be {kind}: give the country as {other}"
        " (in a spreadsheet a column country, or --set country={other}).",
        kind=Sentence(kind),
        other=other,
    )


def _hint(country: str) -> Sentence:
    example = {"RO": "RO14399840", "PL": "526-000-12-46"}.get(country)
    if example is None:
        return Sentence("Correct it, or leave it out.")
    return Sentence("The form is {example}.", example=example)


def _is_vat(country: str, number: str) -> bool:
    from stdnum.eu import vat

    return vat.is_valid(("EL" if country == "GR" else country) + number)
