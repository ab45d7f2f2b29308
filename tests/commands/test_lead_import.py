"""`crm lead import` on the list of a real office, as .xls, .xlsx and .csv."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from tests.execute import execute
from tests.sheets.workbooks import xlsx

if TYPE_CHECKING:
    from tests.conftest import Crm

SAMPLES = Path(__file__).parents[2] / "samples"
ROWS, BAD = 230, 15
TABLES = ("account", "contact", "competitor", "lead", "audit")

WRONG_CUI = "is not a CUI: its check digit does not agree with the others. The form is RO14399840."
NO_EMAIL = "is not an e-mail address. Write it as name@company.ro."
NO_COUNTY = "is not a county of Romania. Write its name or code, such as Iași or IS."
PROBLEMS = [
    (35, "CUI", "RO91305419", f"'RO91305419' {WRONG_CUI}"),
    (67, "CUI", "RO92652939", f"'RO92652939' {WRONG_CUI}"),
    (68, "CUI", "RO92695043", f"'RO92695043' {WRONG_CUI}"),
    (77, "CUI", "RO93074035", f"'RO93074035' {WRONG_CUI}"),
    (86, "Județ", "Moldova de Sus", f"'Moldova de Sus' {NO_COUNTY}"),
    (110, "CUI", "RO94463669", f"'RO94463669' {WRONG_CUI}"),
    (142, "CUI", "RO 94884762", "Row 120 has the same tax id."),
    (
        146,
        "Nr. angajați",
        "zece",
        "'zece' is not a whole number. Write it as 1234.",
    ),
    (154, "E-mail", "contact.firma.example", f"'contact.firma.example' {NO_EMAIL}"),
    (163, "E-mail", "vanzari@@firma.example", f"'vanzari@@firma.example' {NO_EMAIL}"),
    (165, "CUI", "RO 93031929", "Row 76 has the same tax id."),
    (190, "E-mail", "office@", f"'office@' {NO_EMAIL}"),
    (191, "Județ", "Transilvania", f"'Transilvania' {NO_COUNTY}"),
    (204, "CUI", "RO 91894958", "Row 49 has the same tax id."),
    (215, "CUI", "RO 92863488", "Row 72 has the same tax id."),
]
"""Every bad row of the samples; the amount `1.234` is decided by the others of its column."""


@pytest.fixture(params=["xls", "xlsx", "csv"])
def sample(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of each sample, in a folder that can be written to."""
    return Path(shutil.copy(SAMPLES / f"leads.{request.param}", tmp_path))


@pytest.fixture
def xls(tmp_path: Path) -> Path:
    """A copy of the .xls."""
    return Path(shutil.copy(SAMPLES / "leads.xls", tmp_path))


def counts(crm: Crm) -> dict[str, int]:
    """Rows of the tables an import writes."""
    return {table: execute(crm.url, f"SELECT count(*) FROM {table}")[0][0] for table in TABLES}


def outcome(record: dict[str, Any]) -> tuple[int, ...]:
    """What an import says it did."""
    return tuple(record[name] for name in ("read", "created", "updated", "unchanged", "rejected"))


@pytest.mark.proves("R23", "R221", "R222")
def test_import_the_good_rows(crm: Crm, sample: Path) -> None:
    before = counts(crm)

    result = crm("lead", "import", sample, "--skip-bad-rows", "--format", "json")

    assert result.exit_code == 6
    assert outcome(result.json) == (ROWS, ROWS - BAD, 0, 0, BAD)
    found = {table: number - before[table] for table, number in counts(crm).items()}
    good = ROWS - BAD
    expected = {"account": good, "contact": good, "competitor": 0, "lead": good, "audit": 3 * good}
    assert found == expected
    assert crm("db", "check").exit_code == 0


def test_name_every_bad_row(sqlite_crm: Crm, sample: Path) -> None:
    result = sqlite_crm("lead", "import", sample, "--skip-bad-rows", "--format", "json")

    problems = [tuple(one.values()) for one in result.json["problems"]]
    headings = {one[1] for one in PROBLEMS}
    renamed = {name.translate(CEDILLA): name for name in headings}
    told = [(row, renamed.get(column, column), value, why) for row, column, value, why in problems]
    assert told == PROBLEMS


CEDILLA = str.maketrans("șțȘȚ", "şţŞŢ")


def test_import_with_bad_rows(crm: Crm, xls: Path) -> None:
    before = counts(crm)

    result = crm("lead", "import", xls)

    assert (result.exit_code, result.stdout, counts(crm)) == (5, "", before)
    lines = result.stderr.splitlines()
    assert lines[:4] == [
        "leads.xls: row 234 sums up others and is left out.",
        "leads.xls: 230 rows read, 0 created, 0 updated, 0 unchanged, 15 rejected.",
        "crm: 15 of 230 rows have 15 problems; nothing was written.",
        f"  row 35, CUI: 'RO91305419' {WRONG_CUI}",
    ]
    assert "  row 142, CUI, 'RO 94884762': Row 120 has the same tax id." in lines
    assert lines[-1] == (
        f"hint: Correct {xls} ({xls}.errors.xlsx marks what is wrong), or add --skip-bad-rows."
    )


