"""Contracts: what they lack is said at every saving."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.shop import open_shop

if TYPE_CHECKING:
    from tests.conftest import Crm


@pytest.mark.proves("R42", "R81")
def test_add_warns(sqlite_crm: Crm) -> None:
    open_shop(sqlite_crm)

    result = sqlite_crm("contract", "add", "--account", 1)

    assert result.exit_code == 0
    assert result.stderr == (
        "warning: The contract 1 lacks the number: crm document finalize 1\n"
        "warning: The contract 1 lacks the period: crm document edit 1 --start D --end D\n"
        "warning: The contract 1 lacks the lines with value:"
        " crm document edit 1 --line 'PRODUCT;QTY;PRICE'\n"
        "warning: The contract 1 lacks the signatory: crm document edit 1 --signatory NAME\n"
        "warning: The contract 1 lacks the registration number of the client:"
        " crm account edit 1 --registration-no NO\n"
        "warning: The contract 1 lacks the address of the client:"
        " crm account edit 1 --address ADDRESS\n"
    )


@pytest.mark.proves("R42", "R76")
def test_sign_what_lacks_nothing(crm: Crm) -> None:
    open_shop(crm)
    crm("account", "edit", 1, "--registration-no", "J22/123/2001", "--address", "Str. Lungă 1")
    drafted = crm.ok(
        *("contract", "add", "--account", 1, "--start", "2026-12-01", "--end", "2027-11-30"),
        *("--line", "MOUNT;1"),
    )

    signed = crm.ok("contract", "sign", drafted["id"], "--signatory", "Ion Moldovan")

    assert len(drafted["warnings"]) == 2
    assert "warnings" not in signed
    assert (signed["status"], signed["label"]) == ("signed", "CTR0001")


def test_add_end_before_start(sqlite_crm: Crm) -> None:
    open_shop(sqlite_crm)

    result = sqlite_crm(
        "contract", "add", "--account", 1, "--start", "2026-12-01", "--end", "2026-11-30"
    )

    assert result.exit_code == 5
    assert "The end 2026-11-30 lies before the start 2026-12-01." in result.stderr
