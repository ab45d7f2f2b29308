"""`crm doctor`: a healthy installation, and each fault it names."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from crm_cli.services.health.storage import space
from schema.version import REVISION
from tests.execute import execute
from tests.jobs.runs import plant_run

if TYPE_CHECKING:
    from tests.conftest import Crm


def levels(crm: Crm) -> dict[str, str]:
    """The level of each check, whatever the exit code."""
    return {one["check"]: one["level"] for one in crm("doctor", "--format", "json").json}


def finding(crm: Crm, check: str) -> dict[str, Any]:
    """What one check found."""
    found = crm("doctor", "--format", "json").json
    return next(one for one in found if one["check"] == check)


def test_doctor_of_a_fresh_installation(crm: Crm) -> None:
    result = crm("doctor")

    assert (result.exit_code, result.stderr) == (0, "")
    assert f"is at revision {REVISION}." in result.stdout
    found = levels(crm)
    assert {name for name, level in found.items() if level == "warn"} == {
        "clock",
        "mail",
        *(name for name in found if name.startswith("job ")),
    }
    assert "fail" not in found.values()


def test_doctor_without_a_database(sqlite_crm: Crm, tmp_path: Path) -> None:
    result = sqlite_crm("--database", f"sqlite:///{tmp_path / 'no.db'}", "doctor")

    assert result.exit_code == 1
    assert f"There is no database at {tmp_path / 'no.db'}." in result.stdout
    assert result.stderr == "crm: The doctor found a fault: database.\n"


def test_doctor_of_an_older_database_names_the_upgrade(crm: Crm) -> None:
    execute(crm.url, "UPDATE alembic_version SET version_num = '0000'")

    result = crm("doctor")

    assert result.exit_code == 1
    assert "`crm db upgrade` brings it up to date." in result.stdout


def test_doctor_names_a_file_that_is_open_to_all(sqlite_crm: Crm, tmp_path: Path) -> None:
    (tmp_path / "crm.db").chmod(0o644)

    assert sqlite_crm("doctor").exit_code == 1
    assert finding(sqlite_crm, "files") == {
        "check": "files",
        "level": "fail",
        "message": f"Everybody may open {tmp_path / 'crm.db'} (644).",
        "hint": f"chmod o= '{tmp_path / 'crm.db'}'",
    }


def test_doctor_names_a_journal_in_wal(sqlite_crm: Crm, tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "crm.db")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()

    assert finding(sqlite_crm, "journal")["level"] == "warn"


def test_doctor_names_attachments_that_cannot_be_kept(sqlite_crm: Crm, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    sqlite_crm("setting", "set", "attachments.folder", str(tmp_path / "file" / "below"))

    assert finding(sqlite_crm, "attachments")["level"] == "fail"


def test_doctor_knows_a_mail_server(sqlite_crm: Crm) -> None:
    sqlite_crm("setting", "set", "mail.from", "Firma <crm@firma.example>")
    sqlite_crm("setting", "set", "mail.url", "smtps://mail.firma.example")

    assert finding(sqlite_crm, "mail") == {
        "check": "mail",
        "level": "ok",
        "message": "Mail leaves by smtps://mail.firma.example, from Firma <crm@firma.example>.",
        "hint": None,
    }


def test_doctor_names_a_mail_server_whose_password_is_missing(sqlite_crm: Crm) -> None:
    sqlite_crm("setting", "set", "mail.from", "crm@firma.example")
    sqlite_crm("setting", "set", "mail.url", "smtps://crm@mail.firma.example")

    assert finding(sqlite_crm, "mail")["level"] == "fail"


def test_doctor_looks_at_every_mail_account(sqlite_crm: Crm) -> None:
    add = ("mail-account", "add")
    password = ("--password-command", "pass crm")
    sqlite_crm("setting", "set", "mail.from", "crm@firma.example")
    sqlite_crm.ok(*add, "main", "--default", "--url", "smtps://crm@mail.firma.example", *password)
    sqlite_crm.ok(*add, "mine", "--employee", "me", "--url", "smtps://ana@mail.firma.example")
    sqlite_crm.ok(*add, "moved", "--url", "smtps://x@mail.firma.example", *password)
    sqlite_crm.ok(*add, "trial", "--url", f"maildir:{sqlite_crm.home}")
    execute(sqlite_crm.url, "UPDATE mail_account SET url = 'smtps://x@evil.example' WHERE id = 3")
    execute(sqlite_crm.url, "UPDATE mail_account SET name = 'gone' WHERE id = 1")

    found = sqlite_crm("doctor", "--format", "json").json

    settings = sqlite_crm.home / "settings.toml"
    moved = (
        "The password of the mail account moved is for smtps://x@mail.firma.example alone,"
        " and the account is smtps://x@evil.example now."
    )
    wants = "The mail server mail.firma.example wants {} to log in, and no password is known."
    assert [tuple(one.values())[:3] for one in found if one["check"].startswith("mail")] == [
        ("mail", "fail", wants.format("crm")),
        ("mail of mine", "fail", wants.format("ana")),
        ("mail of moved", "fail", moved),
        (
            *("mail of trial", "ok"),
            f"Mail leaves by maildir:{sqlite_crm.home}, from crm@firma.example.",
        ),
        ("mail", "warn", f"{settings} has a password command of main, which is no mail account."),
    ]


def test_doctor_warns_of_passwords_that_only_their_owners_know(sqlite_crm: Crm) -> None:
    add = ("mail-account", "add")
    sqlite_crm.ok("employee", "add", "--name", "Jan Żak", "--login", "jan")
    sqlite_crm.ok(*add, "jan", "--employee", "jan", "--url", "smtps://jan@mail.firma.example")
    sqlite_crm("setting", "set", "mail.from", "crm@firma.example")

    mine = sqlite_crm("doctor", "--format", "json")
    his = sqlite_crm("--user", "jan", "doctor", "--format", "json")

    wants = "The mail server mail.firma.example wants jan to log in, and no password is known."
    remedy = "crm mail-account edit jan --password-command COMMAND"
    expected = [
        ("warn", wants, f"Whoever runs send-outbox needs it: {remedy}"),
        ("fail", wants, remedy),
    ]
    assert (mine.exit_code, his.exit_code) == (0, 1)
    assert [
        (one["level"], one["message"], one["hint"])
        for one in (*mine.json, *his.json)
        if one["check"] == "mail of jan"
    ] == expected


@pytest.mark.parametrize(
    ("at", "state", "level", "message"),
    [
        ("2026-11-23T07:56:00Z", "done", "ok", "It ran on 2026-11-23 09:56."),
        ("2026-11-23T07:56:00Z", "failed", "warn", "Its run of 2026-11-23 09:56 ended as failed:"),
        ("2026-11-23T07:54:00Z", "done", "warn", "It ran last on 2026-11-23 09:54, its schedule"),
    ],
)
def test_doctor_compares_runs_with_the_schedule(
    crm: Crm, at: str, state: str, level: str, message: str
) -> None:
    plant_run(crm, "send-outbox", at, state, error=None if state == "done" else "no network")

    found = finding(crm, "job send-outbox")

    assert found["level"] == level
    assert found["message"].startswith(message)


@pytest.mark.parametrize(
    ("free", "level"), [(999, "fail"), (1_000, "warn"), (100_000_999, "warn"), (100_001_000, "ok")]
)
def test_space_is_judged_by_the_size_of_the_database(free: int, level: str) -> None:
    assert space(Path("crm.db"), 1_000, free).level == level


def test_doctor_names_another_distribution_of_our_packages(
    sqlite_crm: Crm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = tmp_path / "schema-0.7.8.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: schema\nVersion: 0.7.8\n")
    (about / "top_level.txt").write_text("schema\n")
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])

    assert finding(sqlite_crm, "packages")["message"] == (
        "The distribution schema ships a package 'schema' too."
    )


def test_doctor_tells_of_the_settings_file(sqlite_crm: Crm, tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('user = "ana"\n')
    file.chmod(0o600)

    assert finding(sqlite_crm, "settings")["message"] == (
        f"{file} is readable by its owner only (600)."
    )


def test_settings_that_others_may_read_are_refused(sqlite_crm: Crm, tmp_path: Path) -> None:
    file = tmp_path / "all settings.toml"
    file.write_text("")
    file.chmod(0o644)

    refused = sqlite_crm("doctor", CRM_CONFIG=str(file))

    assert (refused.exit_code, refused.stdout) == (7, "")
    assert refused.stderr == (
        f"crm: Others may read the settings file {file}, which may hold secrets.\n"
        f"hint: chmod 600 '{file}'\n"
    )
