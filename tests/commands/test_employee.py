"""`crm employee`: the standard verbs on the plainest noun."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Crm


def test_list(crm: Crm) -> None:
    crm("employee", "add", "--name", "Jan Kowalski", "--login", "jan", "--language", "pl")

    result = crm("employee", "list")

    assert result.stdout == (
        "ID  NAME          LOGIN  EMAIL\n"
        " 1  Ana Pop       ana    ana@firma.example\n"
        " 2  Jan Kowalski  jan\n"
    )


def test_add_taken_login(crm: Crm) -> None:
    result = crm("employee", "add", "--name", "Ana B", "--login", "ana")

    assert result.exit_code == 4
    assert result.stderr == (
        "crm: Another employee has this login already.\nhint: crm employee list\n"
    )


def test_edit_as_stranger(crm: Crm) -> None:
    crm.user = "nobody"

    result = crm("employee", "edit", "1", "--name", "X")

    assert result.exit_code == 7
    assert "No employee has the login 'nobody'." in result.stderr
