"""The first rows of the catalogues, by country; planting again adds only what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crm_cli.services.seeds import TAXES
from tests.conftest import Crm

if TYPE_CHECKING:
    from pathlib import Path

NOUNS = ("cycle", "reason", "series", "stage", "tax")


def _ids(crm: Crm) -> dict[str, list[int]]:
    return {noun: [row["id"] for row in crm.ok(noun, "list", "--all")] for noun in NOUNS}


@pytest.fixture
def polish(tmp_path: Path) -> Crm:
    crm = Crm(f"sqlite:///{tmp_path / 'pl.db'}", tmp_path, now="")
    crm("init", "--country", "PL")
    return crm


def test_init_again(crm: Crm) -> None:
    before = _ids(crm)

    result = crm("init", "--country", "PL", CRM_NOW="")

    assert result.stderr.startswith("Nothing to do for the database ")
    assert _ids(crm) == before


def test_init_again_after_changes(crm: Crm) -> None:
    crm.ok("reason", "remove", "budget")
    crm.ok("reason", "edit", "price", "--name-ro", "Prea scump")
    crm.ok("series", "edit", "FA", "--code", "FACT")

    result = crm("init", CRM_NOW="")

    assert result.stderr.startswith("Set up the database ")
    assert crm.ok("reason", "show", "budget")["name_pl"] == "Brak budżetu"
    assert crm.ok("reason", "show", "price")["name_ro"] == "Prea scump"
    assert len(crm.ok("series", "list")) == 7


def test_init_for_poland(polish: Crm) -> None:
    series = polish.ok("series", "list")
    taxes = polish.ok("tax", "list", "--where", "category in (S, E)")

    assert {row["kind"]: row["prefix"] for row in series} == {
        "opportunity": "SZ",
        "quote": "OF",
        "order": "ZK",
        "contract": "UM",
        "proforma": "PF",
        "invoice": "FV",
        "receipt": "KP",
    }
    assert [(row["code"], row["rate"]) for row in taxes] == [
        ("vat23", "23.0000"),
        ("vat8", "8.0000"),
        ("vat5", "5.0000"),
        ("zw", "0.0000"),
    ]


@pytest.mark.parametrize("country", sorted(TAXES))
def test_taxes_have_each_category_of_the_norm(country: str) -> None:
    assert {row[5] for row in TAXES[country]} == {"S", "Z", "E", "AE", "K", "G", "O"}
    assert all(row[4] == 0 for row in TAXES[country] if row[5] != "S")
