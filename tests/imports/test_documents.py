"""Documents with lines from a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.imports.tables import table
from tests.market import open_campaign
from tests.shop import invoice, open_shop

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

HISTORY = (
    "Number;Date;Account;Status;Product;Quantity;Unit price;VAT %;Gross",
    "2025-17;15.03.2025;Moldo Trans SRL;posted;SCALE;2;900;21%;2216,72",
    "2025-17;15.03.2025;Moldo Trans SRL;posted;MOUNT;1;32;21%;2216,72",
    "2025-18;16.03.2025;Moldo Trans SRL;posted;MOUNT;3;;;111,00",
)


@pytest.fixture
def shop(sqlite_crm: Crm) -> Crm:
    open_shop(sqlite_crm)
    return sqlite_crm


def test_import_history_with_its_numbers(shop: Crm, tmp_path: Path) -> None:
    path = table(tmp_path, *HISTORY)

    first = shop.ok("invoice", "import", path)
    second = shop.ok("invoice", "import", path)

    old, other = shop.ok("invoice", "list", "--columns", "all")
    assert (first["created"], first["read"]) == (2, 4 - 1)
    assert (second["created"], second["updated"], second["unchanged"]) == (0, 0, 2)
    assert (old["label"], old["number"], old["external_number"]) == ("2025-17", None, "2025-17")
    assert (old["gross"], old["open"]) == ("2216.72", "2216.72")
    assert (other["net"], other["vat"], other["status"]) == ("100.00", "11.00", "posted")
    assert shop.ok("series", "show", "FA")["next_number"] == 1


@pytest.mark.parametrize(
    ("kind", "status"), [("quote", "final"), ("order", "final"), ("invoice", "posted")]
)
def test_take_what_has_a_number_as_issued(
    shop: Crm, tmp_path: Path, kind: str, status: str
) -> None:
    lines = ("Number;Date;Account;Product", "17/2025;15.03.2025;Moldo Trans SRL;SCALE")
    path = table(tmp_path, *lines)
    shop.ok(kind, "import", path)

    again = shop.ok(kind, "import", path)

    (one,) = shop.ok(kind, "list", "--columns", "label,status")
    assert one == {"label": "17/2025", "status": status}
    assert (again["created"], again["unchanged"]) == (0, 1)


@pytest.mark.parametrize("gross", ["", "1210,61"])
@pytest.mark.parametrize(("number", "revision"), [("17", "0"), ("17/R2", "2")])
def test_know_a_draft_by_its_number(
    shop: Crm, tmp_path: Path, gross: str, number: str, revision: str
) -> None:
    heading = "Number;Revision;Date;Account;Status;Product;Gross"
    line = f"{number};{revision};15.03.2025;Moldo Trans SRL;draft;SCALE;{gross}"
    path = table(tmp_path, heading, line)
    shop.ok("invoice", "import", path)
    before = shop.ok("invoice", "list", "--columns", "all")

    again = shop.ok("invoice", "import", path)

    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 1)
    assert [(one["external_number"], one["status"]) for one in before] == [("17", "draft")]
    assert shop.ok("invoice", "list", "--columns", "all") == before


def test_refuse_to_make_a_draft_of_what_was_issued(shop: Crm, tmp_path: Path) -> None:
    invoice(shop)
    lines = ("Number;Account;Status;Product", "FA0001;Moldo Trans SRL;draft;SCALE")

    result = shop("invoice", "import", table(tmp_path, *lines))

    assert result.exit_code == 5
    assert "A spreadsheet sets the status of a new document only." in result.stderr
    assert len(shop.ok("invoice", "list")) == 1


@pytest.mark.parametrize("currency", ["", "PLN"])
def test_read_prices_of_lines_with_their_currency(shop: Crm, tmp_path: Path, currency: str) -> None:
    shop.ok("rate", "add", "--currency", "PLN", "--date", "2025-03-15", "--rate", "1,20")
    lines = (
        "Number;Date;Account;Currency;Product;Quantity;Cena netto;Line net",
        f"17;15.03.2025;Moldo Trans SRL;{currency};SCALE;2;3,50 zł;7,00 zł",
        f"17;15.03.2025;Moldo Trans SRL;{currency};MOUNT;1;4,1255;",
    )
    path = table(tmp_path, *lines)

    shop.ok("invoice", "import", path)
    again = shop.ok("invoice", "import", path)

    (one,) = shop.ok("invoice", "list", "--columns", "all")
    assert (one["currency"], one["net"], again["unchanged"]) == ("PLN", "11.13", 1)
    prices = [line["price"] for line in shop.ok("invoice", "show", one["id"])["lines"]]
    assert prices == ["3.5000", "4.1255"]


@pytest.mark.parametrize(
    ("price", "net", "why"),
    [
        ("3,50 zł", "", "An amount of the line is in PLN, the document in EUR."),
        ("3,50 zł", "3,50 lei", "One amount of the row is in PLN, another in RON."),
    ],
)
def test_refuse_a_line_in_another_currency(
    shop: Crm, tmp_path: Path, price: str, net: str, why: str
) -> None:
    heading = "Number;Account;Currency;Product;Unit price;Line net"
    path = table(tmp_path, heading, f"17;Moldo Trans SRL;EUR;SCALE;{price};{net}")

    result = shop("invoice", "import", path)

    assert result.exit_code == 5
    assert "row 2" in result.stderr
    assert why in result.stderr


def test_number_new_ones_from_the_series_as_before(shop: Crm, tmp_path: Path) -> None:
    shop.ok("invoice", "import", table(tmp_path, *HISTORY))

    number = invoice(shop)

    assert shop.ok("invoice", "show", number)["label"] == "FA0001"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("1;1.1.2025;Moldo Trans SRL;posted;SCALE;2;900;21%;5", "The lines come to 2178.00"),
        ("1;1.1.2025;Moldo Trans SRL;signed;SCALE;2;900;21%;", "No invoice is ever signed."),
        (";1.1.2025;Moldo Trans SRL;posted;SCALE;2;900;21%;", "that is posted has a number."),
        ("1;1.1.2025;Moldo Trans SRL;posted;;2;900;21%;", "A line has a product or a text."),
        ("1;1.1.2025;;posted;SCALE;2;900;21%;", "The account of the document is missing."),
    ],
)
def test_refuse_a_row(shop: Crm, tmp_path: Path, line: str, why: str) -> None:
    result = shop("invoice", "import", table(tmp_path, HISTORY[0], *HISTORY[1:3], line))

    assert result.exit_code == 5
    assert "row 4" in result.stderr
    assert why in result.stderr
    assert shop.ok("invoice", "list") == []


def test_refuse_documents_of_another_kind(shop: Crm, tmp_path: Path) -> None:
    lines = ("Kind;Account;Product", "quote;1;SCALE")

    result = shop("invoice", "import", table(tmp_path, *lines))

    assert result.exit_code == 5
    assert "row 2, Kind: 'quote' is none of invoice." in result.stderr


def test_leave_what_was_issued_as_it_is(shop: Crm, tmp_path: Path) -> None:
    invoice(shop)
    lines = ("Number;Due;Product;Quantity", "FA0001;31.12.2026;SCALE;2")

    result = shop("invoice", "import", table(tmp_path, *lines))

    assert result.exit_code == 5
    assert "It is posted and can no longer be changed." in result.stderr


@pytest.mark.proves("R77", "R221")
def test_import_the_items_of_a_quote(shop: Crm, tmp_path: Path) -> None:
    lines = ("Product;Quantity;Unit price", "SCALE;2;", "MOUNT;1,5;40", "MOUNT;1;")

    shop.ok("quote", "import", table(tmp_path, *lines), "--set", "account=1")

    (quote,) = shop.ok("quote", "list", "--columns", "all")
    shown = shop.ok("quote", "show", quote["id"])["lines"]
    assert (quote["status"], quote["net"]) == ("draft", "2094.33")
    assert [(one["position"], one["price"]) for one in shown] == [
        (1, "1000.5000"),
        (2, "40.0000"),
        (3, "33.3333"),
    ]


def test_count_for_the_campaign_it_carries(shop: Crm, tmp_path: Path) -> None:
    campaign = open_campaign(shop)
    lines = (f"{HISTORY[0]};Campaign", f"{HISTORY[3]};Toamna 2026")

    shop.ok("invoice", "import", table(tmp_path, *lines))

    (link,) = shop.ok("campaign", "links", campaign)
    assert (link["as"], link["amount"], link["origin"]) == ("revenue", "100.00", "campaign")


def test_pay_an_invoice_of_the_same_file(shop: Crm, tmp_path: Path) -> None:
    lines = (
        "Kind;Number;Date;Account;Status;Line text;Unit price;VAT rate;Made from",
        "receipt;CH1;2.1.2025;Moldo Trans SRL;posted;Plată;50;;invoice:F1=50",
        "invoice;F1;1.1.2025;Moldo Trans SRL;posted;Servicii;100;21%;",
    )

    shop.ok("document", "import", table(tmp_path, *lines))

    (paid,) = shop.ok("invoice", "list", "--columns", "label,paid,open")
    assert paid == {"label": "F1", "paid": "50.00", "open": "71.00"}


def test_import_a_register_without_lines(shop: Crm, tmp_path: Path) -> None:
    lines = (
        "Number;Date;Account;Status;Net;VAT;Gross",
        "A1;1.3.2025;Moldo Trans SRL;posted;1000;210;1210",
        "A2;2.3.2025;Moldo Trans SRL;posted;100;11;111",
    )

    shop.ok("invoice", "import", table(tmp_path, *lines))

    first, second = (shop.ok("invoice", "show", number)["lines"] for number in (1, 2))
    assert [(one["text"], one["tax"]) for one in (*first, *second)] == [
        ("A1", "tva21"),
        ("A2", "tva11"),
    ]


def test_refuse_a_source_that_is_not_there(shop: Crm, tmp_path: Path) -> None:
    lines = ("Number;Account;Status;Product;Made from", "1;1;final;SCALE;quote:Q7")

    result = shop("order", "import", table(tmp_path, *lines))

    assert (result.exit_code, shop.ok("order", "list")) == (5, [])
    assert "Row 2: there is no quote Q7." in result.stderr
