"""`crm db check`: rules that hold in every healthy database, each a query for what breaks it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crm_cli.services.chain import verify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.reader import Reader

SHOWN = 20
"""Faults of one rule that are named; the count says how many there are."""


@dataclass(frozen=True)
class Rule:
    """A rule, the sentence that says it is broken, and SQL that finds the ids that break it."""

    name: str
    sentence: str
    sql: str


RULES = (
    Rule(
        "document-totals",
        "document {} does not add up to its lines",
        """
        SELECT d.id FROM document d
        LEFT JOIN (SELECT document_id, sum(net) AS net FROM document_line GROUP BY document_id) l
          ON l.document_id = d.id
        WHERE d.net <> coalesce(l.net, 0) ORDER BY d.id""",
    ),
    Rule(
        "document-vat",
        "document {} has a VAT that is not the sum over its rates",
        """
        SELECT d.id FROM document d
        LEFT JOIN (SELECT document_id, sum(vat) AS vat FROM document_tax GROUP BY document_id) t
          ON t.document_id = d.id
        WHERE d.vat <> coalesce(t.vat, 0) ORDER BY d.id""",
    ),
    Rule(
        "series-gap",
        "series {} has a gap or a number beyond its next one",
        """
        SELECT s.id FROM series s
        JOIN (SELECT series_id, count(DISTINCT number) AS numbers, min(number) AS first,
                     max(number) AS last
              FROM document WHERE number IS NOT NULL GROUP BY series_id) d ON d.series_id = s.id
        WHERE d.last - d.first + 1 <> d.numbers OR d.last >= s.next_number ORDER BY s.id""",
    ),
    Rule(
        "issued-number",
        "document {} is issued but has no number",
        """
        SELECT id FROM document
        WHERE number IS NULL AND external_number IS NULL AND archived_at IS NULL
          AND status NOT IN ('draft', 'approved', 'cancelled') ORDER BY id""",
    ),
    Rule(
        "receipt-total",
        "document {} is paid more than its total",
        """
        SELECT s.source_id FROM document_source s JOIN document d ON d.id = s.source_id
        JOIN document r ON r.id = s.document_id
        WHERE s.amount IS NOT NULL AND r.status = 'posted'
        GROUP BY s.source_id, d.gross
        HAVING sum(s.amount) > d.gross AND d.gross >= 0 ORDER BY s.source_id""",
    ),
    Rule(
        "campaign-share",
        "document {} is counted by campaigns for more than the whole of it",
        """
        SELECT document_id FROM campaign_link
        GROUP BY document_id HAVING sum(share) > 1000000 ORDER BY document_id""",
    ),
    Rule(
        "opportunity-stage",
        "opportunity {} has a status that is not its stage's outcome",
        """
        SELECT o.id FROM opportunity o JOIN stage s ON s.id = o.stage_id
        WHERE o.status <> s.outcome ORDER BY o.id""",
    ),
    Rule(
        "opportunity-history",
        "opportunity {} is not in the stage of its last passage",
        """
        SELECT o.id FROM opportunity o
        JOIN passage p ON p.opportunity_id = o.id
        WHERE p.id = (SELECT max(id) FROM passage WHERE opportunity_id = o.id)
          AND p.stage_id <> o.stage_id ORDER BY o.id""",
    ),
    Rule(
        "lead-responsibility",
        "lead {} is active without exactly one open responsibility",
        """
        SELECT l.id FROM lead l
        LEFT JOIN (SELECT lead_id, count(*) AS opened FROM responsibility
                   WHERE status = 'open' GROUP BY lead_id) r ON r.lead_id = l.id
        WHERE (l.status = 'active') <> (coalesce(r.opened, 0) = 1) ORDER BY l.id""",
    ),
    Rule(
        "reminder-sent",
        "reminder {} counts as sent but nothing was written for it",
        """
        SELECT id FROM reminder
        WHERE state = 'sent' AND outbox_id IS NULL AND message_id IS NULL ORDER BY id""",
    ),
    Rule(
        "task-done",
        "task {} is done without a moment, or open with one",
        """
        SELECT id FROM task WHERE (status = 'done') <> (done_at IS NOT NULL) ORDER BY id""",
    ),
)


def check(reader: Reader) -> Iterator[str]:
    """Every fault found, a sentence each."""
    yield from _storage(reader)
    for rule in RULES:
        yield from _rule(reader, rule)
    for fault in verify(reader):
        yield f"audit-chain: {fault}"


def _rule(reader: Reader, rule: Rule) -> Iterator[str]:
    broken = reader.all(rule.sql)
    for (number,) in broken[:SHOWN]:
        yield f"{rule.name}: {rule.sentence.format(number)}"
    if len(broken) > SHOWN:
        yield f"{rule.name}: and {len(broken) - SHOWN} more"


def _storage(reader: Reader) -> Iterator[str]:
    """What SQLite can say of its file; PostgreSQL keeps its references itself."""
    if reader.dialect.name != "sqlite":
        return
    for (line,) in reader.all("PRAGMA integrity_check"):
        if line != "ok":
            yield f"integrity: {line}"
    for table, row, target, _ in reader.all("PRAGMA foreign_key_check"):
        yield f"references: {table} {row} refers to a {target} that is not there"
