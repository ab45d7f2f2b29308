"""`crm account duplicates`: which accounts are probably one, how surely, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Crm

MOLDO = ("--name", "SC Moldo Trans SRL", "--city", "Iași")


def pairs(crm: Crm, *words: object) -> list[tuple[int, int, int, list[str]]]:
    """Candidates as (id, other, score, reasons)."""
    found = crm.ok("account", "duplicates", *words)
    return [(row["id"], row["other_id"], row["score"], row["reasons"]) for row in found]


@pytest.mark.proves("R18")
def test_duplicates(crm: Crm) -> None:
    crm.id("account", "add", *MOLDO, "--tax-id", "RO14399840", "--phone", "0722 123 456")
    crm.id("account", "add", "--name", "Moldo-Trans S.R.L.", "--city", "IASI")
    crm.id("account", "add", "--name", "Zorile", "--email", "office@zorile.example")
    crm.id("account", "add", "--name", "Florarie", "--email", "Office@zorile.example")
    crm.id("account", "add", "--name", "Depozit", "--other-phones", "0232 111 222, +40722123456")
    crm.id("account", "add", "--name", "Moldo Tranz", "--city", "Iași")
    crm.id("account", "add", "--name", "Alfa", "--city", "Cluj-Napoca")

    assert pairs(crm) == [
        (1, 2, 85, ["name_city"]),
        (3, 4, 80, ["email"]),
        (1, 5, 70, ["phone"]),
        (1, 6, 55, ["name"]),
        (2, 6, 55, ["name"]),
    ]
    assert pairs(crm, 4) == [(4, 3, 80, ["email"])]
    assert pairs(crm, "RO14399840") == [
        (1, 2, 85, ["name_city"]),
        (1, 5, 70, ["phone"]),
        (1, 6, 55, ["name"]),
    ]


@pytest.mark.proves("R18")
def test_duplicates_by_tax_id_in_another_country(crm: Crm) -> None:
    crm.id("account", "add", "--name", "Łąka", "--tax-id", "526-000-12-46", "--country", "PL")
    crm.id("account", "add", "--name", "Laka Polska", "--tax-id", "5260001246", "--country", "US")

    result = crm("account", "duplicates", "--format", "csv")

    assert result.stdout.splitlines() == [
        "id,name,other_id,other,score,reasons",
        "1,Łąka,2,Laka Polska,90,tax_id",
    ]


def test_duplicates_told_apart_by_tax_id_number_or_city(sqlite_crm: Crm) -> None:
    sqlite_crm.id("account", "add", *MOLDO, "--tax-id", "RO14399840")
    sqlite_crm.id("account", "add", *MOLDO, "--tax-id", "RO18189442")
    sqlite_crm.id("account", "add", "--name", "Grădinița 12", "--city", "Vaslui")
    sqlite_crm.id("account", "add", "--name", "Grădinița 13", "--city", "Vaslui")
    sqlite_crm.id("account", "add", "--name", "Constructorul", "--city", "Bacău")
    sqlite_crm.id("account", "add", "--name", "Constructorii", "--city", "Roman")

    result = sqlite_crm("account", "duplicates")

    assert (result.stdout.count("\n") < 2, result.stderr) == (
        True,
        "No account looks like another.\n",
    )


def test_duplicates_leave_archived_accounts_out(sqlite_crm: Crm) -> None:
    for _ in range(2):
        sqlite_crm.id("account", "add", *MOLDO)
    sqlite_crm.id("contact", "add", "--name", "Ion Pop", "--account", 2)
    sqlite_crm.ok("account", "remove", 2)

    assert pairs(sqlite_crm) == []
    assert pairs(sqlite_crm, 1) == []


def test_duplicates_in_a_crowd(sqlite_crm: Crm) -> None:
    """Blocks too large for all pairs still bring together those that are next to each other."""
    for number in range(26):
        letter = chr(ord("a") + number)
        name = f"{letter}{letter}{letter} Panificație {letter}{letter}"
        sqlite_crm.id("account", "add", "--name", name, "--city", "Iași")
    crowd = sqlite_crm.id("account", "add", "--name", "mmn Panificație mm", "--city", "Iași")

    assert pairs(sqlite_crm) == [(13, crowd, 57, ["name"])]
    assert pairs(sqlite_crm, crowd) == [(crowd, 13, 57, ["name"])]
