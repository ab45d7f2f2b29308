"""Giving many mails to an account, or removing them, takes no more statements than a few."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.letters import import_mail, write_eml

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm


@pytest.mark.parametrize("words", [("assign", "id", 1), ("remove", "--where", "id > 0", "--yes")])
def test_ask_as_often_for_many_as_for_few(
    sqlite_crm: Crm, tmp_path: Path, statements: list[str], words: tuple[object, ...]
) -> None:
    sqlite_crm.id("account", "add", "--name", "Moldo Trans")
    asked = []
    for count in (2, 12):
        sender = f"depozit{count}@moldo.example"
        for number in range(count):
            write_eml(tmp_path / sender, f"{count}-{number}", From=sender)
        import_mail(sqlite_crm, tmp_path / sender)
        first = sqlite_crm.ok("mail", "list", "--unmatched")[0]["id"]
        statements.clear()

        done = sqlite_crm.ok("mail", *(first if word == "id" else word for word in words))

        assert len(done) == count
        asked.append(len(statements))
    assert asked[0] == asked[1]
