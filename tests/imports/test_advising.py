"""Many bad rows of one kind are answered with the option that helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sheets.workbooks import xlsx

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm


@pytest.mark.parametrize(
    ("cells", "words", "hint"),
    [
        (["Beta", "2026-01-02"], (), "--create-missing account creates what is only named."),
        (["77", "2026-01-02"], (), ""),
        (
            ["1", "01/02/2026"],
            ("--locale", "en"),
            "--locale says how all numbers and dates are written, as in --locale ro.",
        ),
        (["1", "mâinee"], (), ""),
    ],
)
def test_advise(
    sqlite_crm: Crm, tmp_path: Path, cells: list[object], words: tuple[str, ...], hint: str
) -> None:
    sqlite_crm.ok("account", "add", "--name", "Alfa")
    path = xlsx(tmp_path / "a.xlsx", [["Name", "Account", "Close"], ["O", *cells]])

    result = sqlite_crm("opportunity", "import", path, *words)

    assert result.exit_code == 5
    assert result.stderr.endswith(f"or add --skip-bad-rows.{f' {hint}' if hint else ''}\n")
