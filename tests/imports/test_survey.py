"""A whole column tells how it is written, and a person may say so."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from crm_cli.imports.cells.cell_readers import cell_reader
from crm_cli.imports.columns.habits import Habit, Locale, locale_of
from crm_cli.imports.columns.mapped import Mapped
from crm_cli.imports.columns.survey import Survey
from crm_cli.imports.plans.nouns import plan_of
from crm_cli.sheets.sheet import Row
from crm_cli.values.invalid import InvalidValue
from crm_cli.views import types
from crm_cli.views.types import Place
from crm_cli.views.view import Column

if TYPE_CHECKING:
    from collections.abc import Sequence

PLACE = Place(datetime(2026, 11, 23, 8, tzinfo=UTC), ZoneInfo("Europe/Bucharest"), "RO")
PART = plan_of("account").parts[0]


def habit(
    cells: Sequence[object],
    kind: types.ColumnType,
    locale: Locale | None = None,
    country: str = "RO",
) -> Habit:
    """What the cells of a column tell."""
    column = Column(name="x", sql="", labels=("X", "X", "X"), type=kind, field="x")
    one = Mapped(PART, column, (0,), "X", "x")
    rows = [Row(number, (cell,)) for number, cell in enumerate(cells, 2)]
    return Survey(rows, [one], locale).habit(one, PLACE._replace(country=country))


def read(cells: Sequence[object], kind: types.ColumnType, locale: Locale | None = None) -> Any:
    """The values of a column, or what is wrong with them."""
    column = Column(name="x", sql="", labels=("X", "X", "X"), type=kind)
    reader = cell_reader(column, PLACE, habit(cells, kind, locale))
    return [_try(reader, cell) for cell in cells]


def _try(reader: Any, cell: object) -> Any:
    try:
        return reader(cell)
    except InvalidValue as error:
        return error.message


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["1.234", "12,5"], ","),
        (["1.234", "12.50"], "."),
        (["1.234,50 lei"], ","),
        (["1.234", "1,234"], None),
        (["12,5", "12.5"], None),
        ([1234, Decimal("12.5")], None),
    ],
)
def test_find_the_decimal_mark(cells: list[object], mark: str | None) -> None:
    assert habit(cells, types.MONEY).mark == mark


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["02/03/2026", "30/07/2026"], [date(2026, 3, 2), date(2026, 7, 30)]),
        (["02/03/2026", "07/30/2026"], [date(2026, 2, 3), date(2026, 7, 30)]),
        (["02-03-2026", "7/30/26"], [date(2026, 2, 3), date(2026, 7, 30)]),
        (["02/03/2026"], [date(2026, 3, 2)]),
        (["02.03.2026", "07/30/2026"], [date(2026, 3, 2), date(2026, 7, 30)]),
    ],
)
def test_find_the_order_of_dates(cells: list[object], values: list[object]) -> None:
    assert read(cells, types.DATE) == values


def test_refuse_dates_that_contradict_each_other() -> None:
    assert read(["02/03/2026", "30/07/2026", "07/30/2026"], types.DATE) == [
        "'02/03/2026' can be read as 2026-03-02 or as 2026-02-03.",
        "'30/07/2026' is not written in a form that every country reads alike.",
        "'07/30/2026' is not written in a form that every country reads alike.",
    ]


@pytest.mark.parametrize(
    ("locale", "order", "values"),
    [
        ("en-US", None, [date(2026, 2, 3), "1.23"]),
        ("en-GB", None, [date(2026, 3, 2), "1.23"]),
        ("ro", None, [date(2026, 3, 2), "'1.23' is not an amount with ',' before the decimals."]),
        ("ro", "mdy", [date(2026, 2, 3), "'1.23' is not an amount with ',' before the decimals."]),
        ("en", None, ["'02/03/2026' can be read as 2026-03-02 or as 2026-02-03.", "1.23"]),
    ],
)
def test_believe_the_person(locale: str, order: str | None, values: list[object]) -> None:
    said = locale_of(locale, order)

    assert read(["02/03/2026"], types.DATE, said) == values[:1]
    assert [str(one) for one in read(["1.23"], types.MONEY, said)] == values[1:]


def test_let_the_country_order_dates() -> None:
    assert habit(["02/03/2026"], types.DATE, country="US").day_first is False


def test_read_days_that_a_spreadsheet_counts() -> None:
    assert read([46084, "46085"], types.DATE) == [date(2026, 3, 3), date(2026, 3, 4)]
    assert read([Decimal("46084.5")], types.MOMENT) == [datetime(2026, 3, 3, 10, tzinfo=UTC)]


def test_refuse_a_number_among_dates() -> None:
    assert read([46084, "04.03.2026", 12], types.DATE) == [
        "'46084' is a number; as spreadsheets count days it is 2026-03-03.",
        date(2026, 3, 4),
        "'12' is not a date.",
    ]


def test_read_fractions_as_percentages() -> None:
    assert read([Decimal("0.4"), 1, "25%", Decimal("0.1")], types.PERCENT) == [40, 100, 25, 10]
    assert read([Decimal("0.4"), 40, "0,25"], types.PERCENT) == [
        "'0.4' can be read as 40 % or as 0.4 %.",
        40,
        "'0.25' can be read as 25 % or as 0.25 %.",
    ]


def test_doubt_a_column_of_ones() -> None:
    assert read([1, 0, "1%"], types.PERCENT) == ["'1' can be read as 100 % or as 1 %.", 0, 1]
    assert read([1, 0, 20], types.PERCENT) == [1, 0, 20]


@pytest.mark.parametrize(
    ("text", "year"), [("2.3.26", 2026), ("2/3/46", 2046), ("2.3.47", 1947), ("2.3.99", 1999)]
)
def test_read_years_of_two_digits(text: str, year: int) -> None:
    assert read([text], types.DATE) == [date(year, 3, 2)]


TYPED = [date(2026, 3, 2), date(2026, 1, 12), date(2026, 5, 5)]


def test_doubt_dates_that_a_spreadsheet_may_have_swapped() -> None:
    reason = (
        "other dates of the column stayed text, as they do"
        " where the spreadsheet takes days for months."
    )

    assert read([*TYPED, "30/07/2026"], types.DATE) == [
        f"2026-03-02 can be meant, or 2026-02-03: {reason}",
        f"2026-01-12 can be meant, or 2026-12-01: {reason}",
        date(2026, 5, 5),
        date(2026, 7, 30),
    ]


@pytest.mark.parametrize(
    ("cells", "locale"),
    [
        ([*TYPED, "30.07.2026"], None),
        ([*TYPED, "30/07/2026"], Locale(day_first=True)),
        ([*TYPED, "30/07/2026", "01/02/2026"], None),
        ([*TYPED, date(2026, 5, 13), "30/07/2026"], None),
        ([*TYPED[:2], "30/07/2026"], None),
    ],
)
def test_believe_dates_that_are_not_suspicious(cells: list[object], locale: Locale | None) -> None:
    assert read(cells, types.DATE, locale)[:2] == TYPED[:2]
