"""What users of other programs complain of when they import, undo and export rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.execute import execute
from tests.sheets.workbooks import xlsx

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

    Rows = list[list[object]]

MANY = 3_500


def test_overwriting_loses_tasks_and_ids(sqlite_crm: Crm, tmp_path: Path) -> None:
    sqlite_crm.ok("account", "add", "--name", "Alfa", "--email", "a@alfa.example", "--note", "VIP")
    sqlite_crm.ok("task", "add", "Sună", "--due", "tomorrow", "--account", "1")
    rows: Rows = [["Denumire", "E-mail", "Localitate"], ["Alfa", "a@alfa.example", "Iași"]]

    sqlite_crm.ok("account", "import", xlsx(tmp_path / "a.xlsx", rows))

    found = sqlite_crm.ok("account", "show", "1")
    assert (found["city"], found["note"]) == ("Iași", "VIP")
    assert sqlite_crm.ok("task", "list")[0]["account_id"] == 1


def test_the_same_email_without_id_makes_a_second_record(sqlite_crm: Crm, tmp_path: Path) -> None:
    sqlite_crm.ok("account", "add", "--name", "Alfa", "--email", "A@alfa.example")
    rows: Rows = [["Denumire", "E-mail", "Relații"], ["Alfa SRL", "a@ALFA.example", "furnizor"]]

    result = sqlite_crm("account", "import", xlsx(tmp_path / "a.xlsx", rows), "--key", "email")

    assert "0 created, 1 updated" in result.stderr
    assert [one["relations"] for one in sqlite_crm.ok("account", "list")] == [["supplier"]]


def test_a_revised_file_makes_duplicates_and_zeros(sqlite_crm: Crm, tmp_path: Path) -> None:
    rows: Rows = [["Denumire", "Cod extern", "Relații"], ["Alfa", "X1", "client"]]
    sqlite_crm("account", "import", xlsx(tmp_path / "a.xlsx", rows))
    revised: Rows = [["Denumire", "Cod extern", "Relații"], ["Alfa Nou", "X1", "concurent"]]

    result = sqlite_crm("account", "import", xlsx(tmp_path / "b.xlsx", revised))

    assert "0 created, 1 updated, 0 unchanged" in result.stderr
    found = [(one["name"], one["relations"]) for one in sqlite_crm.ok("account", "list")]
    assert found == [("Alfa Nou", ["competitor"])]


def test_a_compound_key_is_not_possible(sqlite_crm: Crm, tmp_path: Path) -> None:
    for city in ("Iași", "Cluj-Napoca"):
        sqlite_crm.ok("account", "add", "--name", "Alfa", "--city", city)
    rows: Rows = [["Denumire", "Localitate", "Telefon"], ["Alfa", "Cluj-Napoca", "0722123456"]]

    sqlite_crm("account", "import", xlsx(tmp_path / "a.xlsx", rows), "--key", "name,city")

    found = [one["phone"] for one in sqlite_crm.ok("account", "list", "--sort", "id")]
    assert found == [None, "+40722123456"]


def test_a_blank_cell_erases(sqlite_crm: Crm, tmp_path: Path) -> None:
    sqlite_crm.ok("account", "add", "--name", "Alfa", "--city", "Iași", "--phone", "0722123456")
    rows: Rows = [["Denumire", "Localitate", "Telefon"], ["Alfa", None, "<clear>"]]

    sqlite_crm("account", "import", xlsx(tmp_path / "a.xlsx", rows))

    found = sqlite_crm.ok("account", "show", "1")
    assert (found["city"], found["phone"]) == ("Iași", None)


def test_skipped_rows_are_not_named_and_cut_at_250(sqlite_crm: Crm, tmp_path: Path) -> None:
    rows: Rows = [["Denumire", "E-mail"]]
    rows += [[f"Firma {number}", "x@"] for number in range(300)]
    path = xlsx(tmp_path / "a.xlsx", rows)

    result = sqlite_crm("account", "import", path, "--skip-bad-rows")

    assert result.exit_code == 6
    page = openpyxl.load_workbook(tmp_path / "a.xlsx.errors.xlsx").worksheets[0]
    assert page.max_row == 301


def test_a_dry_run_passes_what_the_real_run_rejects(sqlite_crm: Crm, tmp_path: Path) -> None:
    for city in ("Iași", "Cluj-Napoca"):
        sqlite_crm.ok("account", "add", "--name", "Alfa", "--city", city)
    path = xlsx(tmp_path / "a.xlsx", [["Denumire", "E-mail"], ["Alfa", None], ["Beta", "x@"]])

    dry = sqlite_crm("account", "import", path, "--dry-run")
    real = sqlite_crm("account", "import", path)

    assert dry.exit_code == real.exit_code == 5
    problems = [line for line in real.stderr.splitlines() if line.startswith("  row")]
    assert len(problems) == 2
    assert [line for line in dry.stderr.splitlines() if line.startswith("  row")] == problems


def test_undo_fails_over_3000_rows_and_leaves_traces(sqlite_crm: Crm, tmp_path: Path) -> None:
    sqlite_crm.ok("account", "add", "--name", "Alfa")
    before = execute(sqlite_crm.url, "SELECT id, name, archived_at FROM account")
    rows: Rows = [["Denumire"]]
    rows += [[f"Firma {number}"] for number in range(MANY)]
    run = sqlite_crm.ok("account", "import", xlsx(tmp_path / "a.xlsx", rows))

    assert sqlite_crm("import", "undo", run["id"]).exit_code == 0

    assert execute(sqlite_crm.url, "SELECT id, name, archived_at FROM account") == before


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_an_export_stops_without_a_word(sqlite_crm: Crm, tmp_path: Path, ending: str) -> None:
    rows: Rows = [["Denumire"]]
    rows += [[f"Firma {number}"] for number in range(MANY)]
    sqlite_crm("account", "import", xlsx(tmp_path / "a.xlsx", rows))
    path = tmp_path / f"out.{ending}"

    told = sqlite_crm("account", "export", path, "--where", "name ~ firma").stderr

    assert told == f"{MANY} rows in {path}.\n"
    assert f"{MANY} unchanged" in sqlite_crm("account", "import", path).stderr


def test_quoting_against_formulas_harms_negative_numbers(sqlite_crm: Crm, tmp_path: Path) -> None:
    words = ("--name", "=HYPERLINK(1)", "--note", "-5 puncte", "--turnover", "12,50")
    sqlite_crm.ok("account", "add", *words)
    before = sqlite_crm.ok("account", "show", "1")
    sqlite_crm("account", "export", tmp_path / "a.csv", "--columns", "name,note,turnover")

    text = (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    result = sqlite_crm("account", "import", tmp_path / "a.csv")

    assert "'=HYPERLINK(1);'-5 puncte;12,50;" in text
    assert "1 unchanged" in result.stderr
    assert sqlite_crm.ok("account", "show", "1") == before
