"""What taking a command back asks of the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Crm


def undone(crm: Crm, statements: list[str], *command: object) -> int:
    """How many statements the undo of a command executes."""
    crm.ok(*command)
    statements.clear()
    crm.ok("undo")
    return len(statements)


def test_statements_do_not_grow_with_the_records(crm: Crm, statements: list[str]) -> None:
    lines = "".join(f"account add --name 'Firma {number}' --city Iași\n" for number in range(20))
    assert crm("batch", input=lines).exit_code == 0
    edit = ("account", "edit", "--city", "Łódź", "--note", "x", "--yes", "--where")

    few, many = (undone(crm, statements, *edit, chosen) for chosen in ("id <= 2", "id <= 20"))

    assert many == few
    assert {row["city"] for row in crm.ok("account", "list")} == {"Iași"}
    assert crm("audit", "verify").exit_code == 0


def test_what_one_record_is_refused_the_others_wait_for(crm: Crm) -> None:
    for code in ("a", "b", "c"):
        crm.id("account", "add", "--name", code, "--code", code)
    for number, code in ((1, "x"), (2, "a"), (3, "b"), (1, "c")):
        crm.ok("account", "edit", number, "--code", code)
    crm.ok("account", "merge", 1, 2)

    crm.ok("undo")

    assert [row["code"] for row in crm.ok("account", "list", "--sort", "id")] == ["c", "a", "b"]
