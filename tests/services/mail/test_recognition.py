"""Waiting mail finds its account as soon as somebody says whose address it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.letters import import_mail, write_eml, write_text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

ADDRESS = "depozit@moldo.example"
CONTACT = ("contact", "add", "--name", "Vasile", "--account", "Alfa")


def waiting(crm: Crm) -> int:
    return len(crm.ok("mail", "list", "--unmatched"))


@pytest.mark.proves("R142")
@pytest.mark.parametrize(
    ("words", "by"),
    [
        (("account", "add", "--name", "Moldo", "--email", "Depozit@moldo.example"), "account"),
        (("account", "edit", "Alfa", "--email", ADDRESS), "account"),
        ((*CONTACT, "--email", ADDRESS), "contact"),
        ((*CONTACT, "--other-emails", f"a@b.example, {ADDRESS}"), "contact"),
        (("site", "add", "--account", "Alfa", "--name", "Depozit", "--email", ADDRESS), "site"),
    ],
)
def test_match_when_the_address_appears(
    crm: Crm, tmp_path: Path, words: tuple[str, ...], by: str
) -> None:
    crm("account", "add", "--name", "Alfa")
    import_mail(crm, write_eml(tmp_path, "one"), write_eml(tmp_path, "two", Subject="Re: one"))

    crm.ok(*words)

    assert waiting(crm) == 0
    assert {mail["matched_by"] for mail in crm.ok("mail", "list")} == {by}
    assert len(crm.ok("interaction", "list")) == 2
    assert crm.ok("task", "list") == []


def test_match_by_spreadsheet(crm: Crm, tmp_path: Path) -> None:
    import_mail(crm, write_eml(tmp_path, "one", From="x@unknown.example", Cc=ADDRESS))
    rows = "".join(f"Firma {n},office@firma{n}.example\n" for n in range(600))
    (tmp_path / "list.csv").write_text(f"name,email\n{rows}Moldo,{ADDRESS}\n")

    crm.ok("account", "import", tmp_path / "list.csv")

    assert crm.ok("mail", "show", 1)["account"] == "Moldo"


def test_match_by_a_name(sqlite_crm: Crm, tmp_path: Path) -> None:
    import_mail(sqlite_crm, write_text(tmp_path, "one", ("Lupu, Vasile", "Ofertă", "Bună!")))

    sqlite_crm("contact", "add", "--name", "Vasile Lupu")

    mail = sqlite_crm.ok("mail", "show", 1)
    assert (mail["contact"], mail["matched_by"]) == ("Vasile Lupu", "name")


def test_match_what_two_accounts_shared_when_they_are_merged(crm: Crm, tmp_path: Path) -> None:
    for name in ("Moldo", "Moldo Trans"):
        crm.ok("account", "add", "--name", name, "--email", ADDRESS)
    import_mail(crm, write_eml(tmp_path, "one"))
    assert waiting(crm) == 1

    crm.ok("account", "merge", 1, 2)

    assert crm.ok("mail", "show", 1)["account"] == "Moldo"


def test_wait_again_when_it_is_undone(crm: Crm, tmp_path: Path) -> None:
    import_mail(crm, write_eml(tmp_path, "one"))
    crm("setting", "set", "mail.import.task", "yes")
    crm.ok("account", "add", "--name", "Moldo", "--email", ADDRESS)
    assert len(crm.ok("task", "list")) == 1

    undone = crm("undo")

    assert undone.exit_code == 0, undone.stderr
    assert waiting(crm) == 1
    assert crm.ok("interaction", "list") == []
    assert crm.ok("task", "list") == []


def test_wait_again_when_an_import_is_undone(crm: Crm, tmp_path: Path) -> None:
    crm("setting", "set", "mail.import.task", "yes")
    import_mail(crm, write_eml(tmp_path, "one", File="plan.pdf"))
    (tmp_path / "list.csv").write_text(f"name,email\nVasile Lupu,{ADDRESS}\n")
    crm.ok("contact", "import", tmp_path / "list.csv")
    assert waiting(crm) == 0

    crm.ok("import", "undo", 2)

    assert waiting(crm) == 1
    assert (
        crm.ok("contact", "list") == crm.ok("interaction", "list") == crm.ok("task", "list") == []
    )


@pytest.mark.parametrize(
    ("headers", "count"),
    [({}, 1), ({"Date": "Mon, 09 Nov 2026 09:59:00 +0200"}, 0), ({"Precedence": "bulk"}, 0)],
)
def test_make_the_task_then(
    sqlite_crm: Crm, tmp_path: Path, headers: dict[str, str], count: int
) -> None:
    sqlite_crm("setting", "set", "mail.import.task", "yes")
    import_mail(sqlite_crm, write_eml(tmp_path, "one", File="plan.pdf", **headers))

    sqlite_crm("account", "add", "--name", "Moldo", "--email", ADDRESS)

    found = sqlite_crm.ok("task", "list")
    assert [task["subject"] for task in found] == ["one"] * count
    (file,) = sqlite_crm.ok("attachment", "list")
    assert (file["task_id"] is not None) == bool(count)


def test_leave_what_nobody_knows(sqlite_crm: Crm, tmp_path: Path) -> None:
    import_mail(sqlite_crm, write_eml(tmp_path, "one"))

    sqlite_crm("account", "add", "--name", "Moldo", "--email", "other@moldo.example")
    sqlite_crm("contact", "add", "--name", "Vasile Lupu")

    assert waiting(sqlite_crm) == 1


def test_match_all(crm: Crm, tmp_path: Path) -> None:
    crm.ok("account", "add", "--name", "Moldo", "--email", ADDRESS)
    ours = write_eml(tmp_path, "one", From="service@firma.example", To="jan@firma.example")
    import_mail(crm, ours, write_eml(tmp_path, "two", From="x@unknown.example"))
    crm.ok("setting", "set", "company.domain", "firma.example")

    assert crm.ok("mail", "match") == {"matched": 1, "unmatched": 1, "tasks": 0}
    assert crm.ok("mail", "show", 1)["direction"] == "internal"


def test_match_all_after_our_domain_became_known(crm: Crm, tmp_path: Path) -> None:
    for number in (1, 2):
        colleague, stranger = "jan@firma.example", f"x{number}@y.example"
        path = write_eml(tmp_path, f"to-{number}", From=colleague, To=stranger)
        import_mail(crm, path)
    crm("setting", "set", "company.domain", "firma.example")

    crm.ok("mail", "match")
    account = crm.id("account", "add", "--name", "Moldo Trans")
    crm.ok("mail", "assign", "<to-1@moldo.example>", account)

    listed = crm.ok("mail", "list", "--sort", "id")
    assert [(mail["direction"], mail["account_id"]) for mail in listed] == [
        ("out", account), ("out", None),
    ]  # fmt: skip
