"""`crm campaign returns`: a campaign whose figures were worked out by hand."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Crm
from tests.market import bought, client, invoiced, link, open_campaign, pick, received, sold

if TYPE_CHECKING:
    from pathlib import Path

EUR = ("--currency", "EUR")


def sample(crm: Crm) -> None:
    """A campaign in euro of a company in lei; 1 EUR is 5 lei in January, 5.10 from February."""
    for day, rate in (("2026-01-01", "5"), ("2026-02-01", "5.10")):
        crm.ok("rate", "add", "--currency", "EUR", "--date", day, "--rate", rate)
    open_campaign(crm, *EUR, "--months", "3")
    client(crm)
    costs(crm)
    sales(crm)
    subscription(crm)


def costs(crm: Crm) -> None:
    # 1000 lei without VAT at 5: 200 EUR. 40 % of 2550 lei at 5.10: 1020 / 5.10 = 200 EUR.
    link(crm, bought(crm, "2026-01-10", "1000"), "cost")
    link(crm, bought(crm, "2026-02-10", "2550", kind="expense_report"), "cost", "--share", "40%")
    # 50 EUR stay 50 EUR. 99 EUR and their storno are nothing.
    link(crm, bought(crm, "2026-02-11", "50", *EUR), "cost")
    reversed_one = bought(crm, "2026-02-12", "99", *EUR)
    link(crm, reversed_one, "cost")
    crm.ok("document", "storno", reversed_one, "--external-number", "R-99")


def sales(crm: Crm) -> None:
    # An order of 5000 lei at 5: 1000 EUR accepted and, invoiced at 5.10, 980.39 EUR.
    order = sold(crm, "order", "2026-01-15", "5000")
    link(crm, order, "revenue")
    invoice = invoiced(crm, f"order:{order}", "2026-02-15")
    # Linked by hand as well, it still counts once.
    link(crm, invoice, "revenue")
    # 3025 of 6050 lei with VAT: 2500 without, at 5.10 490.20 EUR.
    received(crm, invoice, "2026-03-01", "--amount", "3025")


def subscription(crm: Crm) -> None:
    # 100 EUR a month for the 6 months of its period: 600 EUR signed, 3 × 100 EUR invoiced.
    period = ("--start", "2026-02-01", "--end", "2026-07-31")
    contract = sold(crm, "contract", "2026-02-01", "100", *EUR, "--subscription", *period)
    link(crm, contract, "revenue")
    for month in ("02", "03", "04"):
        monthly = invoiced(crm, f"contract:{contract}", f"2026-{month}-28")
        if month != "04":
            link(crm, monthly, "revenue")


@pytest.fixture(scope="session")
def sample_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, made once."""
    path = tmp_path_factory.mktemp("returns") / "crm.db"
    shutil.copy(sqlite_template, path)
    sample(Crm(f"sqlite:///{path}", path.parent))
    return path


@pytest.fixture
def sampled(sample_file: Path, sqlite_url: str, tmp_path: Path) -> Crm:
    """The sample on SQLite, for what does not depend on the database."""
    shutil.copy(sample_file, tmp_path / "crm.db")
    return Crm(sqlite_url, tmp_path)


@pytest.mark.proves("R95", "R99", "R100", "R101", "R102", "R103", "R104", "R110", "R111")
def test_returns_of_the_sample(crm: Crm) -> None:
    sample(crm)

    found = crm.ok("campaign", "returns", 1)

    assert pick(found) == {
        "cost": "450.00",  # 200 + 200 + 50
        "accepted": "1000.00",
        "contracts": "600.00",
        "invoiced": "1280.39",  # 980.39 + 3 × 100
        "indicator": "200.00",  # the invoices of February and March
        "received": "490.20",
        "profit": "830.39",  # 1280.39 - 450
        "roi": "1.8453",  # 830.39 / 450
    }
    assert found["contract_return"] == "1.3333"
    assert crm("job", "run", "campaign-returns", "-v").stderr == (
        "campaign-returns: 1 campaign computed\n"
    )
    assert crm.ok("campaign", "returns", 1) == found
    for days in (("2026-02-16", "2026-02-28"), ("2026-02-01", "2026-02-28")):
        inside = ("--from", days[0], "--to", days[1])
        rows = crm.ok("campaign", "returns", 1, "--by", "month", *inside)
        assert [row["month"] for row in rows] == ["2026-01", "2026-02", "2026-11"]
    assert len(crm.ok("campaign", "returns", 1, "--explain")) == 14
    assert len(crm.ok("campaign", "returns", 1, "--suggest")) == 1


@pytest.mark.parametrize("job", [False, True])
def test_returns_by_month(sampled: Crm, *, job: bool) -> None:
    if job:
        sampled("job", "run", "campaign-returns")

    rows = sampled.ok("campaign", "returns", 1, "--by", "month")

    shown = ("month", "cost", "accepted", "invoiced", "indicator", "received", "profit")
    assert [tuple(row[name] for name in shown) for row in rows] == [
        ("2026-01", "200.00", "1000.00", "0.00", "0.00", "0.00", "-200.00"),
        ("2026-02", "349.00", "0.00", "1080.39", "100.00", "0.00", "731.39"),
        ("2026-03", "0.00", "0.00", "100.00", "100.00", "490.20", "100.00"),
        ("2026-04", "0.00", "0.00", "100.00", "0.00", "0.00", "100.00"),
        ("2026-11", "-99.00", "0.00", "0.00", "0.00", "0.00", "99.00"),
    ]


