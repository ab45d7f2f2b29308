"""A cell becomes the value its column needs, whether it is typed or text."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_cli.imports.cells.cell_readers import cell_reader
from crm_cli.imports.cells.cells import CLEAR
from crm_cli.imports.columns.habits import Habit
from crm_cli.sheets.sheet import CellError
from crm_cli.values.invalid import InvalidValue
from crm_cli.values.numbers import parse_amount_in
from crm_cli.views import types
from crm_cli.views.types import Place
from crm_cli.views.view import Column

if TYPE_CHECKING:
    from crm_cli.values.figures import Mark

ZONE = ZoneInfo("Europe/Bucharest")
PLACE = Place(now=datetime(2026, 11, 23, 8, tzinfo=UTC), zone=ZONE, country="RO")


def read(cell: object, kind: types.ColumnType, *, mark: Mark | None = None, name: str = "x") -> Any:
    """Read a cell of a column of a type."""
    column = Column(name=name, sql="", labels=("X", "X", "X"), type=kind)
    return cell_reader(column, PLACE, Habit(mark=mark))(cell)


@pytest.mark.parametrize(
    ("cell", "kind", "value"),
    [
        ("  Iaşi  Vest ", types.TEXT, "Iași Vest"),
        (722123456, types.TEXT, "722123456"),
        (40722123456, types.TEXT, "40722123456"),
        (Decimal("12.5"), types.TEXT, "12.5"),
        (True, types.TEXT, "yes"),
        (date(2026, 3, 9), types.TEXT, "2026-03-09"),
        (Decimal("1234.5"), types.MONEY, Decimal("1234.50")),
        (Decimal("0.30000000000000004"), types.MONEY, Decimal("0.30")),
        ("1 234,50 lei", types.MONEY, Decimal("1234.50")),
        ("1.234.567,89", types.MONEY, Decimal("1234567.89")),
        (1234, types.MONEY, Decimal("1234.00")),
        (12, types.INTEGER, 12),
        ("12", types.INTEGER, 12),
        (Decimal("2.5"), types.QUANTITY, Decimal("2.5000")),
        ("40 %", types.PERCENT, 40),
        (date(2026, 3, 9), types.DATE, date(2026, 3, 9)),
        (datetime(2026, 3, 9), types.DATE, date(2026, 3, 9)),  # noqa: DTZ001 - as files have it
        ("9.03.2026", types.DATE, date(2026, 3, 9)),
        ("09/03/2026", types.DATE, date(2026, 3, 9)),
        (
            datetime(2026, 3, 9, 10),  # noqa: DTZ001 - as files have it
            types.MOMENT,
            datetime(2026, 3, 9, 8, tzinfo=UTC),
        ),
        (time(1, 30), types.DURATION, 90),
        (timedelta(hours=26, minutes=5), types.DURATION, 1565),
        ("1h30m", types.DURATION, 90),
        (time(9, 30), types.TEXT, "09:30"),
        (timedelta(hours=26), types.TEXT, "26:00"),
        ("20.11.2026 14:30", types.TIMED_MOMENT, datetime(2026, 11, 20, 12, 30, tzinfo=UTC)),
        ("lead; customer", types.WordSet("lead", "customer"), ("customer", "lead")),
        ("tak", types.BOOLEAN, True),
        ("nu", types.BOOLEAN, False),
        ("da", types.BOOLEAN, True),
        (False, types.BOOLEAN, False),
        (0, types.BOOLEAN, False),
        ("EN", types.Choice("en", "ro"), "en"),
        (CLEAR, types.MONEY, None),
    ],
)
def test_read(cell: object, kind: types.ColumnType, value: object) -> None:
    assert read(cell, kind) == value


@pytest.mark.parametrize(
    ("cell", "kind", "message"),
    [
        ("1.234", types.MONEY, "'1.234' can be read as 1234 or as 1.234."),
        ("1,234", types.INTEGER, "'1,234' can be read as 1234 or as 1.234."),
        (CellError("#N/A"), types.TEXT, "The cell shows #N/A."),
        ("1.2E+10", types.TEXT, "'1.2E+10' is a number that the spreadsheet cut short."),
        ("100 EUR", types.MONEY, "'100 EUR' is in EUR, but this amount is in RON."),
        (Decimal("1.234"), types.MONEY, "'1.234' has more than 2 decimals."),
        (Decimal("2.5"), types.INTEGER, "'2.5' has decimals, but a whole number is needed."),
        ("zece", types.INTEGER, "'zece' is not a whole number."),
        (date(2026, 3, 9), types.MONEY, "'2026-03-09' is not an amount."),
        (12, types.DATE, "'12' is not a date."),
        (
            date(2026, 3, 9),
            types.TIMED_MOMENT,
            "'2026-03-09' has no time: both a date and a time are needed.",
        ),
    ],
)
def test_refuse(cell: object, kind: types.ColumnType, message: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        read(cell, kind)

    assert refused.value.message == message


@pytest.mark.parametrize(("mark", "value"), [(",", "1234.00"), (".", "1.23")])
def test_read_by_the_mark_of_the_column(mark: Mark, value: str) -> None:
    text = "1.234" if mark == "," else "1.23"

    assert read(text, types.MONEY, mark=mark) == Decimal(value)


def test_read_a_typed_number_whatever_the_column_writes() -> None:
    assert read(Decimal("1234.5"), types.MONEY, mark=",") == Decimal("1234.50")


@given(st.integers(-(10**13), 10**13), st.sampled_from([",", ".", None]))
def test_read_money_as_it_is_typed(cents: int, mark: Mark | None) -> None:
    amount = Decimal(cents).scaleb(-2)

    assert read(amount, types.MONEY, mark=mark) == amount


@given(
    st.from_regex(r"-?[0-9]{1,16}[.,][0-9]{1,3}", fullmatch=True),
    st.sampled_from([",", ".", None]),
)
def test_read_money_as_the_parser_does(text: str, mark: Mark | None) -> None:
    with suppress(InvalidValue):
        expected = parse_amount_in("RON", text, mark=mark)
        assert str(read(text, types.MONEY, mark=mark)) == str(expected)


@given(
    st.text(max_size=40),
    st.sampled_from([types.MONEY, types.INTEGER, types.DATE, types.MOMENT, types.BOOLEAN]),
)
def test_read_any_text_or_refuse_it(text: str, kind: types.ColumnType) -> None:
    with suppress(InvalidValue):
        read(text, kind)


def test_refuse_a_text_as_often_as_it_comes() -> None:
    column = Column(name="x", sql="", labels=("X", "X", "X"), type=types.INTEGER)
    reader, depths = cell_reader(column, PLACE, Habit()), []
    for _ in range(3):
        with pytest.raises(InvalidValue, match="'zece' is not a whole number") as refused:
            reader("zece")
        depths.append(len(refused.traceback))

    assert depths == depths[:1] * 3
