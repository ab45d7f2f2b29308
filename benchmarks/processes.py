"""CPU time of whole processes."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROUNDS = 9
CRM = [str(Path(sys.executable).with_name("crm"))]


@dataclass(frozen=True)
class Cost:
    """CPU seconds of the cheapest run, and the largest memory in MB."""

    seconds: float
    megabytes: float


def python(code: str) -> list[str]:
    """A fresh interpreter that runs a line."""
    return [sys.executable, "-c", code]


def crm(*words: str) -> list[str]:
    """A command of the program."""
    return [*CRM, *words]


def once(command: Sequence[str], environment: Mapping[str, str]) -> Cost:
    """One run; a command that fails stops the benchmark."""
    process = subprocess.Popen(
        command,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    error = process.stderr.read().decode() if process.stderr else ""
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: exit {process.returncode}: {error}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def pair(
    command: Sequence[str], floor: Sequence[str], environment: Mapping[str, str]
) -> tuple[Cost, Cost]:
    """The cheapest run of a command and of its floor, taken in turn."""
    runs = [(once(command, environment), once(floor, environment)) for _ in range(ROUNDS)]
    cheapest = min((run[0] for run in runs), key=lambda cost: cost.seconds)
    ground = min((run[1] for run in runs), key=lambda cost: cost.seconds)
    return cheapest, ground
