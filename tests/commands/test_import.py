"""`crm NOUN import` for the plain nouns: options, references, and the way back from an export."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.execute import execute
from tests.sheets.workbooks import xlsx

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

    Rows = list[list[object]]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("noun", ["account", "contact", "site", "employee", "lead"])
def test_import_an_export(crm: Crm, tmp_path: Path, noun: str, ending: str) -> None:
    alfa = ("--name", "Alfa SRL", "--tax-id", "RO14399840", "--turnover", "1234,50")
    crm("lead", "add", *alfa, "--contact", "Ion Popa", "--note", "=1+1")
    crm("site", "add", "--account", "1", "--name", "Depozit", "--city", "Iași")
    path = tmp_path / f"list.{ending}"
    assert crm(noun, "export", path).exit_code == 0
    before = execute(crm.url, "SELECT count(*) FROM audit")

    result = crm(noun, "import", path, "--format", "json")

    assert result.exit_code == 0, result.stderr
    assert (result.json["read"], result.json["unchanged"]) == (1, 1)
    assert execute(crm.url, "SELECT count(*) FROM audit") == before


def test_import_into_an_empty_database(crm: Crm, tmp_path: Path) -> None:
    crm("account", "add", "--name", "Alfa SRL", "--phone", "0722123456", "--city", "Iași")
    crm("account", "export", tmp_path / "list.xlsx", "--raw")
    exported = crm.ok("account", "list")
    crm("account", "remove", "1")

    assert crm("account", "import", tmp_path / "list.xlsx").exit_code == 0

    assert [{**one, "id": 1} for one in crm.ok("account", "list")] == exported


def test_import_references(crm: Crm, tmp_path: Path) -> None:
    crm("account", "add", "--name", "Alfa SRL", "--tax-id", "RO14399840")
    crm("account", "add", "--name", "Beta SA")
    headings = ["Nume", "Partener", "Responsabil"]
    rows: Rows = [
        ["Ion Popa", "RO14399840", "ana"],
        ["Ana Rusu", "Beta", "me"],
        ["Ioana", "1", None],
    ]

    crm("contact", "import", xlsx(tmp_path / "list.xlsx", [headings, *rows]))

    found = [(one["account"], one["owner"]) for one in crm.ok("contact", "list")]
    assert found == [("Alfa SRL", "Ana Pop"), ("Beta SA", "Ana Pop"), ("Alfa SRL", None)]


def test_name_unknown_references(crm: Crm, tmp_path: Path) -> None:
    for city in ("Iași", "Cluj"):
        crm("account", "add", "--name", "Alfa SRL", "--city", city)
    rows = [["Nume", "Partener"], ["Ion", "Alfa"], ["Ana", "Gama"], ["Dan", "77"]]

    result = crm("contact", "import", xlsx(tmp_path / "list.xlsx", rows))

    assert result.exit_code == 5
    assert result.stderr.splitlines()[2:5] == [
        "  row 2, Partener: 'Alfa' names more than one account: 1, 2. Give the id.",
        "  row 3, Partener: There is no account 'Gama'. `crm account list` shows them.",
        "  row 4, Partener: There is no account '77'. `crm account list` shows them.",
    ]


def test_import_two_phones_in_a_cell(crm: Crm, tmp_path: Path) -> None:
    rows: Rows = [
        ["Denumire", "Telefon", "Mobil"],
        ["Alfa", "0232 000 000 / 0722 123 456", 733111222],
    ]

    crm("account", "import", xlsx(tmp_path / "list.xlsx", rows))

    found = crm.ok("account", "show", "1")
    assert (found["phone"], found["other_phones"]) == (
        "+40232000000",
        "+40722123456, +40733111222",
    )


def test_accept_an_invalid_tax_id(crm: Crm, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "list.xlsx", [["Denumire", "CUI"], ["Alfa", "RO14399841"]])

    result = crm("account", "import", path, "--accept-invalid", "tax_id")

    assert result.exit_code == 0
    assert "warning: Kept though they are wrong: values in row 2." in result.stderr
    kept = crm.ok("account", "list", "--where", "tax_id_invalid = yes")
    assert [one["tax_id"] for one in kept] == ["RO14399841"]
    mended = crm.ok("account", "edit", "tax:14399841", "--tax-id", "RO14399840")
    assert mended["tax_id_invalid"] is False


def test_set_constants(crm: Crm, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "list.xlsx", [["Titlu", "Zodie"], ["Alfa", "Leu"]])

    words = ("--map", "Titlu=name", "--set", "owner=me", "--set", "relations=supplier")
    result = crm("account", "import", path, *words)

    assert "Left out, for the headings are not known: 'Zodie'" in result.stderr
    found = crm.ok("account", "show", "1")
    assert (found["owner"], found["relations"]) == ("Ana Pop", ["supplier"])


def test_keep_the_import_in_the_audit(crm: Crm, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "list.xlsx", [["Denumire"], ["Alfa"]])

    run = crm.ok("account", "import", path)

    imports = "SELECT import_id, changes FROM audit_tx WHERE import_id IS NOT NULL"
    assert execute(crm.url, imports) == [(run["id"], 1)]
    assert crm.ok("import", "list")[0]["file"] == "list.xlsx"
    assert crm("audit", "verify").exit_code == 0


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("none.xlsx",), 3, "There is no file none.xlsx."),
        (("{}", "--set", "zodie=Leu"), 2, "'zodie' is no field of account."),
        (("{}", "--set", "employees=x"), 2, "--set employees: 'x' is not a whole number."),
        (("{}", "--map", "Denumire"), 2, "--map 'Denumire' has no = with a name before it."),
        (("{}", "--sheet", "Alta"), 3, "Alta"),
    ],
)
def test_refuse(
    sqlite_crm: Crm, tmp_path: Path, words: tuple[str, ...], code: int, message: str
) -> None:
    path = xlsx(tmp_path / "list.xlsx", [["Denumire"], ["Alfa"]])

    result = sqlite_crm("account", "import", *(word.format(path) for word in words))

    assert result.exit_code == code
    assert message in result.stderr


def test_import_what_comes_through_a_pipe(
    sqlite_crm: Crm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    good = sqlite_crm("account", "import", "-", input="Denumire;CUI\nAlfa SRL;\nBeta SRL;\n")
    bad = sqlite_crm("account", "import", "-", input="Denumire;CUI\nAlfa SRL;12\n")

    parted = "standard input: text in utf-8, columns parted by ';'.\n"
    assert (good.exit_code, bad.exit_code) == (0, 5)
    assert good.stderr == (
        f"{parted}standard input: 2 rows read, 2 created, 0 updated, 0 unchanged, 0 rejected.\n"
    )
    assert bad.stderr.endswith(
        "hint: Correct standard input (standard-input.errors.xlsx marks what is wrong), or add"
        " --skip-bad-rows.\n"
    )
    assert sqlite_crm.ok("import", "list")[0]["file"] == "standard input"
