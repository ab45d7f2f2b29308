"""Which row holds the headings, and which rows are sums."""

from __future__ import annotations

import pytest

from crm_cli.sheets.reading import headings

KNOWN = {"Name", "Phone", "City"}


@pytest.mark.parametrize(
    ("rows", "at"),
    [
        ([], None),
        ([[None], [None, None]], None),
        ([["Name", "Phone"], ["x", "y"]], 0),
        ([["a", "b", "c"], ["Name", "Phone", None]], 1),
        ([["Name", "x"], ["Name", "Phone"], ["Phone", "City"]], 1),
        ([["Name", "Name", "x"], ["Phone", "City"]], 1),
        ([["title"], ["Nazwa", "Adres"], ["Żubr", "Łódź"]], 1),
        ([["title"], ["Nazwa", "Kwota", "x"], ["Żubr", 5, "y"]], 1),
        ([["my list"], ["Name"], ["Ada"]], 1),
        ([[None], ["only"]], 1),
        ([[5], ["x"]], 0),
    ],
)
def test_find(rows: list[list[object]], at: int | None) -> None:
    assert headings.find(rows, KNOWN.__contains__) == at


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["TOTAL", None, 5], True),
        ([None, "Razem:", "1.234,50"], True),
        (["Ogółem", 3], True),
        (["Suma", None], True),
        (["Razem", "3 234,50 zł", "5 szt."], True),
        (["TOTAL lei", "EUR 12.50"], True),
        (["Suma końcowa PLN:", 5], True),
        (["Razem netto", 5], True),
        (["Razem", "ul. Długa 5"], False),
        (["Razem", "5 Zł Bank"], False),
        (["Total Energie SRL", 5], False),
        (["Total", "RO90000006", "Iași"], False),
        ([None, 5], False),
        ([None], False),
    ],
)
def test_is_total(cells: list[object], expected: bool) -> None:
    assert headings.is_total(cells) is expected


def test_texts() -> None:
    assert headings.texts([None, "a\n b ", 2026, None]) == ("", "a b", "2026")
