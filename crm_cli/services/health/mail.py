"""Checks of the ways by which mail leaves; to connect is for `crm mail-account test`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from crm_cli.errors import CrmError, NotReady
from crm_cli.sending.outgoing import Outgoing, sendmail_program
from crm_cli.views.health import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.app import App

OTHERS = """
SELECT id, name, employee_id FROM mail_account
WHERE archived_at IS NULL AND is_default = false ORDER BY name, id"""
NAMES = "SELECT name FROM mail_account WHERE archived_at IS NULL"


def mail(app: App) -> Iterator[Finding]:
    """Whether the company's mail leaves the house, and whether every account is complete."""
    yield _company(app)
    for number, name, owner in app.reader.all(OTHERS):
        yield _way(app, f"mail of {name}", number, is_anothers=owner not in {None, app.person.id})
    known = {name for (name,) in app.reader.all(NAMES)}
    for name in sorted(set(app.settings.mail_accounts) - known):
        text = f"{app.settings.file} has a password command of {name}, which is no mail account."
        yield Finding("mail", "warn", text, f"Take [mail_accounts.{name}] out, or add {name}.")


def _company(app: App) -> Finding:
    found = _way(app, "mail", None)
    url = Outgoing(app).account().url if found.level == "ok" else ""
    if not url.startswith("maildir:"):
        return found
    folder = url.removeprefix("maildir:")
    hint = "crm mail-account add NAME --default --url smtps://USER@HOST"
    return Finding("mail", "warn", f"Mail leaves into the folder {folder} only.", hint)


def _way(app: App, check: str, number: int | None, *, is_anothers: bool = False) -> Finding:
    """Whether a way can be taken; a password that is another's own is for where jobs run alone."""
    try:
        account = Outgoing(app).account(number)
        account.transport(app)
    except CrmError as error:
        if is_anothers and isinstance(error, NotReady):
            hint = f"Whoever runs send-outbox needs it: {error.hint}"
            return Finding(check, "warn", error.message, hint)
        return Finding(check, "fail", error.message, error.hint)
    program = sendmail_program(app)
    if account.url == "sendmail:" and not os.access(program, os.X_OK):
        text = f"There is no program {program}."
        return Finding(check, "fail", text, "Install a mail server, or name one: smtp://HOST.")
    return Finding(check, "ok", f"Mail leaves by {account.url}, from {account.sender}.")
