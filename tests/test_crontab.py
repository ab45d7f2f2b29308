"""Crontabs: every job has a line that cron can read, and every line runs as cron would run it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from crm_cli import job_modules
from crm_cli.crontab import lines
from crm_cli.database import Database
from crm_cli.errors import NotReady
from crm_cli.installed import surroundings
from crm_cli.schedule import Schedule
from crm_cli.settings import Settings, load
from tests.installations import EXAMPLE, JOBS, ROOT, run_bare

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm


def entries(text: str) -> list[tuple[str, str]]:
    """The lines that start something: their schedule, and the command as cron hands it on."""
    found = [line.split(None, 5) for line in text.splitlines() if line[:1] in "0123456789*"]
    return [(" ".join(line[:5]), re.sub(r"\\%", "%", line[5])) for line in found if line]


def variables(text: str) -> dict[str, str]:
    """The settings of a crontab."""
    return dict(re.findall(r"^([A-Z_]+)=(.*)$", text, flags=re.MULTILINE))


def test_example_is_what_the_command_would_print_there() -> None:
    _, _, printed = (ROOT / "crontab.example").read_text().split("\n", 2)

    assert printed.splitlines() == list(lines(JOBS, EXAMPLE))


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_schedule_of_every_job_comes_round(job: job_modules.Job) -> None:
    assert Schedule.parse(job.schedule).minutes


def test_every_line_runs_as_cron_would_run_it(crm: Crm, tmp_path: Path) -> None:
    printed = crm("job", "crontab").stdout
    known = variables(printed)

    ended = {
        command.rpartition(" ")[2]: run_bare(command, known, tmp_path)
        for _, command in entries(printed)
    }

    assert ended == dict.fromkeys(job_modules.names(), (0, ""))
    assert {run["job"] for run in crm.ok("job", "log")} == set(job_modules.names())
    assert {run["state"] for run in crm.ok("job", "log")} == {"done"}


def test_odd_names_of_files_reach_the_shell_whole(tmp_path: Path) -> None:
    program = tmp_path / "100% 'crm'"
    program.write_text("#!/bin/sh\necho $*\n")
    program.chmod(0o755)
    odd = type(EXAMPLE)(program, "crm", {"PATH": "/usr/bin:/bin"})

    (_, command), *_ = entries("\n".join(lines(JOBS, odd)))

    assert run_bare(command, {}, tmp_path) == (0, f"job run {JOBS[0].name}\n")


def test_settings_of_the_shell_are_kept(sqlite_crm: Crm, tmp_path: Path) -> None:
    printed = sqlite_crm("job", "crontab", CRM_TEMPLATES=str(tmp_path)).stdout

    assert variables(printed)["CRM_TEMPLATES"] == str(tmp_path)
    assert "CRM_USER" not in variables(printed)


def test_heartbeat_of_the_shell_is_refused(sqlite_crm: Crm) -> None:
    result = sqlite_crm("job", "crontab", CRM_HEARTBEAT_URL="https://hc.example/secret")

    assert result.exit_code == 7
    assert "secret" not in result.stdout + result.stderr


def test_url_comes_from_the_settings_file(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('database_url = "postgresql://crm:secret@db/crm"\n')
    file.chmod(0o600)
    found = load(str(file), environ={})

    known = surroundings(found, Database(found.database_url))

    assert known["CRM_CONFIG"] == str(file)
    assert "secret" not in "".join(known.values())


def test_password_is_refused() -> None:
    url = "postgresql://crm:secret@db/crm"

    with pytest.raises(NotReady, match="holds a password"):
        surroundings(Settings(url, "ana"), Database(url))
