"""What the trail is to people: `crm undo`, `crm audit show` and `crm lead timeline` in text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.company import found_company

if TYPE_CHECKING:
    from tests.conftest import Crm

MOLDO = ("--name", "Moldo Trans SRL", "--tax-id", "RO14399840")
COMMAND = re.compile(r"(?m)^\d+  \d{4}-\d\d-\d\d \d\d:\d\d  ana: crm .+$")
"""The heading of a command: its number in the trail, its real time, who gave it."""
RAW = re.compile(r'[{\[]"|(?<!tax)_id: \d|_folded|T\d\d:|\+00:00|: (?:true|false)$')
"""What no person wants to read."""


def active_lead(crm: Crm) -> None:
    """A lead with its first task, both of Ana."""
    crm.id("lead", "add", *MOLDO)
    crm.id("lead", "activate", 1, "--owner", "ana", "--first-contact", "tomorrow@10:00")


def test_undo(crm: Crm) -> None:
    active_lead(crm)
    tried, result = crm("undo", "--dry-run"), crm("undo")

    heading, *changes = result.stdout.splitlines()
    assert heading.startswith("Took back what ana did at 2026-11-23 10:00: crm ")
    assert changes == [
        "  lead 1 (Moldo Trans SRL)",
        "    activated_at: 2026-11-23 10:00 -> (empty)",
        "    first_contact_at: 2026-11-24 10:00 -> (empty)",
        "    owner: Ana Pop -> (empty)",
        "    status: active -> inactive",
        "  responsibility 1 (contact): removed",
        "  task 1 (Contact the prospect: Moldo Trans SRL): removed",
    ]
    assert tried.stdout == result.stdout.replace("Took", "Would take")


def test_undo_for_a_reader_elsewhere(sqlite_crm: Crm) -> None:
    sqlite_crm("employee", "edit", "1", "--timezone", "America/New_York")
    sqlite_crm.id("task", "add", "Sună", "--due", "2026-11-23 21:00", "--duration", "90m")
    sqlite_crm.id("task", "edit", 1, "--due", "2026-11-24 09:00", "--priority", "high")

    heading, *changes = sqlite_crm("undo").stdout.splitlines()

    assert heading.startswith("Took back what ana did at 2026-11-23 03:00: crm ")
    assert changes == [
        "  task 1 (Sună)",
        "    due_at: 2026-11-24 09:00 -> 2026-11-23 21:00",
        "    due: 2026-11-24 -> 2026-11-23",
        "    priority: high -> normal",
    ]


def test_undo_for_scripts(sqlite_crm: Crm) -> None:
    sqlite_crm.id("account", "add", "--name", "Alfa")

    table = sqlite_crm("undo", "--dry-run", "--columns", "entity,new,old").stdout
    number = int(sqlite_crm("undo", "-q").stdout)

    assert table.startswith("ENTITY   NEW  OLD\naccount       {")
    assert sqlite_crm.ok("audit", "show", "--where", f"id = {number}")[0]["new"] is None


def test_audit_of_one_record(crm: Crm) -> None:
    crm.id("account", "add", *MOLDO)
    crm.id("account", "edit", 1, "--relations", "customer,supplier", "--sales-rep", "ana")
    crm.id("account", "remove", 1)

    result = crm("audit", "show", "--where", "entity = account", "--sort", "-id")

    assert COMMAND.sub("COMMAND", result.stdout) == (
        "COMMAND\n"
        "  account 1 (Moldo Trans SRL): removed\n"
        "\n"
        "COMMAND\n"
        "  account 1 (Moldo Trans SRL)\n"
        "    relations: (empty) -> customer, supplier\n"
        "    sales_rep: (empty) -> Ana Pop\n"
        "\n"
        "COMMAND\n"
        "  account 1 (Moldo Trans SRL): added\n"
        "    country: RO\n"
        "    name: Moldo Trans SRL\n"
        "    tax_id: RO14399840\n"
    )


def test_audit_of_every_noun(sqlite_crm: Crm) -> None:
    found_company(sqlite_crm)

    result = sqlite_crm("audit", "show")

    assert (result.exit_code, result.stderr) == (0, "")
    changes = [line for line in result.stdout.splitlines() if not COMMAND.match(line)]
    assert [line for line in changes if RAW.search(line)] == []


@pytest.mark.parametrize("words", [("--columns", "id,new"), ("--format", "csv"), ("-q",)])
def test_audit_for_scripts(sqlite_crm: Crm, words: tuple[str, ...]) -> None:
    last = ("audit", "show", "--sort", "-id", "--limit", 1)

    result, asked = sqlite_crm(*last, *words), sqlite_crm.ok(*last)[0]

    assert re.split(r"\W", result.stdout.splitlines()[-1].strip())[0] == str(asked["id"])


def test_audit_of_nothing(sqlite_crm: Crm) -> None:
    result = sqlite_crm("audit", "show", "--where", "entity = lead")

    assert (result.stdout, result.stderr) == ("", "No change matches.\n")


def test_timeline(crm: Crm) -> None:
    active_lead(crm)

    result = crm("lead", "timeline", 1)

    lines = result.stdout.splitlines()
    assert [re.split(r"  +", line) for line in lines[1:]] == [
        ["2026-11-23 10:00", "change", "added", "ana"],
        ["2026-11-23 10:00", "change", "activated_at: (empty) -> 2026-11-23 10:00", "ana"],
        ["2026-11-23 10:00", "change", "first_contact_at: (empty) -> 2026-11-24 10:00", "ana"],
        ["2026-11-23 10:00", "change", "owner: (empty) -> Ana Pop", "ana"],
        ["2026-11-23 10:00", "change", "status: inactive -> active", "ana"],
        ["2026-11-23 10:00", "responsibility", "contact opened", "2026-11-24", "ana"],
    ]
    assert max(map(len, lines)) < 100
