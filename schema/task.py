"""Work for an employee with a term."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from schema.base import BigId, Record, References, UtcDateTime, Words, partial_index, record_table

OPEN = "status = 'open' AND archived_at IS NULL"
CLOSED = "status <> 'open' AND archived_at IS NULL"
WAITED_FOR = "next_reminder_at IS NOT NULL"


class Task(Record, table=True):
    """A task; `due_on` is a date in the assignee's zone, `due_at` its moment when it has a time.

    `planned_at` is when term, assignee or choice of reminders were last set; every reminder before
    `next_reminder_at` is settled. `memento_number` counts the mementos it was given. Tasks that
    repeat share the `series_id` of the first one; `repeat_from` is the day of the rule for which
    the last one stands, whatever its term was moved to. `done_by_id` is who did or dropped it.
    """

    __table_args__ = record_table(
        "task",
        partial_index("ix_task_assignee_id_due_on", "assignee_id", "due_on", where=OPEN),
        partial_index("ix_task_open_due_on", "due_on", where=OPEN),
        Index("ix_task_due_on", "due_on"),
        Index("ix_task_author_id_due_on", "author_id", "due_on"),
        partial_index(
            "ix_task_closed_author_id_updated_at", "author_id", "updated_at", where=CLOSED
        ),
        partial_index("ix_task_next_reminder_at", "next_reminder_at", where=WAITED_FOR),
        partial_index(
            "uq_task_series_id_occurrence",
            "series_id",
            "occurrence",
            where="series_id IS NOT NULL",
            unique=True,
        ),
        CheckConstraint("status IN ('open', 'done', 'cancelled')", name="status"),
        CheckConstraint("priority IN ('low', 'normal', 'high')", name="priority"),
    )
    references: ClassVar[References] = {
        "author_id": ("employee.id", "RESTRICT"),
        "assignee_id": ("employee.id", "RESTRICT"),
        "done_by_id": ("employee.id", "RESTRICT"),
        "owner_id": ("employee.id", "RESTRICT"),
        "team_id": ("team.id", "RESTRICT"),
        "account_id": ("account.id", "RESTRICT"),
        "contact_id": ("contact.id", "RESTRICT"),
        "lead_id": ("lead.id", "RESTRICT"),
        "opportunity_id": ("opportunity.id", "RESTRICT"),
        "document_id": ("document.id", "RESTRICT"),
        "campaign_id": ("campaign.id", "RESTRICT"),
        "operation_id": ("operation.id", "RESTRICT"),
        "series_id": ("task.id", "RESTRICT"),
    }
    folded: ClassVar = {"subject_folded": "subject"}

    subject: str
    subject_folded: str = ""
    description: str | None = None
    kind: str = "task"
    status: str = "open"
    priority: str = "normal"
    author_id: int | None = Field(default=None, sa_type=BigId)
    assignee_id: int | None = Field(default=None, sa_type=BigId)
    owner_id: int | None = Field(default=None, sa_type=BigId)
    team_id: int | None = Field(default=None, sa_type=BigId)
    account_id: int | None = Field(default=None, sa_type=BigId, index=True)
    contact_id: int | None = Field(default=None, sa_type=BigId)
    lead_id: int | None = Field(default=None, sa_type=BigId, index=True)
    opportunity_id: int | None = Field(default=None, sa_type=BigId, index=True)
    document_id: int | None = Field(default=None, sa_type=BigId)
    campaign_id: int | None = Field(default=None, sa_type=BigId)
    operation_id: int | None = Field(default=None, sa_type=BigId)
    due_on: date
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    term_number: int = 1
    duration: int | None = None
    billable: bool = False
    remind: tuple[str, ...] = Field(default=(), sa_type=Words, sa_column_kwargs={"nullable": True})
    days_before: tuple[str, ...] = Field(
        default=(), sa_type=Words, sa_column_kwargs={"nullable": True}
    )
    memento_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    memento_number: int = 0
    repeat: str | None = None
    repeat_from: date | None = None
    series_id: int | None = Field(default=None, sa_type=BigId)
    occurrence: int | None = None
    planned_at: datetime = Field(sa_type=UtcDateTime)
    next_reminder_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    resolution: str | None = None
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    done_by_id: int | None = Field(default=None, sa_type=BigId)
