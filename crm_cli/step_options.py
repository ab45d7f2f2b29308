"""Steps of an operation as they are typed: `SUBJECT;OFFSET[;ASSIGNEE[;DURATION[;PRIORITY]]]`."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Any

from crm_cli.addressees import assignee
from crm_cli.errors import UsageError
from crm_cli.options import parse_option
from crm_cli.services.operations import Step
from crm_cli.views.types import DURATION, Choice
from crm_cli.views.working_time import CLOCK_TIME
from schema.task_states import PRIORITIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crm_cli.transaction import Transaction

FORM = "Write it as 'SUBJECT;+3d[@10:00][;ASSIGNEE[;DURATION[;PRIORITY]]]', or +2wd or +1w."
OFFSET = re.compile(r"\+?([0-9]{1,4}) ?(d|w|wd)(?: ?@ ?(.+))?", re.IGNORECASE)
PRIORITY = Choice(*PRIORITIES)


def steps_of(tx: Transaction, texts: Iterable[str]) -> list[Step]:
    """The steps, in order."""
    return [_step(tx, text) for text in texts]


def _step(tx: Transaction, text: str) -> Step:
    fields = [field.strip() for field in next(csv.reader([text], delimiter=";"), [""])]
    subject, offset, assignee, duration, priority, *more = [*fields, "", "", "", "", ""]
    if not subject or any(more):
        raise UsageError(f"--step: '{text}' is not a step.", hint=FORM)
    employee, team = _owner(tx, assignee)
    return Step(
        subject=subject,
        **_after(tx, offset, text),
        assignee_id=employee,
        team_id=team,
        duration=parse_option("--step", DURATION, duration or None, tx.place),
        priority=parse_option("--step", PRIORITY, priority or "normal", tx.place),
    )


def _after(tx: Transaction, offset: str, text: str) -> dict[str, Any]:
    """How long after the first day; without an offset it is the first day itself."""
    match = OFFSET.fullmatch(offset or "+0d")
    if match is None:
        raise UsageError(f"--step '{text}': '{offset}' is not a number of days.", hint=FORM)
    unit = match[2].lower()
    return {
        "days_after": int(match[1]) * (7 if unit == "w" else 1),
        "working_days": unit == "wd",
        "due_time": parse_option("--step", CLOCK_TIME, match[3], tx.place),
    }


def _owner(tx: Transaction, word: str) -> tuple[int | None, int | None]:
    if not word:
        return None, None
    return assignee(tx, word)
