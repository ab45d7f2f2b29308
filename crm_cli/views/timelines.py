"""What happened to a lead, in the order in which it happened (R44, R161)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.views.changes import Change, tell
from crm_cli.views.table import Table
from crm_cli.views.types import DATE, INTEGER, MOMENT
from crm_cli.views.view import Column, View

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from crm_cli.reader import Reader

CHANGED, REMOVED = "change", "removed"
EVENTS = """
  SELECT y.opened_at AS at, 2 * y.id AS place, 'responsibility' AS kind,
         y.step || CASE y.status WHEN 'skipped' THEN ' skipped' ELSE ' opened' END AS what,
         w.due_on AS term, y.created_by AS who, NULL AS old
  FROM responsibility y LEFT JOIN task w ON w.id = y.task_id WHERE y.lead_id = {lead}
  UNION ALL
  SELECT y.closed_at, 2 * y.id + 1, 'responsibility',
         y.step || ' ' || y.status || coalesce(': ' || y.summary, ''), NULL, y.updated_by, NULL
  FROM responsibility y
  WHERE y.lead_id = {lead} AND y.closed_at IS NOT NULL AND y.status <> 'skipped'
  UNION ALL
  SELECT d.contacted_at, 0, 'contact', coalesce(d.summary, 'contacted'), NULL, d.created_by, NULL
  FROM lead_contact_date d WHERE d.lead_id = {lead}
  UNION ALL
  SELECT t.created_at, 0, 'task', t.subject, t.due_on, t.created_by, NULL
  FROM task t WHERE t.lead_id = {lead} AND t.kind <> 'responsibility'
  UNION ALL
  SELECT t.done_at, 1, 'task', t.subject || coalesce(': ' || t.resolution, ''), NULL,
         t.updated_by, NULL
  FROM task t WHERE t.lead_id = {lead} AND t.kind <> 'responsibility' AND t.done_at IS NOT NULL
  UNION ALL
  SELECT d.issued_at, 0, 'document',
         d.kind || ' ' || coalesce(d.label, '') || ' ' || d.status, NULL, d.updated_by, NULL
  FROM document d WHERE d.lead_id = {lead} AND d.issued_at IS NOT NULL
  UNION ALL
  SELECT coalesce(tx.clock, tx.at), 0, '{changed}', coalesce(c.new, '{removed}'), NULL,
         tx.actor, c.old
  FROM audit c JOIN audit_tx tx ON tx.id = c.tx_id
  WHERE c.entity = 'lead' AND c.entity_id = {lead}
"""


def timeline_of(lead: int) -> View:
    """The events of one lead as a view, oldest first."""
    return View(
        noun="timeline",
        entity="",
        alias="x",
        source=f"({EVENTS.format(lead=int(lead), changed=CHANGED, removed=REMOVED)}) x",
        alive="1 = 1",
        title="what",
        order="at,place",
        columns=(
            Column(name="at", sql="x.at", type=MOMENT, labels=("At", "La", "Kiedy"), listed=True),
            Column(
                name="place",
                sql="x.place",
                type=INTEGER,
                labels=("Place", "Loc", "Miejsce"),
                help="Order of what happened at one moment.",
            ),
            Column(name="kind", sql="x.kind", labels=("Kind", "Tip", "Rodzaj"), listed=True),
            Column(name="what", sql="x.what", labels=("What", "Ce", "Co"), listed=True),
            Column(
                name="term",
                sql="x.term",
                type=DATE,
                labels=("Term", "Termen", "Termin"),
                listed=True,
            ),
            Column(name="who", sql="x.who", labels=("Who", "Cine", "Kto"), listed=True),
            Column(
                name="old",
                sql="x.old",
                labels=("Old", "Vechi", "Było"),
                help="Of a change, what stood there before.",
            ),
        ),
    )


IN_WORDS = "at,kind,what,term,who,old"
"""The columns that `in_words` takes, the last of which it needs only to tell."""


def in_words(reader: Reader, zone: ZoneInfo | None, lead: int, events: Table) -> Table:
    """The events, with a row for each field of the lead that changed."""
    rows = list(events.rows)
    changes = [_change(lead, *row[2::3]) for row in rows if row[1] == CHANGED]
    told = iter(tell(reader, zone, changes))
    return Table(
        events.columns[:-1],
        [
            [at, kind, words, *rest]
            for at, kind, what, *rest, _ in rows
            for words in (next(told).briefly if kind == CHANGED else [what])
        ],
    )


def _change(lead: int, new: str, old: str | None) -> Change:
    return Change.read("lead", lead, old, None if new == REMOVED else new)
