"""`crm NOUN import` of a file that somebody else's program wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.execute import execute
from tests.sheets.workbooks import xlsx

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm, Result

    Rows = list[list[object]]

CONTACTS: Rows = [
    ["Persoana", "Partener", "Tel. prywatny", "Zodie", "Limba", "Responsabil"],
    ["Ion Pop", "Alfa SRL", "0722123456", "leu", "romana veche", "Darcel Schlecht"],
    ["Ana Rusu", "ALFA", None, None, "en", "darcel schlecht"],
    ["Dan Gros", "Beta SA", None, None, None, None],
]
MAPPING = """
[columns]
Persoana = "name"
"Tel. prywatny" = "phone"
Zodie = ""

[values.language]
"Romană  veche" = "ro"

[constants]
job_title = "agent"

[defaults]
language = "pl"
"""


def bring_in(crm: Crm, tmp_path: Path, *words: object, mapping: str = MAPPING) -> Result:
    """Import the contacts with a mapping."""
    saved = tmp_path / "list.toml"
    saved.write_text(mapping, encoding="utf-8")
    path = xlsx(tmp_path / "list.xlsx", CONTACTS)
    return crm("contact", "import", path, "--mapping", saved, *words)


def test_import_with_a_mapping(crm: Crm, tmp_path: Path) -> None:
    result = bring_in(crm, tmp_path, "--create-missing", "account,employee")

    assert result.stderr.splitlines() == [
        "2 accounts created: Alfa SRL, Beta SA.",
        "1 employee created: Darcel Schlecht.",
        "list.xlsx: 3 rows read, 3 created, 0 updated, 0 unchanged, 0 rejected.",
    ]
    columns = ("name", "account", "phone", "language", "job_title", "owner")
    assert [tuple(one[name] for name in columns) for one in crm.ok("contact", "list")] == [
        ("Ion Pop", "Alfa SRL", "+40722123456", "ro", "agent", "Darcel Schlecht"),
        ("Ana Rusu", "Alfa SRL", None, "en", "agent", "Darcel Schlecht"),
        ("Dan Gros", "Beta SA", None, "pl", "agent", None),
    ]
    made = crm.ok("account", "show", "Alfa SRL"), crm.ok("employee", "show", "name:Darcel Schlecht")
    assert (made[0]["country"], made[1]["login"]) == ("RO", None)


def test_create_missing_under_the_import(crm: Crm, tmp_path: Path) -> None:
    words = ("--create-missing", "account,employee")
    bring_in(crm, tmp_path, *words)
    changes = "SELECT changes FROM audit_tx WHERE import_id IS NOT NULL"
    assert execute(crm.url, changes) == [(6,)]
    before = execute(crm.url, "SELECT count(*) FROM audit")

    again = bring_in(crm, tmp_path, *words)

    assert "created: " not in again.stderr
    assert execute(crm.url, "SELECT count(*) FROM audit") == before


def test_create_missing_in_a_dry_run(sqlite_crm: Crm, tmp_path: Path) -> None:
    result = bring_in(sqlite_crm, tmp_path, "--create-missing", "account,employee", "--dry-run")

    assert "2 accounts created: Alfa SRL, Beta SA." in result.stderr
    assert sqlite_crm.ok("account", "list") == []


def test_create_nothing_for_bad_rows(sqlite_crm: Crm, tmp_path: Path) -> None:
    rows: Rows = [["Nume", "Partener", "E-mail"], ["Ion", "Alfa", "x"], ["Ana", "Beta", None]]
    words = ("--create-missing", "account", "--skip-bad-rows")

    sqlite_crm("contact", "import", xlsx(tmp_path / "a.xlsx", rows), *words)

    assert [one["name"] for one in sqlite_crm.ok("account", "list")] == ["Beta"]


def test_create_nothing_from_a_key(sqlite_crm: Crm, tmp_path: Path) -> None:
    rows: Rows = [["Nume", "Partener"], ["Ion", "RO14399840"], ["Ana", "a@b.ro"], ["Dan", "77"]]

    path = xlsx(tmp_path / "a.xlsx", rows)
    result = sqlite_crm("contact", "import", path, "--create-missing", "account")

    assert result.exit_code == 5
    assert "There is no account 'RO14399840', and a key alone makes none." in result.stderr
    assert "There is no account 'a@b.ro', and a key alone makes none." in result.stderr
    assert "There is no account '77'." in result.stderr


def test_refuse_to_create_what_a_name_does_not_make(sqlite_crm: Crm, tmp_path: Path) -> None:
    result = bring_in(sqlite_crm, tmp_path, "--create-missing", "stage")

    assert result.exit_code == 2
    assert "A name alone makes no stage." in result.stderr


def test_let_the_command_line_win(sqlite_crm: Crm, tmp_path: Path) -> None:
    mapping = '[import]\ncreate_missing = "account,employee"\n[constants]\nnote = "a"\n' + (
        MAPPING.replace("[constants]", "[defaults]").replace('[defaults]\nlanguage = "pl"', "")
    )
    words = ("--set", "note=b", "--map", "Zodie=level", "--map", "Limba=")

    result = bring_in(sqlite_crm, tmp_path, *words, mapping=mapping)

    assert result.exit_code == 0, result.stderr
    found = sqlite_crm.ok("contact", "show", "1")
    assert (found["note"], found["level"], found["language"]) == ("b", "leu", None)


def test_guess_a_mapping(sqlite_crm: Crm, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "list.xlsx", CONTACTS)

    result = sqlite_crm("contact", "import", path, "--guess")

    assert result.stdout.splitlines() == [
        "# crm contact import list.xlsx --mapping FILE.toml",
        "",
        "[import]",
        'sheet = "Sheet1"',
        '# key = "external_id"  # by what alone rows are recognised',
        '# locale = "ro"  # how numbers and dates are written',
        '# create_missing = ["account"]  # what is created where a name is not there',
        "",
        "[columns]",
        '# "Persoana" = "name"  # ?',
        '"Partener" = "account"',
        '# "Tel. prywatny" = "phone"  # ?',
        '# "Zodie" = ""',
        '"Limba" = "language"',
        '"Responsabil" = "owner"',
        "",
        "[values.account]",
        "# or let them be created: --create-missing account",
        '# "ALFA" = ""',
        '# "Alfa SRL" = ""',
        '# "Beta SA" = ""',
        "",
        "[values.language]",
        "# one of: en, ro, pl",
        '# "romana veche" = ""',
        "",
        "[values.owner]",
        "# or let them be created: --create-missing employee",
        '# "Darcel Schlecht" = ""',
        '# "darcel schlecht" = ""',
    ]


def test_guess_what_an_import_does(sqlite_crm: Crm, tmp_path: Path) -> None:
    rows: Rows = [
        ["Nr. crt.", "Denumire", "Telefon", "Mobil", "Telefon", 'Zodie "de naștere"', None],
        [1, "Alfa", "0722123456", "0733123456", "0744123456", "leu", None],
    ]
    path, saved = xlsx(tmp_path / "list.xlsx", rows), tmp_path / "list.toml"
    saved.write_text(sqlite_crm("account", "import", path, "--guess").stdout, encoding="utf-8")
    assert sqlite_crm("account", "import", path).exit_code == 0

    result = sqlite_crm("account", "import", path, "--mapping", saved)

    assert "1 row read, 0 created, 0 updated, 1 unchanged, 0 rejected." in result.stderr


@pytest.mark.parametrize("key", ["tax_id", "code", "id", "name,city", "external_id"])
def test_import_by_a_key(crm: Crm, tmp_path: Path, key: str) -> None:
    one = ("--name", "Alfa SRL", "--city", "Iași", "--code", "A1", "--external-id", "x1")
    crm("account", "add", *one, "--tax-id", "RO14399840")
    crm("account", "add", "--name", "Alfa SRL", "--city", "Cluj", "--code", "A2")
    headings: list[object] = [
        "Denumire",
        "Localitate",
        "Cod",
        "CUI",
        "External id",
        "Id",
        "Observații",
    ]
    rows: Rows = [headings, ["Alfa", "iasi", "A1", 14399840, "x1", 1, "găsit"]]

    result = crm("account", "import", xlsx(tmp_path / "list.xlsx", rows), "--key", key)

    assert result.exit_code == 0, result.stderr
    assert [one["note"] for one in crm.ok("account", "list")] == ["găsit", None]


def test_believe_only_the_key(sqlite_crm: Crm, tmp_path: Path) -> None:
    sqlite_crm("account", "add", "--name", "Alfa SRL", "--code", "A1")
    rows: Rows = [["Denumire", "Cod"], ["Alfa SRL", "A2"]]

    sqlite_crm("account", "import", xlsx(tmp_path / "list.xlsx", rows), "--key", "code")

    assert [one["code"] for one in sqlite_crm.ok("account", "list")] == ["A1", "A2"]


def test_refuse_rows_without_the_key(sqlite_crm: Crm, tmp_path: Path) -> None:
    rows: Rows = [["Denumire", "Cod", "Id"], ["Alfa", None, 7], ["Beta", "B1", None]]
    path = xlsx(tmp_path / "list.xlsx", rows)

    by_code = sqlite_crm("account", "import", path, "--key", "code")
    by_id = sqlite_crm("account", "import", path, "--key", "id")

    assert "row 2, Cod: The row has no code, by which rows are recognised." in by_code.stderr
    assert "row 2: There is no such account." in by_id.stderr
    assert "row 3, Id: The row has no id, by which rows are recognised." in by_id.stderr


@pytest.mark.parametrize("key", ["zodie", "name,contact"])
def test_refuse_a_key_that_is_none(sqlite_crm: Crm, tmp_path: Path, key: str) -> None:
    path = xlsx(tmp_path / "list.xlsx", [["Denumire"], ["Alfa"]])

    assert sqlite_crm("lead", "import", path, "--key", key).exit_code == 2


def test_know_an_account_by_the_digits_of_its_tax_id(sqlite_crm: Crm, tmp_path: Path) -> None:
    sqlite_crm.id(
        "account", "add", "--name", "Huta", "--country", "PL", "--tax-id", "526-104-08-28"
    )
    rows: Rows = [["Nume", "Partener"], ["Ion", 5261040828], ["Ana", "5261040828"]]

    sqlite_crm.ok("contact", "import", xlsx(tmp_path / "a.xlsx", rows))

    assert [one["account"] for one in sqlite_crm.ok("contact", "list")] == ["Huta", "Huta"]


@pytest.mark.parametrize(
    ("headings", "names"),
    [
        (["Imię", "Nazwisko"], ["Ana", "Pop"]),
        (["Nume", "Prenume"], ["Pop", "Ana"]),
        (["Last name", "First name"], ["Pop", "Ana"]),
    ],
)
def test_join_the_parts_of_a_name(
    sqlite_crm: Crm, tmp_path: Path, headings: list[object], names: list[object]
) -> None:
    path = xlsx(tmp_path / "a.xlsx", [headings, names, [None, "Dan"]])

    sqlite_crm.ok("contact", "import", path)

    assert [one["name"] for one in sqlite_crm.ok("contact", "list")] == ["Ana Pop", "Dan"]


@pytest.mark.parametrize(
    ("country", "rows", "locale"),
    [
        ("RO", ["1234;1.02.2026"], "ro"),
        ("PL", ["1234;1.02.2026"], "pl"),
        ("PL", ["1,234.50;1.02.2026"], "en"),
        ("PL", ["1.234,50;1.02.2026"], "pl"),
        ("RO", ["1,234.50;02/13/2026"], "en-US"),
    ],
)
def test_guess_the_locale(
    sqlite_crm: Crm, tmp_path: Path, country: str, rows: list[str], locale: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("\n".join(["Amount;Opened", *rows]))
    sqlite_crm("setting", "set", "country", country)

    printed = sqlite_crm("opportunity", "import", path, "--guess").stdout

    assert f'# locale = "{locale}"  # how numbers and dates are written' in printed


POSTAL = "'Kod' holds postal codes and is taken as such (--map 'Kod=code').\n"


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Nazwa;Kod;Ulica\nAlfa;00-950;Prosta\nBeta;;Krzywa", (), (None, "00-950")),
        ("Nazwa;Kod;Ulica\nAlfa;00-950;Prosta", ("--map", "kod=code"), ("00-950", None)),
        ("Nazwa;Kod;Ulica\nAlfa;00-950;Prosta\nBeta;A-1;", (), ("00-950", None)),
        ("Nazwa;Kod;Kod pocztowy\nAlfa;00-950;02-222", (), ("00-950", "02-222")),
    ],
)
def test_take_postal_codes_for_what_they_are(
    sqlite_crm: Crm,
    tmp_path: Path,
    text: str,
    words: tuple[str, ...],
    expected: tuple[str | None, str | None],
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text)

    result = sqlite_crm("account", "import", path, "--set", "country=PL", *words)
    guessed = sqlite_crm("account", "import", path, *words, "--guess").stdout

    one = sqlite_crm.ok("account", "list", "--sort", "id")[0]
    taken = expected[0] is None
    assert (one["code"], one["postal_code"]) == expected
    assert (POSTAL in result.stderr, '"Kod" = "postal_code"' in guessed) == (taken, taken)
