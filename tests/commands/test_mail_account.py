"""`crm mail-account`: accounts, their marks, and the settings file that has their passwords."""

from __future__ import annotations

import json
import sqlite3
import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.execute import execute
from tests.outgoing import queue

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

URL = "smtps://crm@mail.firma.example"
CANARY = "c4nary-hunter2"


def settings(crm: Crm) -> Path:
    return crm.home / "settings.toml"


def listed(crm: Crm) -> list[tuple[str, str | None, bool]]:
    rows = crm.ok("mail-account", "list", "--sort", "id")
    return [(row["name"], row["employee"], row["default"]) for row in rows]


@pytest.mark.proves("R157")
def test_add_own_account(crm: Crm) -> None:
    result = crm(
        *("mail-account", "add", "mine", "--url", "smtps://ana@mail.firma.example"),
        *("--employee", "me", "--password-command", "pass crm/ana", "--format", "json"),
    )

    assert result.exit_code == 0
    assert result.stderr == f"The password command of mine was written to {settings(crm)}.\n"
    assert {name: result.json[name] for name in ("name", "url", "from", "employee", "default")} == {
        "name": "mine",
        "url": "smtps://ana@mail.firma.example",
        "from": None,
        "employee": "Ana Pop",
        "default": False,
    }
    assert settings(crm).stat().st_mode & 0o777 == 0o600
    assert settings(crm).read_text() == (
        "[mail_accounts.mine]\n"
        'password_command = "pass crm/ana"\n'
        'url = "smtps://ana@mail.firma.example"\n'
    )


@pytest.mark.proves("R144", "R245")
def test_pass_the_default_on(crm: Crm) -> None:
    crm.ok("mail-account", "add", "b", "--url", "sendmail:", "--default")
    crm.ok("mail-account", "add", "a", "--url", "sendmail:", "--default")
    crm.ok("mail-account", "add", "c", "--url", "sendmail:", "--employee", "me")
    assert listed(crm) == [("b", None, False), ("a", None, True), ("c", "Ana Pop", False)]

    crm.ok("mail-account", "edit", "b", "--default", "--from", "Firma <crm@firma.example>")

    assert listed(crm) == [("b", None, True), ("a", None, False), ("c", "Ana Pop", False)]
    crm.ok("undo")
    assert listed(crm) == [("b", None, False), ("a", None, True), ("c", "Ana Pop", False)]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["a b", "--url", "sendmail:"], 5, "'a b' cannot be the name of a mail account."),
        (["17", "--url", "sendmail:"], 5, "'17' cannot be the name of a mail account."),
        (
            ["x", "--url", "sendmail:/tmp/x"],
            5,
            "A way to send mail names no program, as 'sendmail:/tmp/x' does: cron would run it.",
        ),
        (
            ["x", "--url", f"smtp://crm:{CANARY}@mail.firma.example"],
            5,
            "A mail server's URL cannot hold a password.",
        ),
        (["x", "--url", "http://firma.example"], 5, "'http' is not a way to send mail."),
        (
            ["x", "--url", "sendmail:", "--from", "Firma"],
            5,
            "'Firma' is not a mail address.",
        ),
        (["first", "--url", "sendmail:"], 4, "Another mail-account has this name already."),
        (
            ["x", "--url", "sendmail:", "--employee", "me"],
            4,
            "Another mail-account has this employee already.",
        ),
    ],
)
def test_refuse(sqlite_crm: Crm, words: list[str], code: int, said: str) -> None:
    sqlite_crm.ok("mail-account", "add", "first", "--url", "sendmail:", "--employee", "me")

    result = sqlite_crm("mail-account", "add", *words)

    assert (result.exit_code, result.stderr.splitlines()[0]) == (code, f"crm: {said}")
    assert CANARY not in result.stderr
    assert [row[0] for row in listed(sqlite_crm)] == ["first"]
    assert not settings(sqlite_crm).exists()


def test_warn_of_a_login_without_a_password(sqlite_crm: Crm) -> None:
    added = sqlite_crm("mail-account", "add", "office", "--url", URL, "-q")

    assert added.stderr == (
        "warning: office logs in as crm, and its password is not known here:"
        " crm mail-account edit office --password-command COMMAND\n"
    )


def test_keep_the_rest_of_the_settings_file(sqlite_crm: Crm) -> None:
    file = settings(sqlite_crm)
    written = '# ours\nca_file = "/etc/ca.pem" # the company\'s\n\n# below: nothing\n'
    file.write_text(written)
    file.chmod(0o600)

    sqlite_crm.ok("mail-account", "add", "office", "--url", URL, "--password-command", "p")
    sqlite_crm.ok("mail-account", "edit", "office", "--name", "main", "--url", f"{URL}:466")
    moved = file.read_text()
    removed = sqlite_crm("mail-account", "remove", "main", "-q")

    assert moved.removeprefix(written).strip() == (
        f'[mail_accounts.main]\npassword_command = "p"\nurl = "{URL}:466"'
    )
    assert removed.stderr == f"The password command of main was taken out of {file}.\n"
    assert file.read_text().strip() == written.strip()
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "text",
    [
        'mail_accounts = {old = {password_command = "x"}} # inline\nuser = "ana"\n',
        'mail_accounts.old.password_command = "x"\nuser = "ana"\n',
        '[mail_accounts.old]\npassword_command = "x"\n',
        '[mail_accounts]\nold = {password_command = "x"}\n',
        "[mail_accounts]\n[mail_accounts.old]\n\"password_command\" = 'x' # theirs\n",
    ],
)
def test_write_into_a_file_in_any_style(sqlite_crm: Crm, text: str) -> None:
    file = settings(sqlite_crm)
    file.write_text(text)
    file.chmod(0o600)

    for name, command in (("a.b", 'it\'s "so"\\'), ("gone", "p")):
        sqlite_crm.ok(
            *("mail-account", "add", name, "--url", f"{URL}", "--password-command", command)
        )
    sqlite_crm.ok("mail-account", "edit", "gone", "--password-command", "")

    assert tomllib.loads(file.read_text()) == tomllib.loads(text) | {
        "mail_accounts": {
            "old": {"password_command": "x"},
            "a.b": {"password_command": 'it\'s "so"\\', "url": URL},
        }
    }


