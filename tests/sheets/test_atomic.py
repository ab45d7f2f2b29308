"""A file is there whole or not at all, whatever happens while it is written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from crm_cli.errors import CrmError, NotFound, UsageError
from crm_cli.sheets.writing.atomic import replace_file

STUCK = """
import sys, time
from pathlib import Path
from crm_cli.sheets.writing.atomic import replace_file
with replace_file(Path(sys.argv[1])) as draft:
    draft.write_text("half")
    print("ready", flush=True)
    time.sleep(60)
"""


def listed(folder: Path) -> list[str]:
    """The names of all files in the folder."""
    return [path.name for path in folder.iterdir()]


def test_replace(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_text("old")
    target.chmod(0o640)

    with replace_file(target) as draft:
        draft.write_text("new")
        assert target.read_text() == "old"

    assert target.read_text() == "new"
    assert target.stat().st_mode & 0o777 == 0o640
    assert listed(tmp_path) == ["a.csv"]


def test_keep_old_file_after_error(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_text("old")

    with pytest.raises(ZeroDivisionError), replace_file(target) as draft:
        draft.write_text(str(1 / 0))

    assert (target.read_text(), listed(tmp_path)) == ("old", ["a.csv"])


def test_keep_old_file_after_kill(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_text("old")

    with subprocess.Popen(
        [sys.executable, "-c", STUCK, str(target)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        child.send_signal(signal.SIGKILL)

    assert target.read_text() == "old"


def test_replace_link_and_spare_its_target(tmp_path: Path) -> None:
    victim, link = tmp_path / "victim", tmp_path / "a.csv"
    victim.write_text("precious")
    link.symlink_to(victim)

    with replace_file(link) as draft:
        draft.write_text("new")

    assert (victim.read_text(), link.read_text()) == ("precious", "new")
    assert not link.is_symlink()


def test_refuse_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no folder"), replace_file(tmp_path / "x" / "a"):
        pass


@pytest.mark.parametrize("name", ["folder", "pipe", "output"])
def test_refuse_other_than_file(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "output").symlink_to("/proc/self/fd/1")

    with (
        pytest.raises(UsageError, match="is not an ordinary file"),
        replace_file(tmp_path / name),
    ):
        pass


def test_tell_why_writing_failed(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"

    with pytest.raises(CrmError) as caught, replace_file(target):
        raise OSError(28, "No space left on device")

    assert caught.value.message == f"{target} cannot be written: No space left on device."
    assert listed(tmp_path) == []
