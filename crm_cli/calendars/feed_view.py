"""The columns of a task that a calendar shows, with those of whom it is about."""

from __future__ import annotations

from crm_cli.views.tasks import SOURCE, TASK
from crm_cli.views.types import INTEGER, MOMENT, ColumnType
from crm_cli.views.view import Column, View

_OWN = (
    *("id", "version", "external_id", "subject", "description", "status", "kind", "priority"),
    *("due", "due_at", "duration", "remind", "days_before", "memento_at", "done_at"),
    *("assignee", "assignee_id", "created_at", "updated_at"),
)
# A task of a lead is about the account of the lead.
_ACCOUNT = "CASE WHEN t.account_id IS NULL THEN la.{0} ELSE a.{0} END"


def _column(name: str, sql: str, kind: ColumnType | None = None) -> Column:
    column = Column(name=name, sql=sql, labels=(name, name, name))
    column.type = kind or column.type
    return column


def _of_account(name: str, labels: tuple[str, str, str]) -> Column:
    return Column(name=name, sql=_ACCOUNT.format("name"), labels=labels)


FEED = View(
    noun="task",
    entity=TASK.entity,
    alias="t",
    source=f"{SOURCE} LEFT JOIN task sibling ON sibling.id = t.series_id",
    title="subject",
    order="due",
    columns=(
        *(TASK.by_name[name] for name in _OWN),
        _of_account("account", TASK.by_name["account"].labels),
        TASK.by_name["contact"],
        _column("account_phone", _ACCOUNT.format("phone")),
        _column("contact_phone", "c.phone"),
        _column("address", _ACCOUNT.format("address")),
        _column("postal_code", _ACCOUNT.format("postal_code")),
        _column("city", _ACCOUNT.format("city")),
        _column("account_changed", _ACCOUNT.format("updated_at"), MOMENT),
        _column("contact_changed", "c.updated_at", MOMENT),
        _column("series_id", "t.series_id", INTEGER),
        _column("series_uid", "sibling.external_id"),
    ),
)
