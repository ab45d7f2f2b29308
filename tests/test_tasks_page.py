"""The shell blocks of docs/tasks.md can be typed one after the other, and do what they say."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from tests.installations import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.conftest import Crm

PAGE = (ROOT / "docs" / "tasks.md").read_text(encoding="utf-8")
BLOCKS = "".join(re.findall(r"```sh\n(.*?)```", PAGE, flags=re.DOTALL))


def test_blocks_can_be_typed(
    sqlite_crm: Crm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = []
    for line in BLOCKS.splitlines():
        result = sqlite_crm(*shlex.split(line, comments=True)[1:])
        assert result.exit_code == 0, f"{line}: {result.stderr}"
        said += result.stderr.splitlines()

    assert "warning: Ana Pop is away on 2026-12-01; Jan Lis stands in for them." in said
    assert "The next one is task 11, due 2026-12-04." in said
    subjects = {task["id"]: task["subject"] for task in sqlite_crm.ok("task", "list")}
    assert [subjects[number] for number in (1, 2, 4, 6, 9, 10)] == [
        "Sună la Moldo Trans",
        "Ofertă pentru depozit",
        "Răspunde la reclamație",
        "Întâlnire",
        "Raport săptămânal",
        "Decont TVA",
    ]
    assert {path.name for path in tmp_path.iterdir()} >= {"tasks.xlsx", "leave.xlsx"}
