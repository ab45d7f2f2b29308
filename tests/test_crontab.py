"""Crontabs: every job has a line, every line names a job, cron can read each field."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crm_cli import job_modules
from crm_cli.crontab import lines
from crm_cli.database import Database
from crm_cli.errors import NotReady
from crm_cli.settings import Settings, load

if TYPE_CHECKING:
    from tests.conftest import Crm

EXAMPLE = Path(__file__).parent.parent / "crontab.example"
RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))


def entries(text: str) -> list[list[str]]:
    """The lines that start something: five fields and the words of the command."""
    found = [line.split(None, 5) for line in text.splitlines() if line[:1] in "0123456789*"]
    return [[*line[:5], *shlex.split(line[5])] for line in found if line]


def variables(text: str) -> dict[str, str]:
    """The settings of a crontab."""
    return dict(re.findall(r"^([A-Z_]+)=(.*)$", text, flags=re.MULTILINE))


def fits(field: str, low: int, high: int) -> bool:
    """Whether cron takes the field: `*`, numbers, ranges, lists and steps."""
    for part in field.split(","):
        match = re.fullmatch(r"(?:\*|(\d+)(?:-(\d+))?)(?:/([1-9]\d*))?", part)
        if match is None:
            return False
        if any(not low <= int(number) <= high for number in match.groups()[:2] if number):
            return False
    return True


@pytest.mark.parametrize("entry", entries(EXAMPLE.read_text()), ids=lambda entry: entry[-1])
def test_example_has_valid_lines(entry: list[str]) -> None:
    assert all(fits(field, *bounds) for field, bounds in zip(entry, RANGES, strict=False))
    assert entry[5:8] == ["/srv/crm/bin/crm", "job", "run"]
    assert entry[8] in job_modules.names()


def test_example_is_what_the_command_prints_in_another_place(sqlite_crm: Crm) -> None:
    example = EXAMPLE.read_text()
    printed = sqlite_crm("job", "crontab").stdout

    assert {entry[8]: entry[:5] for entry in entries(example)} == {
        entry[8]: entry[:5] for entry in entries(printed)
    }
    assert variables(example).keys() == variables(printed).keys()


@pytest.mark.parametrize("name", job_modules.names())
def test_every_job_has_a_line_in_the_example(name: str) -> None:
    assert name in [entry[8] for entry in entries(EXAMPLE.read_text())], (
        f"add a line for {name} to crontab.example"
    )


def test_printed_line_runs_as_cron_would_run_it(sqlite_crm: Crm) -> None:
    printed = sqlite_crm("job", "crontab").stdout
    command = next(entry[5:] for entry in entries(printed) if entry[8] == "send-outbox")

    result = subprocess.run(
        command,
        env={**variables(printed), "HOME": os.environ["HOME"]},
        capture_output=True,
        check=False,
    )

    assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"")
    assert sqlite_crm.ok("job", "log")[0]["state"] == "done"


def test_url_comes_from_the_settings_file(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('database_url = "postgresql://crm:secret@db/crm"\n')
    file.chmod(0o600)
    found = load(str(file), environ={})

    text = "\n".join(lines([], found, Database(found.database_url)))

    assert variables(text)["CRM_CONFIG"] == str(file)
    assert "secret" not in text


def test_password_is_refused() -> None:
    url = "postgresql://crm:secret@db/crm"

    with pytest.raises(NotReady, match="holds a password"):
        list(lines([], Settings(url, "ana"), Database(url)))
