"""`crm audit`: the trail of changes, and every way to tamper with it."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from tests.execute import execute
from tests.letters import write_eml

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm


def test_show_an_edit(crm: Crm) -> None:
    crm("employee", "edit", "1", "--job-title", "Director")

    changes = crm.ok("audit", "show", "--where", "entity = employee", "--sort", "-id", "--limit", 1)

    assert (changes[0]["actor"], changes[0]["version"]) == ("ana", 3)
    assert json.loads(changes[0]["old"]) == {"job_title": None}
    assert json.loads(changes[0]["new"]) == {"job_title": "Director"}


def test_edit_without_difference(crm: Crm) -> None:
    before = execute(crm.url, "SELECT count(*) FROM audit")

    assert crm("employee", "edit", "1", "--name", "Ana Pop").exit_code == 0

    assert execute(crm.url, "SELECT count(*) FROM audit") == before


def test_dry_run(crm: Crm) -> None:
    before = execute(crm.url, "SELECT count(*) FROM audit")

    shown = crm.ok("employee", "add", "--name", "Jan", "--dry-run")

    assert shown["name"] == "Jan"
    assert execute(crm.url, "SELECT count(*) FROM audit") == before
    assert execute(crm.url, "SELECT count(*) FROM employee") == [(1,)]


def test_verify(crm: Crm) -> None:
    crm("employee", "add", "--name", "Jan")

    result = crm("audit", "verify")

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_seal_the_text_of_a_mail_without_a_copy(crm: Crm, tmp_path: Path) -> None:
    crm.ok("mail", "import", write_eml(tmp_path, "oferta", "Bună ziua, aștept oferta."))

    change = crm.ok("audit", "show", "--where", "entity = mail")[0]

    digest = sha256("Bună ziua, aștept oferta.".encode()).hexdigest()
    assert json.loads(change["new"])["body"] == f"sha256:{digest}"
    assert crm("audit", "verify").exit_code == 0


@pytest.mark.parametrize(
    ("tampering", "fault"),
    [
        ("UPDATE audit SET new = '{}' WHERE id = 2", "audit row 2: was changed"),
        ("DELETE FROM audit WHERE id = 2", "audit transaction 1: was changed after it was sealed"),
        ("UPDATE audit SET entity_id = 9 WHERE id = 3", "audit row 3: was changed"),
        (
            "UPDATE audit SET digest = 'x', salt = '' WHERE id = 3",
            "audit transaction 1: was changed",
        ),
        ("UPDATE audit_tx SET actor = 'eva' WHERE id = 2", "audit transaction 2: was changed"),
        ("UPDATE audit_tx SET command = 'x' WHERE id = 1", "audit transaction 1: was changed"),
        ("DELETE FROM audit_tx WHERE position = 2", "audit transaction 3: stands at position 3"),
        (
            "DELETE FROM audit_tx WHERE position = (SELECT max(position) FROM audit_tx)",
            "audit head: does not name the last transaction",
        ),
        (
            "UPDATE audit_tx SET position = NULL WHERE id = 1",
            "audit transaction 1: was never sealed",
        ),
        ("UPDATE audit SET tx_id = 99 WHERE id = 1", "audit row 1: belongs to no transaction"),
        ("UPDATE audit_head SET hash = 'x'", "audit head: does not name the last transaction"),
    ],
)
def test_verify_after_tampering(crm: Crm, tampering: str, fault: str) -> None:
    execute(crm.url, tampering)

    result = crm("audit", "verify")

    assert result.exit_code == 1
    assert fault in result.stderr


def test_verify_swapped_transactions(crm: Crm) -> None:
    execute(crm.url, "UPDATE audit_tx SET position = -position")
    execute(
        crm.url,
        "UPDATE audit_tx SET position ="
        " CASE position WHEN -1 THEN 2 WHEN -2 THEN 1 ELSE -position END",
    )

    result = crm("audit", "verify")

    assert result.exit_code == 1
    assert "does not follow the transaction before it" in result.stderr
