"""`crm undo`: what a command did is taken back, or it is said why it cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.shop import invoice, open_shop

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

OFFER = ("--name", "Cântar", "--amount", "5000")
STAMPS = {"version", "created_at", "created_by", "updated_at", "updated_by"}


def content(crm: Crm, noun: str) -> list[dict[str, Any]]:
    """All records of a noun, without what every change stamps."""
    rows = crm.ok(noun, "list", "--all", "--sort", "id", "--columns", "all")
    return [{name: value for name, value in row.items() if name not in STAMPS} for row in rows]


def test_undo_add(crm: Crm) -> None:
    crm.id("account", "add", "--name", "Moldo Trans SRL")

    changes = crm.ok("undo")

    assert [(row["entity"], row["entity_id"], row["new"]) for row in changes] == [
        ("account", 1, None)
    ]
    assert content(crm, "account") == []
    assert crm.is_healthy()


def test_undo_add_of_what_is_in_use(crm: Crm) -> None:
    crm.id("account", "add", "--name", "Moldo Trans SRL")
    crm.id("contact", "add", "--name", "Ion Pop", "--account", 1)

    crm.ok("undo", crm.ok("audit", "show", "--where", "entity = account")[0]["transaction"])

    assert crm.ok("account", "list") == []
    assert crm.ok("account", "show", 1)["archived_at"] == "2026-11-23T08:00:00+00:00"
    assert crm.is_healthy()


def test_undo_edit(crm: Crm) -> None:
    crm.id("account", "add", "--name", "Moldo Trans", "--turnover", "12,50", "--city", "Iași")
    before = content(crm, "account")
    crm.ok("account", "edit", 1, "--name", "Alfa", "--turnover", "9", "--relations", "customer")

    crm.ok("undo")

    assert content(crm, "account") == before
    assert [row["id"] for row in crm.ok("account", "list", "--search", "moldo")] == [1]
    assert crm.is_healthy()


def test_undo_remove(crm: Crm) -> None:
    crm.id("task", "add", "Sună", "--due", "+3d", "--days-before", "1", "--remind", "email")
    before = content(crm, "task")
    crm.ok("task", "remove", 1)

    crm.ok("undo")

    assert content(crm, "task") == before
    assert crm.is_healthy()


def test_undo_removal_of_what_was_added_again(crm: Crm) -> None:
    crm.id("team", "add", "--code", "vanzari", "--name-en", "Sales")
    crm.ok("team", "remove", 1)
    removal = crm.ok("audit", "show", "--where", "entity = team", "--sort", "-id")[0]
    crm.id("team", "add", "--code", "vanzari", "--name-en", "Sales")

    result = crm("undo", removal["transaction"])

    assert result.exit_code == 4
    assert result.stderr == (
        "crm: The team 1 cannot be put back: another team has this code already.\n"
        "hint: crm audit show --where 'entity = team' --where 'entity_id = 1'\n"
    )
    assert crm.is_healthy()


def test_undo_activation_of_a_lead(crm: Crm) -> None:
    crm.id("lead", "add", "--name", "Moldo Trans")
    before = content(crm, "lead")
    crm.id("lead", "activate", 1, "--owner", "ana", "--first-contact", "tomorrow@10:00")

    changes = crm.ok("undo")

    assert {row["entity"] for row in changes} >= {"lead", "responsibility", "task"}
    assert (content(crm, "lead"), content(crm, "task")) == (before, [])
    assert crm.is_healthy()


def test_undo_twice(crm: Crm) -> None:
    crm.id("account", "add", "--name", "Moldo Trans", "--city", "Iași")
    before = content(crm, "account")

    crm.ok("undo")
    crm.ok("undo")

    assert content(crm, "account") == before
    assert crm.is_healthy()


def test_undo_what_has_changed_since(crm: Crm) -> None:
    crm.id("account", "add", "--name", "Moldo Trans")
    first = crm.ok("audit", "show", "--where", "entity = account")[0]["transaction"]
    crm.ok("account", "edit", 1, "--city", "Iași")

    result = crm("undo", first)

    assert result.exit_code == 4
    assert "' wrote has been changed since." in result.stderr
    assert result.stderr.splitlines()[1].startswith("  account 1: crm")
    assert result.stderr.splitlines()[1].endswith(", by ana")


def test_undo_posted_invoice(crm: Crm) -> None:
    open_shop(crm)
    number = invoice(crm)

    result = crm("undo")

    assert (result.exit_code, crm.ok("invoice", "show", number)["status"]) == (4, "posted")
    assert f"hint: crm document storno {number}" in result.stderr


def test_undo_command_of_another_user(crm: Crm) -> None:
    crm.id("employee", "add", "--name", "Jan", "--login", "jan")
    crm.id("account", "add", "--name", "Moldo Trans")
    last = crm.ok("audit", "show", "--where", "entity = account")[0]["transaction"]

    given, own = crm("undo", last, CRM_USER="jan"), crm("undo", CRM_USER="jan")

    assert (given.exit_code, own.exit_code) == (4, 3)
    assert "' was given by ana, who alone can undo it." in given.stderr
    assert "There is no command of jan to undo." in own.stderr


def test_undo_removal_of_a_draft(crm: Crm) -> None:
    open_shop(crm)
    crm.id("quote", "add", "--account", 1, "--line", "SCALE;2", "--line", "MOUNT;1,5")
    before = crm.ok("quote", "show", 1)
    crm.ok("quote", "remove", 1)

    crm.ok("undo")

    after = crm.ok("quote", "show", 1)
    assert (after["lines"], after["gross"]) == (before["lines"], before["gross"])
    assert crm.is_healthy()


def test_undo_task_told_by_mail(crm: Crm) -> None:
    crm.id("employee", "add", "--name", "Jan", "--email", "jan@firma.example")
    crm.id("opportunity", "add", "--account", crm.id("account", "add", "--name", "Alfa"), *OFFER)
    crm.id("opportunity", "advance", 1, "--delegate", "Jan", "--follow-up", "+3d")

    result = crm("undo")

    assert result.exit_code == 4
    assert "hint: crm outbox cancel 1" in result.stderr


def test_undo_in_an_atomic_batch(crm: Crm) -> None:
    crm.id("account", "add", "--name", "Moldo Trans")

    result = crm("batch", "--atomic", "-", input="contact add --name Ion\nundo\n")

    assert result.exit_code == 0, result.stdout
    assert (content(crm, "account"), len(content(crm, "contact"))) == ([], 1)
    assert crm.is_healthy()


def test_undo_import(crm: Crm, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Name,City\nMoldo Trans,Iași\n")
    assert crm("account", "import", tmp_path / "a.csv").exit_code == 0

    result = crm("undo")

    assert (result.exit_code, result.stderr) == (0, "a.csv: 1 removed, 0 put back, 0 kept.\n")
    assert content(crm, "account") == []
    assert crm.is_healthy()


def test_undo_init(crm: Crm) -> None:
    result = crm("undo", 1)

    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr == "crm: 'crm init' made this database: it cannot be undone.\n"


def test_undo_dry(crm: Crm) -> None:
    crm.id("account", "add", "--name", "Moldo Trans")
    before = content(crm, "account")

    changes = crm.ok("undo", "--dry-run")

    assert [row["entity"] for row in changes] == ["account"]
    assert content(crm, "account") == before


EDITS = st.dictionaries(
    st.sampled_from(["name", "city", "note", "industry"]),
    st.text(alphabet="abc șțłż-", min_size=1, max_size=8).map(lambda text: f"x{text}"),
    min_size=1,
)


@settings(max_examples=10)
@given(EDITS, EDITS)
def test_undo_any_edit(sqlite_crm: Crm, first: dict[str, str], second: dict[str, str]) -> None:
    number = sqlite_crm.id("account", "add", "--name", "Moldo Trans")
    sqlite_crm.ok("account", "edit", number, *_words(first), "--code", str(number))
    before = content(sqlite_crm, "account")
    sqlite_crm.ok("account", "edit", number, *_words(second), "--code", f"n{number}")

    sqlite_crm.ok("undo")

    assert content(sqlite_crm, "account") == before


def _words(values: dict[str, str]) -> list[str]:
    return [word for name, value in values.items() for word in (f"--{name}", value)]


@pytest.mark.parametrize("number", [0, 999])
def test_undo_unknown_transaction(sqlite_crm: Crm, number: int) -> None:
    assert sqlite_crm("undo", number).exit_code == (3 if number else 2)
