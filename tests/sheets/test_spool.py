"""Rows come back from the disk as the cells the program knows, in every mixture."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from crm_cli.sheets.cells import normal
from crm_cli.sheets.reading.spool import Spool, dump
from crm_cli.sheets.sheet import CellError

CELLS = st.one_of(
    st.sampled_from(["", " x ", "a\0b", "#N/A", "\0", "\ud800", True, 7, CellError("#REF!")]),
    st.sampled_from([date(2026, 3, 4), datetime(2026, 3, 4), time(9), timedelta(hours=30)]),  # noqa: DTZ001
    st.text(max_size=4),
    st.floats(),
    st.integers(),
    st.none(),
    st.decimals(allow_nan=False, places=2),
)
OF_ONE_KIND = st.sampled_from([st.text(max_size=3), st.floats(), st.dates(), st.integers(), CELLS])


@st.composite
def rows(draw: st.DrawFn) -> list[list[Any]]:
    """Rows of which each column is of one kind, or of any."""
    kinds = draw(st.lists(OF_ONE_KIND, max_size=4))
    return draw(st.lists(st.tuples(*kinds).map(list), max_size=7))


def trimmed(cells: list[Any]) -> list[tuple[Any, type]]:
    """The cells up to the last that holds something, with their types."""
    while cells and cells[-1] is None:
        cells = cells[:-1]
    return [(cell, type(cell)) for cell in cells]


@settings(max_examples=80)
@given(rows())
@example([["a"], ["b", 1.5], [], ["", None, date(2026, 3, 4)]])
@example([[" #N/A "], ["x"]])
@example([[0.19, date(2026, 3, 4)], [date(2026, 3, 4), 0.19]])
def test_read_what_was_written(given_rows: list[list[Any]]) -> None:
    spool = Spool()

    assert dump(given_rows, spool.file, 9_000) == len(given_rows)

    expected = [trimmed(list(map(normal, row))) for row in given_rows]
    assert [trimmed(list(row)) for row in spool] == expected


def test_read_a_part() -> None:
    spool = Spool()
    dump([["a"]], spool.file, 1)
    start = spool.file.tell()
    dump([["b"], ["c"]], spool.file, 1)
    end = spool.file.tell()
    dump([["d"]], spool.file, 1)

    part = spool.part(start, end)
    del spool

    assert list(part) == [("b",), ("c",)]
    assert list(part) == [("b",), ("c",)]
