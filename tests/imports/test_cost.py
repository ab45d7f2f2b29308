"""What one more row costs an import: calls of functions, which are the same on every machine."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from benchmarks.imports import write_accounts

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

FEW, MORE = 100, 500
MOST_NEW, MOST_KNOWN = 240, 210
"""Calls of Python functions for each row, a third more than there were when this was written."""


def test_a_row_takes_few_calls(sqlite_crm: Crm, tmp_path: Path) -> None:
    sheet = tmp_path / "list.xlsx"
    _calls_of_both(sqlite_crm, sheet, 1)  # which loads the modules

    few, more = (_calls_of_both(sqlite_crm, sheet, size) for size in (FEW, MORE))

    new, known = ((one - other) / (MORE - FEW) for one, other in zip(more, few, strict=True))

    assert new < MOST_NEW
    assert known < MOST_KNOWN


def _calls_of_both(crm: Crm, sheet: Path, size: int) -> tuple[int, int]:
    """The calls of an import, and of the same once more."""
    write_accounts(sheet, size)
    return _calls(crm, sheet), _calls(crm, sheet)


def _calls(crm: Crm, sheet: Path) -> int:
    count = 0

    def note(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(note)
    try:
        result = crm("account", "import", sheet)
    finally:
        sys.setprofile(None)
    assert result.exit_code == 0, result.stderr
    return count
