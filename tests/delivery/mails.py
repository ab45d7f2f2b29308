"""Mails to compose in tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from crm_cli.delivery.addresses import Address
from crm_cli.delivery.envelope import Mail

PLAIN = Mail(
    message_id="<task-12.1@firma.ro>",
    sender=Address("crm@firma.ro", "Firma, SRL"),
    to=(Address("lukasz@firma.pl", "Łukasz Żółć"),),
    subject="Ofertă nouă",
    text="Bună ziua,\n.\nȘtefan\n",
    date=datetime(2026, 3, 2, 8, 0, tzinfo=UTC),
)


def mail(**changes: Any) -> Mail:
    """The plain mail with these fields changed."""
    return replace(PLAIN, **changes)
