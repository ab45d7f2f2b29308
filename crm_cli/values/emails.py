"""E-mail addresses."""

from __future__ import annotations

import re

from crm_cli.values.invalid import InvalidValue, quote
from crm_cli.values.text import clean

_NAMED = re.compile(r"[^<>]*<([^<>]*)>")
_LOCAL = r"(?!-)[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*"
_LABEL = r"(?!..--)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_FAST = re.compile(rf"(?=.{{1,64}}@.{{1,187}}$){_LOCAL}@(?:{_LABEL}\.)+[A-Za-z]{{2,63}}")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_BETWEEN = re.compile(r"\s*[;,|/\n]\s*|\s+(?=[^\s<>]+@)")
_ONE = re.compile(r"[A-Za-z0-9_.+@-]+")
"""Nothing to part or to clean."""
_HINT = "Write it as name@company.ro."


def clean_email(text: str) -> str:
    """Read one address: the domain in small letters, without the name beside it."""
    if _FAST.fullmatch(text):
        return _small_domain(text)
    if _CONTROLS.search(text.strip()):
        message = "{value} holds characters that no address may have."
        raise InvalidValue(message, _HINT, value=quote(_CONTROLS.sub(" ", text)))
    plain = clean(text)
    if named := _NAMED.fullmatch(plain):
        plain = named[1].strip()
    address = plain[7:] if plain[:7].lower() == "mailto:" else plain
    if not address:
        raise InvalidValue("The e-mail address is empty.", _HINT)
    return _small_domain(address) if _FAST.fullmatch(address) else _by_library(address, text)


def split_emails(text: str) -> list[str]:
    """The addresses in a cell as they are written, the main one first."""
    if _ONE.fullmatch(text):
        return [text]
    return [piece for part in _BETWEEN.split(text) if (piece := clean(part))]


def _small_domain(address: str) -> str:
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.lower()}"


def _by_library(address: str, text: str) -> str:
    """What servers do not take is refused here, where it can still be mended."""
    from email_validator import EmailNotValidError, validate_email

    message = "{value} is not an e-mail address."
    try:
        found = validate_email(
            address, check_deliverability=False, strict=True, allow_smtputf8=False
        ).normalized
    except EmailNotValidError as error:
        raise InvalidValue(message, _HINT, value=quote(text)) from error
    if found.startswith("-"):
        raise InvalidValue(message, _HINT, value=quote(text))
    return found
