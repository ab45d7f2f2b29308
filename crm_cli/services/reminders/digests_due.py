"""Whose daily digest is due: asked at every run, so it reads no task and few rows."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from crm_cli.constants import constant, texts
from crm_cli.portions import portions
from crm_cli.services import presence
from crm_cli.services.reminders.digest_rules import Digests, window
from crm_cli.views.types import MOMENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from crm_cli.reader import Reader

AT_ONCE = 100
"""Digests of one transaction."""
PEOPLE = """
SELECT e.id, e.timezone, e.digest, coalesce(e.digest_since, e.created_at), s.updated_at
FROM employee e LEFT JOIN setting s ON s.name = 'task.digest'
WHERE e.archived_at IS NULL AND (e.digest IN ('email', 'message')
  OR coalesce(e.digest, '') = '' AND coalesce(s.value, 'none') <> 'none')
ORDER BY e.id"""
"""Those who have one, by their own choice or the company's."""


def due(reader: Reader, now: datetime, limit: int | None) -> Iterator[Sequence[int]]:
    """The employees whose digest waits for a decision, in portions of a transaction."""
    rows = reader.all(PEOPLE)
    if not rows:
        return iter(())
    company = texts(reader)
    works = presence.read(reader, *window(now)).works
    found = _undecided(reader, [_digests(row, company) for row in rows], works, now)
    ids = [one.employee_id for one in found[:limit]]
    return portions(ids, AT_ONCE)


def _digests(row: tuple[Any, ...], company: Mapping[str, str]) -> Digests:
    number, zone, own, since, chosen = row
    moments = [since] if own or chosen is None else [since, chosen]
    return Digests(
        number,
        own or _text(company, "task.digest"),
        int(_text(company, "task.remind.hour")),
        ZoneInfo(zone or _text(company, "timezone")),
        max(moment for moment in map(MOMENT.load, moments) if moment is not None),
    )


def _text(company: Mapping[str, str], name: str) -> str:
    return company.get(name, constant(name).default)


def _undecided(
    reader: Reader, people: list[Digests], works: Callable[[int, date], bool], now: datetime
) -> list[Digests]:
    """Those for whose latest day there is nothing in the ledger."""
    last = {one.key(day): one for one in people for day in islice(one.come(works, now), 1)}
    if not last:
        return []
    marks = ", ".join("?" * len(last))
    known = f"SELECT ledger_key FROM reminder WHERE ledger_key IN ({marks})"  # noqa: S608 - marks
    written = {key for (key,) in reader.all(known, tuple(last))}
    return [one for key, one in last.items() if key not in written]
