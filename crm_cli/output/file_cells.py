"""How the values of a column become cells of a file: chosen once, by the type of the column."""

from __future__ import annotations

from datetime import UTC
from functools import cache
from typing import TYPE_CHECKING, Any

from crm_cli.languages.vocabulary import shown
from crm_cli.values.working_time import said_in
from crm_cli.views.types import Choice, ColumnType, Duration, Moment, WordSet
from crm_cli.views.working_time import Hours, Weekdays, trimmed

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

    Make = Callable[[Any], Any]
    Maker = Callable[[Any, ZoneInfo | None, str | None], Make]


def cell_maker(kind: ColumnType, zone: ZoneInfo | None, language: str | None) -> Make | None:
    """What turns a value into a cell, or None where it is one; without a language words are codes.

    A cell is a str, int, Decimal, bool, date, datetime or None.
    """
    make = next((MAKERS[base] for base in type(kind).__mro__ if base in MAKERS), None)
    return make and make(kind, zone, language)


def _moments(kind: Moment, zone: ZoneInfo | None, language: str | None) -> Make:
    place = zone or UTC
    return lambda value: value and value.astimezone(place)


def _durations(kind: Duration, zone: ZoneInfo | None, language: str | None) -> Make:
    return lambda value: None if value is None else kind.text(value, zone)


def _choices(kind: Choice, zone: ZoneInfo | None, language: str | None) -> Make:
    said = _said(kind, language)
    return lambda word: said.get(word, word)


def _sets(kind: WordSet, zone: ZoneInfo | None, language: str | None) -> Make:
    said, separator = _said(kind, language), ", " if language else ","

    @cache
    def joined(words: tuple[str, ...]) -> str:
        return separator.join(said.get(word, word) for word in words)

    return joined


def _said(kind: Choice, language: str | None) -> dict[str, str]:
    return {word: shown(word, language) for word in kind.words} if language else {}


def _weekdays(kind: Weekdays, zone: ZoneInfo | None, language: str | None) -> Make:
    return lambda days: days and (said_in(days, language) if language else days)


def _hours(kind: Hours, zone: ZoneInfo | None, language: str | None) -> Make:
    return lambda value: None if value is None else trimmed(value)


MAKERS: dict[type[ColumnType], Maker] = {
    Moment: _moments,
    Duration: _durations,
    Choice: _choices,
    WordSet: _sets,
    Weekdays: _weekdays,
    Hours: _hours,
}
"""Type of column -> what makes the maker of its cells; values of other types are cells as such."""
