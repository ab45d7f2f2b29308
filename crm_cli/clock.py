"""The moment of a command: that of the clock, or where CRM_NOW has moved it."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from crm_cli.errors import UsageError


def now(*, overridable: bool, real: bool) -> datetime:
    """The moment, in UTC and whole seconds; a real one does not look at CRM_NOW."""
    text = os.environ.get("CRM_NOW")
    if not text or real:
        return datetime.now(UTC).replace(microsecond=0)
    if not overridable:
        raise UsageError(
            "CRM_NOW is set, but this database does not let the clock be moved.",
            hint="crm setting set clock.override yes",
        )
    return _moment(text)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise UsageError(f"CRM_NOW is '{text}', which is not an ISO date and time.") from error
    if not 1900 < moment.year < 2199:
        raise UsageError(f"CRM_NOW is '{text}', outside the years 1901 to 2198.")
    return moment.replace(microsecond=0)
