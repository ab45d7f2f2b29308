"""Documents: drafted, made from one another, issued, sent, settled, reversed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.on_demand import modules_of

if TYPE_CHECKING:
    from crm_cli.services.documents import chapters as chapters
    from crm_cli.services.documents import drafts as drafts
    from crm_cli.services.documents import lifecycle as lifecycle
    from crm_cli.services.documents import line_items as line_items
    from crm_cli.services.documents import making as making
    from crm_cli.services.documents import numbering as numbering
    from crm_cli.services.documents import quotes as quotes
    from crm_cli.services.documents import receipts as receipts
    from crm_cli.services.documents import remainders as remainders
    from crm_cli.services.documents import reversals as reversals
    from crm_cli.services.documents import sending as sending
    from crm_cli.services.documents import totals as totals

__getattr__ = modules_of(__name__)
