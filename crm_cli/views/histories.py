"""Everything there is about an account, in one list (R159, R160, R165)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.views.types import CURRENCY, DATE, MOMENT, MONEY
from crm_cli.views.view import Column, View, id_column

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

# The mail itself stands for the interaction that was made of it.
RECORDS = """
  SELECT d.id AS id, 'document' AS noun, d.kind AS kind, d.created_at AS at, d.dated_on AS day,
         coalesce(d.label, d.external_number) AS label, d.note AS title, d.status AS status,
         d.gross AS amount, d.currency AS currency, d.owner_id AS employee_id,
         d.archived_at AS archived_at
  FROM document d WHERE d.account_id = {account}
  UNION ALL
  SELECT o.id, 'opportunity', 'opportunity', o.created_at, o.opened_on,
         NULL, o.name, o.status, o.amount, o.currency, o.owner_id, o.archived_at
  FROM opportunity o WHERE o.account_id = {account}
  UNION ALL
  SELECT l.id, 'lead', 'lead', l.created_at, NULL, NULL, l.summary, l.status,
         NULL, NULL, l.owner_id, l.archived_at
  FROM lead l WHERE l.account_id = {account}
  UNION ALL
  SELECT t.id, 'task', t.kind, t.created_at, NULL, NULL, t.subject, t.status,
         NULL, NULL, t.assignee_id, t.archived_at
  FROM task t WHERE t.account_id = {account}
  UNION ALL
  SELECT i.id, 'interaction', i.kind, i.at, NULL, NULL, i.subject, i.direction,
         NULL, NULL, i.employee_id, i.archived_at
  FROM interaction i WHERE i.account_id = {account} AND i.mail_id IS NULL
  UNION ALL
  SELECT m.id, 'mail', 'mail', coalesce(m.sent_at, m.created_at), NULL, NULL, m.subject,
         m.direction, NULL, NULL, NULL, m.archived_at
  FROM mail m WHERE m.id IN (SELECT i.mail_id FROM interaction i WHERE i.account_id = {account})
"""

RECORD = (
    id_column("x"),
    Column(name="noun", sql="x.noun", labels=("Noun", "Entitate", "Encja"), listed=True),
    Column(name="kind", sql="x.kind", labels=("Kind", "Tip", "Rodzaj"), listed=True),
    Column(name="at", sql="x.at", type=MOMENT, labels=("At", "La", "Kiedy")),
)

WHAT = (
    Column(name="label", sql="x.label", labels=("Number", "Număr", "Numer"), listed=True),
    Column(name="title", sql="x.title", labels=("Title", "Titlu", "Tytuł"), listed=True),
    Column(name="status", sql="x.status", labels=("Status", "Stare", "Stan"), listed=True),
    Column(
        name="amount",
        sql="x.amount",
        type=MONEY,
        labels=("Amount", "Valoare", "Kwota"),
        listed=True,
    ),
    Column(
        name="currency",
        sql="x.currency",
        type=CURRENCY,
        labels=("Currency", "Monedă", "Waluta"),
        listed=True,
    ),
    Column(
        name="employee",
        sql="e.name",
        folded="e.name_folded",
        labels=("Employee", "Angajat", "Pracownik"),
        listed=True,
    ),
)


def history_of(account: int, zone: ZoneInfo) -> View:
    """The records of one account as a view, newest first; `crm NOUN show ID` shows each.

    What has no date of its own has the day of its moment in the zone.
    """
    return View(
        noun="history",
        entity="",
        alias="x",
        source=f"({RECORDS.format(account=int(account))}) x"
        " LEFT JOIN employee e ON e.id = x.employee_id",
        title="title",
        order="-date,-at,noun,-id",
        columns=(*RECORD, _date(zone), *WHAT),
    )


def _date(zone: ZoneInfo) -> Column:
    return Column(
        name="date",
        sql=lambda dialect: f"coalesce(x.day, {dialect.day_of('x.at', zone.key)})",
        type=DATE,
        labels=("Date", "Data", "Data"),
        help="Of the document, or the day on which it happened.",
        listed=True,
    )
