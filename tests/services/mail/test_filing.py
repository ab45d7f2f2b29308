"""Filing takes as many statements for many mails as for a few."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Engine, event

from tests.letters import client, import_mail, write_text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm


def statements(crm: Crm, folder: Path, count: int) -> int:
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
    seen: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert import_mail(crm, file, "--task")["tasks"] == count // 2
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return len(seen)


def test_ask_as_often_for_many_as_for_few(sqlite_crm: Crm, tmp_path: Path) -> None:
    client(sqlite_crm)
    statements(sqlite_crm, tmp_path, 10)

    assert statements(sqlite_crm, tmp_path, 120) <= statements(sqlite_crm, tmp_path, 12) + 5
