"""`crm mail import`: what it says, what it prints for scripts, and mail through a pipe."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.letters import client, write_eml

if TYPE_CHECKING:
    from tests.conftest import Crm

SAMPLES = Path(__file__).parents[2] / "samples" / "mail"


def mailbox(*letters: Path) -> bytes:
    """Letters as a mail server hands them on: one after the other in a mailbox."""
    return b"".join(
        b"From depozit@moldo.example Fri Nov 20 09:12:00 2026\n" + letter.read_bytes() + b"\n"
        for letter in letters
    )


def test_import_what_is_known_in_part(crm: Crm, tmp_path: Path) -> None:
    client(crm)
    folder = tmp_path / "mail"
    write_eml(folder, "one")
    crm.ok("mail", "import", folder)
    write_eml(folder, "two", Subject="Re: one")
    write_eml(folder, "ours", From="ana@firma.example")
    crm("setting", "set", "company.domain", "firma.example")

    result = crm("mail", "import", folder, "--task")

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == (
        "mail: 3 messages read, 2 new, 1 known already.\n"
        "Of the new: 1 matched, 1 between colleagues.\n"
        "1 task made.\n"
    )


def test_import_for_scripts(crm: Crm, tmp_path: Path) -> None:
    letter = write_eml(tmp_path, "one")

    first, again = (crm("mail", "import", letter, "-q") for _ in range(2))
    nothing = crm("mail", "import", letter, "-q", "--dry-run")
    figures = crm("mail", "import", letter, "--format", "csv").stdout.splitlines()

    assert (first.stdout, again.stdout, nothing.stdout) == ("1\n", "2\n", "")
    assert first.stderr == again.stderr == ""
    assert figures[0].startswith("import_id,messages,new,duplicates,")
    assert figures[1].split(",")[1:4] == ["1", "0", "1"]
    assert [(one["noun"], one["file"], one["read"]) for one in crm.ok("import", "list")] == [
        ("mail", "one.eml", 1)
    ] * 3


def test_match_for_scripts(sqlite_crm: Crm) -> None:
    assert sqlite_crm("mail", "match", "-q").stdout == ""


@pytest.mark.proves("R138")
def test_import_a_mail_through_a_pipe(crm: Crm, tmp_path: Path) -> None:
    client(crm)
    letter = write_eml(tmp_path, "one", "Bună ziua, aștept oferta.", File="plan.pdf")

    result = crm("mail", "import", "-", "--task", input=letter.read_bytes())

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == (
        "standard input: 1 message read, 1 new, 0 known already.\n"
        "Of the new: 1 matched.\n"
        "1 task made.\n"
    )
    shown = crm.ok("mail", "show", 1)
    assert (shown["account"], shown["files"][0]["name"]) == ("Moldo Trans SRL", "plan.pdf")
    assert [(one["file"], one["start"]) for one in shown["sources"]] == [("standard input", 0)]
    assert crm("mail", "source", 1).stdout == letter.read_text()


def test_import_a_mailbox_through_a_pipe(crm: Crm, tmp_path: Path) -> None:
    letters = [write_eml(tmp_path, name) for name in ("one", "two")]

    result = crm("mail", "import", letters[0], "-", input=mailbox(*letters))

    assert result.stderr == (
        "one.eml, standard input: 3 messages read, 2 new, 1 known already.\n"
        "Of the new: 2 unmatched (crm mail list --unmatched).\n"
    )
    assert sorted(mail["subject"] for mail in crm.ok("mail", "list")) == ["one", "two"]
    assert crm("undo").exit_code == 0
    assert crm.ok("mail", "list", "--all") == []


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (b"", "standard input is empty."),
        (b"Hello, world.", "standard input does not begin as any known e-mail export."),
        (b"%PDF-1.7 x", "standard input is a PDF, not an e-mail."),
    ],
)
def test_import_something_else_through_a_pipe(sqlite_crm: Crm, given: bytes, sentence: str) -> None:
    result = sqlite_crm("mail", "import", "-", input=given)

    assert (result.exit_code, result.stdout) == (5, "")
    assert result.stderr.splitlines()[0] == f"crm: {sentence}"


def test_import_is_known_by_its_files(sqlite_crm: Crm, tmp_path: Path) -> None:
    letters = [write_eml(tmp_path, name) for name in ("a", "b", "c", "d", "e")]

    sqlite_crm.ok("mail", "import", *letters)

    assert sqlite_crm.ok("import", "list")[0]["file"] == "a.eml, b.eml, c.eml, 2 more"