def test_follow_a_link_to_the_settings_file(sqlite_crm: Crm) -> None:
    real = sqlite_crm.home / "dotfiles.toml"
    settings(sqlite_crm).symlink_to(real)

    sqlite_crm.ok("mail-account", "add", "office", "--url", URL, "--password-command", "p")

    assert settings(sqlite_crm).is_symlink()
    assert "mail_accounts.office" in real.read_text()
    assert real.stat().st_mode & 0o777 == 0o600


def test_write_nothing_in_a_dry_run(sqlite_crm: Crm) -> None:
    file = settings(sqlite_crm)

    tried = sqlite_crm(
        *("mail-account", "add", "office", "--url", URL, "--password-command", "p", "--dry-run")
    )

    assert tried.stderr == f"The password command of office would be written to {file}.\n"
    assert listed(sqlite_crm) == []
    assert not file.exists()


def test_take_a_password_command_out(sqlite_crm: Crm) -> None:
    sqlite_crm.ok("mail-account", "add", "office", "--url", URL, "--password-command", "p")

    sqlite_crm.ok("mail-account", "edit", "office", "--password-command", "")

    assert "mail_accounts" not in settings(sqlite_crm).read_text()


def test_tell_no_database_the_password_command(sqlite_crm: Crm) -> None:
    words = ["mail-account", "add", "office", "--url", URL]
    lines = [
        json.dumps([*words, "--password-command", f"echo {CANARY}"]),
        json.dumps(["mail-account", "edit", "1", f"--password-command=echo {CANARY}", "--default"]),
    ]

    result = sqlite_crm("batch", input="\n".join(lines))

    assert result.exit_code == 0, result.stdout
    assert CANARY in settings(sqlite_crm).read_text()
    with sqlite3.connect(sqlite_crm.home / "crm.db") as database:
        assert CANARY not in "\n".join(database.iterdump())
    commands = [row[0] for row in execute(sqlite_crm.url, "SELECT command FROM audit_tx")]
    assert f"crm mail-account add office --url {URL} --password-command '***'" in commands


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("mail_account = 1", "has an unknown setting 'mail_account'."),
        ("mail_accounts = 1", "has a table [mail_accounts] that cannot be understood."),
        ("[mail_accounts.a]", "has a table [mail_accounts.a] that cannot be understood."),
        (
            "[mail_accounts.a]\npassword_comand = 'x'",
            "has a table [mail_accounts.a] that cannot be understood.",
        ),
        (
            "[mail_accounts.a]\npassword_command = 7",
            "has a table [mail_accounts.a] that cannot be understood.",
        ),
    ],
)
def test_refuse_a_settings_file(sqlite_crm: Crm, text: str, said: str) -> None:
    settings(sqlite_crm).write_text(text)
    settings(sqlite_crm).chmod(0o600)

    result = sqlite_crm("mail-account", "list")

    assert result.exit_code == 7
    assert result.stderr.splitlines()[0] == f"crm: The settings file {settings(sqlite_crm)} {said}"


def test_remove_an_account_with_mail_that_waits(crm: Crm) -> None:
    crm.ok("mail-account", "add", "office", "--url", "sendmail:", "--default")
    queue(crm, 2)
    execute(crm.url, "UPDATE outbox SET mail_account_id = 1")

    result = crm("mail-account", "remove", "office", "-q")

    assert result.stderr == (
        "Mail of office that has not left (2) goes by the default account.\n"
        "office was the default: the settings mail.url and mail.from are now.\n"
    )
    assert listed(crm) == []


@pytest.mark.parametrize(
    "words", [["remove", "office"], ["edit", "office", "--url", "smtps://b@other.example"]]
)
def test_warn_of_a_password_that_undo_does_not_bring_back(crm: Crm, words: list[str]) -> None:
    crm.ok("mail-account", "add", "office", "--url", URL, "--password-command", "pass crm")
    crm.ok("mail-account", *words)

    undone = crm("undo")

    assert (undone.exit_code, undone.stderr) == (
        0,
        (
            "warning: office logs in as crm, and its password is not known here:"
            " crm mail-account edit office --password-command COMMAND\n"
        ),
    )
    assert crm.ok("mail-account", "show", "office")["url"] == URL


def test_undo_stops_at_a_password_command(sqlite_crm: Crm) -> None:
    sqlite_crm.ok("mail-account", "add", "office", "--url", URL)
    sqlite_crm.ok("mail-account", "edit", "office", "--password-command", "pass crm")

    undone = sqlite_crm("undo")

    assert (undone.exit_code, undone.stderr.rpartition("' ")[2]) == (
        4,
        (
            "changed nothing in the database.\n"
            "hint: crm undo NUMBER takes back an earlier command, by its number in crm audit"
            " show.\n"
        ),
    )
    assert listed(sqlite_crm) == [("office", None, False)]


def test_undo_what_needs_no_password(sqlite_crm: Crm) -> None:
    sqlite_crm.ok("mail-account", "add", "office", "--url", URL, "--password-command", "pass crm")
    sqlite_crm.ok("mail-account", "edit", "office", "--from", "Firma <crm@firma.example>")

    undone = sqlite_crm("undo")

    assert (undone.exit_code, undone.stderr) == (0, "")
