"""What is kept of a mail that is larger than `attachments.max_size`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.execute import execute
from tests.letters import import_mail, write_text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

pytestmark = pytest.mark.proves("R141")

MB = 1 << 20
HEAD = (
    "From: Vasile Lupu <depozit@moldo.example>\nSubject: Planuri\nMessage-ID: <p1@moldo.example>\n"
    "Content-Type: multipart/mixed; boundary=q\n"
)
TEXT = "--q\nContent-Type: text/plain; charset=utf-8\n\nVedeți fișierele.\n"


def write(folder: Path, *sizes: int) -> Path:
    """A mail with files of so many bytes."""
    files = (
        f"--q\nContent-Type: text/plain; name=plan-{number}.txt\n\n{'x' * size}\n"
        for number, size in enumerate(sizes, 1)
    )
    path = folder / "planuri.eml"
    path.write_text(f"{HEAD}\n{TEXT}{''.join(files)}--q--\n", encoding="utf-8")
    return path


def files(crm: Crm) -> list[tuple[str, int, bool]]:
    """Names and sizes, and whether there is a content."""
    listed = crm.ok("attachment", "list", "--sort", "name")
    return [(one["name"], one["size"], bool(one["sha256"])) for one in listed]


def raw(crm: Crm) -> bytes:
    ((content,),) = execute(crm.url, "SELECT raw FROM mail_source")
    return bytes(content)


@pytest.fixture
def small(sqlite_crm: Crm) -> Crm:
    """A company that keeps files of 1 MB at most."""
    sqlite_crm.ok("setting", "set", "attachments.max_size", 1)
    return sqlite_crm


def test_keep_what_is_small_enough(small: Crm, tmp_path: Path) -> None:
    path = write(tmp_path, 10, MB - 4096)

    summary = import_mail(small, path)

    assert "too_large" not in summary
    assert files(small) == [("plan-1.txt", 10, True), ("plan-2.txt", MB - 4096, True)]
    assert raw(small) == path.read_bytes()


def test_name_what_is_too_large(small: Crm, tmp_path: Path) -> None:
    summary = import_mail(small, write(tmp_path, 10, MB + 1))

    assert (summary["new"], summary["too_large"]) == (1, 1)
    assert files(small) == [("plan-1.txt", 10, True), ("plan-2.txt", MB + 1, False)]
    assert raw(small) == f"{HEAD}\nVedeți fișierele.".encode()


def test_say_why_a_file_cannot_be_saved(small: Crm, tmp_path: Path) -> None:
    import_mail(small, write(tmp_path, MB + 1))

    result = small("attachment", "save", 1, "--to", tmp_path)

    assert (result.exit_code, result.stderr.splitlines()) == (
        4,
        [
            f"crm: 'plan-1.txt' has {MB + 1} bytes, more than an import kept.",
            "hint: crm setting set attachments.max_size 200, then import the mail again",
        ],
    )


def test_keep_the_files_of_a_mail_that_is_too_large_itself(small: Crm, tmp_path: Path) -> None:
    summary = import_mail(small, write(tmp_path, MB, MB - 1))

    assert "too_large" not in summary
    assert files(small) == [("plan-1.txt", MB, True), ("plan-2.txt", MB - 1, True)]
    assert raw(small) == f"{HEAD}\nVedeți fișierele.".encode()


def test_cut_the_source_of_a_long_text(small: Crm, tmp_path: Path) -> None:
    import_mail(small, write_text(tmp_path, "long", ("x@y.example", "Salut", "x" * 2 * MB)))

    assert len(raw(small)) == MB
    assert len(small.ok("mail", "show", 1)["body"]) == 2 * MB


def test_measure_alone(small: Crm, tmp_path: Path) -> None:
    assert import_mail(small, write(tmp_path, MB + 1), "--dry-run")["too_large"] == 1


def test_bring_later_what_was_too_large(small: Crm, tmp_path: Path) -> None:
    path = write(tmp_path, MB + 1)
    import_mail(small, path)

    small.ok("setting", "set", "attachments.max_size", 2)
    import_mail(small, path)

    assert files(small) == [("plan-1.txt", MB + 1, True)]


def test_tell_from_the_job(small: Crm, tmp_path: Path) -> None:
    for name, value in (("enabled", "yes"), ("folder", tmp_path), ("quiet", 0)):
        small.ok("setting", "set", f"mail.import.{name}", value)
    write(tmp_path, MB + 1)

    result = small("job", "run", "import-mail", "-v")

    assert result.stderr == "import-mail: 1 new, 1 unmatched, 1 attachments too large\n"
