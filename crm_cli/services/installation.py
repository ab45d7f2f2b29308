"""Making a database: the file, the tables, the first employee, the first settings."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from crm_cli.audit import Origin
from crm_cli.errors import NotReady
from crm_cli.services import seeds
from crm_cli.settings import os_user
from crm_cli.start import new_command_id
from crm_cli.transaction import begin
from crm_cli.views.types import Place
from schema.connection import lock_file
from schema.employee import Employee
from schema.migrate import upgrade
from schema.setting import Setting

if TYPE_CHECKING:
    from pathlib import Path

    from sqlmodel import Session

    from crm_cli.database import Database

HOMES = {
    "RO": {"language": "ro", "timezone": "Europe/Bucharest", "currency": "RON"},
    "PL": {"language": "pl", "timezone": "Europe/Warsaw", "currency": "PLN"},
}
"""What the country of the company decides until it is set otherwise."""


def install(database: Database, login: str, country: str, group: str | None) -> str:
    """Do what is missing and say it."""
    if database.url.path is not None:
        make_file(database.url.path, group)
    with database.translated():
        upgrade(database.url)
    now = datetime.now(UTC).replace(microsecond=0)
    place = Place(now=now, zone=ZoneInfo(HOMES[country]["timezone"]), country=country)
    origin = Origin(
        now=now, actor=login, os_user=os_user(), command="crm init", command_id=new_command_id()
    )
    with begin(database, origin, place, person_id=None, dry=False) as tx:
        made = set_up(tx.session, country=country, login=login)
    return f"{'Set up' if made else 'Nothing to do for'} the database {database.url}."


def make_file(path: Path, group: str | None = None) -> None:
    """Make an empty database file that only its owner, or a group, can open."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o770 if group else 0o700)
    for file in (path, lock_file(path)):
        if not file.exists():
            os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o660 if group else 0o600))
    if group:
        share(path, group)


def share(path: Path, group: str) -> None:
    """Open a database to a group of the operating system."""
    try:
        for item in (path.parent, path, lock_file(path)):
            shutil.chown(item, group=group)
    except (LookupError, PermissionError) as error:
        raise NotReady(f"The database cannot be given to the group '{group}': {error}.") from error
    path.parent.chmod(0o2770)
    for file in (path, lock_file(path)):
        file.chmod(0o660)


def set_up(session: Session, *, country: str, login: str) -> bool:
    """Write the first settings, employee and catalogues; False when nothing is missing.

    Where nobody has a login any more, who does it becomes an employee: else nobody could.
    """
    users = select(Employee.id).where(
        col(Employee.login).is_not(None), col(Employee.archived_at).is_(None)
    )
    locked = session.exec(users.limit(1)).first() is None
    chosen = {setting.name: setting.value for setting in session.exec(select(Setting))}
    if not chosen:
        chosen = {"country": country, **HOMES[country]}
        session.add_all(Setting(name=name, value=value) for name, value in chosen.items())
    if locked:
        session.add(Employee(name=login, login=login))
        session.flush()
    planted = seeds.plant(session, country=chosen["country"], language=chosen["language"])
    return locked or planted > 0
