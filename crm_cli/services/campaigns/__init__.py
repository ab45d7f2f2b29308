"""Campaigns: their members, the documents that count for them, what they return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.on_demand import modules_of

if TYPE_CHECKING:
    from crm_cli.services.campaigns import amounts as amounts
    from crm_cli.services.campaigns import following as following
    from crm_cli.services.campaigns import linking as linking
    from crm_cli.services.campaigns import marks as marks
    from crm_cli.services.campaigns import members as members
    from crm_cli.services.campaigns import returns as returns
    from crm_cli.services.campaigns import rules as rules
    from crm_cli.services.campaigns import shares as shares
    from crm_cli.services.campaigns import windows as windows

__getattr__ = modules_of(__name__)
