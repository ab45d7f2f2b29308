"""Telephone numbers: one form for matching, and cells that hold several."""

from __future__ import annotations

import re

from crm_cli.values.invalid import InvalidValue, quote
from crm_cli.values.text import clean

# Mobile and fixed lines of both countries, which need no library.
_ROMANIAN = re.compile(r"(?:\+40|0)?(7[2-7][0-9]{7}|[23][13-6][0-9]{7})")
_POLISH = re.compile(
    r"(?:\+48)?((?:45|5[0137]|6[069]|7[2389]|88)[0-9]{7}"
    r"|(?:1[2-8]|2[2-69]|3[2-4]|4[1-468]|5[24-689]|6[1-3578]|7[14-7]|8[1-79]|9[145])"
    r"[02-9][0-9]{6})"
)

_WORD = r"(?:telefon|tel|mobile?|mob|kom|fax|phone|fix|[tmf])(?![a-z])"
_LABEL = re.compile(rf"^(?:{_WORD}[./: ]*)+", re.IGNORECASE)
_EXTENSION = re.compile(
    r"(?:,? ?\b(?:interior|int|wewn?|ext|x)[.: ]*| ?#)[0-9]{1,6}$", re.IGNORECASE
)
_LAYOUT = re.compile(r"[\s./()\u2010-\u2015-]+")
_NUMBER = re.compile(r"\+?[0-9]{3,17}")

_BETWEEN_NUMBERS = re.compile(
    rf"\s*(?:[;|\n]|\b(?:sau|lub|or|si|și|şi|i)\b)\s*|(?<=[0-9])[, ]+(?={_WORD})", re.IGNORECASE
)
_PERHAPS_BETWEEN = [re.compile(mark) for mark in (r"\s+/\s+", r"\s*[,/]\s*", r"\s+")]
_SHORTEST = 9
_ONE = re.compile(r"\+?[0-9]{9,12}")
"""Surely a single number."""

_HINTS = {
    "RO": "Write it as 0722 123 456 or +40722123456.",
    "PL": "Write it as 22 123 45 67 or +48221234567.",
}
_HINT = "Write it with the code of its country, for example +40722123456."


def clean_phone(text: str, country: str) -> str:
    """Read a number as dialled in `country` (ISO code) into its international form, +40722123456.

    An extension is left out.
    """
    if found := _fast(text, country):
        return found
    dense = _dense(text)
    if found := _fast(dense, country) or _by_library(dense, country):
        return found
    message = (
        "{value} is not a telephone number of {country}."
        if dense
        else "The telephone number is empty."
    )
    raise InvalidValue(message, _HINTS.get(country, _HINT), value=quote(text), country=country)


def split_phones(text: str) -> list[str]:
    """The numbers in a cell as they are written, the main one first.

    A slash, comma or space parts two numbers only where both sides are long enough to be one.
    """
    if _ONE.fullmatch(text):
        return [text]
    numbers = _BETWEEN_NUMBERS.split(text)
    for separator in _PERHAPS_BETWEEN:
        numbers = [part for number in numbers for part in _apart(number, separator)]
    return [number for part in numbers if (number := clean(part))]


def _dense(text: str) -> str:
    dense = _LAYOUT.sub("", _EXTENSION.sub("", _LABEL.sub("", clean(text))))
    return f"+{dense[2:]}" if dense.startswith("00") else dense


def _fast(dense: str, country: str) -> str | None:
    if (dense[:3] == "+40" or country == "RO") and (match := _ROMANIAN.fullmatch(dense)):
        return f"+40{match[1]}"
    if (dense[:3] == "+48" or country == "PL") and (match := _POLISH.fullmatch(dense)):
        return f"+48{match[1]}"
    return None


def _by_library(dense: str, country: str) -> str | None:
    if not _NUMBER.fullmatch(dense):
        return None
    import phonenumbers

    try:
        number = phonenumbers.parse(dense, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _apart(number: str, separator: re.Pattern[str]) -> list[str]:
    parts = separator.split(number.strip())
    return parts if all(sum(map(str.isdigit, part)) >= _SHORTEST for part in parts) else [number]
