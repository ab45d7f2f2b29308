"""`crm campaign`: campaigns, their statuses and members, and what comes of these."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.execute import execute
from tests.market import bought, client, link, open_campaign

if TYPE_CHECKING:
    from tests.conftest import Crm


@pytest.mark.proves("R92", "R95", "R106")
def test_add(crm: Crm) -> None:
    crm.ok("status", "add", "--code", "paused", "--name-en", "Paused")

    added = crm.ok(
        *("campaign", "add", "--name", "Toamna 2026", "--start", "1.09.2026"),
        *("--end", "30.11.2026", "--currency", "EUR", "--owner", "ana", "--objectives", "Cântare"),
        *("--estimated-cost", "1500", "--estimated-revenue", "9000,50", "--status", "paused"),
        *("--segment", "Fermieri"),
    )

    shown = ("name", "status", "start", "end", "months", "currency", "owner", "segment")
    assert tuple(added[name] for name in shown) == (
        *("Toamna 2026", "paused", "2026-09-01", "2026-11-30", 12, "EUR", "Ana Pop", "Fermieri"),
    )
    assert (added["estimated_cost"], added["estimated_revenue"]) == ("1500.00", "9000.50")


@pytest.mark.proves("R106")
def test_add_with_defaults(sqlite_crm: Crm) -> None:
    open_campaign(sqlite_crm)

    found = sqlite_crm.ok("campaign", "show", "Toamna 2026")

    assert (found["status"], found["currency"]) == ("planned", "RON")
    assert [row["name_ro"] for row in sqlite_crm.ok("status", "list")] == [
        *("Planificată", "Aprobată", "Inițiată", "În desfășurare", "Încheiată"),
    ]


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("--end", "2025-12-31", "The end 2025-12-31 lies before the start 2026-01-01."),
        ("--months", "0", "A campaign is valid for 1 to 1200 months, not 0."),
        ("--interaction-cost", "-1", "The cost of an interaction is not negative: -1."),
    ],
)
def test_edit_impossible(sqlite_crm: Crm, option: str, value: str, sentence: str) -> None:
    open_campaign(sqlite_crm)

    result = sqlite_crm("campaign", "edit", 1, f"{option}={value}")

    assert result.exit_code == 5
    assert sentence in result.stderr


def test_edit_currency_of_one_with_documents(sqlite_crm: Crm) -> None:
    open_campaign(sqlite_crm)
    client(sqlite_crm)
    sqlite_crm.ok("campaign", "edit", 1, "--currency", "EUR")
    sqlite_crm.ok("campaign", "edit", 1, "--currency", "RON")
    link(sqlite_crm, bought(sqlite_crm, "2026-03-01", "100"), "cost")

    result = sqlite_crm("campaign", "edit", 1, "--currency", "EUR")

    assert result.exit_code == 4
    assert "The campaign Toamna 2026 has documents; its currency is fixed." in result.stderr


def test_remove_one_with_documents(sqlite_crm: Crm) -> None:
    open_campaign(sqlite_crm)
    client(sqlite_crm)
    link(sqlite_crm, bought(sqlite_crm, "2026-03-01", "100"), "cost")

    result = sqlite_crm("campaign", "remove", 1)

    assert "campaign 1 is in use and was archived." in result.stderr
    assert sqlite_crm.ok("campaign", "list") == []


def clients(crm: Crm) -> None:
    """Three accounts that differ in everything campaigns choose by."""
    client(
        *(crm, "Moldo Trans SRL", "--tax-id", "RO14399840", "--city", "Iași", "--county", "Iași"),
        *("--turnover", "2000000", "--employees", "40", "--industry", "Transport"),
    )
    client(
        *(crm, "Vaslui Agro SA", "--city", "Bârlad", "--county", "Vaslui"),
        *("--turnover", "500000", "--employees", "8", "--industry", "Agricultură"),
    )
    client(crm, "Cluj Soft SRL", "--city", "Cluj-Napoca", "--county", "Cluj")


@pytest.mark.proves("R94", "R190")
@pytest.mark.parametrize(
    ("where", "names"),
    [
        ("name ~ trans", ["Moldo Trans SRL"]),
        ("tax_id = 14399840", ["Moldo Trans SRL"]),
        ("city = Barlad", ["Vaslui Agro SA"]),
        ("county in (Iași, Vaslui)", ["Moldo Trans SRL", "Vaslui Agro SA"]),
        ("turnover >= 500000", ["Moldo Trans SRL", "Vaslui Agro SA"]),
        ("employees < 10", ["Vaslui Agro SA"]),
        ("industry ~ Agri", ["Vaslui Agro SA"]),
    ],
)
def test_add_members_by_criteria(sqlite_crm: Crm, where: str, names: list[str]) -> None:
    open_campaign(sqlite_crm)
    clients(sqlite_crm)

    added = sqlite_crm.ok("campaign", "member", "add", 1, "--where", where, "--yes")

    assert [row["account"] for row in added] == names


@pytest.mark.proves("R93", "R105")
def test_keep_members(crm: Crm) -> None:
    open_campaign(crm)
    clients(crm)
    crm.ok("campaign", "member", "add", 1, "tax:RO14399840", "Vaslui Agro SA")

    again = crm.ok("campaign", "member", "add", 1, 1, 3)
    crm.ok("campaign", "member", "remove", 1, "Vaslui Agro SA")

    assert [(row["id"], row["account"]) for row in again] == [
        (1, "Moldo Trans SRL"),
        (3, "Cluj Soft SRL"),
    ]
    assert crm("campaign", "member", "list", 1).stdout == (
        "ID  ACCOUNT          CODE  REGISTRATION_NO  TAX_ID      RESPONDED_ON  OPPORTUNITY\n"
        " 1  Moldo Trans SRL                         RO14399840\n"
        " 3  Cluj Soft SRL\n"
    )


def test_remove_who_is_no_member(sqlite_crm: Crm) -> None:
    open_campaign(sqlite_crm)
    clients(sqlite_crm)

    result = sqlite_crm("campaign", "member", "remove", 1, 3)

    assert (result.exit_code, result.stderr) == (
        3,
        "crm: Cluj Soft SRL is no member of the campaign 1.\nhint: crm campaign member add 1 3\n",
    )


@pytest.mark.proves("R109")
def test_respond(crm: Crm) -> None:
    open_campaign(crm)
    clients(crm)
    crm.ok("campaign", "member", "add", 1, 1, 2)

    answered = crm.ok("campaign", "respond", 1, "RO14399840", "--on", "2026-10-15")
    crm.ok("campaign", "respond", 1, "RO14399840")
    early = crm("campaign", "respond", 1, 2, "--on", "2025-12-31")

    assert (answered["responded"], answered["responded_on"]) == (True, "2026-10-15")
    (member,) = crm.ok("campaign", "member", "list", 1, "--where", "responded = yes")
    assert member["responded_on"] == "2026-10-15"
    assert early.exit_code == 5
    returns = crm.ok("campaign", "returns", 1)
    assert (returns["members"], returns["responded"]) == (2, 1)


@pytest.mark.proves("R105", "R109")
def test_generate(crm: Crm) -> None:
    open_campaign(crm, "--owner", "ana")
    clients(crm)
    crm.ok("campaign", "member", "add", 1, 1, 2)

    made = crm.ok("campaign", "generate", 1, "--series", "OP")
    again = crm.ok("campaign", "generate", 1)
    crm.ok("campaign", "member", "add", 1, 3)
    later = crm.ok("campaign", "generate", 1, "--owner", "ana")

    assert [(row["name"], row["campaign"], row["owner"]) for row in made] == [
        ("Toamna 2026: Moldo Trans SRL", "Toamna 2026", "Ana Pop"),
        ("Toamna 2026: Vaslui Agro SA", "Toamna 2026", "Ana Pop"),
    ]
    assert (again, [row["account"] for row in later]) == ([], ["Cluj Soft SRL"])
    assert execute(crm.url, "SELECT number FROM opportunity ORDER BY id") == [(1,), (2,), (None,)]
    assert crm.ok("campaign", "returns", 1)["opportunities"] == 3


@pytest.mark.proves("R108", "R109", "R111")
def test_returns_of_opportunities_and_interactions(crm: Crm) -> None:
    crm.ok("rate", "add", "--currency", "EUR", "--date", "2026-01-01", "--rate", "5")
    open_campaign(crm, "--interaction-cost", "10")
    clients(crm)
    crm.ok("campaign", "member", "add", 1, 1, 2)
    crm.ok("campaign", "respond", 1, 1)
    common = ("--campaign", 1, "--account", 1, "--name")
    for index, amount in enumerate(("100 EUR", "200", "300", "400")):
        money = amount.split()
        currency = ("--currency", money[1]) if len(money) > 1 else ()
        crm.ok("opportunity", "add", *common, f"O{index}", "--amount", money[0], *currency)
    execute(crm.url, "UPDATE opportunity SET opened_on = '2026-11-13' WHERE id <= 2")
    for number in (1, 2):
        crm.ok("opportunity", "advance", number, "--stage", "won", "--without-document")
    crm.ok("opportunity", "lose", 3, "--reason", "price")
    for cost in ((), ("--cost", "35")):
        crm.ok(
            *("interaction", "add", "--kind", "call", "--account", 1, "--subject", "Salut"),
            *("--campaign", 1, *cost),
        )

    found = crm.ok("campaign", "returns", 1)

    shown = ("opportunities", "open", "won", "lost", "open_value", "won_value", "lost_value")
    assert [found[name] for name in shown] == [4, 1, 2, 1, "400.00", "700.00", "300.00"]
    assert (found["win_rate"], found["days_to_win"]) == ("0.6667", "10.0")
    assert (found["interaction_cost"], found["total_cost"]) == ("45.00", "45.00")
    assert (found["cost_per_response"], found["cost_per_sale"]) == ("45.00", "22.50")
    explained = crm.ok("campaign", "returns", 1, "--explain")
    assert [(row["amount"], row["reason"]) for row in explained] == [
        ("10.00", "unit cost of the campaign"),
        ("35.00", "cost of the interaction"),
    ]
