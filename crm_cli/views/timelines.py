"""What happened to a lead, in the order in which it happened (R44, R161)."""

from __future__ import annotations

from crm_cli.views.types import DATE, INTEGER, MOMENT
from crm_cli.views.view import Column, View

EVENTS = """
  SELECT y.opened_at AS at, 2 * y.id AS place, 'responsibility' AS kind,
         y.step || CASE y.status WHEN 'skipped' THEN ' skipped' ELSE ' opened' END AS what,
         w.due_on AS term, y.created_by AS who
  FROM responsibility y LEFT JOIN task w ON w.id = y.task_id WHERE y.lead_id = {lead}
  UNION ALL
  SELECT y.closed_at, 2 * y.id + 1, 'responsibility',
         y.step || ' ' || y.status || coalesce(': ' || y.summary, ''), NULL, y.updated_by
  FROM responsibility y
  WHERE y.lead_id = {lead} AND y.closed_at IS NOT NULL AND y.status <> 'skipped'
  UNION ALL
  SELECT d.contacted_at, 0, 'contact', coalesce(d.summary, 'contacted'), NULL, d.created_by
  FROM lead_contact_date d WHERE d.lead_id = {lead}
  UNION ALL
  SELECT t.created_at, 0, 'task', t.subject, t.due_on, t.created_by
  FROM task t WHERE t.lead_id = {lead} AND t.kind <> 'responsibility'
  UNION ALL
  SELECT t.done_at, 1, 'task', t.subject || coalesce(': ' || t.resolution, ''), NULL, t.updated_by
  FROM task t WHERE t.lead_id = {lead} AND t.kind <> 'responsibility' AND t.done_at IS NOT NULL
  UNION ALL
  SELECT d.issued_at, 0, 'document',
         d.kind || ' ' || coalesce(d.label, '') || ' ' || d.status, NULL, d.updated_by
  FROM document d WHERE d.lead_id = {lead} AND d.issued_at IS NOT NULL
  UNION ALL
  SELECT tx.at, 0, 'change', coalesce(c.new, 'removed'), NULL, tx.actor
  FROM audit c JOIN audit_tx tx ON tx.id = c.tx_id
  WHERE c.entity = 'lead' AND c.entity_id = {lead}
"""


def timeline_of(lead: int) -> View:
    """The events of one lead as a view, oldest first."""
    return View(
        noun="timeline",
        entity="",
        alias="x",
        source=f"({EVENTS.format(lead=int(lead))}) x",
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
        ),
    )
