"""`crm db`: each rule of the check is shown its fault and names it."""

from __future__ import annotations

import os
import sqlite3
import stat
from typing import TYPE_CHECKING

import pytest

from crm_cli.services.checks import RULES
from tests.execute import execute

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

STAMPS = "version, created_at, created_by, updated_at, updated_by"
STAMPED = "1, '2026-01-01T00:00:00Z', 'x', '2026-01-01T00:00:00Z', 'x'"
ACCOUNT = (
    f"INSERT INTO account (id, name, name_folded, country, tax_id_invalid, {STAMPS})"
    f" VALUES (1, 'A', 'a', 'RO', false, {STAMPED})"
)
SERIES = (
    "INSERT INTO series (id, code, name_en, names_folded, position, kind, prefix, next_number,"
    f" digits, is_default, {STAMPS})"
    f" VALUES (900, 'T', 'T', 't', 0, 'invoice', 'T', 3, 0, false, {STAMPED})"
)


def document(row: int, status: str = "posted", **columns: object) -> str:
    """SQL that plants a document without lines."""
    values: dict[str, object] = {
        "id": row,
        "kind": "'invoice'",
        "status": f"'{status}'",
        "revision": 0,
        "dated_on": "'2026-01-01'",
        "account_id": 1,
        "currency": "'RON'",
        "rate": 1_000_000,
        "rate_on": "'2026-01-01'",
        "net": 0,
        "vat": 0,
        "gross": 0,
        "is_subscription": "false",
        "external_number": "'X'",
        **columns,
    }
    names, given = ", ".join(values), ", ".join(map(str, values.values()))
    return f"INSERT INTO document ({names}, {STAMPS}) VALUES ({given}, {STAMPED})"


OPPORTUNITY = (
    "INSERT INTO opportunity (id, name, name_folded, account_id, cycle_id, stage_id, status,"
    f" purpose, type, opened_on, currency, probability, {STAMPS})"
    " SELECT 1, 'O', 'o', 1, cycle_id, id, '{}', 'sales', 'direct', '2026-01-01', 'RON', 0,"
    f" {STAMPED} FROM stage WHERE code = 'new'"
)
PASSAGE = (
    f"INSERT INTO passage (opportunity_id, stage_id, at, {STAMPS})"
    f" SELECT 1, id, '2026-01-01T00:00:00Z', {STAMPED} FROM stage WHERE code = 'quoting'"
)
TASK = (
    "INSERT INTO task (id, subject, subject_folded, kind, status, priority, due_on, planned_at,"
    f" term_number, memento_number, billable, {STAMPS}) VALUES (1, 'T', 't', 'task', 'done',"
    f" 'normal', '2026-01-01', '2026-01-01T00:00:00Z', 1, 0, false, {STAMPED})"
)
LEAD = (
    f"INSERT INTO lead (id, account_id, status, priority, {STAMPS})"
    f" VALUES (1, 1, 'active', 'normal', {STAMPED})"
)
RECEIPT = (
    f"INSERT INTO document_source (document_id, source_id, amount, {STAMPS})"
    f" VALUES (2, 1, 500, {STAMPED})"
)
LINK = (
    "INSERT INTO campaign_link (campaign_id, document_id, role, origin, is_indicator,"
    f" share, counted_on, rate, amount, {STAMPS}) VALUES"
    f" ({{}}, 1, 'cost', 'hand', false, 600000, '2026-01-01', 1000000, 0, {STAMPED})"
)
REMINDER = (
    "INSERT INTO reminder (id, ledger_key, kind, subject_id, term, term_number, recipient_id,"
    " channel, days_before, state, is_late, due_at, decided_at)"
    " VALUES (1, 'k', 'task', 1, '2026-01-01', 1, 1, 'email', 0, 'sent', false,"
    " '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')"
)

