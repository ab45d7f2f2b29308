"""The password of a mail server, from the command that knows it."""

from __future__ import annotations

import subprocess
from typing import NamedTuple

from crm_cli.errors import NotReady

PATIENCE_SECONDS = 60


class PasswordName(NamedTuple):
    """What errors call the command that prints a password, and how one is given."""

    command: str = "command of the setting smtp_password_command"
    remedy: str = "Write smtp_password_command = 'COMMAND' into the settings file."


SETTING = PasswordName()


def run_password_command(command: str, name: PasswordName = SETTING) -> str:
    """The first line that the shell command prints; it is quoted in no error, nor is its output."""
    try:
        result = subprocess.run(  # noqa: S602 the admin's own setting, pipes are meant
            command,
            shell=True,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _failed(name, f"did not end within {PATIENCE_SECONDS} seconds") from None
    if result.returncode != 0:
        raise _failed(name, f"failed with exit code {result.returncode}")
    password = result.stdout.decode("utf-8", "replace").partition("\n")[0].rstrip("\r")
    if not password:
        raise _failed(name, "printed nothing")
    return password


def _failed(name: PasswordName, what: str) -> NotReady:
    return NotReady(
        f"The {name.command} {what}.",
        hint="Run it by hand, as the user and with the PATH that cron has.",
    )
