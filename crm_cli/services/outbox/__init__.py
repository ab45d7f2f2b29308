"""Mail that is to leave: queued, claimed by senders, settled, decided on by people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.on_demand import modules_of

if TYPE_CHECKING:
    from crm_cli.services.outbox import attempts as attempts
    from crm_cli.services.outbox import claims as claims
    from crm_cli.services.outbox import decisions as decisions
    from crm_cli.services.outbox import pacing as pacing
    from crm_cli.services.outbox import queue as queue
    from crm_cli.services.outbox import receivers as receivers
    from crm_cli.services.outbox import undelivered as undelivered

__getattr__ = modules_of(__name__)
