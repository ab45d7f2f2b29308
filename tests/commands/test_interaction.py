"""`crm interaction`: notes and calls by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.letters import client

if TYPE_CHECKING:
    from tests.conftest import Crm


@pytest.mark.proves("R172")
def test_add_note(crm: Crm) -> None:
    client(crm)

    crm.ok(
        *("interaction", "add", "--account", "Moldo Trans", "--subject", "Vrea ofertă"),
        *("--text", "Două transpalete,\npână luni."),
    )

    assert crm("interaction", "list").stdout == (
        "ID  AT                KIND  DIRECTION  SUBJECT      ACCOUNT          CONTACT  EMPLOYEE\n"
        " 1  2026-11-23 10:00  note             Vrea ofertă  Moldo Trans SRL           Ana Pop\n"
    )


@pytest.mark.proves("R172")
def test_add_call_with_a_contact(crm: Crm) -> None:
    account = client(crm)
    crm.id("contact", "add", "--name", "Elena Popescu", "--account", account)

    added = crm.ok(
        *("interaction", "add", "--contact", "Elena Popescu", "--kind", "call"),
        *("--direction", "in", "--subject", "Reclamație", "--at", "2026-11-20 15:30"),
        *("--duration", "15m", "--cost", "2,50"),
    )

    assert (added["account_id"], added["kind"], added["direction"]) == (account, "call", "in")
    assert (added["at"], added["duration"]) == ("2026-11-20T13:30:00+00:00", 15)
    assert added["cost"] == "2.50"


def test_edit_and_remove(crm: Crm) -> None:
    client(crm)
    number = crm.id("interaction", "add", "--account", 1, "--subject", "Notă")

    crm.ok("interaction", "edit", number, "--kind", "visit")

    assert crm.ok("interaction", "show", number)["kind"] == "visit"
    crm.ok("interaction", "remove", number)
    assert crm.ok("interaction", "list", "--all") == []


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        ([], 5, "An interaction needs an account or a contact."),
        (["--account", "1", "--at", "+1h"], 5, "An interaction lies in the past."),
        (["--account", "1", "--cost", "-1"], 5, "Duration and cost cannot be negative."),
        (["--account", "1", "--kind", "letter"], 2, "--kind: 'letter' is none of note, call,"),
        (["--account", "2", "--contact", "1"], 4, "Elena is a contact of another account."),
    ],
)
def test_add_wrong(sqlite_crm: Crm, words: list[str], code: int, sentence: str) -> None:
    client(sqlite_crm)
    sqlite_crm.id("account", "add", "--name", "Alta")
    sqlite_crm.id("contact", "add", "--name", "Elena", "--account", "1")

    result = sqlite_crm("interaction", "add", "--subject", "Notă", *words)

    assert result.exit_code == code
    assert result.stderr.startswith(f"crm: {sentence}")
