"""What must be said to whoever starts jobs: cron and systemd know nothing of our shell."""

from __future__ import annotations

import os
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crm_cli import settings
from crm_cli.constants import value_of
from crm_cli.errors import NotReady
from crm_cli.folders import beside

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crm_cli.app import App
    from crm_cli.database import Database
    from crm_cli.settings import Settings

SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin"
FOLDERS = ("XDG_DATA_HOME", "XDG_STATE_HOME")
"""Variables of the shell that say where files lie."""
MAIL_ACCOUNTS = "SELECT url FROM mail_account WHERE archived_at IS NULL ORDER BY id"


@dataclass(frozen=True)
class Installed:
    """A program with its settings, the user it runs as and the folders it writes to."""

    program: Path
    user: str
    variables: Mapping[str, str]
    folders: tuple[Path, ...] = ()
    uses_sendmail: bool = False
    """Whether mail is handed to a program, which needs rights that a service can be denied."""


def find(app: App, user: str | None = None) -> Installed:
    """This installation, run by another user where one is named."""
    program = executable()
    with app.database.translated():
        folders = tuple(dict.fromkeys(_folders(app)))
        sendmail = any(url.startswith("sendmail:") for url in _mail_urls(app))
    found = surroundings(app.settings, app.database)
    path = {"PATH": f"{program.parent}:{SYSTEM_PATH}"}
    return Installed(program, user or settings.os_user(), path | found, folders, sendmail)


def executable() -> Path:
    """The `crm` that is running, else the one of this environment."""
    started = Path(sys.argv[0]).absolute()
    if started.name == "crm" and os.access(started, os.X_OK):
        return started
    return Path(sysconfig.get_path("scripts")) / "crm"


def surroundings(found: Settings, database: Database) -> dict[str, str]:
    """The variables a job needs to find this database and what was set in this shell."""
    variables = _of_the_shell()
    if found.file is not None:
        variables["CRM_CONFIG"] = str(found.file.absolute())
        if settings.load(str(found.file), environ={}).database_url == found.database_url:
            return variables
    if urlsplit(database.url.text).password:
        raise NotReady(
            "The URL of the database holds a password, which others could read there.",
            hint="Write database_url into the settings file and chmod 600 it.",
        )
    return {**variables, "CRM_DATABASE_URL": _absolute(database)}


def _of_the_shell() -> dict[str, str]:
    if os.environ.get("CRM_HEARTBEAT_URL"):
        raise NotReady(
            "CRM_HEARTBEAT_URL is set in this shell; it may hold a key, which others could read.",
            hint="Write heartbeat_url into the settings file and chmod 600 it.",
        )
    names = (
        f"CRM_{name.upper()}" for name in settings.KNOWN if name not in {"database_url", "user"}
    )
    return {name: os.environ[name] for name in (*FOLDERS, *names) if os.environ.get(name)}


def _folders(app: App) -> Iterator[Path]:
    """Where jobs write: the database and its neighbours, and the folders that are set."""
    url = app.database.url
    yield url.path.resolve().parent if url.path else beside(url, "")
    for name in ("attachments.folder", "mail.import.folder"):
        if folder := value_of(app.reader, name, app.place):
            yield Path(folder)
    for way in _mail_urls(app):
        if way.startswith("maildir:"):
            yield Path(way.removeprefix("maildir:")).expanduser()


def _mail_urls(app: App) -> list[str]:
    """All ways by which mail may leave."""
    company: str = value_of(app.reader, "mail.url", app.place)
    return [company, *(url for (url,) in app.reader.all(MAIL_ACCOUNTS))]


def _absolute(database: Database) -> str:
    path = database.url.path
    return database.url.text if path is None else f"sqlite:///{path.absolute()}"
