"""Values as the XML of cells: many rows of one column at a time, which is what makes it fast."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

TEXT_LIMIT = 32_767
DIGITS = 15
"""A spreadsheet keeps so many digits of a number and turns the others to zeros."""

_DAY_ZERO = date(1899, 12, 30).toordinal()
# Excel counts a 29 February 1900, so earlier days are off by one.
_FIRST_DAY = date(1900, 3, 1)
_MARKS = ("&", "<", ">", "_x", "| ", " |")
"""What may not stand in a text as it is: markup, what looks like an escape, spaces at an end."""
_NOT_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_TEXT = ' t="inlineStr"><is><t>'
_SPACED_TEXT = ' t="inlineStr"><is><t xml:space="preserve">'
_TEXT_END = "</t></is></c>"
_VALUE_END = "</v></c>"


class TooLong(ValueError):
    """A text that no cell holds: where it is in the column, and its length."""

    def __init__(self, at: int, length: int) -> None:
        super().__init__(at, length)
        self.at = at
        self.length = length


def column_xml(letter: str, style: int, values: Sequence[object], rows: Sequence[str]) -> list[str]:
    """The cells of a column in the rows given, '' for those without content; raises TooLong."""
    opening, texts, closing = _contents(values)
    place, start = f'<c r="{letter}', f'" s="{style}"{opening}'
    return [
        f"{place}{row}{start}{text}{closing}" if text else ""
        for row, text in zip(rows, texts, strict=True)
    ]


def _contents(values: Sequence[Any]) -> tuple[str, Sequence[str], str]:
    """What follows the place and the style of each cell; what they share stands around it."""
    types = {*map(type, values)} - {type(None)}
    if types == {str}:
        texts = [value or "" for value in values]
        if _is_plain(texts):
            return _TEXT, texts, _TEXT_END
    elif types and types <= {int, Decimal}:
        texts = ["" if value is None else str(value) for value in values]
        if max(map(len, texts)) <= DIGITS:
            return "><v>", texts, _VALUE_END
    return "", [_content(value, at) for at, value in enumerate(values)], ""


def _is_plain(texts: Sequence[str]) -> bool:
    """Whether all texts may stand as they are; one look finds out for many."""
    together = f"|{'|'.join(texts)}|"
    return (
        together.isprintable()
        and not any(mark in together for mark in _MARKS)
        and 2 * max(map(len, texts)) <= TEXT_LIMIT
    )


def _content(value: object, at: int) -> str:
    if value is None or value == "":
        return ""
    return _WRITERS.get(type(value), _text)(value, at)


def _text(value: object, at: int) -> str:
    text = str(value)
    if len(text) * 2 > TEXT_LIMIT:
        length = len(text.encode("utf-16-le")) // 2
        if length > TEXT_LIMIT:
            raise TooLong(at, length)
    safe = _NOT_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", escape(text, quote=False))
    start = _TEXT if text == text.strip() and "\n" not in text else _SPACED_TEXT
    return f"{start}{safe}{_TEXT_END}"


def _number(value: int | Decimal, at: int) -> str:
    text = f"{Decimal(value):f}"
    digits = text.lstrip("-0.").replace(".", "")
    return f"><v>{text}</v></c>" if len(digits) <= DIGITS else _text(text, at)


def _boolean(value: bool, at: int) -> str:
    return f' t="b"><v>{value:d}</v></c>'


def _date(value: date, at: int) -> str:
    if value < _FIRST_DAY:
        return _text(value, at)
    return f"><v>{value.toordinal() - _DAY_ZERO}</v></c>"


def _moment(value: datetime, at: int) -> str:
    if value.date() < _FIRST_DAY:
        return _text(value, at)
    seconds = value.hour * 3600 + value.minute * 60 + value.second
    return f"><v>{value.toordinal() - _DAY_ZERO + seconds / 86_400}</v></c>"


_WRITERS: dict[type, Callable[[Any, int], str]] = {
    int: _number,
    Decimal: _number,
    bool: _boolean,
    date: _date,
    datetime: _moment,
}
