"""What the CRM does, one module per noun or process; a module loads when it is first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crm_cli.services import accounts as accounts
    from crm_cli.services import backups as backups
    from crm_cli.services import chain as chain
    from crm_cli.services import checks as checks
    from crm_cli.services import constants as constants
    from crm_cli.services import employees as employees
    from crm_cli.services import installation as installation
    from crm_cli.services import records as records
    from crm_cli.services import upgrades as upgrades


def __getattr__(name: str) -> object:
    try:
        return import_module(f"{__name__}.{name}")
    except ModuleNotFoundError as error:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from error
