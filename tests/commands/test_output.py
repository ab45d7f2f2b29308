"""Forms of the output: files for people, text for scripts."""

from __future__ import annotations

import json
import subprocess
import sys
from os import environ
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

if TYPE_CHECKING:
    from tests.conftest import Crm


def test_xlsx_in_the_language_of_the_employee(sqlite_crm: Crm, tmp_path: Path) -> None:
    sqlite_crm("employee", "edit", "1", "--language", "ro")

    result = sqlite_crm(
        "employee", "list", "--columns", "id,name,created_at", "--output", tmp_path / "a.xlsx"
    )

    assert (result.exit_code, result.stdout) == (0, "")
    rows = list(load_workbook(tmp_path / "a.xlsx").active.values)
    assert rows[0] == ("Id", "Nume", "Creat la")
    assert rows[1][:2] == (1, "Ana Pop")


def test_csv_for_people(sqlite_crm: Crm, tmp_path: Path) -> None:
    sqlite_crm("employee", "add", "--name", "=1+1", "--hours-per-day", "7.5")
    sqlite_crm("employee", "edit", "1", "--language", "pl")

    sqlite_crm(
        "employee", "list", "--columns", "name,hours_per_day", "--output", tmp_path / "a.csv"
    )

    assert (tmp_path / "a.csv").read_bytes().decode("utf-8") == (
        "\ufeffNazwisko;Godzin dziennie\r\nAna Pop;8\r\n'=1+1;7,5\r\n"
    )


def test_csv_for_scripts(sqlite_crm: Crm) -> None:
    sqlite_crm("employee", "add", "--name", "=1+1; x,y")

    result = sqlite_crm("employee", "list", "--columns", "name", "--format", "csv")

    assert result.stdout == 'name\nAna Pop\n"=1+1; x,y"\n'


def test_unknown_ending(sqlite_crm: Crm, tmp_path: Path) -> None:
    result = sqlite_crm("employee", "list", "--output", tmp_path / "a.doc")

    assert result.exit_code == 2
    assert "does not say what to write" in result.stderr


def test_unknown_column(sqlite_crm: Crm) -> None:
    result = sqlite_crm("employee", "list", "--columns", "name,salary")

    assert result.exit_code == 2
    assert "There is no column 'salary' in employee." in result.stderr


@pytest.mark.parametrize(("form", "expected"), [("json", []), ("csv", "heading"), ("table", "")])
def test_empty_list(sqlite_crm: Crm, form: str, expected: object) -> None:
    result = sqlite_crm("team", "list", "--format", form)

    if form == "json":
        assert json.loads(result.stdout) == expected
    elif form == "csv":
        assert result.stdout.count("\n") == 1
    else:
        assert (result.stdout, result.stderr) == ("", "No team matches.\n")


@pytest.mark.parametrize("form", [("--format", "table"), ("--format", "json"), ("-q",)])
@pytest.mark.parametrize(
    ("limit", "said"),
    [(1, "Only the first 1 are shown; without --limit all are.\n"), (2, ""), (10**30, "")],
)
def test_cut_list(sqlite_crm: Crm, form: tuple[str, ...], limit: int, said: str) -> None:
    sqlite_crm("employee", "add", "--name", "Jan")

    result = sqlite_crm("employee", "list", "--limit", limit, "--sort", "id", *form)

    assert (result.exit_code, result.stderr, "Jan" in result.stdout) == (
        0,
        said,
        limit > 1 and form != ("-q",),
    )


def test_error_for_scripts(sqlite_crm: Crm) -> None:
    result = sqlite_crm("employee", "show", "nobody", "--format", "json")

    assert (result.exit_code, result.stdout) == (3, "")
    assert json.loads(result.stderr)["error"] == "There is no employee 'nobody'."


def test_closed_pipe(sqlite_crm: Crm, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("name\n" + "".join(f"E{number}\n" for number in range(200)))
    sqlite_crm.ok("employee", "import", people)

    command = f"{sys.executable} -m crm_cli employee list --columns all | head -1"
    done = subprocess.run(
        ["bash", "-c", f"{command}; exit ${{PIPESTATUS[0]}}"],
        env={**environ, **sqlite_crm.environment},
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.lstrip().startswith(b"ID")


def test_long_text_of_a_record(sqlite_crm: Crm) -> None:
    note = "Bună ziua,\n\nvă rog o ofertă."
    account = sqlite_crm.id("account", "add", "--name", "Moldo", "--note", note)

    result = sqlite_crm("account", "show", account, "--columns", "name,note")

    assert result.stdout == (
        "name  Moldo\nnote  Bună ziua,\n" + " " * 6 + "\n" + " " * 6 + "vă rog o ofertă.\n"
    )


def test_letters_the_terminal_lacks(sqlite_crm: Crm) -> None:
    sqlite_crm.ok("employee", "edit", 1, "--name", "Łucja Țepeș 🙂 é")
    environment = {**environ, **sqlite_crm.environment, "PYTHONIOENCODING": "iso-8859-1"}

    printed = [
        subprocess.check_output(
            [sys.executable, "-m", "crm_cli", "employee", "show", "1", "--format", form],
            env=environment,
        )
        for form in ("table", "json")
    ]

    assert b" \\u0141ucja \\u021aepe\\u0219 \\ud83d\\ude42 \xe9\n" in printed[0]
    assert json.loads(printed[1].decode("iso-8859-1"))["name"] == "Łucja Țepeș 🙂 é"


def test_letters_a_locale_without_encoding_lacks(sqlite_crm: Crm) -> None:
    sqlite_crm.ok("employee", "edit", 1, "--name", "Łucja Țepeș")
    posix = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}

    printed = subprocess.check_output(
        [sys.executable, "-m", "crm_cli", "employee", "show", "1", "--columns", "name"],
        env={**environ, **sqlite_crm.environment, **posix},
    )

    assert printed == b"name  \\u0141ucja \\u021aepe\\u0219\n"


def test_closed_output(sqlite_crm: Crm) -> None:
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m crm_cli employee list >&-"],
        env={**environ, **sqlite_crm.environment},
        stderr=subprocess.PIPE,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, b"")


def test_full_disk(sqlite_crm: Crm) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "crm_cli", "employee", "list"],
            env={**environ, **sqlite_crm.environment},
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )

    assert (done.returncode, done.stderr) == (
        7,
        b"crm: The output cannot be used: No space left on device.\n",
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--columns", ","), "',' names no column."),
        (("--format", "csv", "--delimiter", "ab"), "--delimiter: 'ab' is not one character"),
        (("--format", "csv", "--delimiter", '"'), "--delimiter: '\"' is not one character"),
    ],
)
def test_wrong_options(sqlite_crm: Crm, words: tuple[str, ...], sentence: str) -> None:
    result = sqlite_crm("employee", "list", *words)

    assert (result.exit_code, sentence in result.stderr) == (2, True)


def test_weekdays_in_the_language_of_the_reader(sqlite_crm: Crm, tmp_path: Path) -> None:
    sqlite_crm("employee", "edit", 1, "--work-days", "mon-wed")
    written = tmp_path / "p.csv"

    for words in (("--language", "pl"), ("--language", "ro"), ("--raw",)):
        sqlite_crm("employee", "export", written, "--columns", "work_days", *words)
        last = written.read_text("utf-8-sig").splitlines()[-1].split(";")[0]
        assert last == {"pl": "pon, wt, śr", "ro": "lun, mar, mie"}.get(words[-1], '"mon,tue,wed"')
