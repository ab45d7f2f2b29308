"""Taking back what commands and imports did, from the audit trail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.on_demand import modules_of

if TYPE_CHECKING:
    from crm_cli.services.undoing import commands as commands
    from crm_cli.services.undoing import following as following
    from crm_cli.services.undoing import imports as imports
    from crm_cli.services.undoing import past as past
    from crm_cli.services.undoing import putting_back as putting_back
    from crm_cli.services.undoing import removal as removal
    from crm_cli.services.undoing import repointing as repointing
    from crm_cli.services.undoing import rewinding as rewinding
    from crm_cli.services.undoing import taking_back as taking_back
    from crm_cli.services.undoing import trail as trail

__getattr__ = modules_of(__name__)
