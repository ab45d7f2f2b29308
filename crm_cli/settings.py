"""Where the program runs: settings from file, environment and command line, in rising order."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from crm_cli.errors import NotReady

if TYPE_CHECKING:
    from collections.abc import Mapping

KNOWN = {
    "database_url": "SQLite file or PostgreSQL URL",
    "user": "login of the employee who gives the commands",
    "smtp_password_command": "command that prints the password of the mail server",
    "sendmail": "program that takes mail where a URL says sendmail:",
    "ca_file": "certificates to trust beside the system's",
    "heartbeat_url": "URL asked when a run of a job ends; {job}, {state} and {exit} are filled in",
    "templates": "folder whose templates come before the program's own",
}
MAIL_ACCOUNTS = "mail_accounts"
"""The table of the file that has a table for each mail account; only the file has it."""
OF_MAIL_ACCOUNT = {
    "password_command": "command that prints the password of this mail account",
    "url": "the only URL that gets this password, as the account had it when it was written",
}


class MailPassword(NamedTuple):
    """The command that prints the password of a mail account, and the only URL it is for."""

    command: str
    url: str = ""


class Settings(NamedTuple):
    """The settings of one run; `file` is where they were read, if anywhere.

    `home` is the file that they would be written to.
    """

    database_url: str
    user: str
    file: Path | None = None
    debug: bool = False
    color: bool = True
    other: Mapping[str, str] = {}
    mail_accounts: Mapping[str, MailPassword] = {}
    home: Path = Path()

    @property
    def templates(self) -> Path | None:
        """The folder whose templates come before the program's own."""
        folder = self.other.get("templates")
        return Path(folder).expanduser() if folder else None


def load(
    config: str | None = None,
    database: str | None = None,
    user: str | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Settings:
    """Gather the settings; raises NotReady for a file that cannot be used."""
    path = Path(config or environ.get("CRM_CONFIG") or _default_config(environ)).expanduser()
    if config and not path.is_file():
        raise NotReady(f"There is no settings file '{config}'.")
    found = _read(path) if path.is_file() else {}
    passwords = _passwords(path, found.pop(MAIL_ACCOUNTS, {}))
    values = {name: str(value) for name, value in found.items()}
    values |= {name: environ[_variable(name)] for name in KNOWN if environ.get(_variable(name))}
    url = database or values.pop("database_url", "") or f"sqlite:///{_default_database(environ)}"
    login = user or values.pop("user", "") or os_user(environ)
    values.pop("database_url", None)
    values.pop("user", None)
    return Settings(
        database_url=url,
        user=login,
        file=path if path.is_file() else None,
        color="NO_COLOR" not in environ,
        other=values,
        mail_accounts=passwords,
        home=path,
    )


def os_user(environ: Mapping[str, str] = os.environ) -> str:
    """The login of the operating system."""
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return environ.get("LOGNAME") or str(os.getuid())


def _variable(name: str) -> str:
    return f"CRM_{name.upper()}"


def _default_config(environ: Mapping[str, str]) -> Path:
    home = environ.get("XDG_CONFIG_HOME") or Path("~/.config").expanduser()
    return Path(home) / "crm" / "settings.toml"


def _default_database(environ: Mapping[str, str]) -> Path:
    home = environ.get("XDG_DATA_HOME") or Path("~/.local/share").expanduser()
    return Path(home) / "crm" / "crm.db"


def _read(path: Path) -> dict[str, object]:
    import tomllib

    if path.stat().st_mode & 0o077:
        raise NotReady(
            f"Others may read the settings file {path}, which may hold secrets.",
            hint=f"chmod 600 {shlex.quote(str(path))}",
        )
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise NotReady(f"The settings file {path} is not valid TOML: {error}.") from error
    if unknown := sorted(set(values) - {*KNOWN, MAIL_ACCOUNTS}):
        raise NotReady(
            f"The settings file {path} has an unknown setting '{unknown[0]}'.",
            hint=f"Known: {', '.join((*KNOWN, MAIL_ACCOUNTS))}.",
        )
    return values


def _passwords(path: Path, tables: object) -> dict[str, MailPassword]:
    if not isinstance(tables, dict):
        raise _not_understood(path, MAIL_ACCOUNTS)
    return {name: _password(path, name, table) for name, table in tables.items()}


def _password(path: Path, name: str, table: object) -> MailPassword:
    if not isinstance(table, dict) or set(table) - set(OF_MAIL_ACCOUNT):
        raise _not_understood(path, f"{MAIL_ACCOUNTS}.{name}")
    command, url = (table.get(key, "") for key in OF_MAIL_ACCOUNT)
    if not (isinstance(command, str) and command and isinstance(url, str)):
        raise _not_understood(path, f"{MAIL_ACCOUNTS}.{name}")
    return MailPassword(command, url)


def _not_understood(path: Path, table: str) -> NotReady:
    return NotReady(
        f"The settings file {path} has a table [{table}] that cannot be understood.",
        hint=f"Write [{MAIL_ACCOUNTS}.NAME], below it password_command = 'COMMAND'.",
    )
