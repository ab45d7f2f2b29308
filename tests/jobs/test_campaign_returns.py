"""`crm job run campaign-returns`: what it stores, and that no order of events changes it."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Crm
from tests.execute import execute
from tests.market import bought, client, invoiced, link, open_campaign, received, sold

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STORED = """
SELECT campaign_id, month, cost, accepted, contracts, invoiced, indicator, received
FROM campaign_return ORDER BY campaign_id, month"""


def run(crm: Crm, *words: str) -> str:
    result = crm("job", "run", "campaign-returns", "-v", *words)
    assert (result.exit_code, result.stdout) == (0, "")
    return result.stderr


def stored(crm: Crm) -> list[tuple[object, ...]]:
    return execute(crm.url, STORED)


def marked(crm: Crm) -> list[int]:
    rows = execute(crm.url, "SELECT campaign_id FROM campaign_mark ORDER BY campaign_id")
    return [number for (number,) in rows]


@pytest.mark.proves("R103")
def test_run_computes_what_was_marked(crm: Crm) -> None:
    for name in ("A", "B"):
        open_campaign(crm, name=name)
    client(crm)
    order = sold(crm, "order", "2026-03-01", "1000")
    link(crm, order, "revenue")

    assert run(crm) == "campaign-returns: 1 campaign computed\n"
    assert run(crm) == "campaign-returns: nothing changed\n"
    invoice = invoiced(crm, f"order:{order}", "2026-03-02")
    assert marked(crm) == [1]
    assert run(crm) == "campaign-returns: 1 campaign computed\n"
    received(crm, invoice, "2026-04-02")
    assert run(crm) == "campaign-returns: 1 campaign computed\n"

    assert stored(crm) == [
        (1, "2026-03", 0, 100000, 0, 100000, 0, 0),
        (1, "2026-04", 0, 0, 0, 0, 0, 100000),
    ]


def test_run_full(crm: Crm) -> None:
    open_campaign(crm)
    client(crm)
    link(crm, bought(crm, "2026-03-01", "1000"), "cost")
    run(crm)
    before = stored(crm)
    execute(crm.url, "UPDATE campaign_return SET cost = 1")

    assert run(crm) == "campaign-returns: nothing changed\n"
    assert run(crm, "--full") == "campaign-returns: 1 campaign computed\n"

    assert stored(crm) == before


def test_run_with_a_limit(sqlite_crm: Crm) -> None:
    client(sqlite_crm)
    for number, name in enumerate(("A", "B", "C"), start=1):
        open_campaign(sqlite_crm, name=name)
        link(sqlite_crm, bought(sqlite_crm, "2026-03-01", f"{number}"), "cost", campaign=number)

    assert run(sqlite_crm, "--limit", "2") == "campaign-returns: 2 campaigns computed\n"

    assert marked(sqlite_crm) == [3]


def test_run_dry(sqlite_crm: Crm) -> None:
    open_campaign(sqlite_crm)
    client(sqlite_crm)
    link(sqlite_crm, bought(sqlite_crm, "2026-03-01", "1"), "cost")

    assert run(sqlite_crm, "--dry-run") == "campaign-returns (dry run): 1 campaign computed\n"

    assert (stored(sqlite_crm), marked(sqlite_crm)) == ([], [1])


def test_run_full_of_a_job_without_it(sqlite_crm: Crm) -> None:
    result = sqlite_crm("job", "run", "send-outbox", "--full")

    assert (result.exit_code, result.stderr) == (
        2,
        "crm: The job send-outbox always does all there is to do; --full is not for it.\n",
    )


def events(crm: Crm) -> list[Callable[[], object]]:
    """Two orders, their invoices and receipts, and a purchase; then links that may come anyhow."""
    for name in ("A", "B"):
        open_campaign(crm, name=name)
    client(crm)
    first, second = (sold(crm, "order", "2026-03-01", amount) for amount in ("1000", "99.99"))
    invoices = [invoiced(crm, f"order:{number}", "2026-03-02") for number in (first, second)]
    purchase = bought(crm, "2026-03-01", "333.33")
    drafts = [
        crm.id("receipt", "make", "--from", f"invoice:{invoices[0]}", "--amount", amount)
        for amount in ("403.33", "403.33", "403.34")
    ]
    share = ("--share", "33,3333%")
    return [
        lambda: link(crm, first, "revenue", *share),
        lambda: link(crm, first, "revenue", "--share", "50%", campaign=2),
        lambda: link(crm, second, "revenue"),
        lambda: link(crm, invoices[1], "revenue", "--month", "2026-05"),
        lambda: link(crm, purchase, "cost", *share),
        lambda: run(crm),
        lambda: run(crm, "--full"),
        *(lambda number=number: crm.ok("receipt", "post", number) for number in drafts),
    ]


@pytest.fixture(scope="session")
def expected(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> object:
    """What is stored when everything happens in its natural order."""
    return _after(sqlite_template, tmp_path_factory.mktemp("orders"), None)


def _after(template: Path, home: Path, seed: int | None) -> object:
    shutil.copy(template, home / "crm.db")
    crm = Crm(f"sqlite:///{home / 'crm.db'}", home)
    steps = events(crm)
    if seed is not None:
        random.Random(seed).shuffle(steps)
    for step in steps:
        step()
    live = crm.ok("campaign", "returns")
    run(crm)
    assert crm.ok("campaign", "returns") == live
    return stored(crm)


@pytest.mark.parametrize("seed", range(3))
def test_run_after_events_in_any_order(
    expected: object, sqlite_template: Path, tmp_path: Path, seed: int
) -> None:
    assert _after(sqlite_template, tmp_path, seed) == expected
