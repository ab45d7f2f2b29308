"""`crm contact import|export` with the cards and address books of other programs."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

if TYPE_CHECKING:
    from tests.conftest import Crm

pytestmark = pytest.mark.proves("R143")

SAMPLES = Path(__file__).parent.parent / "cards" / "samples"
LABELS = tomllib.loads((SAMPLES / "labels.toml").read_text(encoding="utf-8"))

CARDS = """BEGIN:VCARD
VERSION:3.0
N:Pop;Ana;;;
FN:Ana Pop
ORG:Alfa SRL;Achiziții
EMAIL:ana@alfa.example
TEL;TYPE=CELL:0722 123 456
TEL;TYPE=WORK:021 312 45 67
ADR:;;Str. Lungă 5;Brașov;;500035;RO
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Ion Rusu
N:Rusu;Ion;;;
TEL:12
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Dan Lu
"""
WORK, MOBILE = "+40213124567", "+40722123456"
SHOWN = ("name", "account", "area", "email", "other_emails", "phone", "other_phones")


def test_import_cards(crm: Crm, tmp_path: Path) -> None:
    path = tmp_path / "people.vcf"
    path.write_text(CARDS, encoding="utf-8")

    result = crm("contact", "import", path)

    assert (result.exit_code, result.stdout) == (5, "")
    assert result.stderr == (
        "people.vcf: 3 cards. Left out, for a contact has no such field: addresses (1).\n"
        "people.vcf: 3 cards read, 0 created, 0 updated, 0 unchanged, 3 rejected.\n"
        "crm: 3 of 3 cards have 3 problems; nothing was written.\n"
        "  card 1 'Ana Pop', Account: There is no account 'Alfa SRL'. "
        "`crm account list` shows them.\n"
        "  card 2 'Ion Rusu', Phone: '12' is not a telephone number of RO. "
        "Write it as 0722 123 456 or +40722123456.\n"
        "  card 3 'Dan Lu': The card is cut off: its end is missing.\n"
        f"hint: Add --skip-bad-rows; then correct {path}.errors.xlsx and import it. "
        "--create-missing account creates what is only named.\n"
    )
    assert crm.ok("contact", "list") == []


def test_mend_bad_cards(sqlite_crm: Crm, tmp_path: Path) -> None:
    path = tmp_path / "people.vcf"
    path.write_text(CARDS, encoding="utf-8")

    skipped = ("--skip-bad-rows", "--create-missing", "account")
    assert sqlite_crm("contact", "import", path, *skipped).exit_code == 6

    handed_back = tmp_path / "people.vcf.errors.xlsx"
    book = load_workbook(handed_back)
    headings, *rows = book.worksheets[0].iter_rows()
    (phone,) = [at for at, cell in enumerate(headings) if cell.value == "Phone"]
    assert [(row[0].value, row[phone].value) for row in rows] == [
        ("Ion Rusu", "12"),
        ("Dan Lu", None),
    ]
    rows[0][phone].value = "0733 222 111"
    rows[1][0].value = "Dan Lungu"
    book.save(handed_back)
    assert sqlite_crm("contact", "import", handed_back).exit_code == 0
    found = sqlite_crm.ok("contact", "list", "--columns", ",".join(SHOWN))
    assert [[one[name] for name in SHOWN] for one in found] == [
        ["Ana Pop", "Alfa SRL", "Achiziții", "ana@alfa.example", None, WORK, MOBILE],
        ["Ion Rusu", None, None, None, None, "+40733222111", None],
        ["Dan Lungu", None, None, None, None, None, None],
    ]


def test_try_and_take_back(sqlite_crm: Crm) -> None:
    path = SAMPLES / "google-3.0.vcf"
    options = ("--create-missing", "account")

    dry = sqlite_crm("contact", "import", path, *options, "--dry-run")
    assert dry.exit_code == 0
    assert "2 created" in dry.stderr
    assert sqlite_crm.ok("contact", "list") == []

    assert sqlite_crm("contact", "import", path, *options).exit_code == 0
    assert len(sqlite_crm.ok("contact", "list")) == 2
    assert sqlite_crm("import", "undo", "1").exit_code == 0
    assert sqlite_crm.ok("contact", "list") == []


FILES = [
    "people.vcf",
    "people.csv --layout outlook",
    "people.csv --layout outlook --encoding cp1250",
]


@pytest.mark.parametrize("target", FILES)
def test_export_comes_back_unchanged(crm: Crm, tmp_path: Path, target: str) -> None:
    _found_people(crm)
    name, *options = target.split()
    assert crm("contact", "export", tmp_path / name, *options).exit_code == 0

    result = crm("contact", "import", tmp_path / name, "--format", "json")

    assert result.exit_code == 0, result.stderr
    assert (result.json["read"], result.json["unchanged"]) == (3, 3)


@pytest.mark.parametrize("target", FILES[:2])
def test_change_what_was_exported(sqlite_crm: Crm, tmp_path: Path, target: str) -> None:
    _found_people(sqlite_crm)
    name, *options = target.split()
    path = tmp_path / name
    sqlite_crm("contact", "export", path, *options)
    sqlite_crm("contact", "edit", 1, "--job-title", "Director")
    changed = path.read_text(encoding="utf-8-sig").replace("Popescu", "Ionescu")
    path.write_text(changed.replace("ana@alfa.example", "ana.i@alfa.example"), encoding="utf-8")

    assert sqlite_crm("contact", "import", path).exit_code == 0

    (one,) = sqlite_crm.ok("contact", "list", "--where", "id = 1", "--columns", "all")
    shown = ("name", "job_title", "email")
    assert [one[key] for key in shown] == ["Ana Ionescu", "Director", "ana.i@alfa.example"]


def test_people_of_another_database(sqlite_crm: Crm, tmp_path: Path) -> None:
    _found_people(sqlite_crm)
    path = tmp_path / "people.vcf"
    sqlite_crm("contact", "export", path)
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(contact-\d+)@[0-9a-f]{8}", r"\1@00000000", text), encoding="utf-8")

    result = sqlite_crm("contact", "import", path)

    assert result.exit_code == 0, result.stderr
    assert result.stderr == (
        "people.vcf: 3 cards.\n"
        "people.vcf: its ids are of another database and were left aside.\n"
        "people.vcf: 3 cards read, 0 created, 0 updated, 3 unchanged, 0 rejected.\n"
    )


def test_cards_chosen_by_filter(sqlite_crm: Crm, tmp_path: Path) -> None:
    _found_people(sqlite_crm)
    path = tmp_path / "people.vcf"

    chosen = ("--where", "name = 'Maria Rusu'", "--columns", "phone,other_phones", "--raw")
    result = sqlite_crm("contact", "export", path, *chosen)

    assert result.stderr == f"1 row in {path}.\n"
    assert path.read_bytes().decode() == (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//crm//contacts//EN\r\n"
        "FN:Maria Rusu\r\nN:Rusu;Maria;;;\r\n"
        "TEL;TYPE=CELL,VOICE,PREF:+40744000111\r\nTEL;TYPE=WORK,VOICE:+40213124568\r\n"
        "REV:2026-11-23T08:00:00Z\r\nEND:VCARD\r\n"
    )


def test_letters_of_an_old_outlook(sqlite_crm: Crm, tmp_path: Path) -> None:
    sqlite_crm("contact", "add", "--name", "Ștefan Țurcanu")
    sqlite_crm("contact", "add", "--name", "Zoë Müller")
    sqlite_crm("contact", "add", "--name", "Иван Петров")
    path = tmp_path / "people.csv"
    options = ("--layout", "outlook", "--encoding", "cp1250")

    latin = sqlite_crm("contact", "export", path, *options, "--where", "id = 1")
    assert latin.exit_code == 0, latin.stderr
    assert '"","Ştefan","","Ţurcanu",""' in path.read_text(encoding="cp1250")

    result = sqlite_crm("contact", "export", path, *options, "--where", "id = 3")
    assert result.exit_code == 5
    assert result.stderr == (
        "crm: 'И' (U+0418) of 'Иван Петров' cannot be written as cp1250.\n"
        "hint: Leave --encoding out: UTF-8 has every letter.\n"
    )


def test_outlook_of_the_company(sqlite_crm: Crm) -> None:
    result = sqlite_crm(
        *("contact", "import", SAMPLES / "outlook-en.csv"),
        *("--create-missing", "account", "--map", "Business Street=note", "--map", "Notes="),
    )

    assert result.exit_code == 0, result.stderr
    assert result.stderr == (
        "outlook-en.csv: text in utf-8, columns parted by ','.\n"
        "outlook-en.csv: an address book of Outlook. Left out, for a contact has no such field: "
        "'Title', 'Business City', 'Business Fax', 'Account', 'Birthday', 'Categories', "
        "'Language'.\n"
        "1 account created: Moara Veche SRL.\n"
        "outlook-en.csv: 2 rows read, 2 created, 0 updated, 0 unchanged, 0 rejected.\n"
    )
    found = sqlite_crm.ok("contact", "list", "--columns", "name,note,phone,other_phones")
    assert [list(one.values())[-4:] for one in found] == [
        ["Ana Maria Popescu", "Str. Morii 3", "+40232123456", "+40722123456"],
        ["Depozit", None, "+40232123400", None],
    ]


def test_phones_without_a_company_come_in_once(crm: Crm, tmp_path: Path) -> None:
    path = tmp_path / "phone.csv"
    rows = ("Mama,0722111222", "Ion Popa,0722111333", "Ion Popa,0722111444")
    path.write_text("\n".join(["Name,Phone", *rows]), encoding="utf-8")
    assert crm.ok("contact", "import", path)["created"] == 3

    assert crm.ok("contact", "import", path)["unchanged"] == 3

    path.write_text("Name,Phone,Account\nIon Popa,0722111444,Alfa\n", encoding="utf-8")
    assert crm.ok("contact", "import", path, "--create-missing", "account")["updated"] == 1
    path.write_text("Name,Phone,Account\nIon Popa,0722111444,Beta\n", encoding="utf-8")
    assert crm.ok("contact", "import", path, "--create-missing", "account")["created"] == 1


@pytest.mark.parametrize("name", ["google-old.csv", "thunderbird.csv", "google-3.0.vcf"])
def test_use_a_guessed_mapping(sqlite_crm: Crm, tmp_path: Path, name: str) -> None:
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(
        sqlite_crm("contact", "import", SAMPLES / name, "--guess").stdout, encoding="utf-8"
    )

    options = ("--mapping", mapping, "--create-missing", "account")
    result = sqlite_crm("contact", "import", SAMPLES / name, *options)

    assert result.exit_code == 0, result.stderr
    people = LABELS[name]["people"]
    assert [one["name"] for one in sqlite_crm.ok("contact", "list")] == [
        one["Name"] for one in people
    ]


def test_sheet_of_an_office_is_no_address_book(sqlite_crm: Crm, tmp_path: Path) -> None:
    path = tmp_path / "lista.csv"
    path.write_text(
        "Imię;Nazwisko;Telefon służbowy;Adres e-mail;Uwagi;Kolor\n"
        "Ewa;Nowak;+48 601 234 567;ewa@firma.example;VIP;czerwony\n",
        encoding="utf-8",
    )

    result = sqlite_crm("contact", "import", path)

    assert result.exit_code == 0, result.stderr
    assert "Left out, for the headings are not known: 'Kolor'" in result.stderr
    (one,) = sqlite_crm.ok("contact", "list", "--columns", "all")
    shown = ("name", "phone", "email", "note")
    assert [one[key] for key in shown] == ["Ewa Nowak", "+48601234567", "ewa@firma.example", "VIP"]


@pytest.mark.parametrize(
    ("words", "stderr"),
    [
        (
            ("account", "import", SAMPLES / "apple-3.0.vcf"),
            (
                "crm: apple-3.0.vcf holds cards of people.\n"
                "hint: Import them as contacts: crm contact import FILE\n"
            ),
        ),
        (
            ("contact", "import", SAMPLES / "apple-3.0.vcf", "--sheet", "Foaie1"),
            f"crm: {SAMPLES}/apple-3.0.vcf is a file of cards: it has no sheet 'Foaie1'.\n",
        ),
        (
            ("contact", "import", SAMPLES / "not-cards.vcf"),
            (
                f"crm: {SAMPLES}/not-cards.vcf holds no cards.\n"
                "hint: Export the contacts again, as vCard or CSV.\n"
            ),
        ),
        (
            ("contact", "export", "people.vcf", "--layout", "outlook"),
            "crm: --layout outlook is for a file that ends in .csv, not 'people.vcf'.\n",
        ),
    ],
)
def test_refusals(sqlite_crm: Crm, words: tuple[object, ...], stderr: str) -> None:
    result = sqlite_crm(*words)

    assert result.exit_code != 0
    assert result.stderr == stderr


def _found_people(crm: Crm) -> None:
    crm("account", "add", "--name", "Alfa; Beta, Gama SRL")
    reached = (
        "--email",
        "ana@alfa.example",
        "--other-emails",
        "a@x.example,b@x.example,c@x.example",
    )
    crm(
        *("contact", "add", "--name", "Ana Popescu", "--account", "1", *reached),
        *("--area", "Achiziții", "--note", "unu\ndoi; trei", "--gender", "f"),
    )
    crm(
        *("contact", "add", "--name", "Maria Rusu", "--phone", "0744000111"),
        *("--other-phones", "0213124568"),
    )
    crm("contact", "add", "--name", "Żaneta", "--email", "zaneta@x.example")