@pytest.mark.proves("R112")
@pytest.mark.parametrize("job", [False, True])
@pytest.mark.parametrize(
    ("start", "end", "inside", "profit"),
    [
        ("2026-03", "2026-04", "200.00", "-250.00"),
        ("2026-02-15", "28.02.2026", "1080.39", "630.39"),
        ("2026-02-16", "2026-02-28", "100.00", "-350.00"),
    ],
)
def test_returns_in_a_period(
    sampled: Crm, start: str, end: str, inside: str, profit: str, *, job: bool
) -> None:
    if job:
        sampled("job", "run", "campaign-returns")

    found = sampled.ok("campaign", "returns", 1, "--from", start, "--to", end)

    assert (found["period_invoiced"], found["period_profit"]) == (inside, profit)
    assert (found["invoiced"], found["cost"], found["profit"]) == ("1280.39", "450.00", "830.39")


@pytest.mark.parametrize("bounds", [("2026-02-16", "2026-02-28"), ("2026-02", "2026-02")])
def test_returns_by_month_in_a_period(sampled: Crm, bounds: tuple[str, str]) -> None:
    inside = ("--from", bounds[0], "--to", bounds[1])

    rows = sampled.ok("campaign", "returns", 1, "--by", "month", *inside)

    assert [(row["month"], row["cost"], row["invoiced"]) for row in rows] == [
        ("2026-01", "200.00", "0.00"),
        ("2026-02", "349.00", "1080.39" if bounds[0] == "2026-02" else "100.00"),
        ("2026-11", "-99.00", "0.00"),
    ]


@pytest.mark.proves("R96", "R97")
def test_explain_adds_up(sampled: Crm) -> None:
    rows = sampled.ok("campaign", "returns", 1, "--explain")

    sums: dict[str, float] = {}
    for row in rows:
        sums[row["figure"]] = sums.get(row["figure"], 0) + float(row["amount"])
    expected = sampled.ok("campaign", "returns", 1)
    assert {name: f"{total:.2f}" for name, total in sums.items()} == {
        name: expected[name] for name in sums
    }
    assert set(sums) == {"cost", "accepted", "contracts", "invoiced", "indicator", "received"}


def test_explain_a_document(sampled: Crm) -> None:
    inside = ("--from", "2026-02-15", "--to", "2026-03")

    rows = sampled.ok("campaign", "returns", 1, "--explain", *inside)

    invoice = next(row for row in rows if row["figure"] == "invoiced")
    assert invoice["kind"] == "invoice"
    assert invoice["account"] == "Moldo Trans SRL"
    assert invoice["lines"] == "1 Servicii 5000.00"
    assert (invoice["gross"], invoice["vat"], invoice["net"]) == ("6050.00", "1050.00", "5000.00")
    assert (invoice["document_rate"], invoice["rate"]) == ("1.000000", "5.100000")
    assert (invoice["share"], invoice["amount"]) == ("100.0000", "980.39")
    assert invoice["reason"] == "linked by hand as revenue"
    assert [row["reason"] for row in rows if row["figure"] == "indicator"] == [
        "subscription invoice linked to 2026-02",
        "subscription invoice linked to 2026-03",
    ]
    receipt = next(row for row in rows if row["figure"] == "received")
    assert receipt["reason"] == "pays invoice FA0001, which counts"


def test_suggest(sampled: Crm) -> None:
    invoiced(sampled, "contract:9", "2026-05-28")  # outside the three months from February

    rows = sampled.ok("campaign", "returns", 1, "--suggest")

    shown = ("document_id", "contract", "net", "month", "first_month", "last_month")
    assert [tuple(row[name] for name in shown) for row in rows] == [
        (12, "CTR0001", "100.00", "2026-04", "2026-02", "2026-04")
    ]


@pytest.mark.parametrize("ending", ["xlsx", "csv", "html", "json"])
def test_returns_to_a_file(sampled: Crm, tmp_path: Path, ending: str) -> None:
    for how in ((), ("--explain",), ("--by", "month"), ("--suggest",)):
        path = tmp_path / f"returns{len(how)}.{ending}"
        result = sampled("campaign", "returns", *how, "--output", path)

        assert (result.exit_code, path.stat().st_size > 0) == (0, True)


def test_returns_of_nothing(crm: Crm) -> None:
    open_campaign(crm, "--estimated-cost", "500", "--estimated-revenue", "2000")

    found = crm.ok("campaign", "returns", 1)

    assert (found["cost"], found["profit"], found["roi"]) == ("0.00", "0.00", None)
    assert (found["estimated_cost"], found["estimated_revenue"]) == ("500.00", "2000.00")
    assert (found["win_rate"], found["cost_per_sale"]) == (None, None)


def test_returns_of_a_period_that_ends_before_it_begins(sqlite_crm: Crm) -> None:
    result = sqlite_crm("campaign", "returns", "--from", "2026-03", "--to", "2026-02")

    assert result.exit_code == 2
    assert result.stderr == (
        "crm: The period ends on 2026-02-28, before it begins on 2026-03-01.\n"
    )


def test_interactions_by_the_days_of_the_company(crm: Crm) -> None:
    campaign = open_campaign(crm)
    account = client(crm)
    told = ("--account", account, "--campaign", campaign, "--kind", "call", "--subject", "Sună")
    crm.ok("interaction", "add", *told, "--cost", "3", "--at", "2026-02-01 00:30")
    crm("employee", "edit", "1", "--timezone", "America/New_York")

    (month,) = crm.ok("campaign", "returns", campaign, "--by", "month")
    (explained,) = crm.ok("campaign", "returns", campaign, "--explain")

    assert (month["month"], explained["date"]) == ("2026-02", "2026-02-01")
