"""Crontabs: every job has a line that cron can read, and every line runs as cron would run it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from crm_cli.database import Database
from crm_cli.errors import NotReady
from crm_cli.running import job_modules
from crm_cli.running.crontab import BEGIN, lines
from crm_cli.running.installed import surroundings
from crm_cli.running.schedule import Schedule
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


@pytest.fixture
def cron(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cron of which `crontab` keeps the lines in the file that is given."""
    kept = tmp_path / "kept"
    program = tmp_path / "bin" / "crontab"
    program.parent.mkdir()
    program.write_text(
        "#!/bin/sh\n"
        f"case $1 in -) cat > {kept};;\n"
        f"*) cat {kept} 2>/dev/null || {{ echo no crontab for ana >&2; exit 1; }};; esac\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    return kept


def test_install_beside_lines_of_others(sqlite_crm: Crm, cron: Path) -> None:
    assert sqlite_crm("job", "crontab", "--install").exit_code == 0
    printed = sqlite_crm("job", "crontab").stdout
    assert cron.read_text() == printed

    cron.write_text(f"0 1 * * * before\n{printed}0 2 * * * after\n")
    sqlite_crm("setting", "set", "job.schedule.remind", "*/10 * * * *")
    sqlite_crm("job", "crontab", "--install")
    sqlite_crm("job", "crontab", "--install")

    changed = sqlite_crm("job", "crontab").stdout
    assert changed != printed
    assert cron.read_text() == f"0 1 * * * before\n{changed}0 2 * * * after\n"


def test_leave_the_bytes_of_others(sqlite_crm: Crm, cron: Path) -> None:
    other = "# zażółć\n0 1 * * * kopia\n".encode("iso-8859-2")
    cron.write_bytes(other)

    sqlite_crm("job", "crontab", "--install")

    assert cron.read_bytes().startswith(other)


def test_mail_goes_where_it_went(sqlite_crm: Crm, cron: Path) -> None:
    went = []
    for words in (["--mailto", "a@firma.example"], [], ["--mailto", "b@firma.example"], []):
        sqlite_crm("job", "crontab", "--install", *words)
        went += re.findall("MAILTO=(.)", cron.read_text())

    assert went == ["a", "a", "b", "b"]


def test_what_cannot_be_installed_leaves_the_crontab(sqlite_crm: Crm, cron: Path) -> None:
    cron.write_text("0 1 * * * mine\n")
    gone = sqlite_crm("--database", "/nowhere/crm.db", "job", "crontab", "--install")
    half = f"0 1 * * * mine\n{BEGIN}\n"
    cron.write_text(half)
    torn = sqlite_crm("job", "crontab", "--install")

    assert (gone.exit_code, torn.exit_code, cron.read_text()) == (7, 4, half)


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("echo 'not allowed' >&2; exit 1", "The crontab cannot be read: not allowed."),
        (
            "[ $1 = -l ] || { echo 'bad minute' >&2; exit 1; }",
            "The crontab cannot be written: bad minute.",
        ),
    ],
)
def test_cron_that_refuses(sqlite_crm: Crm, cron: Path, program: str, said: str) -> None:
    (cron.parent / "bin" / "crontab").write_text(f"#!/bin/sh\n{program}\n")

    result = sqlite_crm("job", "crontab", "--install")

    assert (result.exit_code, result.stderr) == (1, f"crm: {said}\n")


def test_no_cron(sqlite_crm: Crm) -> None:
    result = sqlite_crm("job", "crontab", "--install", PATH="/nowhere")

    assert (result.exit_code, result.stderr.splitlines()[0]) == (
        7,
        "crm: There is no program crontab.",
    )
