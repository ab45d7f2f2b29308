"""Filing takes as many statements for many mails as for a few."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.letters import client, import_mail, write_text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm


def asked(crm: Crm, statements: list[str], folder: Path, count: int) -> int:
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
    statements.clear()
    assert import_mail(crm, file, "--task")["tasks"] == count // 2
    return len(statements)


def test_ask_as_often_for_many_as_for_few(
    sqlite_crm: Crm, statements: list[str], tmp_path: Path
) -> None:
    client(sqlite_crm)
    _, few, many = (asked(sqlite_crm, statements, tmp_path, count) for count in (10, 12, 120))

    assert many <= few + 5