def test_import_the_same_file_again(crm: Crm, xls: Path) -> None:
    crm("lead", "import", xls, "--skip-bad-rows")
    before = counts(crm)

    result = crm("lead", "import", xls, "--skip-bad-rows", "--format", "json")

    assert outcome(result.json) == (ROWS, 0, 0, ROWS - BAD, BAD)
    assert counts(crm) == before


def test_dry_run(crm: Crm, xls: Path) -> None:
    before = counts(crm)

    result = crm("lead", "import", xls, "--skip-bad-rows", "--dry-run")

    assert result.exit_code == 6
    assert "215 created" in result.stderr
    assert "Nothing was kept: it was a dry run." in result.stderr
    assert counts(crm) == before
    assert execute(crm.url, "SELECT count(*) FROM import_run") == [(0,)]


def test_show_an_imported_lead(crm: Crm, xls: Path) -> None:
    crm("lead", "import", xls, "--skip-bad-rows")

    account = crm.ok("account", "show", "RO90042117")
    lead = crm.ok("lead", "list", "--where", "account = SC Zorvex Trans SA")[0]

    assert (account["relations"], account["city"], account["county"]) == (
        ["lead"],
        "Baia Mare",
        "MM",
    )
    assert (account["phone"], account["turnover"]) == ("+40700001101", "2613672.31")
    assert (lead["status"], lead["contact"]) == ("inactive", "Anișoara Bălțatu")
    assert lead["note"] == "Sunat, revine săptămâna viitoare"


@pytest.mark.proves("R222")
def test_import_the_mended_bad_rows(sqlite_crm: Crm, sample: Path) -> None:
    sqlite_crm("lead", "import", sample, "--skip-bad-rows")

    result = mended(sqlite_crm, sample)

    assert outcome(result) == (BAD - 4, BAD - 4, 0, 0, 0)
    assert len(sqlite_crm.ok("lead", "list")) == ROWS - 4


def test_import_the_mended_workbook(sqlite_crm: Crm, tmp_path: Path) -> None:
    path = Path(shutil.copy(SAMPLES / "leads.xlsx", tmp_path))
    sqlite_crm("lead", "import", path)

    result = mended(sqlite_crm, path)

    assert outcome(result) == (ROWS - 4, ROWS - 4, 0, 0, 0)


def mended(crm: Crm, path: Path) -> Any:
    """Correct the workbook that was handed back and import it as it is."""
    book = openpyxl.load_workbook(f"{path}.errors.xlsx")
    mend(book.active)
    book.save(path.with_name("mended.xlsx"))
    return crm.ok("lead", "import", path.with_name("mended.xlsx"))


def mend(page: Any) -> None:
    """Correct each bad cell as the last column says; repeated rows are emptied."""
    rows = list(page.iter_rows())
    heading = next(row for row in rows if row[1].value == "CUI")
    names = [str(cell.value).translate(str.maketrans("şţ", "șț")) for cell in heading]
    right = {"E-mail": "office@firma.example", "Județ": "Iași", "Nr. angajați": 10}
    for row in rows[rows.index(heading) + 1 :]:
        told = str(row[names.index("Erori")].value or "")
        column = told.partition(":")[0].translate(str.maketrans("şţ", "șț"))
        if "are aceeași valoare" in told:
            for cell in row:
                cell.value = None
        elif column:
            row[names.index(column)].value = right.get(column)


def test_hand_back_the_bad_rows(sqlite_crm: Crm, xls: Path) -> None:
    sqlite_crm("lead", "import", xls, "--skip-bad-rows")

    page = openpyxl.load_workbook(f"{xls}.errors.xlsx").active

    assert page is not None
    assert page.max_row == 1 + BAD
    last = [row[-1] for row in page.iter_rows(values_only=True)]
    wrong = "nu este un CUI: cifra de control nu se potrivește cu celelalte."
    assert last[:2] == ["Erori", f"CUI: „RO91305419” {wrong} Forma corectă: RO14399840."]


def test_import_a_clean_workbook(crm: Crm, tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "list.xlsx",
        [["Nazwa firmy", "NIP", "Kraj"], ["Alfa sp. z o.o.", "526-000-12-46", "Polska"]],
    )

    result = crm("lead", "import", path)

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == (
        "list.xlsx: 1 row read, 1 created, 0 updated, 0 unchanged, 0 rejected.\n"
    )
    assert not path.with_name("list.xlsx.errors.xlsx").exists()
