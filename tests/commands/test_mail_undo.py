"""`crm import undo` and `crm undo` of imported mail, and `crm mail remove`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.execute import execute
from tests.letters import client, import_mail, write_eml

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

NOUNS = ("mail", "task", "interaction", "attachment")
TABLES = ("mail_person", "mail_source")


def left(crm: Crm) -> dict[str, Any]:
    """What there is of mail, by noun and by table."""
    rows = {noun: crm.ok(noun, "list", "--all", "--columns", "id") for noun in NOUNS}
    counts = {table: execute(crm.url, f"SELECT count(*) FROM {table}")[0][0] for table in TABLES}
    return {name: found for name, found in (rows | counts).items() if found}


@pytest.mark.parametrize("words", [("undo",), ("import", "undo", 1)])
def test_undo(crm: Crm, tmp_path: Path, words: tuple[object, ...]) -> None:
    client(crm)
    write_eml(tmp_path / "mail", "one", File="plan.pdf")
    write_eml(tmp_path / "mail", "two", From="x@other.example", File="list.pdf")
    import_mail(crm, tmp_path / "mail", "--task")

    result = crm(*words)

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "mail: 4 removed, 0 put back, 0 kept.\n"
    assert left(crm) == {}
    assert crm.is_healthy()
    again = import_mail(crm, tmp_path / "mail", "--task")
    assert again == {"messages": 2, "new": 2, "matched": 1, "unmatched": 1, "tasks": 1}


def test_undo_what_somebody_works_on(crm: Crm, tmp_path: Path) -> None:
    client(crm)
    write_eml(tmp_path / "mail", "one", File="plan.pdf")
    write_eml(tmp_path / "mail", "two")
    import_mail(crm, tmp_path / "mail", "--task")
    crm.ok("task", "done", 1, "--resolution", "Am sunat")

    result = crm("import", "undo", 1)

    assert (result.exit_code, result.stdout) == (6, "")
    assert result.stderr == (
        "mail: 5 removed, 0 put back, 1 kept.\n"
        "crm: Of what the import wrote, 1 thing was kept.\n"
        "  kept: task 1, changed by ana on 2026-11-23\n"
        "hint: crm import show 1\n"
    )
    assert [(one["mail_id"], one["task_id"]) for one in crm.ok("attachment", "list")] == [(None, 1)]
    assert crm.ok("mail", "list", "--all") == []
    assert crm.is_healthy()


def test_undo_mail_that_was_assigned_since(crm: Crm, tmp_path: Path) -> None:
    client(crm)
    other = crm.id("account", "add", "--name", "Wisła Pak")
    import_mail(crm, write_eml(tmp_path, "one", File="plan.pdf"))
    crm.ok("mail", "assign", 1, other)

    result = crm("import", "undo", 1)

    assert result.exit_code == 6
    assert "  kept: mail 1, changed by ana on 2026-11-23\n" in result.stderr
    assert [len(crm.ok(noun, "list")) for noun in NOUNS] == [1, 0, 1, 1]
    assert crm.is_healthy()


def test_undo_a_second_import_of_known_mail(crm: Crm, tmp_path: Path) -> None:
    client(crm)
    first = write_eml(tmp_path, "one")
    import_mail(crm, first, "--task")
    second = write_eml(tmp_path, "two", Subject="Re: one", References="<one@moldo.example>")
    before = crm.ok("task", "show", 1)["description"]
    import_mail(crm, first, second, "--task")
    longer = crm.ok("task", "show", 1)["description"]

    result = crm("undo")

    assert (result.exit_code, longer.startswith(f"{before}\n\n")) == (0, True)
    assert crm.ok("task", "show", 1)["description"] == before
    assert [mail["subject"] for mail in crm.ok("mail", "list")] == ["one"]
    assert crm.is_healthy()


def test_undo_of_several_transactions(
    crm: Crm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crm_cli.intake.AT_ONCE", 2)
    client(crm)
    for number in range(5):
        write_eml(tmp_path / "mail", str(number), Subject="Re: Piese", File=f"{number}.pdf")
    imported = crm.ok("mail", "import", tmp_path / "mail", "--task")
    shown = crm.ok("import", "show", imported["import_id"])

    result = crm("undo")

    assert (imported["tasks"], shown["read"]) == (1, 5)
    assert len([one for one in shown["created"] if one["noun"] == "mail"]) == 5
    assert result.stderr == "mail: 11 removed, 0 put back, 0 kept.\n"
    assert left(crm) == {}
    assert crm.is_healthy()


def test_undo_after_a_change_between_its_transactions(
    crm: Crm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client(crm)
    first = write_eml(tmp_path, "one")
    import_mail(crm, first, "--task")
    crm.ok("task", "edit", 1, "--description", "Urgent")
    import_mail(crm, write_eml(tmp_path, "two", Subject="Re: one"), "--task")

    crm("import", "undo", 2)

    assert crm.ok("task", "show", 1)["description"] == "Urgent"
    assert crm("import", "undo", 1).exit_code == 6
    assert crm.ok("task", "show", 1)["description"] == "Urgent"


def test_undo_dry(crm: Crm, tmp_path: Path) -> None:
    client(crm)
    import_mail(crm, write_eml(tmp_path, "one", File="plan.pdf"), "--task")
    before = left(crm)

    result = crm("undo", "--dry-run")

    assert result.exit_code == 0
    assert left(crm) == before


def test_remove(crm: Crm, tmp_path: Path) -> None:
    client(crm)
    letters = [write_eml(tmp_path, name, File=f"{name}.pdf") for name in ("one", "two")]
    import_mail(crm, *letters)

    result = crm("mail", "remove", 1)

    assert (result.exit_code, result.stdout.splitlines()[0].split()) == (0, ["id", "1"])
    assert result.stderr == (
        "The mail was archived: another import does not bring it back, crm undo does.\n"
    )
    assert [mail["id"] for mail in crm.ok("mail", "list")] == [2]
    assert [row["noun"] for row in crm.ok("account", "history", 1)] == ["mail"]
    assert [one["mail_id"] for one in crm.ok("interaction", "list")] == [2]
    assert [file["name"] for file in crm.ok("attachment", "list")] == ["two.pdf"]
    assert import_mail(crm, *letters) == {"messages": 2, "duplicates": 2}
    assert len(crm.ok("mail", "list")) == 1
    assert crm.is_healthy()


def test_remove_and_undo(crm: Crm, tmp_path: Path) -> None:
    client(crm)
    import_mail(crm, write_eml(tmp_path, "one", File="plan.pdf"), "--task")
    before = {noun: crm.ok(noun, "list") for noun in ("mail", "interaction", "attachment")}

    result = crm("mail", "remove", "--where", "subject = one", "--yes")
    file = crm.ok("attachment", "list")
    crm.ok("undo")

    assert result.stderr.splitlines()[1:] == ["Task 1 stays open: crm task remove 1"]
    assert len(file) == 1
    for noun, rows in before.items():
        stamps = {"version", "updated_at"}
        found = [{k: v for k, v in row.items() if k not in stamps} for row in crm.ok(noun, "list")]
        assert found == [{k: v for k, v in row.items() if k not in stamps} for row in rows]


def test_removed_mail_waits_for_nobody(crm: Crm, tmp_path: Path) -> None:
    account = crm.id("account", "add", "--name", "Moldo Trans")
    for name in ("one", "two"):
        write_eml(tmp_path / "mail", name)
    import_mail(crm, tmp_path / "mail")
    crm.ok("mail", "remove", 1, 1)

    assigned = crm.ok("mail", "assign", 2, account)
    crm.ok("contact", "add", "--name", "Vasile", "--email", "depozit@moldo.example")
    matched = crm.ok("mail", "match")

    assert assigned["id"] == 2
    assert (matched["matched"], matched["unmatched"]) == (0, 0)
    assert crm.ok("mail", "show", 1)["account"] is None
    assert crm("mail", "remove", 9).exit_code == 3
