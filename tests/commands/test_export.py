"""`crm NOUN export` and `crm export all`: what is in the files, and that it is all of it."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from crm_cli import exporting, reader, views
from crm_cli.database import Database
from crm_cli.imports.plans.nouns import NOT_IMPORTED
from crm_cli.output.file_forms import FORMS, Look, Named
from crm_cli.sheets.roundtrip import stamp_of
from crm_cli.views.plurals import plural
from tests.conftest import Crm
from tests.test_startup import HEAVY, RUN, run

if TYPE_CHECKING:
    from collections.abc import Sequence

COLUMNS = ("--columns", "name,phone,turnover,note,created_at")


def fill(crm: Crm) -> None:
    """Three accounts, one of them archived."""
    crm.ok(
        "account", "add", "--name", "=Moldo Trans SRL", "--phone", "0722000100", "--city", "Iași",
        "--turnover", "1234.50", "--note", "un rând\nal doilea",
    )  # fmt: skip
    crm.ok("account", "add", "--name", "Łódź Sp. z o.o.", "--country", "PL", "--city", "Łódź")
    gone = crm.id("account", "add", "--name", "Fosta SA")
    crm.ok("contact", "add", "--name", "Ion Pop", "--account", gone)
    crm.ok("account", "remove", gone)


def rows_of(path: Path, sheet: str | None = None) -> list[list[Any]]:
    """What a workbook holds."""
    book = openpyxl.load_workbook(path)
    page = book[sheet] if sheet else book.active
    return [[cell.value for cell in row] for row in page.iter_rows()]


@pytest.mark.proves("R224")
def test_export_to_a_workbook(crm: Crm, tmp_path: Path) -> None:
    fill(crm)
    path = tmp_path / "accounts.xlsx"

    result = crm("account", "export", path, *COLUMNS, "--sort", "-name", "--language", "ro")

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"2 rows in {path}.\n"
    (*headings, key, version), *rows = rows_of(path)
    assert headings == ["Denumire", "Telefon", "Cifra de afaceri", "Observații", "Creat la"]
    assert stamp_of(key) == stamp_of(version) is not None
    assert [[row[0], *row[2:4], *row[5:]] for row in rows] == [
        ["=Moldo Trans SRL", 1234.5, "un rând\nal doilea", 1, 1],
        ["Łódź Sp. z o.o.", None, None, 2, 1],
    ]
    page = openpyxl.load_workbook(path).active
    assert [page.column_dimensions[name].hidden for name in "EFG"] == [False, True, True]


def test_export_everything_unless_told(sqlite_crm: Crm, tmp_path: Path) -> None:
    fill(sqlite_crm)
    path = tmp_path / "a.csv"

    said = sqlite_crm("account", "export", path, "--all", "--limit", "3", "--language", "en").stderr

    assert said == f"3 rows in {path}.\n"
    with path.open(encoding="utf-8-sig", newline="") as file:
        headings, *rows = csv.reader(file)
    account = views.of("account")
    assert headings[:-2] == [column.labels[0] for column in account.columns]
    assert [row[1] for row in rows] == ["'=Moldo Trans SRL", "Łódź Sp. z o.o.", "Fosta SA"]


def test_export_chosen_rows(sqlite_crm: Crm, tmp_path: Path) -> None:
    fill(sqlite_crm)
    path = tmp_path / "a.jsonl"

    said = [
        sqlite_crm("account", "export", path, *chosen).stderr
        for chosen in (
            ["--where", "country = PL"],
            ["--search", "moldo"],
            ["--limit", "1"],
            ["--where", "name = Nobody"],
        )
    ]

    cut = "Only the first 1 are shown; without --limit all are.\n"
    one = f"1 row in {path}.\n"
    assert said == [one, one, cut + one, f"0 rows in {path}.\n"]


def test_export_to_stdout(sqlite_crm: Crm) -> None:
    fill(sqlite_crm)

    result = sqlite_crm("account", "export", "-", "--columns", "name,phone,country")

    assert result.stdout == (
        "name,phone,country\n=Moldo Trans SRL,+40722000100,RO\nŁódź Sp. z o.o.,,PL\n"
    )


STAMPED = re.compile(r"@[0-9a-f]{8}")


@pytest.mark.parametrize(
    ("options", "encoding", "expected"),
    [
        (
            [],
            "utf-8-sig",
            (
                "Denumire;Telefon;Cifra de afaceri;id@;version@\r\n"
                "'=Moldo Trans SRL;'+40722000100;1234,50;1;1\r\n"
            ),
        ),
        (
            ["--language", "en", "--delimiter", "|", "--encoding", "utf-16"],
            "utf-16",
            "Name|Phone|Turnover|id@|version@\r\n'=Moldo Trans SRL|'+40722000100|1234.50|1|1\r\n",
        ),
        (
            ["--raw"],
            "utf-8",
            "Denumire,Telefon,Cifra de afaceri\n=Moldo Trans SRL,+40722000100,1234.50\n",
        ),
    ],
)
def test_export_csv(
    sqlite_crm: Crm, tmp_path: Path, options: list[str], encoding: str, expected: str
) -> None:
    fill(sqlite_crm)
    path = tmp_path / "a.csv"
    chosen = ["--columns", "name,phone,turnover", "--where", "country = RO", *options]

    assert sqlite_crm("account", "export", path, *chosen).stderr == f"1 row in {path}.\n"

    assert STAMPED.sub("@", path.read_bytes().decode(encoding)) == expected


WORDS = ("--columns", "relations,language,tax_id_invalid")


@pytest.mark.parametrize(
    ("name", "options", "expected"),
    [
        ("a.csv", ["--language", "ro"], "client, furnizor;română;nu"),
        ("a.csv", ["--language", "pl"], "klient, dostawca;rumuński;nie"),
        ("a.csv", ["--language", "en"], '"customer, supplier",Romanian,no'),
        ("a.csv", ["--raw"], '"customer,supplier",ro,false'),
        ("a.html", [], "<td>client, furnizor</td><td>română</td><td>nu</td>"),
        ("a.jsonl", [], '["customer", "supplier"], "language": "ro", "tax_id_invalid": false'),
    ],
)
def test_export_words_of_lists(
    sqlite_crm: Crm, tmp_path: Path, name: str, options: list[str], expected: str
) -> None:
    relations = ("--relations", "customer,supplier", "--language", "ro")
    sqlite_crm.ok("account", "add", "--name", "Alfa SRL", *relations)

    sqlite_crm("account", "export", tmp_path / name, *WORDS, *options)

    assert expected in (tmp_path / name).read_text(encoding="utf-8-sig")


def test_export_words_of_lists_to_a_workbook(sqlite_crm: Crm, tmp_path: Path) -> None:
    add = ("account", "add", "--name", "Alfa SRL", "--relations", "customer,supplier")
    sqlite_crm.ok(*add, "--language", "ro")

    sqlite_crm("account", "list", *WORDS, "--output", tmp_path / "a.xlsx")

    assert rows_of(tmp_path / "a.xlsx")[1] == ["client, furnizor", "română", False]


def test_export_letters_the_encoding_lacks(sqlite_crm: Crm, tmp_path: Path) -> None:
    fill(sqlite_crm)
    path = tmp_path / "a.csv"
    path.write_text("as it was")

    result = sqlite_crm("account", "export", path, "--encoding", "iso-8859-16")
    refused = sqlite_crm("account", "export", path, "--encoding", "cp1250", "--columns", "city")

    assert (result.exit_code, refused.exit_code) == (0, 5)
    assert refused.stderr == (
        "crm: 'ș' (U+0219) in row 1 cannot be written as cp1250.\n"
        "hint: Leave --encoding out: UTF-8 has every letter.\n"
    )
    assert path.read_text("iso-8859-16").startswith("Id;Denumire")


def test_export_that_lost_a_row(
    sqlite_crm: Crm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(sqlite_crm)
    path, form = tmp_path / "a.jsonl", FORMS[".jsonl"]

    def lose_one(draft: Path, tables: Sequence[Named], look: Look) -> None:
        form.write(draft, tables, look)
        draft.write_bytes(draft.read_bytes()[: -len("}\n")].rpartition(b"\n")[0] + b"\n")

    monkeypatch.setitem(FORMS, ".jsonl", replace(form, write=lose_one))

    result = sqlite_crm("account", "export", path)

    assert result.exit_code == 1
    assert result.stderr == f"crm: {path} would hold 1 of 2 rows; it was not written.\n"
    assert list(tmp_path.glob("*.jsonl")) == []


@pytest.mark.parametrize("words", [("account", "export"), ("export", "all")])
def test_export_to_what_is_no_form(sqlite_crm: Crm, words: tuple[str, ...], tmp_path: Path) -> None:
    result = sqlite_crm(*words, tmp_path / "a.pdf")

    assert result.exit_code == 2
    assert result.stderr.endswith(f"hint: End it in {', '.join(FORMS)}.\n")
    assert not (tmp_path / "a.pdf").exists()


def test_export_more_rows_than_are_fetched_at_once(
    crm: Crm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(crm)
    monkeypatch.setattr(reader, "AT_ONCE", 1)
    path = tmp_path / "a.json"

    assert crm("account", "export", path, "--all").stderr == f"3 rows in {path}.\n"

    assert json.loads(path.read_text(encoding="utf-8")) == crm.ok("account", "list", "--all")


def test_export_all(crm: Crm, tmp_path: Path) -> None:
    fill(crm)
    book, text = tmp_path / "all.xlsx", tmp_path / "all.json"

    said = [crm("export", "all", path, "--language", "pl").stderr for path in (book, text)]

    found = json.loads(text.read_text(encoding="utf-8"))
    total = sum(map(len, found.values()))
    assert said == [f"{total} rows in {path}.\n" for path in (book, text)]
    assert list(found) == list(exporting.EXPORTED)
    assert openpyxl.load_workbook(book).sheetnames == [
        "Zespoły", "Pracownicy", "Nieobecności", "Dni wolne", "Operacje", "Powody",
        "Cykle sprzedaży", "Etapy", "Serie", "Statusy", "Stawki VAT", "Kursy walut", "Kontrahenci",
        "Oddziały", "Osoby kontaktowe", "Produkty", "Receptury", "Kampanie", "Leady",
        "Arkusze oceny", "Szanse sprzedaży", "Dokumenty", "Interakcje", "Zadania",
    ]  # fmt: skip
    names = [row[1] for row in rows_of(book, "Kontrahenci")]
    assert names == ["Nazwa", "=Moldo Trans SRL", "Łódź Sp. z o.o.", "Fosta SA"]
    assert len(found["account"]) == 3


def test_export_for_a_script(sqlite_crm: Crm, tmp_path: Path) -> None:
    fill(sqlite_crm)
    path = str(tmp_path / "a.xlsx")
    export = ("account", "export", path, "--columns", "name")

    assert sqlite_crm.ok(*export) == {"file": path, "rows": 2}
    assert sqlite_crm.ok("export", "all", path)["rows"] > 2
    lines = json.dumps([*export, "--where", "country = PL"])
    answer = json.loads(sqlite_crm("batch", input=lines).stdout)
    assert answer == {"line": 1, "exit": 0, "result": {"file": path, "rows": 1}}


@pytest.mark.parametrize("noun", ["campaign", "document", "evaluation", "opportunity", "lead"])
def test_export_all_as_each_noun_alone(sqlite_crm: Crm, tmp_path: Path, noun: str) -> None:
    book, alone = tmp_path / "all.xlsx", tmp_path / "alone.xlsx"

    sqlite_crm("export", "all", book)
    sqlite_crm(noun, "export", alone)

    assert rows_of(book, plural(noun, "ro"))[0] == rows_of(alone)[0]


def test_bring_back_a_sheet_of_everything(sqlite_crm: Crm, tmp_path: Path) -> None:
    fill(sqlite_crm)
    book = tmp_path / "tot.xlsx"
    sqlite_crm("export", "all", book, "--language", "ro")

    result = sqlite_crm("account", "import", book, "--sheet", "parteneri")

    assert result.exit_code == 0
    assert "3 rows read, 0 created, 0 updated, 3 unchanged, 0 rejected." in result.stderr


def test_export_all_to_one_list(sqlite_crm: Crm, tmp_path: Path) -> None:
    result = sqlite_crm("export", "all", tmp_path / "all.csv")

    assert (result.exit_code, result.stderr) == (
        2,
        f"crm: '{tmp_path}/all.csv' holds one list only.\nhint: End it in .xlsx, .json.\n",
    )


def test_all_is_every_noun() -> None:
    """A noun that can be imported is exported too: name it in `exporting.EXPORTED`."""
    kinds = {"contract", "invoice", "order", "proforma", "quote", "receipt"}

    assert set(exporting.EXPORTED) == views.MODULES.keys() - NOT_IMPORTED.keys() - kinds


def test_read_at_one_moment(postgresql_url: str) -> None:
    ours = Database(postgresql_url)
    teams = "SELECT count(*) FROM team"

    with ours.reader.snapshot():
        counts = [ours.reader.value(teams)]
        Crm(postgresql_url, Path()).ok("team", "add", "--code", "x", "--name-en", "X")
        counts.append(ours.reader.value(teams))
    counts.append(ours.reader.value(teams))
    ours.close()

    assert counts == [counts[0], counts[0], counts[0] + 1]


def test_export_loads_nothing_heavy(sqlite_crm: Crm, tmp_path: Path) -> None:
    fill(sqlite_crm)
    files = [str(tmp_path / f"a{ending}") for ending in FORMS]
    commands = [["account", "export", path] for path in files]
    commands.append(["export", "all", str(tmp_path / "all.xlsx")])

    found = run(RUN, " ".join((*HEAVY, "psycopg")), json.dumps(commands), **sqlite_crm.environment)

    assert found == {}
