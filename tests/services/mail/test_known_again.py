"""A mail is filed once, however often and in whatever form it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.execute import execute
from tests.letters import CLIENT, import_mail, write_eml, write_text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

TEXT = (CLIENT, "Oferta", "Bună ziua!")


def forms(folder: Path) -> dict[str, Path]:
    """One mail as text and as .eml."""
    return {
        "text": write_text(folder / "text", "inbox", TEXT),
        "eml": write_eml(folder / "eml", "one", Subject="RE: Oferta", File="plan.pdf"),
    }


@pytest.mark.parametrize("order", [("text", "eml"), ("eml", "text"), ("text", "eml", "text")])
def test_know_a_mail_in_another_form(crm: Crm, tmp_path: Path, order: tuple[str, ...]) -> None:
    files = forms(tmp_path)

    for form in order:
        import_mail(crm, files[form])

    (mail,) = crm.ok("mail", "list")
    assert mail["message_id"] == "one@moldo.example"
    assert len(crm.ok("mail", "show", mail["id"])["sources"]) == 2
    (file,) = crm.ok("attachment", "list")
    assert (file["name"], file["size"]) == ("plan.pdf", 13)


def test_know_a_mail_in_another_form_at_once(crm: Crm, tmp_path: Path) -> None:
    forms(tmp_path)

    assert import_mail(crm, tmp_path) == {
        "messages": 2,
        "new": 1,
        "duplicates": 1,
        "unmatched": 1,
    }
    assert len(crm.ok("attachment", "list")) == 1


def test_tell_apart_by_message_id(sqlite_crm: Crm, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_eml(tmp_path, name, Subject="Alarmă")

    assert import_mail(sqlite_crm, tmp_path)["new"] == 2


def test_fill_in_a_file_that_was_only_named(crm: Crm, tmp_path: Path) -> None:
    text = tmp_path / "one.txt"
    text.write_text(
        f"From:\t{CLIENT}\nSent:\tFriday, November 20, 2026 9:12 AM\nTo:\tAna Pop\n"
        "Subject:\tOferta\nAttachments:\tplan.pdf\n\nBună ziua!\n"
    )
    import_mail(crm, text)
    (named,) = crm.ok("attachment", "list")

    import_mail(crm, write_eml(tmp_path, "one", Subject="Oferta", File="plan.pdf"))

    (kept,) = crm.ok("attachment", "list")
    assert (named["id"], named["sha256"]) == (kept["id"], None)
    assert kept["size"] == 13


def test_keep_every_copy_as_it_stood(crm: Crm, tmp_path: Path) -> None:
    files = forms(tmp_path)

    import_mail(crm, *files.values())

    raw = {bytes(row[0]) for row in execute(crm.url, "SELECT raw FROM mail_source")}
    assert raw == {files["text"].read_bytes(), files["eml"].read_bytes()}


def test_file_many_in_one_file(crm: Crm, tmp_path: Path) -> None:
    many = [(CLIENT, f"Oferta {number}", "Bună ziua!") for number in range(550)]

    file = write_text(tmp_path, "archive", *many, many[0], many[549])

    assert import_mail(crm, file) == {
        "messages": 552,
        "new": 550,
        "duplicates": 2,
        "unmatched": 550,
    }
    transactions = execute(crm.url, "SELECT DISTINCT tx_id FROM audit WHERE entity = 'mail'")
    assert len(transactions) == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"Message-ID": f"<{'x' * 5000}@moldo.example>"},
        {"From": f"{'x' * 5000}@moldo.example"},
        {"Subject": "x" * 5000},
        {"Subject": "=?utf-8?q?a=00b?=", "Date": ""},
        {"From": "", "To": "", "Subject": "", "Message-ID": ""},
    ],
)
def test_file_broken_mail(crm: Crm, tmp_path: Path, headers: dict[str, str]) -> None:
    lines = {"From": CLIENT, "To": "x@y.example", "Subject": "One"} | headers
    source = "".join(f"{name}: {value}\n" for name, value in lines.items())
    file = tmp_path / "one.eml"
    file.write_text(f"{source}Received: by mx\nMIME-Version: 1.0\n\nBună ziua!\n")

    assert import_mail(crm, file)["new"] == 1
    assert import_mail(crm, file) == {"messages": 1, "duplicates": 1}
