"""Exports that come back edited: compared with what was exported and with what is there now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm, Result


@pytest.fixture
def path(crm: Crm, tmp_path: Path) -> Path:
    """An export of two accounts, of which one is changed afterwards by somebody else."""
    crm.id("employee", "add", "--name", "Jan", "--login", "jan")
    crm.id("account", "add", "--name", "Alfa", "--city", "Iași", "--phone", "0722123456")
    crm.id("account", "add", "--name", "Beta", "--owner", "ana")
    assert crm("account", "export", tmp_path / "list.xlsx", "--language", "en").exit_code == 0
    crm("account", "edit", 1, "--name", "Alfa SRL", "--city", "Cluj", CRM_USER="jan")
    return tmp_path / "list.xlsx"


def edit(path: Path, row: int, **cells: object) -> None:
    """Type values into cells of the sheet, by heading."""
    book = openpyxl.load_workbook(path)
    page = book.active
    assert page is not None
    places = {cell.value: at for at, cell in enumerate(page[1], start=1)}
    for heading, value in cells.items():
        page.cell(row, places[heading.replace("_", " ")]).value = value
    book.save(path)


def bring(crm: Crm, path: Path, *words: str) -> Result:
    """Import the sheet."""
    return crm("account", "import", path, *words)


def accounts(crm: Crm, *names: str) -> list[list[Any]]:
    """Some columns of all accounts."""
    return [[one[name] for name in names] for one in crm.ok("account", "list", "--sort", "id")]


def test_keep_what_only_the_database_changed(crm: Crm, path: Path) -> None:
    edit(path, 2, Phone="0733123456")

    result = bring(crm, path)

    assert (result.exit_code, "1 updated, 1 unchanged" in result.stderr) == (0, True)
    assert accounts(crm, "name", "city", "phone")[0] == ["Alfa SRL", "Cluj", "+40733123456"]
    assert crm.ok("account", "list", "--search", "alfa")


def test_find_a_renamed_record_by_its_id(crm: Crm, path: Path) -> None:
    edit(path, 3, Name="Gama SA")

    assert bring(crm, path).exit_code == 0

    assert accounts(crm, "id", "name") == [[1, "Alfa SRL"], [2, "Gama SA"]]


def test_leave_conflicts_alone(crm: Crm, path: Path) -> None:
    edit(path, 2, Name="Alfa SA", City="Cluj", Phone="0733123456")
    edit(path, 3, City="Arad")

    result = bring(crm, path)

    assert result.exit_code == 6
    assert "1 record was changed here since the export, and left alone." in result.stderr
    line = "row 2, name: 'Alfa' is 'Alfa SA' in the file and 'Alfa SRL' here by jan on 2026-11-23"
    assert f"  {line}\n" in result.stderr
    assert accounts(crm, "name", "city", "phone") == [
        ["Alfa SRL", "Cluj", "+40722123456"],
        ["Beta", "Arad", None],
    ]


def test_write_the_conflicts_to_a_workbook(crm: Crm, path: Path) -> None:
    crm("employee", "edit", "ana", "--language", "pl")
    edit(path, 2, Name="Alfa SA", City="<clear>")

    result = bring(crm, path, "--format", "json")

    book = openpyxl.load_workbook(f"{path}.conflicts.xlsx")
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert rows[0][2:7] == ("Kolumna", "Wyeksportowano", "W pliku", "Teraz", "Zmienił")
    assert {row[:7] for row in rows[1:]} == {
        (2, 1, "Nazwa", "Alfa", "Alfa SA", "Alfa SRL", "jan"),
        (2, 1, "Miejscowość", "Iași", "<clear>", "Cluj", "jan"),
    }
    assert [one["column"] for one in result.json["conflicts"]] == ["city", "name"]
    assert result.json["rejected"] == 1


def test_say_words_of_lists_in_the_conflicts(sqlite_crm: Crm, tmp_path: Path) -> None:
    crm, path = sqlite_crm, tmp_path / "list.xlsx"
    crm("employee", "edit", "ana", "--language", "ro")
    words = ("--relations", "lead", "--language", "pl")
    crm.id("account", "add", "--name", "Alfa", *words)
    crm("account", "export", path)
    crm("account", "edit", 1, "--relations", "customer,supplier", "--language", "en")
    edit(path, 2, Relații="concurent", Limba="<clear>")

    said = bring(crm, path).stderr

    page = openpyxl.load_workbook(f"{path}.conflicts.xlsx").worksheets[0]
    rows = list(page.iter_rows(min_row=2, min_col=3, max_col=6, values_only=True))
    assert rows == [
        ("Limba", "poloneză", "<clear>", "engleză"),
        ("Relații", "lead", "concurent", "client, furnizor"),
    ]
    assert "relations: 'lead' is 'competitor' in the file and 'customer,supplier' here" in said


@pytest.mark.parametrize(("winner", "name"), [("mine", "Alfa SA"), ("theirs", "Alfa SRL")])
def test_resolve(crm: Crm, path: Path, winner: str, name: str) -> None:
    edit(path, 2, Name="Alfa SA", Phone="0733123456")

    result = bring(crm, path, "--resolve", winner)

    assert result.exit_code == 0, result.stderr
    assert accounts(crm, "name", "city", "phone")[0] == [name, "Cluj", "+40733123456"]
    assert bring(crm, path, "--resolve", winner).exit_code == 0


def test_bring_back_a_removed_record_only_when_asked(crm: Crm, path: Path) -> None:
    edit(path, 3, City="Arad")
    crm("account", "remove", 2, CRM_USER="jan")

    left, theirs, mine = (
        bring(crm, path, *words) for words in ([], ["--resolve", "theirs"], ["--resolve", "mine"])
    )

    assert (left.exit_code, theirs.exit_code, mine.exit_code) == (6, 0, 0)
    assert "  row 3: 2 was removed by jan on 2026-11-23\n" in left.stderr
    assert accounts(crm, "id", "name", "city")[1:] == [[3, "Beta", "Arad"]]


def test_leave_what_was_removed_and_not_edited(crm: Crm, path: Path) -> None:
    crm("account", "remove", 2)

    result = bring(crm, path)

    assert (result.exit_code, len(accounts(crm, "id"))) == (0, 1)
    assert "1 of the records were removed here, and stay so.\n" in result.stderr
    assert "2 rows read, 0 created, 0 updated, 2 unchanged" in result.stderr


def test_leave_ids_of_another_database_aside(sqlite_crm: Crm, tmp_path: Path) -> None:
    sqlite_crm.id("account", "add", "--name", "Alfa")
    path = tmp_path / "list.csv"
    path.write_text("Name,City,id@00000000,version@00000000\nBeta,Arad,1,1\n")

    result = sqlite_crm("account", "import", path)

    assert "list.csv: its ids are of another database and were left aside." in result.stderr
    assert "not known" not in result.stderr
    assert accounts(sqlite_crm, "name", "city") == [["Alfa", None], ["Beta", "Arad"]]


def test_tell_namesakes_apart(sqlite_crm: Crm, tmp_path: Path) -> None:
    for _ in range(2):
        sqlite_crm.id("account", "add", "--name", "Alfa", "--city", "Iași")
    path = tmp_path / "list.xlsx"
    sqlite_crm("account", "export", path, "--language", "en")
    edit(path, 3, Note="Second")

    result = sqlite_crm("account", "import", path)

    assert (result.exit_code, result.stderr.count("1 updated")) == (0, 1)
    assert accounts(sqlite_crm, "note") == [[None], ["Second"]]


def test_compare_leads_by_their_account(sqlite_crm: Crm, tmp_path: Path) -> None:
    sqlite_crm.id("lead", "add", "--name", "Alfa", "--note", "Old")
    path = tmp_path / "list.xlsx"
    sqlite_crm("lead", "export", path, "--language", "en")
    sqlite_crm("lead", "edit", 1, "--note", "Newer")
    edit(path, 2, Account="Alfa SRL")

    result = sqlite_crm("lead", "import", path)

    assert result.exit_code == 0, result.stderr
    assert accounts(sqlite_crm, "name") == [["Alfa SRL"]]
    assert sqlite_crm.ok("lead", "show", 1)["note"] == "Newer"


def test_refuse_what_must_be_unique(sqlite_crm: Crm, tmp_path: Path) -> None:
    for code in "AB":
        sqlite_crm.id("account", "add", "--name", "Alfa", "--code", code)
    path = tmp_path / "list.xlsx"
    sqlite_crm("account", "export", path, "--language", "en", "--columns", "name,code")
    edit(path, 3, Code="A")

    twice = sqlite_crm("account", "import", path)
    edit(path, 2, Code="B")
    swapped = sqlite_crm("account", "import", path)

    assert "  row 3, Code, 'A': Row 2 has the same code.\n" in twice.stderr
    assert "  row 2, Code, 'B': The account 2 has the same code.\n" in swapped.stderr
    assert (twice.exit_code, swapped.exit_code) == (5, 5)
