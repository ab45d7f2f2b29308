"""Each command in the shell blocks of docs/cron.md can be typed as it stands."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import pytest

from crm_cli.running.installed import executable
from tests.execute import execute
from tests.installations import ROOT, run_bare
from tests.outgoing import queue, use_folder

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

PAGE = (ROOT / "docs" / "cron.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", PAGE, flags=re.DOTALL)
CRONTAB = re.findall(r"^\d+ \d+ \S+ \S+ \S+ (.*)$", PAGE, flags=re.MULTILINE)


def commands(block: str) -> list[tuple[dict[str, str], list[str]]]:
    """The variables and words of each command, without what the shell does with its output."""
    found = []
    for line in block.splitlines():
        words = shlex.split(line.partition("|")[0], comments=True)
        start = words.index("crm")
        found.append((dict(word.split("=", 1) for word in words[:start]), words[start + 1 :]))
    return found


@pytest.fixture
def office(sqlite_crm: Crm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Crm:
    """An installation with the mails that the page speaks of, and a cron that takes all."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "crontab").symlink_to("/bin/true")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    use_folder(sqlite_crm)
    queue(sqlite_crm, 19)
    for number, status in ((17, "failed"), (18, "held")):
        execute(sqlite_crm.url, "UPDATE outbox SET status = ? WHERE id = ?", status, number)
    return sqlite_crm


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_block_can_be_typed(office: Crm, tmp_path: Path, block: str) -> None:
    for variables, words in commands(block):
        here = [word.replace("/tmp/", f"{tmp_path}/") for word in words]
        result = office(*here, **variables)

        fine = {0, 1} if words[:2] == ["job", "status"] else {0}
        assert result.exit_code in fine, f"{words}: {result.stderr}"


@pytest.mark.parametrize("line", CRONTAB, ids=["backup", "check"])
def test_line_for_cron_is_silent(office: Crm, tmp_path: Path, line: str) -> None:
    command = line.replace("/srv/crm/bin/crm", str(executable()))
    (tmp_path / "backup").mkdir()
    command = command.replace("/backup/", f"{tmp_path}/backup/").replace(r"\%", "%")

    ended = run_bare(command, {"CRM_DATABASE_URL": office.url, "PATH": "/usr/bin:/bin"}, tmp_path)

    assert ended == (0, "")


def test_backup_that_fails_is_told(office: Crm, tmp_path: Path) -> None:
    command = CRONTAB[0].replace("/srv/crm/bin/crm", "/nowhere/crm").replace(r"\%", "%")

    code, said = run_bare(command, {"CRM_DATABASE_URL": office.url}, tmp_path)

    assert (code, "/nowhere/crm" in said) == (0, True)
