"""Whose mail it is: by addresses first, by names where there is none, never by a guess."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.letters import client, import_mail, write_eml, write_text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm


def imported(crm: Crm, path: Path) -> dict[str, Any]:
    """The one mail of a file."""
    import_mail(crm, path)
    mail: dict[str, Any] = crm.ok("mail", "list")[0]
    return mail


def contact(crm: Crm, account: int, name: str, **options: str) -> int:
    words = [word for option, value in options.items() for word in (f"--{option}", value)]
    return crm.id("contact", "add", "--name", name, "--account", account, *words)


@pytest.mark.proves("R7", "R140")
@pytest.mark.parametrize(
    "headers",
    [
        {"From": "DEPOZIT@MOLDO.example"},
        {"From": "x@unknown.example", "To": "Ana <ana@firma.example>, depozit@moldo.example"},
        {"From": "x@unknown.example", "Cc": "Depozit <depozit@moldo.example>"},
    ],
)
def test_match_by_the_address_of_a_site(crm: Crm, tmp_path: Path, headers: dict[str, str]) -> None:
    account = client(crm)

    mail = imported(crm, write_eml(tmp_path, "one", **headers))

    assert (mail["account_id"], mail["site"], mail["matched_by"]) == (account, "Depozit", "site")
    assert mail["direction"] == "in"


@pytest.mark.parametrize(
    "options",
    [{"email": "elena@moldo.example"}, {"other-emails": "e@x.example, Elena@moldo.example"}],
)
def test_match_by_the_address_of_a_contact(
    crm: Crm, tmp_path: Path, options: dict[str, str]
) -> None:
    account = client(crm)
    elena = contact(crm, account, "Elena Popescu", **options)

    mail = imported(crm, write_eml(tmp_path, "one", From="elena@moldo.example"))

    assert (mail["account_id"], mail["contact_id"]) == (account, elena)
    assert mail["matched_by"] == "contact"


def test_match_a_contact_whose_address_was_assigned_before(crm: Crm, tmp_path: Path) -> None:
    account, other = client(crm), crm.id("account", "add", "--name", "Alfa")
    for name in ("elena", "ion"):
        import_mail(crm, write_eml(tmp_path, name, From=f"{name}@moldo.example"))
        crm.ok("mail", "assign", f"<{name}@moldo.example>", account)
    elena = contact(crm, account, "Elena Popescu", email="elena@moldo.example")
    contact(crm, other, "Ion Popa", email="ion@moldo.example")

    for name, contact_id in (("elena", elena), ("ion", None)):
        import_mail(crm, write_eml(tmp_path, f"{name}-2", From=f"{name}@moldo.example"))
        mail = crm.ok("mail", "show", f"<{name}-2@moldo.example>")
        assert (mail["account_id"], mail["contact_id"]) == (account, contact_id)


def test_match_a_contact_without_account(crm: Crm, tmp_path: Path) -> None:
    ion = crm.id("contact", "add", "--name", "Ion Popa", "--email", "ion@popa.example")

    mail = imported(crm, write_eml(tmp_path, "one", From="ion@popa.example"))

    assert (mail["account_id"], mail["contact_id"]) == (None, ion)
    assert crm.ok("interaction", "list")[0]["contact"] == "Ion Popa"
    assert crm.ok("mail", "list", "--unmatched") == []


def test_match_by_the_address_of_an_account(crm: Crm, tmp_path: Path) -> None:
    account = client(crm, email="office@moldo.example")

    mail = imported(crm, write_eml(tmp_path, "one", From="office@moldo.example"))

    assert (mail["account_id"], mail["matched_by"]) == (account, "account")


def test_leave_alone_what_two_accounts_share(crm: Crm, tmp_path: Path) -> None:
    for name in ("Unu", "Doi"):
        crm.ok("account", "add", "--name", name, "--email", "conta@birou.example")

    mail = imported(crm, write_eml(tmp_path, "one", From="conta@birou.example"))

    assert (mail["account_id"], mail["matched_by"]) == (None, None)
    first = crm.ok("mail", "assign", mail["id"], "Unu")
    assert first["account"] == "Unu"


def test_pass_over_archived_accounts(sqlite_crm: Crm, tmp_path: Path) -> None:
    account = client(sqlite_crm, email="office@moldo.example")
    sqlite_crm("account", "remove", account)

    mail = imported(sqlite_crm, write_eml(tmp_path, "one", From="office@moldo.example"))

    assert mail["account_id"] is None


@pytest.mark.parametrize("sender", ["Popescu, Elena", "Elena Popescu", "ELENA POPESCU"])
def test_match_by_a_unique_name(sqlite_crm: Crm, tmp_path: Path, sender: str) -> None:
    account = client(sqlite_crm)
    elena = contact(sqlite_crm, account, "Elena Popescu")

    mail = imported(sqlite_crm, write_text(tmp_path, "one", (sender, "Ofertă", "Bună!")))

    assert (mail["account_id"], mail["contact_id"]) == (account, elena)
    assert mail["matched_by"] == "name"


def test_leave_alone_a_name_of_two_people(crm: Crm, tmp_path: Path) -> None:
    contact(crm, client(crm), "Elena Popescu")
    contact(crm, crm.id("account", "add", "--name", "Alta"), "Popescu Elena")

    mail = imported(crm, write_text(tmp_path, "one", ("Popescu, Elena", "Ofertă", "Bună!")))

    assert mail["matched_by"] is None


def test_leave_alone_a_name_with_an_unknown_address(sqlite_crm: Crm, tmp_path: Path) -> None:
    contact(sqlite_crm, client(sqlite_crm), "Elena Popescu")

    mail = imported(
        sqlite_crm, write_eml(tmp_path, "one", From="Elena Popescu <e@elsewhere.example>")
    )

    assert mail["matched_by"] is None


@pytest.mark.proves("R142")
@pytest.mark.parametrize(
    ("sender", "recipient", "direction"),
    [
        ("ana@firma.example", "depozit@moldo.example", "out"),
        ("service@firma.example", "depozit@moldo.example", "out"),
        ("depozit@moldo.example", "ana@firma.example", "in"),
        ("ana@firma.example", "service@firma.example", "internal"),
        ("x@unknown.example", "y@unknown.example", "in"),
    ],
)
def test_tell_the_direction(
    sqlite_crm: Crm, tmp_path: Path, sender: str, recipient: str, direction: str
) -> None:
    client(sqlite_crm)
    sqlite_crm("setting", "set", "company.domain", "firma.example")

    summary = import_mail(sqlite_crm, write_eml(tmp_path, "one", From=sender, To=recipient))

    (mail,) = sqlite_crm.ok("mail", "list", "--columns", "all")
    assert mail["direction"] == direction
    figures = {name: summary.get(name, 0) for name in ("matched", "unmatched", "internal")}
    assert sum(figures.values()) == summary["new"] == 1
    assert figures["internal"] == (direction == "internal")
    assert (mail["matched_by"] == "site") == ("moldo" in sender + recipient)


def test_know_colleagues_by_name(sqlite_crm: Crm, tmp_path: Path) -> None:
    mail = imported(sqlite_crm, write_text(tmp_path, "one", ("Pop, Ana", "Pauză", "Mergem?")))

    assert mail["direction"] == "internal"
