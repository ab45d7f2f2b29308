"""Reminders: planned with the tasks, decided once, written to whom they concern."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.on_demand import modules_of

if TYPE_CHECKING:
    from crm_cli.services.reminders import batches as batches
    from crm_cli.services.reminders import changes as changes
    from crm_cli.services.reminders import digest_letters as digest_letters
    from crm_cli.services.reminders import digest_rules as digest_rules
    from crm_cli.services.reminders import digests as digests
    from crm_cli.services.reminders import digests_due as digests_due
    from crm_cli.services.reminders import ledger as ledger
    from crm_cli.services.reminders import letters as letters
    from crm_cli.services.reminders import planning as planning
    from crm_cli.services.reminders import recipients as recipients
    from crm_cli.services.reminders import rules as rules
    from crm_cli.services.reminders import run as run
    from crm_cli.services.reminders import unreachable as unreachable

__getattr__ = modules_of(__name__)
