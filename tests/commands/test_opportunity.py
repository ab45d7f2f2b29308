"""`crm opportunity`: stages, potentials, the history and its tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Crm


@pytest.fixture
def opportunity(crm: Crm) -> int:
    """An opportunity of 24,000 RON of an account owned by nobody."""
    crm.id("account", "add", "--name", "Moldo Trans SRL")
    return crm.id(
        *("opportunity", "add", "--account", "Moldo Trans SRL", "--name", "Cântar 60 t"),
        *("--amount", "24000", "--owner", "ana"),
    )


@pytest.mark.proves("R46", "R49", "R50", "R59")
def test_add(crm: Crm, opportunity: int) -> None:
    shown = crm.ok("opp", "show", opportunity)

    assert (shown["stage"], shown["status"], shown["potential"], shown["probability"]) == (
        "new",
        "open",
        "none",
        0,
    )
    assert (shown["amount"], shown["currency"], shown["opened"]) == (
        "24000.00",
        "RON",
        "2026-11-23",
    )
    assert len(crm.ok("opportunity", "history", opportunity)) == 1


@pytest.mark.proves("R50", "R51", "R52", "R62", "R67", "R73")
def test_advance_through_the_stages(crm: Crm, opportunity: int) -> None:
    seen = []
    for info in ("Prezentare făcută", "Ofertă trimisă", "Negociem"):
        shown = crm.ok("opportunity", "advance", opportunity, "--info", info)
        seen.append((shown["stage"], shown["potential"], shown["probability"], shown["weighted"]))

    assert seen == [
        ("presentation", "low", 20, "4800.00"),
        ("quoting", "medium", 40, "9600.00"),
        ("negotiation", "high", 60, "14400.00"),
    ]
    history = crm.ok("opportunity", "history", opportunity)
    assert [line["info"] for line in history] == [
        None,
        "Prezentare făcută",
        "Ofertă trimisă",
        "Negociem",
    ]


def test_step_back(crm: Crm, opportunity: int) -> None:
    crm.ok("opportunity", "advance", opportunity, "--stage", "negotiation")

    shown = crm.ok("opportunity", "advance", opportunity, "--stage", "presentation")

    assert shown["stage"] == "presentation"
    assert len(crm.ok("opportunity", "history", opportunity)) == 3


@pytest.mark.proves("R48", "R70")
def test_two_probabilities(crm: Crm, opportunity: int) -> None:
    crm.ok("opportunity", "advance", opportunity, "--probability", "35%", "--amount", "1000")
    assert crm.ok("opportunity", "show", opportunity)["weighted"] == "350.00"

    shown = crm.ok(
        *("opportunity", "edit", opportunity, "--estimated-revenue", "800,05"),
        *("--revenue-probability", "90"),
    )

    assert shown["weighted"] == "720.05"


@pytest.mark.proves("R60")
def test_due_date_says_whom_to_contact(crm: Crm, opportunity: int) -> None:
    more = ("opportunity", "add", "--account", "Moldo Trans SRL", "--name", "Piese", "--due")
    crm.id(*more, "+30d")
    crm.ok("opportunity", "edit", opportunity, "--due", "friday")

    to_contact = crm.ok("opportunity", "list", "--where", "due <= +7d", "--sort", "due")

    assert [(one["name"], one["due"]) for one in to_contact] == [("Cântar 60 t", "2026-11-27")]


@pytest.mark.proves("R53", "R55")
def test_follow_up_makes_a_task(crm: Crm, opportunity: int) -> None:
    crm.id(
        "employee", "add", "--name", "Jan Kowalski", "--login", "jan", "--email", "jan@x.example"
    )

    crm.ok(
        *("opportunity", "advance", opportunity, "--delegate", "jan", "--follow-up", "+5wd"),
        *("--info", "Sună după ofertă"),
    )

    task = crm.ok("task", "list")[0]
    assert (task["assignee"], task["due"], task["opportunity_id"]) == (
        "Jan Kowalski",
        "2026-12-02",
        opportunity,
    )
    assert crm.ok("opportunity", "history", opportunity)[1]["task_id"] == task["id"]
    assert crm.ok("outbox", "list") == []


def test_follow_up_without_task(crm: Crm, opportunity: int) -> None:
    crm.ok("opportunity", "advance", opportunity, "--follow-up", "+5wd", "--no-task")

    assert crm.ok("task", "list") == []


@pytest.mark.proves("R54")
def test_delegate_without_login_gets_a_mail(crm: Crm, opportunity: int) -> None:
    crm.id(
        *("employee", "add", "--name", "Jan Kowalski", "--email", "jan@x.example"),
        *("--language", "pl"),
    )

    crm.ok(
        "opportunity", "advance", opportunity, "--delegate", "Jan Kowalski", "--follow-up", "+1d"
    )

    mail = crm.ok("outbox", "list", "--columns", "all")[0]
    assert mail["recipients"] == ["Jan Kowalski <jan@x.example>"]
    assert mail["subject"] == "Nowe zadanie: Cântar 60 t – Moldo Trans SRL, termin 24 lis 2026"


@pytest.mark.proves("R61")
def test_memento(crm: Crm, opportunity: int) -> None:
    crm.ok("opportunity", "advance", opportunity, "--memento", "tomorrow@9:15")

    task = crm.ok("task", "list")[0]

    assert (task["kind"], task["due_at"]) == ("memento", "2026-11-24T07:15:00+00:00")


@pytest.mark.proves("R61")
def test_memento_again(crm: Crm, opportunity: int) -> None:
    """The open one moves; one that was done stays as it was."""
    crm.ok(
        *("opportunity", "add", "--account", 1, "--name", "Platformă", "--owner", "ana"),
        *("--memento", "tomorrow@9:15"),
    )
    crm.ok("opportunity", "advance", 2, "--memento", "+3d@10:00")
    crm.ok("task", "done", 1)
    crm.ok("opportunity", "advance", 2, "--memento", "+5d@11:00")
    crm.ok("opportunity", "advance", opportunity, "--memento", "+6d@12:00")

    tasks = crm.ok("task", "list")

    names = ("opportunity", "status", "due_at", "term_number")
    assert [[task[name] for name in names] for task in tasks] == [
        ["Platformă", "done", "2026-11-26T08:00:00+00:00", 2],
        ["Platformă", "open", "2026-11-28T09:00:00+00:00", 1],
        ["Cântar 60 t", "open", "2026-11-29T10:00:00+00:00", 1],
    ]


@pytest.mark.proves("R58", "R71", "R72")
def test_lose(crm: Crm, opportunity: int) -> None:
    result = crm("opportunity", "lose", opportunity, "--reason", "weather")
    assert result.exit_code == 3

    shown = crm.ok(
        "opportunity", "lose", opportunity, "--reason", "price", "--reason", "competitor"
    )

    assert (shown["status"], shown["stage"], shown["probability"]) == ("lost", "lost", 0)
    history = crm.ok("opportunity", "history", opportunity)
    assert history[-1]["reasons"] == "competitor; price"
    lost = crm.ok("opportunity", "list", "--where", "status = lost")
    assert [one["id"] for one in lost] == [opportunity]


def test_advance_a_lost_one(crm: Crm, opportunity: int) -> None:
    crm.ok("opportunity", "lose", opportunity, "--reason", "price")

    result = crm("opportunity", "advance", opportunity)

    assert (result.exit_code, "crm opportunity reopen 1" in result.stderr) == (4, True)


def test_reopen(crm: Crm, opportunity: int) -> None:
    crm.ok("opportunity", "advance", opportunity, "--stage", "quoting")
    crm.ok("opportunity", "lose", opportunity, "--reason", "price")

    shown = crm.ok("opportunity", "reopen", opportunity)

    assert (shown["status"], shown["stage"], shown["closed_at"]) == ("open", "quoting", None)
    assert crm("db", "check").exit_code == 0


@pytest.mark.proves("R50", "R71")
def test_win_needs_a_document(crm: Crm, opportunity: int) -> None:
    result = crm("opportunity", "advance", opportunity, "--stage", "won")
    assert result.exit_code == 4
    assert "neither a signed contract nor an issued invoice" in result.stderr

    shown = crm.ok("opportunity", "advance", opportunity, "--stage", "won", "--without-document")

    assert (shown["status"], shown["potential"]) == ("won", "very_high")
    assert shown["closed_at"] == "2026-11-23T08:00:00+00:00"


def test_advance_into_lost(crm: Crm, opportunity: int) -> None:
    result = crm("opportunity", "advance", opportunity, "--stage", "lost")

    assert (result.exit_code, "crm opportunity lose 1 --reason" in result.stderr) == (4, True)


@pytest.mark.parametrize(
    ("given", "amount", "currency"),
    [
        (("--amount", "100 EUR"), "100.00", "EUR"),
        (("--amount", "1.234,50 zł", "--currency", "pln"), "1234.50", "PLN"),
        (("--amount", "100"), "100.00", "RON"),
    ],
)
def test_add_in_a_currency(
    crm: Crm, opportunity: int, given: tuple[str, ...], amount: str, currency: str
) -> None:
    added = crm.ok("opportunity", "add", "--account", 1, "--name", "X", *given)

    assert (added["amount"], added["currency"]) == (amount, currency)


@pytest.mark.parametrize(
    "command",
    [
        ("opportunity", "add", "--account", "1", "--name", "X", "--currency", "PLN"),
        ("opportunity", "advance", "1"),
    ],
)
def test_amount_in_another_currency(crm: Crm, opportunity: int, command: tuple[str, ...]) -> None:
    result = crm(*command, "--amount", "100 EUR")

    assert (result.exit_code, "--amount: '100 EUR' is in EUR" in result.stderr) == (2, True)


def test_add_with_a_negative_amount(crm: Crm, opportunity: int) -> None:
    result = crm("opportunity", "add", "--account", 1, "--name", "X", "--amount", "-1")

    assert (result.exit_code, result.stderr.splitlines()[0]) == (
        5,
        "crm: An amount cannot be negative, as -1.00 is.",
    )
