"""Check digits of the numbers that Romania and Poland give to companies and people."""

from __future__ import annotations

from datetime import date
from operator import mul

_CUI = (7, 5, 3, 2, 1, 7, 5, 3, 2)
_CNP = (2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9)
_NIP = (6, 5, 7, 2, 3, 4, 5, 6, 7)
_PESEL = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
_REGON_9 = (8, 9, 2, 3, 4, 5, 6, 7)
_REGON_14 = (2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8)

_ZERO = ord("0")

_CNP_CENTURIES = {"3": 1800, "4": 1800, "5": 2000, "6": 2000}
_CNP_COUNTIES = {*range(1, 49), 51, 52, 70, *range(80, 84)}
_PESEL_CENTURIES = (1900, 2000, 2100, 2200, 1800)


def is_cui(digits: str) -> bool:
    """Tell whether the digits, without leading zeros, are a Romanian fiscal code."""
    if not 2 <= len(digits) <= 10 or not _only_digits(digits) or digits[0] == "0":
        return False
    return 10 * _weighted(_CUI, digits[:-1].zfill(9)) % 11 % 10 == int(digits[-1])


def is_cnp(digits: str) -> bool:
    """Tell whether the digits are a Romanian personal code: birth date, county and check digit."""
    if len(digits) != 13 or not _only_digits(digits) or digits[0] == "0":
        return False
    century = _CNP_CENTURIES.get(digits[0], 1900)
    born = _is_date(century + int(digits[1:3]), int(digits[3:5]), int(digits[5:7]))
    check = _weighted(_CNP, digits) % 11
    known = born and int(digits[7:9]) in _CNP_COUNTIES
    return known and (1 if check == 10 else check) == int(digits[12])


def is_nip(digits: str) -> bool:
    """Tell whether the digits are a Polish tax number."""
    if len(digits) != 10 or not _only_digits(digits):
        return False
    return _weighted(_NIP, digits) % 11 == int(digits[9])


def is_pesel(digits: str) -> bool:
    """Tell whether the digits are a Polish personal number."""
    if len(digits) != 11 or not _only_digits(digits):
        return False
    century, month = divmod(int(digits[2:4]), 20)
    born = _is_date(_PESEL_CENTURIES[century] + int(digits[:2]), month, int(digits[4:6]))
    return born and -_weighted(_PESEL, digits) % 10 == int(digits[10])


def is_regon(digits: str) -> bool:
    """Tell whether the digits are a Polish statistical number, of 9 or of 14."""
    if len(digits) not in {9, 14} or not _only_digits(digits):
        return False
    short = _weighted(_REGON_9, digits) % 11 % 10 == int(digits[8])
    return short and (len(digits) == 9 or _weighted(_REGON_14, digits) % 11 % 10 == int(digits[13]))


def _weighted(weights: tuple[int, ...], digits: str) -> int:
    """The sum of as many digits as there are weights, each multiplied by its own."""
    codes: int = sum(map(mul, weights, digits.encode()))
    return codes - _ZERO * sum(weights)


def _only_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
