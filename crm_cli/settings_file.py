"""Writing the passwords' commands of mail accounts into the settings file, and nothing else."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from crm_cli.settings import MAIL_ACCOUNTS
from crm_cli.sheets.writing.atomic import replace_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tomlkit import TOMLDocument
    from tomlkit.items import Table

    from crm_cli.settings import MailPassword

OWNER_ONLY = 0o600


def write_mail_passwords(path: Path, changes: Mapping[str, MailPassword | None]) -> None:
    """Keep or take out what accounts have; comments and the order of the file stay."""
    import tomlkit

    document = tomlkit.parse(path.read_text(encoding="utf-8") if path.is_file() else "")
    accounts = document.setdefault(MAIL_ACCOUNTS, tomlkit.table(is_super_table=True))
    for name, password in changes.items():
        if password is not None:
            accounts[name] = _table(password)
        elif name in accounts:
            del accounts[name]
    if not accounts:
        del document[MAIL_ACCOUNTS]
    _replace(path, document)


def _table(password: MailPassword) -> Table:
    import tomlkit

    table = tomlkit.table()
    table["password_command"] = password.command
    if password.url:
        table["url"] = password.url
    return table


def _replace(path: Path, document: TOMLDocument) -> None:
    """Put a new file in place at once; links keep leading to it, and its owner stays the owner."""
    import tomlkit

    real = path.resolve()
    real.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with replace_file(real) as draft:
        draft.chmod(OWNER_ONLY)
        if real.exists() and real.stat().st_uid != os.geteuid():
            os.chown(draft, real.stat().st_uid, real.stat().st_gid)
        draft.write_text(tomlkit.dumps(document), encoding="utf-8")
