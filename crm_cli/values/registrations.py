"""Numbers in the registers of companies and people: ONRC and CNP, KRS and REGON."""

from __future__ import annotations

import re

from crm_cli.values.checksums import is_cnp, is_regon
from crm_cli.values.invalid import InvalidValue, quote
from crm_cli.values.text import clean

_COUNTIES = {*range(1, 41), 51, 52}
_OLD_ONRC = re.compile(r"([JFC])[/ ]?([0-9]{1,2})/([0-9]{1,5})/(?:[0-9]{2}\.[0-9]{2}\.)?([0-9]{4})")
_NEW_ONRC = re.compile(r"([JFC])([0-9]{4})[0-9]{6}([0-9]{2})([0-9])")
_LABEL = re.compile(r"^(?:KRS|REGON|CNP|PESEL|NR\.? ?REG\.? ?COM\.?|REG\.? ?COM\.?) ?[:.]? ?")
_KRS = re.compile(r"0[0-9]{9}")

_ONRC_FORMS = "The forms are J22/1234/2010 and J2012000750528, with F or C for J too."
_POLISH_FORMS = "KRS has ten digits and begins with 0; REGON has nine or fourteen."


def check_registration_no(text: str, country: str) -> str:
    """Check a number of the trade register and return it in its usual form.

    Romania: both ONRC forms, or a CNP; Poland: KRS or REGON; other countries keep it as text.
    """
    plain = _LABEL.sub("", clean(text).upper())
    if not plain:
        raise InvalidValue("The registration number is empty.", "Leave it out instead.")
    if country == "RO":
        return _romanian(plain, text)
    return _polish(plain, text) if country == "PL" else clean(text)


def _romanian(plain: str, text: str) -> str:
    dense = re.sub(r" ?([/-]) ?", "/", plain).replace(" ", "")
    if match := _OLD_ONRC.fullmatch(dense):
        return _old_onrc(match, text)
    if match := _NEW_ONRC.fullmatch(dense):
        return _new_onrc(match, text)
    if is_cnp(dense):
        return dense
    raise InvalidValue("{value} is not a trade register number.", _ONRC_FORMS, value=quote(text))


def _old_onrc(match: re.Match[str], text: str) -> str:
    kind, county, number, year = match.groups()
    _require_county(int(county), text)
    if not 1990 <= int(year) <= 2024:
        message = "{value} has the year {year}; this form was given from 1990 to 2024."
        raise InvalidValue(message, _ONRC_FORMS, value=quote(text), year=year)
    return f"{kind}{int(county):02}/{int(number)}/{year}"


def _new_onrc(match: re.Match[str], text: str) -> str:
    # The letter counts as the last digit of its character code: J is 74, F 70, C 67.
    total = ord(match[1]) % 10 + sum(int(digit) for digit in match[0][1:-1])
    if total % 10 != int(match[4]):
        message = "{value} is not a trade register number: its check digit is wrong."
        raise InvalidValue(message, _ONRC_FORMS, value=quote(text))
    if match[3] != "00" or int(match[2]) < 2024:
        _require_county(int(match[3]), text)
    if int(match[2]) < 1990:
        message = "{value} has the year {year}."
        raise InvalidValue(message, _ONRC_FORMS, value=quote(text), year=match[2])
    return match[0]


def _require_county(county: int, text: str) -> None:
    if county not in _COUNTIES:
        message = "{value} names county {county:02}, which does not exist."
        hint = "Counties are 01 to 40, 51 and 52."
        raise InvalidValue(message, hint, value=quote(text), county=county)


def _polish(plain: str, text: str) -> str:
    digits = re.sub(r"[ -]", "", plain)
    if _KRS.fullmatch(digits) or is_regon(digits):
        return digits
    if re.fullmatch(r"[0-9]{9}|[0-9]{14}", digits):
        message = "{value} is not a REGON: its digits do not agree with its check digit."
        raise InvalidValue(message, _POLISH_FORMS, value=quote(text))
    message = "{value} is neither a KRS nor a REGON number."
    raise InvalidValue(message, _POLISH_FORMS, value=quote(text))
