"""How a column writes what can be read in two ways: its decimal mark, its order of days."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from crm_cli.values.figures import Mark


class Habit(NamedTuple):
    """How the cells of a column are to be read; None where nothing tells."""

    mark: Mark | None = None
    day_first: bool | None = True
    serials: bool = False
    """Whether its numbers are days as spreadsheets count them."""
    swapped: bool = False
    """Whether its typed dates look as if day and month had changed places."""
    fractions: bool | None = False
    """Whether 0.4 stands for 40 %, and so 1 for 100 %."""
    minutes: bool = False
    """Whether its numbers are minutes, as programs write lengths of time."""


class Locale(NamedTuple):
    """What a person says about a whole file."""

    mark: Mark | None = None
    day_first: bool | None = None


LOCALES: dict[str, Locale] = {
    "ro": Locale(",", day_first=True),
    "pl": Locale(",", day_first=True),
    "de": Locale(",", day_first=True),
    "fr": Locale(",", day_first=True),
    "hu": Locale(",", day_first=True),
    "en": Locale("."),
    "en-GB": Locale(".", day_first=True),
    "en-US": Locale(".", day_first=False),
}
"""Words for `--locale`; plain English says nothing about days and months."""

DATE_ORDERS: dict[str, bool] = {"dmy": True, "mdy": False}
"""Words for `--date-order`: whether the day comes first."""

MONTH_FIRST = {"US", "PH"}
"""Countries that write the month before the day."""


def locale_of(language: str | None, order: str | None) -> Locale:
    """What both words say; the order of dates is the more exact one."""
    known = LOCALES[language] if language else Locale()
    return known._replace(day_first=DATE_ORDERS[order]) if order else known
