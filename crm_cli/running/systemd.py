"""Units for systemd: a service that is the same for all jobs, a timer for each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from crm_cli.running.schedule import Schedule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from crm_cli.running.installed import Installed
    from crm_cli.running.job_modules import Job

TEMPORARY = (Path("/tmp"), Path("/var/tmp"))  # noqa: S108 - what a private one would hide
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SERVICE = """\
[Unit]
Description=crm job %i
Wants=network-online.target
After=network-online.target
OnFailure=crm-failed@%i.service

[Service]
Type=oneshot
User={user}
StateDirectory=crm
Environment=XDG_STATE_HOME=%S
{environment}
ExecStart={program} job run %i
# Another run was under way, which is no failure.
SuccessExitStatus=75
# A run that hangs is ended, and told by the mail about failures.
TimeoutStartSec=6h
# Only the job is asked to end; it does so before its next item.
KillMode=mixed
{protection}
"""
PROTECTION = """\
ProtectSystem=strict
ProtectHome=read-only
ReadWritePaths={folders}
{temporary}
NoNewPrivileges=yes
CapabilityBoundingSet=
PrivateDevices=yes
ProtectControlGroups=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native"""
LESS_PROTECTION = """\
# sendmail needs rights of its own; smtp: would let this service have fewer.
ProtectSystem=full"""
FAILED = """\
[Unit]
Description=Mail that the crm job %i failed
# At most one mail an hour about a job, however often it fails.
StartLimitIntervalSec=1h
StartLimitBurst=1

[Service]
Type=oneshot
ExecStart=/bin/sh -c 'systemctl status --full "crm@%i.service" | mail -s "crm job %i failed" root'
"""
TIMER = """\
[Unit]
Description=When the crm job {name} runs

[Timer]
{calendars}
# What was missed while the machine was off is caught up in one run.
Persistent=true
AccuracySec=1s

[Install]
WantedBy=timers.target
"""


def units(jobs: Iterable[Job], installed: Installed) -> Iterator[tuple[str, str]]:
    """The units by the names of their files."""
    yield (
        "crm@.service",
        SERVICE.format(
            user=installed.user,
            environment="\n".join(
                f"Environment={_quoted(f'{name}={value}')}"
                for name, value in installed.variables.items()
            ),
            program=_quoted(str(installed.program)).replace("$", "$$"),
            protection=_protection(installed),
        ),
    )
    yield "crm-failed@.service", FAILED
    for job in jobs:
        yield (
            timer(job),
            TIMER.format(
                name=job.name,
                calendars="\n".join(f"OnCalendar={each}" for each in calendars(job.schedule)),
            ),
        )


def timer(job: Job) -> str:
    """The name of the timer of a job."""
    return f"crm@{job.name}.timer"


def calendars(schedule: str) -> list[str]:
    """The five fields of cron as events of systemd; cron's either-day takes two of them."""
    found = Schedule.parse(schedule)
    days: list[tuple[Collection[int], Collection[int]]] = [(found.weekdays, found.days)]
    if found.either_day:
        days = [(found.weekdays, range(1, 32)), (range(7), found.days)]
    clock = f"{_field(found.hours, 0, 23)}:{_field(found.minutes, 0, 59)}:00"
    months = _field(found.months, 1, 12)
    return [f"{_weekdays(week)}*-{months}-{_field(month, 1, 31)} {clock}" for week, month in days]


def _weekdays(chosen: Collection[int]) -> str:
    """Cron counts from Sunday."""
    if len(chosen) == len(WEEKDAYS):
        return ""
    return ",".join(name for day, name in enumerate(WEEKDAYS, 1) if day % 7 in chosen) + " "


def _field(chosen: Collection[int], low: int, high: int) -> str:
    numbers = sorted(chosen)
    if len(numbers) == high - low + 1:
        return "*"
    step = numbers[1] - numbers[0] if len(numbers) > 2 else 0
    if step and numbers == list(range(numbers[0], high + 1, step)):
        return f"{numbers[0]:02}/{step}"
    return ",".join(f"{number:02}" for number in numbers)


def _protection(installed: Installed) -> str:
    if installed.uses_sendmail:
        return LESS_PROTECTION
    public = any(root in one.parents for one in installed.folders for root in TEMPORARY)
    return PROTECTION.format(
        folders=" ".join(_quoted(f"-{one}") for one in installed.folders),
        temporary="# Folders below /tmp are shared." if public else "PrivateTmp=yes",
    )


def _quoted(text: str) -> str:
    escaped = text.replace("%", "%%").replace("\\", r"\\").replace('"', r"\"")
    return f'"{escaped}"' if set(escaped) & set(" \t'\"\\;#") else escaped
