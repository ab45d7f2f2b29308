"""Keeping the settings file in step with the mail accounts whose password commands it has."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from crm_cli.settings import MailPassword

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from crm_cli.app import App
    from crm_cli.reader import Reader

Ways = dict[int, tuple[str, str]]
"""Id of a mail account -> its name and URL."""
WAYS = "SELECT id, name, url, archived_at FROM mail_account ORDER BY id"


def follow(app: App, before: Ways, now: Ways, command: str | None) -> list[str]:
    """Keep `command` for accounts, or let what is kept follow a new name or URL; tells what it did.

    An empty command takes it out; of accounts that are new nothing is in `before`.
    """
    changes: dict[str, MailPassword | None] = {}
    for number, (name, url) in now.items():
        old_name, old_url = before.get(number, (name, url))
        known = app.settings.mail_accounts.get(old_name)
        wanted = _wanted(known, command, url, moved=url != old_url)
        if (name, wanted) != (old_name, known):
            changes |= {old_name: None, name: wanted} if known else {name: wanted}
        _warn_of_login(app, name, url, wanted)
    return _written(app, changes)


def forget(app: App, gone: Ways) -> list[str]:
    """Take out what is kept of accounts that were removed."""
    names = [name for name, _ in gone.values() if name in app.settings.mail_accounts]
    return _written(app, dict.fromkeys(names))


def ways(reader: Reader, ids: Collection[int] | None = None) -> Ways:
    """Accounts as they stand: those with these ids, else all that are not archived."""
    return {
        number: (name, url)
        for number, name, url, archived_at in reader.all(WAYS)
        if (archived_at is None if ids is None else number in ids)
    }


def warn_of_lost(app: App, before: Ways, now: Ways) -> None:
    """Warn of accounts that became what they had been while the settings file went on.

    The file does not follow: what the trail holds must not say where a password goes.
    """
    for number, (name, url) in now.items():
        if before.get(number) != (name, url):
            known = app.settings.mail_accounts.get(name)
            is_for_it = known is not None and known.url in {"", url}
            _warn_of_login(app, name, url, known if is_for_it else None)


def _wanted(
    known: MailPassword | None, command: str | None, url: str, *, moved: bool
) -> MailPassword | None:
    if command is not None:
        return MailPassword(command, url) if command else None
    if known is not None and known.url and moved:
        return known._replace(url=url)
    return known


def _warn_of_login(app: App, name: str, url: str, password: MailPassword | None) -> None:
    user = urlsplit(url).username
    if user and password is None:
        app.warn(
            f"{name} logs in as {unquote(user)}, and its password is not known here:"
            f" crm mail-account edit {name} --password-command COMMAND"
        )


def _written(app: App, changes: Mapping[str, MailPassword | None]) -> list[str]:
    if not changes:
        return []
    file, happened = app.settings.home, "would be" if app.choices.dry_run else "was"
    if not app.choices.dry_run:
        from crm_cli.settings_file import write_mail_passwords

        write_mail_passwords(file, changes)
    kept = [name for name, password in changes.items() if password is not None]
    gone = [name for name, password in changes.items() if password is None]
    return [
        *(f"The password command of {name} {happened} written to {file}." for name in kept),
        *(f"The password command of {name} {happened} taken out of {file}." for name in gone),
    ]
