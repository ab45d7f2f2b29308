"""A mail stands in the history of every account it concerns, and of whom it was forwarded from."""

from __future__ import annotations

from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from tests.letters import CLIENT, US, client, import_mail, write_eml, write_text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

FORWARDED = """De rezolvat.

-----Original Message-----
From: Vasile Lupu <depozit@moldo.example>
Sent: Friday, November 20, 2026 9:12 AM
To: Ana Pop <ana@firma.example>
Subject: Stivuitor

Nu merge.
"""
OURS = {
    "From": "ana@firma.example",
    "To": "Ana Pop <ana@firma.example>",
    "Subject": "FW: Stivuitor",
}


def two_accounts(crm: Crm) -> tuple[int, int]:
    first = client(crm)
    other = crm.id("account", "add", "--name", "Wisła Pak", "--email", "biuro@wisla.example")
    return first, other


@pytest.mark.proves("R142")
def test_tell_every_account(crm: Crm, tmp_path: Path) -> None:
    first, other = two_accounts(crm)
    import_mail(crm, write_eml(tmp_path, "one", Cc="biuro@wisla.example, x@moldo.example"))

    mail = crm.ok("mail", "show", 1)
    assert (mail["account_id"], mail["matched_by"]) == (first, "site")
    assert [one["account"] for one in mail["accounts"]] == ["Moldo Trans SRL", "Wisła Pak"]
    for account in (first, other):
        assert [one["noun"] for one in crm.ok("account", "history", account)] == ["mail"]
        assert [one["id"] for one in crm.ok("mail", "list", "--account", account)] == [1]
    assert len(crm.ok("interaction", "list")) == 2


def test_move_only_its_own(crm: Crm, tmp_path: Path) -> None:
    two_accounts(crm)
    third = crm.id("account", "add", "--name", "Alfa")
    import_mail(crm, write_eml(tmp_path, "one", Cc="biuro@wisla.example"))

    crm.ok("mail", "assign", 1, third)

    mail = crm.ok("mail", "show", 1)
    assert [one["account"] for one in mail["accounts"]] == ["Alfa", "Wisła Pak"]


def test_tell_an_account_once_when_it_is_assigned(sqlite_crm: Crm, tmp_path: Path) -> None:
    two_accounts(sqlite_crm)
    import_mail(sqlite_crm, write_eml(tmp_path, "one", Cc="biuro@wisla.example"))

    sqlite_crm.ok("mail", "assign", 1, "Wisła Pak")

    mail = sqlite_crm.ok("mail", "show", 1)
    assert [one["account"] for one in mail["accounts"]] == ["Wisła Pak"]
    assert sqlite_crm.ok("mail", "list", "--account", 1) == []


def test_tell_a_merged_account_once(crm: Crm, tmp_path: Path) -> None:
    first, other = two_accounts(crm)
    import_mail(crm, write_eml(tmp_path, "one", Cc="biuro@wisla.example"))

    crm.ok("account", "merge", first, other)

    assert [one["noun"] for one in crm.ok("account", "history", first)] == ["mail"]


@pytest.mark.proves("R140")
@pytest.mark.parametrize(
    "headers", [{}, {"To": "crm@inbox.example"}, {"Subject": "Fwd: Stivuitor", "To": ""}]
)
def test_match_what_we_forwarded(crm: Crm, tmp_path: Path, headers: dict[str, str]) -> None:
    account = client(crm)

    import_mail(crm, write_eml(tmp_path, "one", FORWARDED, **(OURS | headers)), "--task")

    mail = crm.ok("mail", "show", 1)
    assert (mail["account_id"], mail["matched_by"]) == (account, "forwarded")
    assert mail["direction"] == "in"
    (task,) = crm.ok("task", "list")
    assert "Nu merge." in task["description"]


def test_match_what_we_attached(sqlite_crm: Crm, tmp_path: Path) -> None:
    account = client(sqlite_crm)
    inner, outer = EmailMessage(), EmailMessage()
    for message, headers in (
        (inner, {"From": CLIENT, "To": US, "Subject": "Stivuitor"}),
        (outer, {"From": US, "To": US, "Subject": "De rezolvat", "Message-ID": "<o@x.example>"}),
    ):
        for name, value in headers.items():
            message[name] = value
        message.set_content("Nu merge.")
    outer.add_attachment(inner)
    (tmp_path / "one.eml").write_bytes(outer.as_bytes())

    import_mail(sqlite_crm, tmp_path / "one.eml")

    mail = sqlite_crm.ok("mail", "show", 1)
    assert (mail["account_id"], mail["matched_by"]) == (account, "forwarded")


def test_wait_for_whom_we_forwarded(sqlite_crm: Crm, tmp_path: Path) -> None:
    import_mail(sqlite_crm, write_eml(tmp_path, "one", FORWARDED, **OURS))
    assert len(sqlite_crm.ok("mail", "list", "--unmatched")) == 1

    account = client(sqlite_crm)

    mail = sqlite_crm.ok("mail", "show", 1)
    assert (mail["account_id"], mail["matched_by"]) == (account, "forwarded")


@pytest.mark.parametrize(
    "headers",
    [
        {"Subject": "RE: Stivuitor"},
        {"Subject": "Stivuitor"},
    ],
)
def test_leave_talks_among_us_alone(
    sqlite_crm: Crm, tmp_path: Path, headers: dict[str, str]
) -> None:
    client(sqlite_crm)

    import_mail(sqlite_crm, write_eml(tmp_path, "one", FORWARDED, **(OURS | headers)))

    mail = sqlite_crm.ok("mail", "show", 1)
    assert (mail["direction"], mail["account_id"]) == ("internal", None)


def test_prefer_the_people_of_the_mail_itself(sqlite_crm: Crm, tmp_path: Path) -> None:
    _, other = two_accounts(sqlite_crm)
    to_client = OURS | {"To": "biuro@wisla.example"}

    import_mail(sqlite_crm, write_eml(tmp_path, "one", FORWARDED, **to_client))

    mail = sqlite_crm.ok("mail", "show", 1)
    assert (mail["account_id"], mail["direction"]) == (other, "out")


def test_forwarded_name_is_unsure(sqlite_crm: Crm, tmp_path: Path) -> None:
    account = client(sqlite_crm)
    sqlite_crm("contact", "add", "--name", "Vasile Lupu", "--account", account)
    body = FORWARDED.replace(" <depozit@moldo.example>", "")

    import_mail(sqlite_crm, write_text(tmp_path, "one", ("Pop, Ana", "FW: Stivuitor", body)))

    mail = sqlite_crm.ok("mail", "show", 1)
    assert (mail["account_id"], mail["matched_by"]) == (account, "name")
