"""How a number is written: which mark groups thousands and which one begins the decimals."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, NamedTuple, cast

Mark = Literal[".", ","]

LONGEST = 14
"""Digits before the decimals: with four of those a number still fits into 64 bits."""

_GROUPED = re.compile(r"[1-9][0-9]{0,2}([., ])[0-9]{3}(\1[0-9]{3})*(?:(?!\1)([.,])([0-9]+))?")
_ONE_MARK = re.compile(r"([0-9]*)([.,])([0-9]+)")


class Figures(NamedTuple):
    """A number, the mark of its decimals if the writing proves it, and its other reading if any."""

    value: Decimal
    mark: Mark | None = None
    whole: Decimal | None = None


def read_figures(text: str) -> Figures | None:
    """Read digits, marks and single spaces; `1.234` has both a value and a reading as a whole."""
    if text.isascii() and text.isdigit():
        return Figures(Decimal(text))
    if match := _GROUPED.fullmatch(text):
        return _grouped(match)
    if match := _ONE_MARK.fullmatch(text):
        return Figures(Decimal(f"{match[1]}.{match[3]}"), cast("Mark", match[2]))
    return None


def _grouped(match: re.Match[str]) -> Figures:
    group, again, mark, decimals = match.groups()
    whole = match[0][: match.end(2) if again else match.end(1) + 3].replace(group, "")
    if mark:
        return Figures(Decimal(f"{whole}.{decimals}"), cast("Mark", mark))
    if group == " ":
        return Figures(Decimal(whole))
    if again:
        return Figures(Decimal(whole), "," if group == "." else ".")
    return Figures(Decimal(match[0].replace(group, ".")), cast("Mark", group), Decimal(whole))
