"""Units for systemd: they say what the crontab says, systemd takes them, their commands run."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from crm_cli.running import job_modules, systemd
from crm_cli.running.schedule import Schedule
from tests.installations import EXAMPLE, JOBS, ROOT, run_bare

if TYPE_CHECKING:
    from tests.conftest import Crm

SAMPLES = ROOT / "samples" / "systemd"
KNOWN = {
    "Unit": {
        "Description",
        "Wants",
        "After",
        "OnFailure",
        "StartLimitIntervalSec",
        "StartLimitBurst",
    },
    "Timer": {"OnCalendar", "Persistent", "AccuracySec"},
    "Install": {"WantedBy"},
    "Service": {
        *("Type", "User", "StateDirectory", "Environment", "ExecStart", "SuccessExitStatus"),
        *(
            "TimeoutStartSec",
            "KillMode",
            "ProtectSystem",
            "ProtectHome",
            "ReadWritePaths",
            "PrivateTmp",
        ),
        *("NoNewPrivileges", "CapabilityBoundingSet", "PrivateDevices", "ProtectControlGroups"),
        *("ProtectKernelModules", "ProtectKernelTunables", "RestrictAddressFamilies"),
        *("RestrictSUIDSGID", "LockPersonality", "SystemCallArchitectures"),
    },
}
"""Section -> the keys of systemd.unit(5), .timer(5), .service(5) and .exec(5) that we use."""
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def parse(text: str) -> dict[str, list[tuple[str, str]]]:
    """The keys and values of each section; what is no unit file fails."""
    sections: dict[str, list[tuple[str, str]]] = {}
    for line in text.splitlines():
        if heading := re.fullmatch(r"\[(\w+)\]", line):
            keys = sections.setdefault(heading[1], [])
        elif line and not line.startswith("#"):
            key, equals, value = line.partition("=")
            assert equals, line
            assert key in KNOWN[list(sections)[-1]], key
            keys.append((key, value))
    return sections


def unquoted(value: str) -> str:
    """A value as systemd understands it, for the instance of a job called remind."""
    bare = value[1:-1] if value.startswith('"') else value
    bare = re.sub(r"\\(.)", r"\1", bare)
    return bare.replace("%i", "remind").replace("%S", "/var/lib").replace("%%", "%")


def environment(service: str) -> dict[str, str]:
    """The variables of a service."""
    found = (unquoted(value) for key, value in parse(service)["Service"] if key == "Environment")
    return dict(each.split("=", 1) for each in found)


def command(service: str) -> str:
    """What a service starts; systemd needs the whole path of the program."""
    (found,) = (value for key, value in parse(service)["Service"] if key == "ExecStart")
    assert found.lstrip('"').startswith("/"), found
    return found.replace("$$", "$")


class Event(NamedTuple):
    """The values an OnCalendar names; it comes round where all of them fit."""

    weekdays: set[str]
    months: set[int]
    days: set[int]
    hours: set[int]
    minutes: set[int]


def meant(event: str) -> Event:
    """What an OnCalendar says; what is none fails."""
    match = re.fullmatch(r"(?:([A-Z][\w,]*) )?\*-(\S+)-(\S+) ([^:]+):([^:]+):00", event)
    assert match, event
    week = set(match[1].split(",") if match[1] else DAYS)
    assert week <= set(DAYS)
    ranges = (range(1, 13), range(1, 32), range(24), range(60))
    return Event(week, *map(_numbers, match.groups()[1:], ranges))


def _numbers(field: str, whole: range) -> set[int]:
    if field == "*":
        return set(whole)
    start, _, step = field.partition("/")
    found = (
        set(range(int(start), whole.stop, int(step))) if step else set(map(int, start.split(",")))
    )
    assert found <= set(whole)
    return found


def check(folder: Path) -> None:
    """Read all units of a folder ourselves, and let systemd do so on a machine that has it."""
    for unit in folder.iterdir():
        for key, value in parse(unit.read_text()).get("Timer", []):
            assert key != "OnCalendar" or meant(value)
    if shutil.which("systemd-analyze"):
        units = sorted(map(str, folder.iterdir()))
        result = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", *units],
            capture_output=True,
            text=True,
            check=False,
        )
        told = [line for line in result.stderr.splitlines() if str(folder) in line or "crm" in line]
        assert told == []


def test_samples_are_what_the_command_would_print_there() -> None:
    found = {path.name: path.read_text() for path in SAMPLES.iterdir()}

    assert found == dict(systemd.units(JOBS, EXAMPLE))


def test_units_of_this_installation(sqlite_crm: Crm, tmp_path: Path) -> None:
    folder = tmp_path / "units"

    result = sqlite_crm("job", "systemd", "--run-as", "root", "--output", folder)

    names = {path.name for path in folder.iterdir()}
    assert result.exit_code == 0
    assert names == {*("crm@.service", "crm-failed@.service"), *map(systemd.timer, JOBS)}
    assert all(path.stat().st_mode & 0o777 == 0o644 for path in folder.iterdir())
    assert result.stderr.startswith(
        f"Then, as root: cp {folder}/crm* /etc/systemd/system"
        " && systemctl daemon-reload && systemctl enable --now crm@"
    )
    check(folder)


def test_service_runs_with_its_environment_only(crm: Crm, tmp_path: Path) -> None:
    crm("job", "systemd", "--output", tmp_path)
    service = (tmp_path / "crm@.service").read_text()

    ended = {
        name: run_bare(command(service).replace("%i", name), environment(service), tmp_path)
        for name in job_modules.names()
    }

    assert ended == dict.fromkeys(job_modules.names(), (0, ""))
    assert {run["state"] for run in crm.ok("job", "log")} == {"done"}


def test_folders_of_all_that_jobs_write_to(sqlite_crm: Crm, tmp_path: Path) -> None:
    add = ("mail-account", "add")
    sqlite_crm("setting", "set", "mail.url", "maildir:/srv/all")
    sqlite_crm.ok(*add, "one", "--url", "maildir:/srv/one")
    sqlite_crm.ok(*add, "home", "--url", "maildir:~/mail")
    sqlite_crm.ok(*add, "gone", "--url", "maildir:/srv/gone")
    sqlite_crm("mail-account", "remove", "gone", "--yes")

    printed = sqlite_crm("job", "systemd", HOME="/home/ana").stdout

    assert f"ReadWritePaths=-{tmp_path} -/srv/all -/srv/one -/home/ana/mail\n" in printed


def test_folders_that_a_service_cannot_make_are_named(sqlite_crm: Crm, tmp_path: Path) -> None:
    sqlite_crm("setting", "set", "attachments.folder", tmp_path / "new files")

    result = sqlite_crm("job", "systemd", "--run-as", "ana", "--output", tmp_path / "units")

    first, then = result.stderr.splitlines()
    assert first == f"First, as ana: mkdir -p '{tmp_path / 'new files'}'"
    assert then.startswith("Then, as root: cp ")


def test_mail_of_a_failure(tmp_path: Path) -> None:
    for name, script in {"systemctl": "echo $*", "mail": 'cat; echo "$@"'}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o755)
    failed = command(systemd.FAILED).replace("%i", "remind")

    code, said = run_bare(failed, {"PATH": f"{tmp_path}:/usr/bin:/bin"}, tmp_path)

    assert (code, said) == (
        0,
        "status --full crm@remind.service\n-s crm job remind failed root\n",
    )


def test_odd_names_are_quoted() -> None:
    odd = replace(
        EXAMPLE,
        program=Path("/opt/50% $off/crm"),
        variables={"CRM_CONFIG": '/a b/"c"%\\d'},
        folders=(Path("/a b/%c"),),
    )

    service = dict(systemd.units([], odd))["crm@.service"]

    assert environment(service)["CRM_CONFIG"] == '/a b/"c"%\\d'
    assert 'ExecStart="/opt/50%% $$off/crm" job run %i' in service
    assert 'ReadWritePaths="-/a b/%%c"' in service


def test_sendmail_is_left_its_rights(sqlite_crm: Crm) -> None:
    sqlite_crm("setting", "set", "mail.url", "sendmail:")

    printed = sqlite_crm("job", "systemd").stdout

    assert "ProtectSystem=full" in printed
    assert "NoNewPrivileges" not in printed


FIELDS = [
    st.sampled_from(["*", "*/5", "0", "7,19", "10-20/5", "3-59/7"]),
    st.sampled_from(["*", "*/6", "5", "8-18"]),
    st.sampled_from(["*", "1", "1,15", "*/10"]),
    st.sampled_from(["*", "1-6", "2"]),
    st.sampled_from(["*", "0", "7", "1-5", "6,0"]),
]


@given(fields=st.tuples(*FIELDS))
def test_events_are_the_moments_of_cron(fields: tuple[str, ...]) -> None:
    text = " ".join(fields)
    schedule = Schedule.parse(text)

    events = [meant(event) for event in systemd.calendars(text)]

    for number, name in enumerate(DAYS, 1):
        for day in range(1, 32):
            of_week, of_month = number % 7 in schedule.weekdays, day in schedule.days
            either, both = of_week or of_month, of_week and of_month
            comes = any(name in event.weekdays and day in event.days for event in events)
            assert comes == (either if schedule.either_day else both)
    for event in events:
        assert event.months == schedule.months
        assert event.hours == schedule.hours
        assert event.minutes == schedule.minutes
