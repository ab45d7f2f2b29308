"""`crm campaign link` and `unlink`: what counts, how much of it, and in which month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.execute import execute
from tests.market import bought, client, figures, invoiced, link, open_campaign, received, sold

if TYPE_CHECKING:
    from tests.conftest import Crm

STAMPS = "version, created_at, created_by, updated_at, updated_by"
STAMPED = "1, '2026-01-01T00:00:00Z', 'ana', '2026-01-01T00:00:00Z', 'ana'"


def begin(crm: Crm, *options: str) -> None:
    open_campaign(crm, *options)
    client(crm)


@pytest.mark.proves("R95", "R98", "R99")
def test_link_a_cost(sqlite_crm: Crm) -> None:
    begin(sqlite_crm)
    purchase = bought(sqlite_crm, "2026-03-01", "1000")

    linked = link(sqlite_crm, purchase, "cost", "--share", "33,3333%")

    assert (linked["share"], linked["amount"], linked["currency"]) == ("33.3333", "333.33", "RON")
    assert (linked["origin"], linked["is_inherited"]) == ("hand", False)
    assert (linked["kind"], linked["net"], linked["document_vat"]) == (
        *("purchase_invoice", "1000.00", "210.00"),
    )


def test_link_again_changes_the_share(sqlite_crm: Crm) -> None:
    begin(sqlite_crm)
    purchase = bought(sqlite_crm, "2026-03-01", "1000")
    first = link(sqlite_crm, purchase, "cost")

    again = link(sqlite_crm, purchase, "cost", "--share", "40%")

    assert (again["id"], again["amount"]) == (first["id"], "400.00")
    assert link(sqlite_crm, purchase, "cost")["share"] == "40.0000"
    assert figures(sqlite_crm)["cost"] == "400.00"


def test_link_more_than_the_whole(crm: Crm) -> None:
    begin(crm)
    open_campaign(crm, name="Iarna")
    purchase = bought(crm, "2026-03-01", "1000")
    link(crm, purchase, "cost", "--share", "60%")

    result = crm("campaign", "link", "Iarna", purchase, "--as", "cost", "--share", "40.0001%")

    assert result.exit_code == 4
    assert "40% is left for campaigns, not 40.0001%." in result.stderr
    assert f"hint: crm campaign link CAMPAIGN {purchase} --share 40%\n" in result.stderr
    assert link(crm, purchase, "cost", "--share", "40%", campaign=2)["amount"] == "400.00"


@pytest.mark.parametrize("share", ["0", "-1", "100.1%", "abc"])
def test_link_impossible_share(sqlite_crm: Crm, share: str) -> None:
    begin(sqlite_crm)
    purchase = bought(sqlite_crm, "2026-03-01", "1000")

    result = sqlite_crm("campaign", "link", 1, purchase, "--as", "cost", f"--share={share}")

    assert (result.exit_code, "--share: " in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("kind", "role", "sentence"),
    [
        ("invoice", "cost", "is no cost of a campaign"),
        ("quote", "revenue", "is no revenue of a campaign"),
        ("treasury", "revenue", "is no revenue of a campaign"),
        ("order", "revenue", "is draft; it must be final to count for a campaign."),
        ("treasury", "cost", "is draft; it must be posted to count for a campaign."),
    ],
)
def test_link_what_does_not_count(sqlite_crm: Crm, kind: str, role: str, sentence: str) -> None:
    begin(sqlite_crm)
    number = sqlite_crm.id(
        *("document", "add", kind, "--account", 1, "--line", "text:Ceva;1;10;tva21")
    )

    result = sqlite_crm("campaign", "link", 1, number, "--as", role)

    assert (result.exit_code, sentence in result.stderr) == (4, True)


def test_link_a_payment_of_a_linked_document(crm: Crm) -> None:
    begin(crm)
    purchase = bought(crm, "2026-03-01", "1000")
    payment = bought(crm, "2026-03-05", "1210", kind="treasury")
    execute(
        crm.url,
        f"INSERT INTO document_source (document_id, source_id, amount, {STAMPS})"
        f" VALUES ({payment}, {purchase}, 121000, {STAMPED})",
    )
    link(crm, purchase, "cost")

    refused = crm("campaign", "link", 1, payment, "--as", "cost")
    crm.ok("campaign", "unlink", 1, purchase, "--as", "cost")
    link(crm, payment, "cost")
    reverse = crm("campaign", "link", 1, purchase, "--as", "cost")

    assert (refused.exit_code, reverse.exit_code) == (4, 4)
    assert "are one cost, and Purchase invoice" in refused.stderr
    assert f"hint: crm campaign unlink 1 {payment} --as cost" in reverse.stderr


def test_link_a_document_that_reverses(sqlite_crm: Crm) -> None:
    begin(sqlite_crm)
    invoice = sold(sqlite_crm, "invoice", "2026-03-01", "100")
    counter = sqlite_crm.id("invoice", "storno", invoice)

    of_counter = sqlite_crm("campaign", "link", 1, counter, "--as", "revenue")
    of_reversed = sqlite_crm("campaign", "link", 1, invoice, "--as", "revenue")

    assert "reverses another document and counts with it." in of_counter.stderr
    assert "is reversed; it must be posted" in of_reversed.stderr


def test_link_month_of_an_order(sqlite_crm: Crm) -> None:
    begin(sqlite_crm)
    order = sold(sqlite_crm, "order", "2026-03-01", "100")

    result = sqlite_crm("campaign", "link", 1, order, "--as", "revenue", "--month", "2026-04")

    assert (result.exit_code, "only invoices have a --month" in result.stderr) == (2, True)


def test_link_an_invoice_to_another_month(sqlite_crm: Crm) -> None:
    begin(sqlite_crm)
    invoice = sold(sqlite_crm, "invoice", "2026-03-10", "100")

    linked = link(sqlite_crm, invoice, "revenue", "--month", "05.2026")

    assert (linked["month"], linked["counted_on"]) == ("2026-05", "2026-05-01")
    assert linked["is_indicator"] is False
    assert [row["month"] for row in sqlite_crm.ok("campaign", "returns", "--by", "month")] == [
        "2026-05"
    ]


@pytest.mark.proves("R102")
def test_link_a_subscription_outside_the_window(crm: Crm) -> None:
    begin(crm, "--months", "2")
    contract = sold(crm, "contract", "2026-02-01", "100", "--subscription", "--start", "2026-02-01")
    invoices = [invoiced(crm, f"contract:{contract}", f"2026-{m}-28") for m in ("02", "03", "04")]
    link(crm, invoices[0], "revenue", "--month", "2026-03")

    outside = crm("campaign", "link", 1, invoices[2], "--as", "revenue")
    moved = link(crm, invoices[2], "revenue", "--month", "2026-03")

    assert outside.exit_code == 4
    assert outside.stderr == (
        "crm: 2026-04 is not among the 2 months from 2026-02 to 2026-03 in which invoices of"
        " Contract CTR0001 count for the campaign Toamna 2026.\n"
        "hint: crm campaign edit 1 --months N\n"
    )
    assert (moved["month"], moved["is_indicator"]) == ("2026-03", True)
    assert figures(crm)["indicator"] == "200.00"


@pytest.mark.proves("R104")
def test_link_contracts(sqlite_crm: Crm) -> None:
    begin(sqlite_crm, "--months", "6")
    once = sold(sqlite_crm, "contract", "2026-02-01", "1000")
    period = ("--start", "2026-02-15", "--end", "2026-05-20")
    open_ended = sold(sqlite_crm, "contract", "2026-02-01", "10", "--subscription")
    limited = sold(sqlite_crm, "contract", "2026-02-01", "10", "--subscription", *period)

    amounts = [
        link(sqlite_crm, number, "revenue")["amount"] for number in (once, open_ended, limited)
    ]
    sqlite_crm.ok("campaign", "edit", 1, "--months", "12")

    assert amounts == ["1000.00", "60.00", "40.00"]  # 4 months begun until 20 May
    assert figures(sqlite_crm)["contracts"] == "1160.00"


def test_cancel_a_contract(sqlite_crm: Crm) -> None:
    begin(sqlite_crm)
    contract = sold(sqlite_crm, "contract", "2026-02-01", "1000")
    link(sqlite_crm, contract, "revenue")

    sqlite_crm.ok("contract", "cancel", contract)

    assert figures(sqlite_crm)["contracts"] == "0.00"
    (row,) = sqlite_crm.ok("campaign", "returns", 1, "--explain")
    assert (row["figure"], row["reason"]) == (None, "does not count while it is cancelled")


@pytest.mark.proves("R101", "R103")
def test_follow_an_order_linked_later(crm: Crm) -> None:
    begin(crm)
    order = sold(crm, "order", "2026-03-01", "1000")
    invoice = invoiced(crm, f"order:{order}", "2026-03-02")
    received(crm, invoice, "2026-03-03", "--amount", "605")

    link(crm, order, "revenue", "--share", "50%")
    received(crm, invoice, "2026-03-04")

    assert figures(crm)["invoiced"] == "500.00"
    assert figures(crm)["received"] == "500.00"
    refused = crm("campaign", "unlink", 1, invoice, "--as", "revenue")
    assert "Invoice FA0001 counts because Order CM0001 is linked." in refused.stderr
    crm.ok("campaign", "unlink", 1, order, "--as", "revenue")
    assert crm.ok("campaign", "links", 1) == []


def test_receive_in_parts_exactly_the_net(crm: Crm) -> None:
    begin(crm)
    invoice = sold(crm, "invoice", "2026-03-01", "100")
    link(crm, invoice, "revenue")

    for _ in range(2):
        received(crm, invoice, "2026-03-03", "--amount", "40.33")
    last = received(crm, invoice, "2026-03-04")

    assert figures(crm)["received"] == "100.00"
    crm.ok("receipt", "storno", last)
    assert figures(crm)["received"] == "66.66"


def test_storno_of_a_followed_invoice(sqlite_crm: Crm) -> None:
    begin(sqlite_crm)
    order = sold(sqlite_crm, "order", "2026-03-01", "1000")
    link(sqlite_crm, order, "revenue")
    invoice = invoiced(sqlite_crm, f"order:{order}", "2026-03-02")

    sqlite_crm.ok("invoice", "storno", invoice)
    again = invoiced(sqlite_crm, f"order:{order}", "2026-11-23")

    assert figures(sqlite_crm)["invoiced"] == "1000.00"
    kept = sqlite_crm.ok("campaign", "links", 1, "--where", "kind = invoice")
    assert [(row["amount"], row["origin"]) for row in kept] == [
        ("1000.00", "source"),
        ("-1000.00", "source"),
        ("1000.00", "source"),
    ]
    assert kept[-1]["document_id"] == again


def test_unlink_what_is_not_linked(sqlite_crm: Crm) -> None:
    begin(sqlite_crm)
    purchase = bought(sqlite_crm, "2026-03-01", "1000")

    result = sqlite_crm("campaign", "unlink", 1, purchase, "--as", "cost")

    assert result.exit_code == 3
    assert "is not linked to the campaign 1 as cost." in result.stderr


@pytest.mark.proves("R98", "R110")
def test_inherit_from_an_opportunity(crm: Crm) -> None:
    begin(crm)
    crm.ok(
        *("opportunity", "add", "--account", 1, "--name", "Cântar", "--amount", "1000"),
        *("--campaign", 1),
    )
    order = crm.id("order", "make", "--from", "opportunity:1")
    crm.ok("order", "finalize", order)

    (inherited,) = crm.ok("campaign", "links", 1)
    crm.ok("campaign", "unlink", 1, order, "--as", "revenue")
    invoiced(crm, f"order:{order}", "2026-11-23")

    assert (inherited["origin"], inherited["is_inherited"]) == ("campaign", True)
    assert crm.ok("campaign", "links", 1) == []


@pytest.mark.proves("R98")
def test_inherit_from_the_form_of_a_cost(sqlite_crm: Crm) -> None:
    begin(sqlite_crm)

    bought(sqlite_crm, "2026-03-01", "70", "--campaign", "Toamna 2026")

    assert figures(sqlite_crm)["cost"] == "70.00"


def test_inherit_nothing_by_setting(sqlite_crm: Crm) -> None:
    begin(sqlite_crm)
    sqlite_crm.ok("setting", "set", "campaign.inherit", "no")

    bought(sqlite_crm, "2026-03-01", "70", "--campaign", "Toamna 2026")

    assert sqlite_crm.ok("campaign", "links", 1) == []


def test_link_without_a_rate(sqlite_crm: Crm) -> None:
    begin(sqlite_crm, "--currency", "EUR")
    purchase = bought(sqlite_crm, "2026-03-01", "1000")

    result = sqlite_crm("campaign", "link", 1, purchase, "--as", "cost")

    assert result.exit_code == 4
    assert "There is no exchange rate of EUR on or before 2026-03-01." in result.stderr
