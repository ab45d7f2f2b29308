"""What the undo of a large import asks of the database."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.conftest import Crm


def test_no_statement_names_more_records_than_a_database_takes(
    sqlite_crm: Crm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statements: list[str]
) -> None:
    monkeypatch.setattr("crm_cli.services.undoing.trail.AT_ONCE", 2)
    path = tmp_path / "leads.csv"
    rows = "".join(f"Firma {at},active,ana,24.11.2026 10:00\n" for at in range(5))
    path.write_text(f"Name,Status,Owner,First contact\n{rows}")
    assert sqlite_crm("lead", "import", path).exit_code == 0
    sqlite_crm.ok("lead", "edit", "--where", "id > 0", "--note", "Sunat", "--yes")
    statements.clear()

    result = sqlite_crm("import", "undo", 1)

    asked = [one for one in statements if one.startswith("SELECT")]
    named = [found.count("?") for one in asked for found in re.findall(r"IN \(([^()]*)\)", one)]
    assert (result.exit_code, max(named)) == (6, 2)
    assert len(sqlite_crm.ok("lead", "list")) == 5
