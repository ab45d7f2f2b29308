"""Rows that name who has left, or an account that was removed: as they stand, and anew."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.imports.tables import table

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm


@pytest.fixture
def left(crm: Crm) -> Crm:
    """Jan has left, his client is no more; a task of both stays, and one of Ana."""
    crm("employee", "add", "--name", "Jan Lis", "--login", "jan")
    crm("account", "add", "--name", "Moldo Trans SRL")
    words = ("--assignee", "jan", "--account", "1")
    crm("task", "add", "Ofertă", "--due", "today", "--external-id", "1", *words)
    crm("task", "add", "Sună", "--due", "today", "--external-id", "2")
    crm("employee", "remove", "jan")
    crm("account", "remove", "1")
    return crm


@pytest.mark.parametrize("ending", ["xlsx", "csv", "json"])
def test_bring_an_export_back(left: Crm, tmp_path: Path, ending: str) -> None:
    left("task", "export", tmp_path / f"tasks.{ending}")

    result = left("task", "import", tmp_path / f"tasks.{ending}")

    assert "0 updated, 2 unchanged, 0 rejected" in result.stderr


def test_change_what_else_a_row_says(left: Crm) -> None:
    """As those do who close the tasks of the one who left."""
    rows = [{"external_id": "1", "assignee": "Jan Lis", "subject": "Ofertă nouă"}]

    result = left("task", "import", "-", input=json.dumps(rows))

    assert result.exit_code == 0, result.stderr
    assert left.ok("task", "show", "1")["subject"] == "Ofertă nouă"


@pytest.mark.parametrize("row", ["3;Vizită;1.12.2026;Jan Lis", "2;Sună;23.11.2026;Jan Lis"])
def test_refuse_to_name_them_anew(left: Crm, tmp_path: Path, row: str) -> None:
    path = table(tmp_path, "External id;Subject;Term;Assignee", row)

    result = left("task", "import", path)

    assert result.exit_code == 5
    assert (
        "row 2, Assignee: There is no employee 'Jan Lis'. `crm employee list` shows them.\n"
    ) in result.stderr


def test_two_of_the_same_name(left: Crm, tmp_path: Path) -> None:
    """Whoever works here now is meant."""
    left("employee", "add", "--name", "Jan Lis", "--login", "jan")

    left("task", "import", table(tmp_path, "External id;Executant", "2;Jan Lis"))

    assert left.ok("task", "show", "2")["assignee_id"] == 3
