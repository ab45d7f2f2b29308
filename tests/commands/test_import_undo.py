"""`crm import undo`: an import is taken back, but for what others built on it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli.audit import UNRECORDED
from schema.base import Record, table_of
from schema.models import entities
from tests.execute import execute

if TYPE_CHECKING:
    from tests.conftest import Crm

SAMPLES = Path(__file__).parents[2] / "samples"


def everything(crm: Crm) -> dict[str, list[tuple[Any, ...]]]:
    """The content of every table of records, without what every change stamps."""
    found = {}
    for table in map(table_of, entities(Record)):
        names = ", ".join(f'"{name}"' for name in table.c.keys() if name not in UNRECORDED)  # noqa: SIM118
        found[table.name] = execute(crm.url, f'SELECT {names} FROM "{table.name}" ORDER BY id')
    return found


def bring(crm: Crm, tmp_path: Path, text: str, noun: str = "account") -> int:
    """Import lines of CSV and give the id of the import."""
    path = tmp_path / f"{noun}.csv"
    path.write_text(text)
    found: int = crm.ok(noun, "import", path)["id"]
    return found


def lines(stderr: str) -> list[str]:
    """What was kept, as people are told."""
    return [line.strip() for line in stderr.splitlines() if line.startswith("  ")]


@pytest.mark.proves("R224")
def test_undo_a_real_import(crm: Crm, tmp_path: Path) -> None:
    crm.id("account", "add", "--name", "Anka Distribution SRL", "--tax-id", "RO90171430")
    crm.id("employee", "add", "--name", "Jan")
    before = everything(crm)
    path = shutil.copy(SAMPLES / "leads.xls", tmp_path)
    assert crm("lead", "import", path, "--skip-bad-rows").exit_code == 6
    assert len(crm.ok("lead", "list")) > 200

    result = crm("import", "undo", 1)

    assert (result.exit_code, everything(crm)) == (0, before)
    assert result.stderr.startswith("leads.xls: ")
    assert result.stderr.endswith(" 0 kept.\n")
    assert crm.is_healthy()


def test_undo_changes(crm: Crm, tmp_path: Path) -> None:
    alfa = ("--name", "Alfa", "--code", "A", "--turnover", "12,50", "--relations", "supplier")
    crm.id("account", "add", *alfa, "--city", "Iași", "--tax-id", "RO14399840")
    before = everything(crm)
    row = "A,ALFA SRL,RO 18547290,Cluj-Napoca,99,<clear>"
    number = bring(crm, tmp_path, f"Code,Name,Tax id,City,Turnover,Relations\n{row}\n")
    assert everything(crm) != before

    undone = crm.ok("import", "undo", number)

    assert (undone["undone_by"], undone["kept"], everything(crm)) == ("ana", [], before)


@pytest.mark.parametrize("words", [("import", "undo", "1"), ("undo",)])
def test_undo_twice(sqlite_crm: Crm, tmp_path: Path, words: tuple[str, ...]) -> None:
    bring(sqlite_crm, tmp_path, "Name,City\nAlfa,Iași\n")
    assert sqlite_crm(*words).exit_code == 0

    result = sqlite_crm(*words)

    assert result.exit_code == 4
    assert "The import 1 of 'account.csv' was undone by ana on 2026-11-23." in result.stderr
    assert sqlite_crm.ok("import", "show", 1)["undone_at"] == "2026-11-23T08:00:00+00:00"


def test_keep_what_was_changed_since(crm: Crm, tmp_path: Path) -> None:
    crm.id("account", "add", "--name", "Alfa", "--code", "A", "--city", "Iași", "--note", "Old")
    number = bring(crm, tmp_path, "Code,Name,City\nA,Alfa SRL,Cluj\nB,Beta,Arad\nG,Gama,Deva\n")
    crm.id("employee", "add", "--name", "Jan", "--login", "jan")
    crm("account", "edit", 1, "--name", "ALFA SRL", CRM_USER="jan")
    crm("account", "edit", 2, "--city", "Oradea", CRM_USER="jan")

    result = crm("import", "undo", number)

    assert result.exit_code == 6
    assert lines(result.stderr) == [
        "kept: account 1 name, changed by jan on 2026-11-23",
        "kept: account 2, changed by jan on 2026-11-23",
    ]
    found = [(one["name"], one["city"]) for one in crm.ok("account", "list", "--sort", "id")]
    assert found == [("ALFA SRL", "Iași"), ("Beta", "Oradea")]
    assert execute(crm.url, "SELECT name_folded FROM account WHERE id = 1") == [("alfa",)]


def test_keep_what_is_referred_to(crm: Crm, tmp_path: Path) -> None:
    rows = "Alfa,Ion\nBeta,Dan\nGama,Ana\n"
    number = bring(crm, tmp_path, f"Name,Contact person\n{rows}", "lead")
    crm.id("task", "add", "Call", "--contact", 1, "--due", "+3d")
    crm.id("site", "add", "--account", 3, "--name", "Depozit")

    result = crm("import", "undo", number)

    assert lines(result.stderr) == [
        "kept: account 1, contact 1 refers to it",
        "kept: account 3, site 1 refers to it",
        "kept: contact 1, task 1 refers to it",
    ]
    assert [one["name"] for one in crm.ok("account", "list")] == ["Alfa", "Gama"]
    assert [one["name"] for one in crm.ok("contact", "list")] == ["Ion"]
    assert crm.ok("lead", "list") == []


def test_keep_what_another_has_taken(crm: Crm, tmp_path: Path) -> None:
    crm.id("account", "add", "--name", "Alfa", "--external-id", "X", "--code", "A")
    number = bring(crm, tmp_path, "External id,Name,Code\nX,Alfa SRL,B\n")
    crm.id("account", "add", "--name", "Beta", "--code", "A")

    result = crm.ok("account", "show", 1)["code"], crm("import", "undo", number)

    assert lines(result[1].stderr) == [
        "kept: account 1 code, what it was is taken by another record, or gone"
    ]
    found = crm.ok("account", "show", 1)
    assert (found["name"], found["code"]) == ("Alfa", "B")
    assert crm("audit", "verify").exit_code == 0


def test_undo_two_imports_of_the_same_records(sqlite_crm: Crm, tmp_path: Path) -> None:
    before = everything(sqlite_crm)
    bring(sqlite_crm, tmp_path, "Code,Name\nA,Alfa\nB,Beta\n")
    between = everything(sqlite_crm)
    bring(sqlite_crm, tmp_path, "Code,Name,Phone\nA,Alfa SRL,0722123456\nB,Beta SA,\n")

    second = sqlite_crm("import", "undo", 2).exit_code, everything(sqlite_crm)
    first = sqlite_crm("import", "undo", 1).exit_code, everything(sqlite_crm)

    assert (second, first) == ((0, between), (0, before))


def test_undo_dry(sqlite_crm: Crm, tmp_path: Path) -> None:
    bring(sqlite_crm, tmp_path, "Name\nAlfa\n")
    before = everything(sqlite_crm)

    result = sqlite_crm("import", "undo", 1, "--dry-run")

    assert result.stderr == (
        "account.csv: 1 removed, 0 put back, 0 kept. Nothing was changed: it was a dry run.\n"
    )
    assert everything(sqlite_crm) == before
    assert sqlite_crm.ok("import", "show", 1)["undone_at"] is None


def test_undo_an_import_that_did_nothing(sqlite_crm: Crm, tmp_path: Path) -> None:
    bring(sqlite_crm, tmp_path, "Name\nAlfa\n")
    bring(sqlite_crm, tmp_path, "Name\nAlfa\n")

    result = sqlite_crm("import", "undo", 2)

    assert (result.exit_code, len(sqlite_crm.ok("account", "list"))) == (0, 1)


def test_refuse_in_an_atomic_batch(sqlite_crm: Crm, tmp_path: Path) -> None:
    bring(sqlite_crm, tmp_path, "Name\nAlfa\n")

    result = sqlite_crm("batch", "--atomic", "-", input="import undo 1\n")

    assert "An import cannot be undone inside an atomic batch." in result.stdout
    assert len(sqlite_crm.ok("account", "list")) == 1


def test_show_what_an_import_did(crm: Crm, tmp_path: Path) -> None:
    crm.id("account", "add", "--name", "Alfa", "--code", "A")
    number = bring(crm, tmp_path, "Code,Name\nA,Alfa SRL\nB,Beta\n")
    beta = {"noun": "account", "id": 2, "name": "Beta", "command": "crm account show 2"}
    alfa = {"noun": "account", "id": 1, "name": "Alfa SRL", "command": "crm account show 1"}

    found = crm.ok("import", "show", number)

    assert (found["created"], found["updated"]) == ([beta], [alfa])
    crm("import", "undo", number)
    found = crm.ok("import", "show", number)
    assert (found["created"], found["updated"]) == ([beta], [alfa | {"name": "Alfa"}])


WORDS = st.sampled_from(["", "<clear>", "Iași", "Cluj", "0722123456", "x y"])
ROWS = st.lists(st.tuples(st.sampled_from("ABCDEF"), WORDS, WORDS), unique_by=lambda row: row[0])


@settings(max_examples=8)
@given(ROWS, ROWS)
def test_undo_anything(
    sqlite_crm: Crm,
    tmp_path: Path,
    first: list[tuple[str, ...]],
    second: list[tuple[str, ...]],
) -> None:
    for rows in (first, second):
        before = everything(sqlite_crm)
        text = "".join(f"{code},Firma {code},{city},{note}\n" for code, city, note in rows)

        number = bring(sqlite_crm, tmp_path, f"Code,Name,City,Note\nZ,Z,{len(before)},\n{text}")

        if rows is second:
            assert sqlite_crm("import", "undo", number).exit_code == 0
            assert everything(sqlite_crm) == before


def test_undo_leaves_a_record_its_parts(crm: Crm, tmp_path: Path) -> None:
    given = (
        "--code",
        "nou",
        "--name-en",
        "New client",
        "--step",
        "Sună;+1d",
        "--step",
        "Scrie;+2d",
    )
    crm.id("operation", "add", *given)
    crm("operation", "export", tmp_path / "all.csv", "--raw")
    crm.ok("operation", "remove", 1)
    number = crm.ok("operation", "import", tmp_path / "all.csv")["id"]
    crm.ok("operation", "edit", "nou", "--name-en", "Client")

    result = crm("import", "undo", number)

    assert (result.exit_code, lines(result.stderr)) == (
        6,
        ["kept: operation 2, changed by ana on 2026-11-23"],
    )
    assert [one["subject"] for one in crm.ok("operation", "show", "nou")["steps"]] == [
        "Sună",
        "Scrie",
    ]
