"""Writing the passwords' commands of mail accounts into the settings file, and nothing else."""

from __future__ import annotations

import os
import tomllib
from typing import TYPE_CHECKING, Any

import tomlkit
from tomlkit.items import Table

from crm_cli.settings import MAIL_ACCOUNTS
from crm_cli.sheets.writing.atomic import replace_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from crm_cli.settings import MailPassword

OWNER_ONLY = 0o600


def write_mail_passwords(path: Path, changes: Mapping[str, MailPassword | None]) -> None:
    """Keep or take out what accounts have; comments and the order of the file stay."""
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    wanted = _accounts(text)
    for name, password in changes.items():
        wanted.pop(name, None)
        if password is not None:
            wanted[name] = _values(password)
    _replace(path, _edited(text, wanted, changes) or _rewritten(text, wanted))


def _accounts(text: str) -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads(text).get(MAIL_ACCOUNTS, {})
    return found


def _values(password: MailPassword) -> dict[str, str]:
    url = {"url": password.url} if password.url else {}
    return {"password_command": password.command, **url}


def _edited(text: str, wanted: Mapping[str, Any], names: Mapping[str, Any]) -> str | None:
    """The file with tables changed where they stand; None where it writes them in a line."""
    document = tomlkit.parse(text)
    accounts = document.setdefault(MAIL_ACCOUNTS, tomlkit.table(is_super_table=True))
    if not isinstance(accounts, Table):
        return None
    for name in names:
        if name in wanted:
            accounts[name] = wanted[name]
        elif name in accounts:
            del accounts[name]
    if not accounts:
        del document[MAIL_ACCOUNTS]
    edited = tomlkit.dumps(document)
    return edited if _is_so(edited, wanted) else None


def _is_so(text: str, wanted: Mapping[str, Any]) -> bool:
    """Whether what was written is read as it was meant."""
    try:
        return _accounts(text) == wanted
    except tomllib.TOMLDecodeError:
        return False


def _rewritten(text: str, wanted: Mapping[str, Any]) -> str:
    """The file with all tables of accounts written anew at its end."""
    document = tomlkit.parse(text)
    document.pop(MAIL_ACCOUNTS, None)
    tables = {MAIL_ACCOUNTS: wanted} if wanted else {}
    return f"{tomlkit.dumps(document).rstrip()}\n\n{tomlkit.dumps(tables)}".lstrip()


def _replace(path: Path, text: str) -> None:
    """Put a new file in place at once; links keep leading to it, and its owner stays the owner."""
    real = path.resolve()
    real.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with replace_file(real) as draft:
        draft.chmod(OWNER_ONLY)
        if real.exists() and real.stat().st_uid != os.geteuid():
            os.chown(draft, real.stat().st_uid, real.stat().st_gid)
        draft.write_text(text, encoding="utf-8")
