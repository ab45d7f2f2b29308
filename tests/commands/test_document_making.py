"""`crm document make`: from opportunity to quote to order to invoice to receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.shop import invoice, open_shop, order, quote

if TYPE_CHECKING:
    from tests.conftest import Crm


@pytest.fixture
def opportunity(crm: Crm) -> int:
    """An opportunity of a campaign, with an amount."""
    open_shop(crm)
    return crm.id(
        *("opportunity", "add", "--account", 1, "--name", "Cântar rutier"),
        *("--amount", "24000", "--currency", "RON"),
    )


@pytest.mark.proves("R56", "R74")
def test_make_from_opportunity(crm: Crm, opportunity: int) -> None:
    made = crm.ok("quote", "make", "--from", f"opp:{opportunity}", "--line", "SCALE;3")
    whole = crm.ok("order", "make", "--from", "opportunity:Cântar rutier")

    assert (made["account_id"], made["opportunity_id"], made["net"]) == (1, opportunity, "3001.50")
    assert [(line["text"], line["net"]) for line in whole["lines"]] == [
        ("Cântar rutier", "24000.00")
    ]


def test_make_from_opportunity_without_amount(crm: Crm, opportunity: int) -> None:
    crm("opportunity", "edit", opportunity, "--amount", "")

    result = crm("document", "make", "order", "--from", f"opportunity:{opportunity}")

    assert result.exit_code == 4
    assert result.stderr == (
        "crm: The opportunity Cântar rutier has neither an accepted quote nor an amount.\n"
        "hint: Add --line 'PRODUCT;QTY', or crm opportunity edit 1 --amount X\n"
    )


@pytest.mark.proves("R57")
def test_make_order_and_contract_from_quote(crm: Crm) -> None:
    open_shop(crm)
    number = quote(crm, "chapter:Cântar", "SCALE;2", "MOUNT;1.5;40")

    made = [crm.ok(kind, "make", "--from", f"quote:{number}") for kind in ("order", "contract")]

    assert [document["net"] for document in made] == ["2061.00", "2061.00"]
    assert [line["text"] for line in made[0]["lines"]] == ["Cântar", "Cântar 60 t", "Montaj"]
    assert made[0]["sources"][0]["label"] == "OF0001"


def test_make_from_unaccepted_quote(sqlite_crm: Crm) -> None:
    open_shop(sqlite_crm)
    number = quote(sqlite_crm, upto="finalize")

    result = sqlite_crm("order", "make", "--from", f"quote:{number}")

    assert result.exit_code == 4
    assert result.stderr == (
        "crm: Quote OF0001 is final; it must be accepted first.\n"
        "hint: crm document send 1, then crm document accept 1\n"
    )


@pytest.mark.proves("R81", "R101", "R233")
def test_make_invoices_of_the_rest(crm: Crm) -> None:
    open_shop(crm)
    number = order(crm, "SCALE;3", "MOUNT;2")

    part = crm.ok("invoice", "make", "--from", f"order:{number}", "--line", "1=2")
    rest = crm.ok("invoice", "make", "--from", f"order:{number}")
    result = crm("invoice", "make", "--from", f"order:{number}")

    assert [line["quantity"] for line in part["lines"]] == ["2.0000"]
    assert [line["quantity"] for line in rest["lines"]] == ["1.0000", "2.0000"]
    assert result.exit_code == 4
    assert result.stderr == (
        "crm: Nothing of Order CM0001 is left: Invoice 2 (draft), Invoice 3 (draft).\n"
        "hint: crm document show 1\n"
    )
    crm.ok("invoice", "post", part["id"])
    assert crm.ok("order", "show", number)["invoiced"] == "2001.00"


@pytest.mark.parametrize(
    ("line", "exit_code", "message"),
    [
        ("1=5", 4, "Of line 1 of Order CM0001 2 is left, not 5."),
        ("2=1", 3, "Order CM0001 has no line 2."),
        ("1=0", 4, "Of line 1 of Order CM0001 2 is left, not 0."),
        ("SCALE;1", 2, "Lines of Order CM0001 are chosen by position: --line N=QTY."),
    ],
)
def test_make_wrong_line(sqlite_crm: Crm, line: str, exit_code: int, message: str) -> None:
    open_shop(sqlite_crm)
    number = order(sqlite_crm)

    result = sqlite_crm("invoice", "make", "--from", f"order:{number}", "--line", line)

    assert (result.exit_code, result.stderr.splitlines()[0]) == (exit_code, f"crm: {message}")


def test_make_from_what_it_is_not_made_of(sqlite_crm: Crm) -> None:
    open_shop(sqlite_crm)
    number = quote(sqlite_crm)

    result = sqlite_crm("invoice", "make", "--from", f"document:{number}")

    assert result.exit_code == 2
    assert result.stderr == (
        "crm: No invoice is made from quote records.\nhint: It is made from: order, contract.\n"
    )


def test_make_after_storno(crm: Crm) -> None:
    open_shop(crm)
    number = order(crm)
    first = crm.id("invoice", "make", "--from", f"order:{number}")
    crm.ok("invoice", "post", first)

    counter = crm.ok("invoice", "storno", first)
    again = crm.ok("invoice", "make", "--from", f"order:{number}")

    assert (counter["net"], counter["label"], counter["reverses_id"]) == (
        "-2001.00",
        "FA0002",
        first,
    )
    assert again["net"] == "2001.00"
    assert crm.ok("order", "show", number)["invoiced"] == "0.00"


@pytest.mark.proves("R229")
def test_make_receipts(crm: Crm) -> None:
    open_shop(crm)
    number = invoice(crm)

    first = crm.ok("receipt", "make", "--from", f"invoice:{number}", "--amount", "421,21")
    too_much = crm("receipt", "make", "--from", "invoice:FA0001", "--amount", "2000.01")
    crm.ok("receipt", "post", first["id"])
    shown = crm.ok("invoice", "show", number)
    rest = crm.id("receipt", "make", "--from", f"invoice:{number}")
    crm.ok("receipt", "post", rest)

    assert (first["gross"], first["vat"], first["taxes"]) == ("421.21", "0.00", [])
    assert too_much.exit_code == 4
    assert "Of Invoice FA0001 2000.00 RON is open, not 2000.01." in too_much.stderr
    assert (shown["paid"], shown["open"]) == ("421.21", "2000.00")
    assert crm.ok("invoice", "show", number)["open"] == "0.00"
    assert "Invoice FA0001 is paid." in crm("receipt", "make", "--from", "invoice:1").stderr


def test_storno_of_paid_invoice(crm: Crm) -> None:
    open_shop(crm)
    number = invoice(crm)
    receipt = crm.id("receipt", "make", "--from", f"invoice:{number}")
    crm.ok("receipt", "post", receipt)

    refused = crm("invoice", "storno", number)
    crm.ok("receipt", "storno", receipt)

    assert refused.exit_code == 4
    assert refused.stderr == (
        "crm: Invoice FA0001 is paid by Receipt CH0001; that must be taken back first.\n"
        "hint: crm document storno 2\n"
    )
    assert crm.ok("invoice", "show", number)["open"] == "2421.21"
    assert crm.ok("invoice", "storno", number)["gross"] == "-2421.21"
    assert crm("invoice", "storno", "FA0002").exit_code == 4


def test_make_invoice_of_subscription_once_a_month(crm: Crm) -> None:
    open_shop(crm)
    number = crm.id(
        *("contract", "add", "--account", 1, "--line", "MOUNT;1", "--subscription"),
        *("--start", "2026-11-01"),
    )
    crm.ok("contract", "sign", number)
    words = ("invoice", "make", "--from", f"contract:{number}", "--date")

    made = [crm(*words, day).exit_code for day in ("2026-11-23", "2026-11-30", "2026-12-01")]

    assert made == [0, 4, 0]
