"""What Excel and LibreOffice add to the cells of a page: their numbers and formats."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crm_cli.sheets.sheet import CellError

if TYPE_CHECKING:
    from collections.abc import Mapping

_RULE = re.compile(r"\.([\w-]+)\s*\{([^}]*)\}")
_FORMAT = re.compile(r"mso-number-format:\s*(\"(?:[^\"\\]|\\.)*\"|'[^']*'|[^;}]+)")
_LITERAL = re.compile(r"\\.|\[[^]]*\]|\"[^\"]*\"")
_TEXT = "@"
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 (a spreadsheet knows no zones)


class Formats:
    """The number formats of a page by their class."""

    def __init__(self) -> None:
        self._by_class: dict[str, str] = {}

    def learn(self, style_sheet: str) -> None:
        """Take the formats out of a style sheet."""
        for name, rule in _RULE.findall(style_sheet):
            if found := _FORMAT.search(rule):
                self._by_class[name] = _plain(found[1])

    def of(self, attributes: Mapping[str, str]) -> str:
        """The format of a cell: its own, or that of its class."""
        if found := _FORMAT.search(attributes.get("style", "")):
            return _plain(found[1])
        return self._by_class.get(attributes.get("class", ""), "")


def value_of(attributes: Mapping[str, str], text: str, formats: Formats) -> object:
    """The value behind the text, where the page tells it."""
    if error := attributes.get("x:err"):
        return CellError(error)
    if truth := attributes.get("x:bool"):
        return truth.upper() == "TRUE"
    if given := attributes.get("x:num"):
        return _typed(given, formats.of(attributes), text)
    given = attributes.get("sdval")
    if not given or text.startswith("#"):
        return text
    return _typed(given, attributes.get("sdnum", "").rpartition(";")[2], text)


def _typed(given: str, form: str, text: str) -> object:
    """What a number means in a format; the text where there is no number, or none is meant."""
    with suppress(ValueError, OverflowError):
        number = float(given)
        if form == "BOOLEAN":
            return number != 0
        if form != _TEXT:
            return _moment(number) if _is_date(form) else number
    return text


def _plain(form: str) -> str:
    """The format without quotation marks and the escapes of style sheets."""
    return form.strip().strip("\"'").replace("\\@", "@").replace("\\", "")


def _is_date(form: str) -> bool:
    letters = _LITERAL.sub("", form).lower()
    return "date" in letters or ("y" in letters and "d" in letters)


def _moment(serial: float) -> object:
    moment = _EPOCH + timedelta(seconds=round(serial * 86_400))
    return moment.date() if serial.is_integer() else moment
