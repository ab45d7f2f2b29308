"""Numbers of documents: given when they are issued, without gaps, whatever is killed."""

from __future__ import annotations

import os
import random
import signal
import time
from multiprocessing import get_context
from typing import TYPE_CHECKING

from tests.postgres import settle
from tests.shop import invoice, open_shop, order

if TYPE_CHECKING:
    from tests.conftest import Crm

WRITERS = 10
EACH = 2


def drafts(crm: Crm, count: int) -> list[int]:
    """Invoices that wait to be posted."""
    lines = 'invoice add --account 1 --line "SCALE;1"\n' * count
    assert crm("batch", "--atomic", "-", input=lines).exit_code == 0
    return [row["id"] for row in crm.ok("invoice", "list")]


def post(crm: Crm, numbers: list[int]) -> None:
    """Post invoices one by one, as a process of its own."""
    for number in numbers:
        crm("invoice", "post", number)


def test_post_from_many_processes_some_killed(crm: Crm) -> None:
    open_shop(crm)
    waiting = drafts(crm, WRITERS * EACH)
    fork = get_context("fork")
    writers = [fork.Process(target=post, args=(crm, waiting[i::WRITERS])) for i in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in random.sample(writers, 4):
        time.sleep(random.uniform(0, 0.1))
        os.kill(writer.pid or 0, signal.SIGKILL)
    for writer in writers:
        writer.join()
    settle(crm.url)

    killed = numbers(crm)
    post(crm, [row["id"] for row in crm.ok("invoice", "list", "--where", "status = draft")])

    assert killed == list(range(1, len(killed) + 1))
    assert numbers(crm) == list(range(1, WRITERS * EACH + 1))
    assert crm.ok("series", "show", "FA")["next_number"] == WRITERS * EACH + 1
    assert crm("audit", "verify").exit_code == 0


def numbers(crm: Crm) -> list[int]:
    """The numbers given so far."""
    where = ("--where", "number is not empty", "--sort", "number")
    return [row["number"] for row in crm.ok("invoice", "list", *where, "--columns", "number")]


def test_post_dated_before_the_last(crm: Crm) -> None:
    open_shop(crm)
    invoice(crm)
    early = crm.id("invoice", "add", "--account", 1, "--line", "SCALE;1", "--date", "2026-11-22")

    result = crm("invoice", "post", early)

    assert result.exit_code == 4
    assert result.stderr == (
        "crm: The last number of the series FA was given on 2026-11-23;"
        " document 2 is dated 2026-11-22.\n"
        "hint: crm document edit 2 --date 2026-11-23\n"
    )
    crm.ok("invoice", "edit", early, "--date", "2026-11-23")
    assert crm.ok("invoice", "post", early)["label"] == "FA0002"


def test_post_without_lines(sqlite_crm: Crm) -> None:
    open_shop(sqlite_crm)
    number = sqlite_crm.id("invoice", "add", "--account", 1)

    result = sqlite_crm("invoice", "post", number)

    assert result.exit_code == 4
    assert result.stderr == (
        "crm: Invoice 1 has no lines.\nhint: crm document edit 1 --line 'PRODUCT;QTY'\n"
    )


def test_post_dry_run_takes_no_number(crm: Crm) -> None:
    open_shop(crm)
    number = crm.id("invoice", "add", "--account", 1, "--line", "SCALE;1")

    assert crm.ok("invoice", "post", number, "--dry-run")["label"] == "FA0001"
    assert crm.ok("series", "show", "FA")["next_number"] == 1


def test_post_external_number_stays_outside(crm: Crm) -> None:
    open_shop(crm)
    words = ("--account", 1, "--line", "SCALE;1")
    bought = crm.id("document", "add", "purchase_invoice", *words, "--external-number", "FB 17")

    posted = crm.ok("document", "post", bought)
    own = crm.id("document", "add", "purchase_invoice", *words)
    refused = crm("document", "post", own)

    assert (posted["label"], posted["number"], posted["series"]) == ("FB 17", None, None)
    assert refused.exit_code == 4
    assert "There is no series of numbers for the kind purchase_invoice." in refused.stderr
    assert crm.ok("document", "show", "no:FB 17")["id"] == bought


def test_add_series_of_another_kind(sqlite_crm: Crm) -> None:
    open_shop(sqlite_crm)

    result = sqlite_crm("invoice", "add", "--account", 1, "--series", "OF")

    assert result.exit_code == 4
    assert "The series OF numbers the kind quote, not invoice." in result.stderr


def test_post_with_two_series(sqlite_crm: Crm) -> None:
    open_shop(sqlite_crm)
    sqlite_crm.id(
        *("series", "add", "--code", "EXP", "--name-en", "Export", "--kind", "invoice"),
        *("--prefix", "EXP-", "--digits", "3"),
    )
    words = ("invoice", "add", "--account", 1, "--line", "SCALE;1")
    numbered = [sqlite_crm.id(*words, "--series", "EXP"), sqlite_crm.id(*words)]

    posted = [sqlite_crm.ok("invoice", "post", number)["label"] for number in numbered]

    assert posted == ["EXP-001", "FA0001"]


def test_cancel_keeps_number(sqlite_crm: Crm) -> None:
    open_shop(sqlite_crm)
    number = sqlite_crm.id("order", "add", "--account", 1, "--line", "SCALE;1")
    sqlite_crm.ok("order", "finalize", number)

    cancelled = sqlite_crm.ok("order", "cancel", number)

    assert (cancelled["status"], cancelled["label"]) == ("cancelled", "CM0001")
    assert sqlite_crm("invoice", "make", "--from", f"order:{number}").exit_code == 4


def test_cancel_invoiced_order(sqlite_crm: Crm) -> None:
    open_shop(sqlite_crm)
    number = order(sqlite_crm)
    made = sqlite_crm.id("invoice", "make", "--from", f"order:{number}")

    result = sqlite_crm("order", "cancel", number)

    assert result.exit_code == 4
    assert result.stderr == (
        "crm: Order CM0001 is invoiced by Invoice 2.\nhint: crm document remove 2\n"
    )
    sqlite_crm.ok("invoice", "remove", made)
    assert sqlite_crm.ok("order", "cancel", number)["status"] == "cancelled"


def test_make_invoices_at_once(crm: Crm) -> None:
    open_shop(crm)
    number = order(crm)
    fork = get_context("fork")
    words = ("invoice", "make", "--from", f"order:{number}")
    makers = [fork.Process(target=crm, args=words) for _ in range(4)]

    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()

    assert [made["net"] for made in crm.ok("invoice", "list")] == ["2001.00"]
