"""`crm lead`: adding, activating, and every gate on the way refused, then passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Crm, Result

MOLDO = ("--name", "Moldo Trans SRL", "--tax-id", "RO14399840", "--city", "Iași")


def refused(result: Result) -> tuple[int, str]:
    """The exit code and the first sentence of an error."""
    return result.exit_code, result.stderr.splitlines()[0].removeprefix("crm: ")


@pytest.fixture
def lead(crm: Crm) -> int:
    """A lead that nobody has activated."""
    return crm.id("lead", "add", *MOLDO)


@pytest.fixture
def active(crm: Crm, lead: int) -> int:
    """A lead whose first contact is tomorrow at ten."""
    return crm.id("lead", "activate", lead, "--owner", "ana", "--first-contact", "tomorrow@10:00")


def to_meeting(crm: Crm, lead: int) -> None:
    """Close the first responsibility."""
    crm.ok("lead", "advance", lead, "--summary", "Vrea ofertă", "--due", "+3d")


def sent_quote(crm: Crm, lead: int) -> int:
    """A quote of the lead that was handed over."""
    crm.id("product", "add", "--code", "CANTAR60", "--name", "Cântar 60 t", "--price", "24000")
    quote = crm.id("quote", "add", "--account", 1, "--lead", lead, "--line", "CANTAR60;1")
    for step in ("approve", "finalize"):
        crm.ok("quote", step, quote)
    return crm.id("quote", "send", quote, "--by-hand")


@pytest.mark.proves("R20", "R23", "R26")
def test_add(crm: Crm) -> None:
    lead = crm.ok("lead", "add", *MOLDO, "--contact", "Ion Popescu", "--turnover", "1250000,50")

    account = crm.ok("account", "show", "RO14399840")
    assert (lead["status"], lead["contact"], lead["account_id"]) == (
        "inactive",
        "Ion Popescu",
        account["id"],
    )
    assert (account["relations"], account["turnover"]) == (["lead"], "1250000.50")


def test_add_to_a_known_account(crm: Crm) -> None:
    known = crm.id("account", "add", "--name", "Moldo Trans", "--tax-id", "14399840")

    lead = crm.ok("lead", "add", *MOLDO)

    account = crm.ok("account", "show", known)
    assert lead["account_id"] == known
    assert (account["name"], account["city"]) == ("Moldo Trans", "Iași")


def test_add_to_an_account_with_an_open_lead(crm: Crm, lead: int) -> None:
    result = crm("lead", "add", "--name", "Moldo", "--tax-id", "14399840")

    assert refused(result) == (4, "Moldo Trans SRL has an open lead already, number 1.")


@pytest.mark.proves("R6", "R21")
def test_add_with_competitors(crm: Crm) -> None:
    for name in ("Rival SRL", "Concurs SA"):
        crm.id("account", "add", "--name", name, "--relations", "competitor")

    lead = crm.ok("lead", "add", *MOLDO, "--competitor", "Rival SRL", "--competitor", "Concurs SA")

    assert lead["competitors"] == "Concurs SA; Rival SRL"


@pytest.mark.proves("R25")
def test_add_without_name(crm: Crm) -> None:
    result = crm("lead", "add", "--tax-id", "RO14399840")

    assert refused(result) == (2, "Missing option '--name'.")


@pytest.mark.proves("R32")
@pytest.mark.parametrize("when", ["tomorrow", "2026-11-24"])
def test_activate_without_time(crm: Crm, lead: int, when: str) -> None:
    result = crm("lead", "activate", lead, "--owner", "ana", "--first-contact", when)

    assert result.exit_code == 2
    assert "both a date and a time are needed" in result.stderr


@pytest.mark.proves("R31", "R32", "R33", "R34")
def test_activate(crm: Crm, lead: int) -> None:
    shown = crm.ok(
        *("lead", "activate", "RO14399840", "--owner", "ana", "--priority", "high"),
        *("--first-contact", "tomorrow@10:00"),
    )

    task = crm.ok("task", "show", shown["task_id"])
    assert (shown["status"], shown["responsibility"], shown["term"]) == (
        "active",
        "contact",
        "2026-11-24",
    )
    assert shown["first_contact_at"] == "2026-11-24T08:00:00+00:00"
    assert (task["assignee"], task["kind"], task["priority"]) == (
        "Ana Pop",
        "responsibility",
        "high",
    )


def test_activate_keeps_the_priority(crm: Crm, lead: int) -> None:
    crm.ok("lead", "edit", lead, "--priority", "high")

    shown = crm.ok("lead", "activate", lead, "--owner", "ana", "--first-contact", "+1d@10:00")

    assert shown["priority"] == "high"


@pytest.mark.proves("R54")
def test_tell_an_owner_without_login(crm: Crm, lead: int) -> None:
    crm.id("reason", "add", "--code", "pret", "--name-en", "Price")
    crm.id("employee", "add", "--name", "Ion", "--email", "ion@firma.example")

    crm.ok("lead", "activate", lead, "--owner", "Ion", "--first-contact", "tomorrow@10:00")
    crm.ok("lead", "advance", lead, "--summary", "Vizită stabilită", "--due", "+3d")
    crm.ok("lead", "refuse", lead, "--reason", "pret")
    crm.ok("lead", "reopen", lead)

    mails = crm.ok("outbox", "list", "--columns", "recipients,subject", "--sort", "id")
    assert mails == [
        {"recipients": ["Ion <ion@firma.example>"], "subject": f"Sarcină nouă: {subject}"}
        for subject in (
            "Contact the prospect: Moldo Trans SRL, termen 24 nov. 2026",
            "Meeting and evaluation: Moldo Trans SRL, termen 26 nov. 2026",
            "Meeting and evaluation: Moldo Trans SRL, termen 26 nov. 2026",
        )
    ]


def test_another_owner_gets_the_responsibility(crm: Crm, active: int) -> None:
    crm.id("employee", "add", "--name", "Ion", "--email", "ion@firma.example")
    crm.ok("task", "add", "Altceva", "--due", "+1d")

    for owner in ("Ion", "Ion", ""):
        crm.ok("lead", "edit", active, "--owner", owner)

    assert [task["assignee"] for task in crm.ok("task", "list", "--sort", "id")] == [
        "Ion",
        "Ana Pop",
    ]
    assert len(crm.ok("outbox", "list")) == 1


def test_activate_twice(crm: Crm, active: int) -> None:
    result = crm("lead", "activate", active, "--owner", "ana", "--first-contact", "tomorrow@10:00")

    assert refused(result) == (4, "Lead 1 is active.")


def test_activate_at_a_later_responsibility(crm: Crm, lead: int) -> None:
    crm.ok(
        *("lead", "activate", lead, "--owner", "ana", "--first-contact", "tomorrow@10:00"),
        *("--responsibility", "quoting"),
    )

    steps = crm.ok("lead", "show", lead)["responsibilities"]

    assert [(step["step"], step["status"]) for step in steps] == [
        ("contact", "skipped"),
        ("meeting", "skipped"),
        ("quoting", "open"),
    ]


def test_task_of_a_responsibility_is_done_by_the_lead(crm: Crm, active: int) -> None:
    task = crm.ok("lead", "show", active)["task_id"]

    result = crm("task", "done", task)

    assert (result.exit_code, "crm lead advance 1" in result.stderr) == (4, True)


@pytest.mark.proves("R35", "R37")
def test_contact_needs_a_summary(crm: Crm, active: int) -> None:
    result = crm("lead", "advance", active)
    assert refused(result) == (4, "Closing the contact needs a summary of the talk.")

    shown = crm.ok("lead", "advance", active, "--summary", "Vrea ofertă", "--due", "+3d")

    assert (shown["responsibility"], shown["term"]) == ("meeting", "2026-11-26")


@pytest.mark.proves("R36")
def test_contacted_several_times(crm: Crm, active: int) -> None:
    for when, summary in (("yesterday@9:00", "Nu răspunde"), ("today@9:30", "Vrea ofertă")):
        crm.ok("lead", "contacted", active, "--at", when, "--summary", summary)

    events = crm.ok("lead", "timeline", active, "--where", "kind = contact")

    assert [event["what"] for event in events] == ["Nu răspunde", "Vrea ofertă"]
    assert crm.ok("lead", "advance", active)["responsibility"] == "meeting"


@pytest.mark.proves("R38", "R39", "R87", "R88", "R91")
def test_meeting_needs_a_final_sheet(crm: Crm, active: int) -> None:
    to_meeting(crm, active)
    crm.id("product", "add", "--code", "A", "--name", "Cântar", "--price", "100.50")
    sheet = crm.id("evaluation", "add", "--lead", active, "--line", "A;3")
    assert crm.ok("evaluation", "show", sheet)["value"] == "301.50"
    assert refused(crm("lead", "advance", active)) == (4, "The evaluation sheet 1 is not final.")

    crm.ok("evaluation", "finish", sheet)

    assert crm.ok("lead", "advance", active)["responsibility"] == "quoting"


@pytest.mark.proves("R38")
def test_meeting_without_sheet(crm: Crm, active: int) -> None:
    to_meeting(crm, active)

    assert crm.ok("lead", "advance", active)["responsibility"] == "quoting"


@pytest.mark.proves("R40", "R41")
def test_quoting_needs_a_sent_quote(crm: Crm, active: int) -> None:
    to_meeting(crm, active)
    crm.ok("lead", "advance", active)
    assert refused(crm("lead", "advance", active)) == (4, "Lead 1 has no quote that was sent.")

    quote = sent_quote(crm, active)

    assert crm.ok("lead", "advance", active)["responsibility"] == "contracting"
    assert crm.ok("quote", "show", quote)["status"] == "accepted"


@pytest.mark.proves("R42", "R43", "R45", "R81", "R233")
def test_contracting_needs_a_whole_contract(crm: Crm, active: int) -> None:
    to_meeting(crm, active)
    crm.ok("lead", "advance", active)
    sent_quote(crm, active)
    crm.ok("lead", "advance", active)
    assert refused(crm("lead", "advance", active)) == (4, "Lead 1 has no contract.")
    added = crm.ok("contract", "add", "--account", 1, "--lead", active, "--line", "CANTAR60;1")
    assert any("signatory" in warning for warning in added["warnings"])
    assert "lacks number, period, signatory" in crm("lead", "advance", active).stderr

    crm.ok("account", "edit", 1, "--registration-no", "J22/1/2010", "--address", "Str. Gării 1")
    contract = ("contract", "edit", added["id"], "--start", "1.12.2026", "--end", "30.11.2027")
    crm.ok(*contract, "--signatory", "Ion Popescu")
    crm.ok("contract", "finalize", added["id"])
    won = crm.ok("lead", "advance", active)

    assert (won["status"], won["responsibility"]) == ("won", None)
    assert crm.ok("account", "show", 1)["relations"] == ["customer"]
    assert crm.ok("db", "info")["lead"] == 1
    assert crm("db", "check").exit_code == 0


@pytest.mark.proves("R41", "R58")
def test_refuse(crm: Crm, active: int) -> None:
    assert refused(crm("lead", "advance", active, "--outcome", "refused")) == (
        5,
        "A refused lead needs a reason.",
    )

    shown = crm.ok("lead", "refuse", active, "--reason", "price")

    assert (shown["status"], shown["reason"], shown["task_id"]) == ("refused", "price", None)
    assert crm.ok("account", "show", 1)["relations"] == ["prospect"]
    assert crm.ok("task", "list", "--where", "status = open") == []


def test_reopen(crm: Crm, active: int) -> None:
    to_meeting(crm, active)
    crm.ok("lead", "refuse", active, "--reason", "price")

    shown = crm.ok("lead", "reopen", "RO14399840")

    assert (shown["status"], shown["responsibility"], shown["reason"]) == (
        "active",
        "meeting",
        None,
    )
    assert crm("db", "check").exit_code == 0


@pytest.mark.proves("R44", "R161")
def test_timeline(crm: Crm, active: int) -> None:
    to_meeting(crm, active)

    events = crm.ok("lead", "timeline", active, "--where", "kind = responsibility")

    assert [(event["what"], event["term"]) for event in events] == [
        ("contact opened", "2026-11-24"),
        ("contact done: Vrea ofertă", None),
        ("meeting opened", "2026-11-26"),
    ]


@pytest.mark.proves("R11", "R27")
def test_show(crm: Crm, active: int) -> None:
    crm.id("contact", "add", "--name", "Ion Popescu", "--account", 1)
    crm.id("site", "add", "--name", "Depozit", "--account", 1, "--email", "depozit@moldo.example")

    shown = crm.ok("lead", "show", active)

    assert [person["name"] for person in shown["contacts"]] == ["Ion Popescu"]
    assert [site["name"] for site in shown["sites"]] == ["Depozit"]
    assert "evaluations" not in shown


@pytest.mark.proves("R22")
def test_opportunity_follows_the_lead(crm: Crm, active: int) -> None:
    crm.ok("setting", "set", "lead.opportunity", "yes")
    to_meeting(crm, active)
    shown = crm.ok("lead", "advance", active)
    found = crm.ok("opportunity", "show", shown["opportunity_id"])
    assert (found["stage"], found["lead_id"]) == ("quoting", active)

    crm.ok("lead", "refuse", active, "--reason", "competitor")

    assert crm.ok("opportunity", "show", shown["opportunity_id"])["status"] == "lost"


def test_edit_lead_and_account(crm: Crm, lead: int) -> None:
    shown = crm.ok("lead", "edit", lead, "--priority", "high", "--phone", "0232 123 456")

    assert (shown["priority"], shown["phone"]) == ("high", "+40232123456")
