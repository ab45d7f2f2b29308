"""Where the program runs: settings from file, environment and command line, in rising order."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from crm_cli.errors import NotReady

if TYPE_CHECKING:
    from collections.abc import Mapping

KNOWN = {
    "database_url": "SQLite file or PostgreSQL URL",
    "user": "login of the employee who gives the commands",
    "smtp_password_command": "command that prints the password of the mail server",
    "ca_file": "certificates to trust beside the system's, for mail servers",
    "templates": "folder whose templates come before the program's own",
}


class Settings(NamedTuple):
    """The settings of one run; `file` is where they were read, if anywhere."""

    database_url: str
    user: str
    file: Path | None = None
    debug: bool = False
    color: bool = True
    other: Mapping[str, str] = {}
    mail_accounts: Mapping[str, str] = {}
    """The password commands of mail accounts, by name."""

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
    values = _read(path) if path.is_file() else {}
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


def _read(path: Path) -> dict[str, str]:
    import tomllib

    if path.stat().st_mode & 0o077:
        raise NotReady(
            f"Others may read the settings file {path}, which may hold secrets.",
            hint=f"chmod 600 {path}",
        )
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise NotReady(f"The settings file {path} is not valid TOML: {error}.") from error
    if unknown := sorted(set(values) - set(KNOWN)):
        raise NotReady(
            f"The settings file {path} has an unknown setting '{unknown[0]}'.",
            hint=f"Known: {', '.join(KNOWN)}.",
        )
    return {name: str(value) for name, value in values.items()}
