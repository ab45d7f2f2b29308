"""The page `settings.md`: where the program runs, and the constants of the company."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.constants import CONSTANTS
from crm_cli.settings import KNOWN, OF_MAIL_ACCOUNT

if TYPE_CHECKING:
    from crm_cli.constants import Constant

HEAD = """# Settings

Made by `make docs` from `crm_cli/settings.py` and `crm_cli/constants.py`.

## Where the program runs

These come from the settings file (`~/.config/crm/settings.toml`, else `--config FILE` or
`CRM_CONFIG`, in TOML and readable by its owner only), from the environment, or from the command
line, the later before the earlier. Secrets belong here and never into a command.

| in the file | in the environment | what |
| --- | --- | --- |
"""
ACCOUNTS = """
Below `[mail_accounts.NAME]`, in the file alone, stands what a mail account needs
([outgoing.md](outgoing.md)); `crm mail-account add --password-command` writes it:

| in the table | what |
| --- | --- |
"""
COMPANY = """
## Constants of the company

These are kept in the database: `crm setting list`, `crm setting get NAME`,
`crm setting set NAME VALUE`.

| name | kind | default | what |
| --- | --- | --- | --- |
"""


def page() -> str:
    """The whole page."""
    here = (f"| `{name}` | `CRM_{name.upper()}` | {what} |\n" for name, what in KNOWN.items())
    company = (_row(CONSTANTS[name]) for name in sorted(CONSTANTS))
    table = (f"| `{name}` | {what} |\n" for name, what in OF_MAIL_ACCOUNT.items())
    return HEAD + "".join(here) + ACCOUNTS + "".join(table) + COMPANY + "".join(company)


def _row(one: Constant) -> str:
    kind = one.type.name.replace("|", " or ")
    default = f"`{one.default}`" if one.default else ""
    return f"| `{one.name}` | {kind} | {default} | {one.help} |\n"