PLANTED = {
    "document-totals": (document(1, net=100, gross=100), "document 1 does not add up"),
    "document-vat": (document(1, vat=19, gross=19), "document 1 has a VAT"),
    "series-gap": (document(1, series_id=900, number=7), "series 900 has a gap"),
    "issued-number": (document(1, external_number="NULL"), "document 1 is issued but"),
    "receipt-total": (RECEIPT, "document 1 is paid more"),
    "campaign-share": (LINK, "document 1 is counted by campaigns"),
    "opportunity-stage": (OPPORTUNITY.format("won"), "opportunity 1 has a status"),
    "opportunity-history": (PASSAGE, "opportunity 1 is not in the stage"),
    "lead-responsibility": (LEAD, "lead 1 is active without"),
    "reminder-sent": (REMINDER, "reminder 1 counts as sent"),
    "task-done": (TASK, "task 1 is done without a moment"),
}
GROUND = {
    "series-gap": [SERIES],
    "receipt-total": [document(1), document(2)],
    "campaign-share": [document(1), LINK.format(1)],
    "opportunity-history": [OPPORTUNITY.format("open")],
}


def test_check(crm: Crm) -> None:
    result = crm("db", "check")

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


@pytest.mark.parametrize("name", [rule.name for rule in RULES])
def test_check_planted_fault(crm: Crm, name: str) -> None:
    fault, sentence = PLANTED[name]
    for statement in [ACCOUNT, *GROUND.get(name, []), fault.format(2)]:
        execute(crm.url, statement)

    result = crm("db", "check")

    assert result.exit_code == 1
    assert f"{name}: {sentence}" in result.stderr


def test_check_dangling_reference(sqlite_crm: Crm) -> None:
    execute(sqlite_crm.url, "UPDATE employee SET manager_id = 77 WHERE id = 1")

    result = sqlite_crm("db", "check")

    assert result.exit_code == 1
    assert "references: employee 1 refers to a employee that is not there" in result.stderr


def test_backup(sqlite_crm: Crm, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"

    result = sqlite_crm("db", "backup", target)

    assert result.stderr == f"Copied the database to {target}.\n"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    names = sqlite3.connect(target).execute("SELECT name FROM employee").fetchall()
    assert names == [("Ana Pop",)]


def test_backup_over_a_file(sqlite_crm: Crm, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("precious")

    assert sqlite_crm("db", "backup", target).exit_code == 4
    assert target.read_text() == "precious"


def test_info(crm: Crm) -> None:
    found = crm.ok("db", "info")

    assert found["revision"] == "0001"
    assert found["account"] == 0
    assert found["bytes"] > 0


def test_upgrade_twice(crm: Crm) -> None:
    result = crm("db", "upgrade")

    assert result.stderr == "The database is at revision 0001 already.\n"


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("/nowhere/at/all.db", "There is no database at /nowhere/at/all.db."),
        ("mysql://x/y", "'mysql://x/y' is not a database."),
        ("postgresql://nobody@127.0.0.1:1/x", "cannot be reached"),
    ],
)
def test_wrong_database(sqlite_crm: Crm, url: str, sentence: str) -> None:
    result = sqlite_crm("employee", "list", CRM_DATABASE_URL=url)

    assert result.exit_code == 7
    assert sentence in result.stderr


def test_init_where_no_folder_can_be(sqlite_crm: Crm) -> None:
    result = sqlite_crm("init", CRM_DATABASE_URL="/proc/nowhere/x.db", CRM_NOW="")

    assert (result.exit_code, result.stderr) == (
        7,
        "crm: /proc/nowhere cannot be used: No such file or directory.\n",
    )


@pytest.mark.parametrize(
    "now", ["garbage", "9999-12-31T23:59:59-10:00", "9999-12-31", "0001-01-01"]
)
def test_clock_out_of_reach(sqlite_crm: Crm, now: str) -> None:
    result = sqlite_crm("today", CRM_NOW=now)

    assert (result.exit_code, f"CRM_NOW is '{now}'" in result.stderr) == (2, True)


def test_file_that_is_no_database(sqlite_crm: Crm, tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("this is a letter, not a database" * 100)

    for words in (["employee", "list"], ["employee", "edit", "1", "--name", "X"]):
        result = sqlite_crm(*words, CRM_DATABASE_URL=str(tmp_path / "x.db"))
        assert result.exit_code == 7
        assert "is not a usable SQLite database" in result.stderr


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_init_makes_private_files(tmp_path: Path, umask: int) -> None:
    from tests.conftest import Crm

    path = tmp_path / "new" / "crm.db"
    before = os.umask(umask)
    try:
        assert Crm(f"sqlite:///{path}", tmp_path)("init", CRM_NOW="").exit_code == 0
    finally:
        os.umask(before)

    modes = {stat.S_IMODE(item.stat().st_mode) for item in path.parent.iterdir()}
    assert modes == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
