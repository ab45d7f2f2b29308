"""Filing takes as many statements for many mails as for a few."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.letters import client, import_mail, write_text
from tests.statements import statements

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm


def asked(crm: Crm, folder: Path, count: int) -> int:
    """How many statements an import of so many mails, half of them known, executes."""
    mails = [
        (
            f"Vasile <{'depozit' if number % 2 else number}@moldo.example>",
            f"{count} {number}",
            "Nu.",
        )
        for number in range(count)
    ]
    file = write_text(folder, f"{count}", *mails)
    with statements() as seen:
        assert import_mail(crm, file, "--task")["tasks"] == count // 2
    return len(seen)


def test_ask_as_often_for_many_as_for_few(sqlite_crm: Crm, tmp_path: Path) -> None:
    client(sqlite_crm)
    asked(sqlite_crm, tmp_path, 10)

    assert asked(sqlite_crm, tmp_path, 120) <= asked(sqlite_crm, tmp_path, 12) + 5
