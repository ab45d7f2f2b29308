"""Quotes made for leads: the evaluation sheet becomes chapters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.shop import open_shop

if TYPE_CHECKING:
    from tests.conftest import Crm


@pytest.fixture
def sheet(crm: Crm) -> int:
    """A sheet of a lead at its meeting: two scales, which are made of parts, and a mounting."""
    open_shop(crm)
    for code, price in (("CELL", "80"), ("FRAME", "500.25")):
        crm.id("product", "add", "--code", code, "--name", code.title(), "--price", price)
    crm("product", "recipe", "add", "SCALE", "FRAME", "1")
    crm("product", "recipe", "add", "SCALE", "CELL", "6.5")
    lead = crm.id("lead", "add", "--name", "Alta SRL")
    crm.ok("lead", "activate", lead, "--owner", "me", "--first-contact", "2026-11-24 10:00")
    crm.ok("lead", "advance", lead, "--summary", "interested")
    lines = ("--line", "SCALE;2", "--line", "MOUNT;4")
    return crm.id("evaluation", "add", "--lead", lead, *lines)


@pytest.mark.proves("R77", "R90")
def test_make_quote_from_evaluation(crm: Crm, sheet: int) -> None:
    early = crm("quote", "make", "--from", f"evaluation:{sheet}")
    crm.ok("evaluation", "finish", sheet)

    made = crm.ok("quote", "make", "--from", f"evaluation:{sheet}")

    assert early.exit_code == 4
    assert f"hint: crm evaluation finish {sheet}\n" in early.stderr
    assert (made["account"], made["lead"], made["evaluation_id"]) == ("Alta SRL", "Alta SRL", sheet)
    assert [(line["text"], line["quantity"], line["net"]) for line in made["lines"]] == [
        ("Cântar 60 t", "0.0000", "0.00"),
        ("Frame", "2.0000", "1000.50"),
        ("Cell", "13.0000", "1040.00"),
        ("Montaj", "0.0000", "0.00"),
        ("Montaj", "4.0000", "133.33"),
    ]


@pytest.mark.proves("R40", "R77")
def test_make_quote_from_lead(crm: Crm, sheet: int) -> None:
    without = crm("quote", "make", "--from", "lead:Alta SRL")
    crm.ok("evaluation", "finish", sheet)

    of_sheet = crm.ok("quote", "make", "--from", "lead:Alta SRL")
    by_hand = crm.ok("quote", "make", "--from", "lead:Alta SRL", "--line", "CELL;1")

    assert without.exit_code == 4
    assert "has no finished evaluation sheet." in without.stderr
    assert (of_sheet["net"], by_hand["net"]) == ("2173.83", "80.00")


@pytest.mark.proves("R75")
def test_make_quote_of_other_items(crm: Crm, sheet: int) -> None:
    crm.id("product", "add", "--code", "PAPER", "--name", "Hârtie", "--price", "1")
    crm.ok("evaluation", "finish", sheet)
    words = ("quote", "make", "--from", "lead:Alta SRL", "--line")

    free = crm(*words, "PAPER;1")
    crm("setting", "set", "quote.items_from", "evaluation")
    refused = crm(*words, "PAPER;1")

    assert free.exit_code == 0
    assert refused.exit_code == 4
    assert "'Hârtie' is not on the evaluation sheet" in refused.stderr
    assert crm(*words, "CELL;1").exit_code == 0
