"""`crm account history`: the records of an account in one list, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.letters import import_mail, write_eml
from tests.shop import MAIL, invoice, open_shop

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

# The second document was created last and bears an older date.
HISTORY = """\
ID  NOUN         KIND         DATE        LABEL   TITLE       STATUS     AMOUNT  CURRENCY  EMPLOYEE
 1  document     invoice      2026-11-23  FA0001              posted    2421.21  RON       Ana Pop
 1  lead         lead         2026-11-23                      inactive
 1  opportunity  opportunity  2026-11-23          Cântar nou  open      5000.00  RON
 1  task         task         2026-11-23          Sună        open                         Ana Pop
 2  document     quote        2026-11-20                      draft       37.00  RON       Ana Pop
 1  mail         mail         2026-11-20          Piese       in
 1  interaction  call         2026-11-19          Reclamație  in                           Ana Pop
"""


@pytest.fixture
def past(crm: Crm, tmp_path: Path) -> Crm:
    """A client with a record of every kind, and another one with a task."""
    open_shop(crm)
    invoice(crm, "SCALE;2")
    crm.id("quote", "add", "--account", 1, "--line", "MOUNT;1", "--date", "2026-11-20")
    crm.id("opportunity", "add", "--account", 1, "--name", "Cântar nou", "--amount", "5000")
    crm.id("lead", "add", "--name", "Moldo Trans", "--tax-id", "RO14399840")
    crm.id("task", "add", "Sună", "--due", "+5d", "--account", 1)
    crm.id(
        *("interaction", "add", "--account", 1, "--kind", "call", "--direction", "in"),
        *("--subject", "Reclamație", "--at", "2026-11-19 15:30"),
    )
    import_mail(crm, write_eml(tmp_path, "Piese", From=MAIL))
    crm.id("account", "add", "--name", "Wisła Pak")
    crm.id("task", "add", "Altceva", "--due", "+1d", "--account", 2)
    return crm


@pytest.mark.proves("R159", "R160", "R165")
def test_history(past: Crm) -> None:
    result = past("account", "history", "RO14399840")

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == HISTORY


@pytest.mark.proves("R162")
def test_history_leads_on_to_each_record(past: Crm) -> None:
    found = past.ok("account", "history", 1)

    assert len({row["noun"] for row in found}) == 6
    for row in found:
        assert past.ok(row["noun"], "show", row["id"])["id"] == row["id"]


def test_history_as_csv_with_conditions(past: Crm) -> None:
    result = past(
        *("account", "history", 1, "--where", "kind in (quote, invoice)", "--sort", "date"),
        *("--format", "csv", "--columns", "noun,id,kind,date,amount,currency"),
    )

    assert result.stdout.splitlines() == [
        "noun,id,kind,date,amount,currency",
        "document,2,quote,2026-11-20,37.00,RON",
        "document,1,invoice,2026-11-23,2421.21,RON",
    ]


def test_history_without_archived_records(past: Crm) -> None:
    past("opportunity", "remove", 1)
    past("lead", "remove", 1)

    shown = past.ok("account", "history", 1, "--where", "noun in (lead, opportunity)")
    archived = past.ok("account", "history", 1, "--where", "noun = opportunity", "--all")

    assert shown == []
    assert [row["title"] for row in archived] == ["Cântar nou"]


def test_history_by_the_days_of_the_reader(crm: Crm) -> None:
    crm.id("account", "add", "--name", "Moldo Trans")
    for at in ("2026-11-20 00:30", "2026-11-20 23:30"):
        crm.id("interaction", "add", "--account", 1, "--subject", "Sună", "--at", at)
    crm("employee", "edit", "1", "--timezone", "America/New_York")
    elsewhere = [row["date"] for row in crm.ok("account", "history", 1)]
    crm("employee", "edit", "1", "--timezone", "Europe/Bucharest")

    here = crm.ok("account", "history", 1, "--where", "date = 2026-11-20")

    assert elsewhere == ["2026-11-20", "2026-11-19"]
    assert [row["date"] for row in here] == ["2026-11-20"] * 2


def test_history_of_nobody_known(crm: Crm) -> None:
    crm.id("account", "add", "--name", "Moldo Trans")

    empty, unknown = crm("account", "history", 1), crm("account", "history", 7)

    assert (empty.exit_code, empty.stdout) == (0, "")
    assert empty.stderr == "This account has no history.\n"
    assert unknown.exit_code == 3
