"""How operations look from outside: catalogues of bundles of tasks, with their steps."""

from __future__ import annotations

from crm_cli.views.catalogues import catalogue
from crm_cli.views.types import BOOLEAN, DURATION, INTEGER, LONG_TEXT, Choice
from crm_cli.views.view import Column, View, id_column, record_columns, with_id
from crm_cli.views.working_time import CLOCK_TIME
from schema.task_states import PRIORITIES

OPERATION = catalogue(
    "operation",
    "schema.operation:Operation",
    Column(
        name="note",
        sql="c.note",
        type=LONG_TEXT,
        labels=("Note", "Observații", "Uwagi"),
        field="note",
    ),
    Column(
        name="steps",
        sql="(SELECT count(*) FROM operation_step n WHERE n.operation_id = c.id)",
        type=INTEGER,
        labels=("Steps", "Pași", "Kroki"),
        listed=True,
    ),
    service="operations",
)

AFTER = """'+' || s.days_after || CASE WHEN s.working_days = true THEN 'wd' ELSE 'd' END
  || coalesce('@' || s.due_time, '')"""

OPERATION_STEP = View(
    noun="operation_step",
    entity="schema.operation:OperationStep",
    alias="s",
    source="operation_step s LEFT JOIN employee e ON e.id = s.assignee_id"
    " LEFT JOIN team tm ON tm.id = s.team_id",
    title="subject",
    order="position",
    columns=(
        id_column("s"),
        Column(
            name="position",
            sql="s.position",
            type=INTEGER,
            labels=("No.", "Nr. crt.", "Lp."),
            listed=True,
        ),
        Column(
            name="subject", sql="s.subject", labels=("Subject", "Subiect", "Temat"), listed=True
        ),
        Column(name="after", sql=AFTER, labels=("After", "După", "Po"), listed=True),
        *with_id(
            Column(
                name="assignee",
                sql="e.name",
                noun="employee",
                key="s.assignee_id",
                labels=("Assignee", "Executant", "Wykonawca"),
                listed=True,
            )
        ),
        *with_id(
            Column(
                name="team",
                sql="tm.code",
                noun="team",
                key="s.team_id",
                labels=("Team", "Echipă", "Zespół"),
                listed=True,
            )
        ),
        Column(
            name="duration",
            sql="s.duration",
            type=DURATION,
            labels=("Duration", "Durată", "Czas trwania"),
            listed=True,
        ),
        Column(
            name="priority",
            sql="s.priority",
            type=Choice(*PRIORITIES),
            labels=("Priority", "Prioritate", "Priorytet"),
            listed=True,
        ),
        Column(
            name="description",
            sql="s.description",
            type=LONG_TEXT,
            labels=("Description", "Descriere", "Opis"),
        ),
        *record_columns("s"),
    ),
)

_JOIN = (
    " LEFT JOIN operation_step s ON s.operation_id = c.id"
    " LEFT JOIN employee se ON se.id = s.assignee_id"
    " LEFT JOIN team st ON st.id = s.team_id"
)

STEPS = (
    Column(
        name="step",
        sql="s.position",
        type=INTEGER,
        labels=("Step", "Pas", "Krok"),
        field="position",
        join=_JOIN,
        help="Place in the operation; in the order of the rows unless given.",
    ),
    Column(
        name="step_subject",
        sql="s.subject",
        labels=("Task", "Sarcină", "Zadanie"),
        field="subject",
        join=_JOIN,
        help="What the task is called.",
    ),
    Column(
        name="days_after",
        sql="s.days_after",
        type=INTEGER,
        labels=("Days after", "După zile", "Po dniach"),
        field="days_after",
        join=_JOIN,
        help="Its term: so many days after the first day of the operation.",
    ),
    Column(
        name="working_days",
        sql="s.working_days",
        type=BOOLEAN,
        labels=("Working days", "Zile lucrătoare", "Dni robocze"),
        field="working_days",
        join=_JOIN,
        help="Count working days only, without holidays.",
    ),
    Column(
        name="due_time",
        sql="s.due_time",
        type=CLOCK_TIME,
        labels=("Time", "Ora", "Godzina"),
        field="due_time",
        join=_JOIN,
        help="The time of its term: 10:00; the whole day unless given.",
    ),
    Column(
        name="step_assignee",
        sql="se.name",
        noun="employee",
        key="s.assignee_id",
        labels=("Assignee", "Executant", "Wykonawca"),
        field="assignee_id",
        join=_JOIN,
        help="Who always does this step; else those to whom the operation is assigned.",
    ),
    Column(
        name="step_team",
        sql="st.code",
        noun="team",
        key="s.team_id",
        labels=("Team", "Echipă", "Zespół"),
        field="team_id",
        join=_JOIN,
        help="Which team always does this step.",
    ),
    Column(
        name="duration",
        sql="s.duration",
        type=DURATION,
        labels=("Duration", "Durată", "Czas trwania"),
        field="duration",
        join=_JOIN,
        help="How long it takes: 1h30m.",
    ),
    Column(
        name="priority",
        sql="s.priority",
        type=Choice(*PRIORITIES),
        labels=("Priority", "Prioritate", "Priorytet"),
        field="priority",
        join=_JOIN,
    ),
    Column(
        name="description",
        sql="s.description",
        type=LONG_TEXT,
        labels=("Description", "Descriere", "Opis"),
        field="description",
        join=_JOIN,
    ),
)
"""The columns of its steps, where each is a row of a file."""
