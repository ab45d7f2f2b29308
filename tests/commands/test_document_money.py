"""Documents in other currencies: the rate of their date, the base currency that stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.shop import open_shop

if TYPE_CHECKING:
    from tests.conftest import Crm


def rate(crm: Crm, day: str, value: str) -> None:
    """Keep a rate of the euro."""
    crm.id("rate", "add", "--currency", "EUR", "--date", day, "--rate", value)


def test_add_takes_latest_rate(crm: Crm) -> None:
    open_shop(crm)
    for day, value in (("2026-11-01", "4.9"), ("2026-11-20", "5"), ("2026-11-24", "6")):
        rate(crm, day, value)

    added = crm.ok("invoice", "add", "--account", 1, "--currency", "eur", "--line", "SCALE;1")

    assert (added["rate"], added["rate_date"]) == ("5.000000", "2026-11-20")
    assert (added["lines"][0]["price"], added["net"]) == ("200.1000", "200.10")


def test_add_without_rate(crm: Crm) -> None:
    open_shop(crm)
    words = ("invoice", "add", "--account", 1, "--currency", "EUR")

    result = crm(*words)

    assert result.exit_code == 4
    assert result.stderr == (
        "crm: There is no exchange rate of EUR on or before 2026-11-23.\n"
        "hint: crm rate add --currency EUR --date 2026-11-23 --rate X, or give --rate here.\n"
    )
    given = crm.ok(*words, "--rate", "4,9735")
    assert (given["rate"], given["rate_date"]) == ("4.973500", "2026-11-23")


def test_edit_date_takes_its_rate(sqlite_crm: Crm) -> None:
    open_shop(sqlite_crm)
    rate(sqlite_crm, "2026-11-01", "4.9")
    rate(sqlite_crm, "2026-11-20", "5")
    number = sqlite_crm.id("invoice", "add", "--account", 1, "--currency", "EUR")

    edited = sqlite_crm.ok("invoice", "edit", number, "--date", "2026-11-19")

    assert (edited["rate"], edited["rate_date"]) == ("4.900000", "2026-11-01")


def test_rate_of_base_currency(sqlite_crm: Crm) -> None:
    open_shop(sqlite_crm)

    result = sqlite_crm("invoice", "add", "--account", 1, "--rate", "2")

    assert result.exit_code == 5
    assert "RON is the base currency: its rate is 1, not 2." in result.stderr


def test_set_base_currency_after_first_document(crm: Crm) -> None:
    open_shop(crm)
    assert crm("setting", "set", "currency", "EUR").exit_code == 0
    assert crm("setting", "set", "currency", "RON").exit_code == 0
    crm.id("quote", "add", "--account", 1)

    result = crm("setting", "set", "currency", "EUR")

    assert result.exit_code == 4
    assert (
        "The base currency is RON and there are documents already: it can no longer change."
        in result.stderr
    )
    assert crm("setting", "set", "currency", "RON").exit_code == 0


def test_receive_in_another_currency(crm: Crm) -> None:
    open_shop(crm)
    rate(crm, "2026-11-01", "5")
    number = crm.id("invoice", "add", "--account", 1, "--currency", "EUR", "--line", "SCALE;1")
    crm.ok("invoice", "post", number)

    wrong = crm("receipt", "make", "--from", "invoice:1", "--amount", "100 lei")
    right = crm.ok("receipt", "make", "--from", "invoice:1", "--amount", "100 €")

    assert (wrong.exit_code, "'100 lei' is in RON, but this amount is in EUR" in wrong.stderr) == (
        2,
        True,
    )
    assert (right["gross"], right["currency"]) == ("100.00", "EUR")


def test_post_a_negative_invoice(crm: Crm) -> None:
    open_shop(crm)
    number = crm.id("invoice", "add", "--account", 1, "--line", "SCALE;1;-100")

    result = crm("invoice", "post", number)

    assert result.exit_code == 4
    assert "only a counter-document is negative" in result.stderr


def test_set_a_wrong_tax_id_of_the_company(crm: Crm) -> None:
    result = crm("setting", "set", "company.tax_id", "RO12345678")

    assert result.exit_code == 5
    assert result.stderr.startswith("crm: company.tax_id: 'RO12345678' is not a CUI")
