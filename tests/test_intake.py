"""Mail is filed while its file is still being read."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from crm_cli.errors import InvalidData
from crm_cli.mailbox import Skipped, dialects
from tests.execute import execute
from tests.mailbox.mails import message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crm_cli.mailbox import Item
    from crm_cli.mailbox.source import Source
    from tests.conftest import Crm

pytestmark = pytest.mark.proves("R138")

AT_ONCE = 3
UNDONE = "UPDATE import_run SET undone_at = '2026-11-23T08:00:00Z', undone_by = 'jan'"


class Numbered:
    """A dialect of as many mails as the file says; `before` is how many were filed before each."""

    def __init__(self, url: str) -> None:
        self.before: list[int] = []
        self._url = url

    def recognises(self, source: Source) -> bool:
        return source.head[:1].isdigit()

    def read(self, source: Source) -> Iterator[Item]:
        count, _, ending = source.text.partition(" ")
        for number in range(int(count)):
            self.before += [row[0] for row in execute(self._url, "SELECT count(*) FROM mail")]
            if (ending, number) == ("stopped", 4):
                os.kill(os.getpid(), signal.SIGTERM)
            if (ending, number) == ("undone", 4):
                execute(self._url, UNDONE)
            yield message(source=source.path, offset=number, subject=f"Oferta {number}")
        if ending == "broken":
            raise InvalidData(f"{source.path} breaks off.")
        yield Skipped(source.path, int(count), "task")


@pytest.fixture
def numbered(sqlite_crm: Crm, monkeypatch: pytest.MonkeyPatch) -> Numbered:
    dialect = Numbered(sqlite_crm.url)
    monkeypatch.setattr(dialects, "DIALECTS", (dialect,))
    monkeypatch.setattr("crm_cli.intake.AT_ONCE", AT_ONCE)
    return dialect


def test_file_in_batches_within_one_file(
    sqlite_crm: Crm, numbered: Numbered, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("7")

    summary = sqlite_crm.ok("mail", "import", tmp_path)

    assert numbered.before == [0, 0, 0, 3, 3, 3, 6]
    assert (summary["new"], summary["skipped"], summary["unreadable"]) == (7, 1, 0)


def test_file_by_size(
    sqlite_crm: Crm, numbered: Numbered, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crm_cli.intake.BYTES_AT_ONCE", 0)
    (tmp_path / "a.txt").write_text("3")

    sqlite_crm.ok("mail", "import", tmp_path)

    assert numbered.before == [0, 1, 2]


def test_file_what_was_whole(sqlite_crm: Crm, numbered: Numbered, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("4 broken")

    result = sqlite_crm("mail", "import", tmp_path, "--format", "json")

    assert (result.exit_code, result.json["new"], result.json["unreadable"]) == (6, 4, 1)
    assert f"{tmp_path}/a.txt breaks off." in result.stderr
    assert len(sqlite_crm.ok("mail", "list")) == len(numbered.before) == 4


def test_put_a_broken_file_away_after_its_mail(
    sqlite_crm: Crm, numbered: Numbered, tmp_path: Path
) -> None:
    for name, value in (("enabled", "yes"), ("folder", tmp_path), ("quiet", 0)):
        sqlite_crm.ok("setting", "set", f"mail.import.{name}", value)
    (tmp_path / "a.txt").write_text("2")
    (tmp_path / "b.txt").write_text("5 broken")

    result = sqlite_crm("job", "run", "import-mail", "-v")

    told = "5 new, 2 known already, 5 unmatched, 1 other items skipped, 1 files unreadable"
    assert (result.exit_code, sqlite_crm.ok("job", "log")[0]["summary"]) == (6, told)
    assert len(numbered.before) == 7
    assert (tmp_path / "done" / "a.txt").read_text() == "2"
    reason = (tmp_path / "failed" / "b.txt.reason.txt").read_text()
    assert reason == f"{tmp_path}/b.txt breaks off.\n"


def test_stop_in_the_middle_of_a_file(sqlite_crm: Crm, numbered: Numbered, tmp_path: Path) -> None:
    for name, value in (("enabled", "yes"), ("folder", tmp_path), ("quiet", 0)):
        sqlite_crm.ok("setting", "set", f"mail.import.{name}", value)
    file = tmp_path / "a.txt"
    file.write_text("10 stopped")

    stopped = sqlite_crm("job", "run", "import-mail")
    filed = len(sqlite_crm.ok("mail", "list"))
    file.write_text("10")
    sqlite_crm("job", "run", "import-mail")

    assert (stopped.exit_code, filed, len(sqlite_crm.ok("mail", "list"))) == (143, 6, 10)
    assert sqlite_crm.ok("job", "log", "--limit", 1)[0]["summary"].startswith("4 new, 6 known")
    assert (numbered.before[-1], (tmp_path / "done" / "a.txt").read_text()) == (9, "10")


def test_stop_when_the_import_was_undone_meanwhile(
    sqlite_crm: Crm, numbered: Numbered, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("10 undone")

    result = sqlite_crm("mail", "import", tmp_path / "a.txt")

    assert result.exit_code == 4
    assert result.stderr == (
        "crm: The import 1 was undone by jan while it went on.\n"
        "hint: Import 'a.txt' again to have it back.\n"
    )
    assert len(sqlite_crm.ok("mail", "list")) == 3


def test_measure_in_one_piece(sqlite_crm: Crm, numbered: Numbered, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("7")
    (tmp_path / "b.txt").write_text("7")

    summary = sqlite_crm.ok("mail", "import", tmp_path, "--dry-run")

    assert (summary["new"], summary["duplicates"]) == (7, 7)
    assert numbered.before == [0] * 14
