"""How a task looks from outside."""

from __future__ import annotations

from crm_cli.views.task_links import ABOUT
from crm_cli.views.task_times import REMINDERS, SERIES, TERM
from crm_cli.views.types import BOOLEAN, DURATION, LONG_TEXT, MOMENT, Choice
from crm_cli.views.view import Column, Key, View, id_column, record_columns, with_id
from schema.task_states import KINDS, PRIORITIES, STATUSES

SOURCE = (
    "task t"
    " LEFT JOIN employee assignee ON assignee.id = t.assignee_id"
    " LEFT JOIN employee author ON author.id = t.author_id"
    " LEFT JOIN employee doer ON doer.id = t.done_by_id"
    " LEFT JOIN team tm ON tm.id = t.team_id"
    " LEFT JOIN account a ON a.id = t.account_id"
    " LEFT JOIN contact c ON c.id = t.contact_id"
    " LEFT JOIN lead l ON l.id = t.lead_id"
    " LEFT JOIN account la ON la.id = l.account_id"
    " LEFT JOIN opportunity o ON o.id = t.opportunity_id"
    " LEFT JOIN document d ON d.id = t.document_id"
    " LEFT JOIN operation op ON op.id = t.operation_id"
    " LEFT JOIN campaign cp ON cp.id = t.campaign_id"
)

WHAT = (
    id_column("t"),
    Column(
        name="subject",
        sql="t.subject",
        folded="t.subject_folded",
        labels=("Subject", "Subiect", "Temat"),
        aliases=("Task", "Sarcină", "Zadanie", "Problema"),
        field="subject",
        required=True,
        listed=True,
    ),
    Column(
        name="status",
        sql="t.status",
        type=Choice(*STATUSES),
        labels=("Status", "Stare", "Status"),
        loaded="status",
        listed=True,
    ),
    Column(
        name="kind",
        sql="t.kind",
        type=Choice(*KINDS),
        labels=("Kind", "Tip", "Rodzaj"),
        loaded="kind",
    ),
    Column(
        name="priority",
        sql="t.priority",
        type=Choice(*PRIORITIES),
        labels=("Priority", "Prioritate", "Priorytet"),
        field="priority",
    ),
)

WHO = (
    *with_id(
        Column(
            name="assignee",
            sql="assignee.name",
            noun="employee",
            key="t.assignee_id",
            labels=("Assignee", "Executant", "Wykonawca"),
            aliases=("Responsabil", "Delegat"),
            field="assignee_id",
            listed=True,
            help="Who is to do it.",
        )
    ),
    *with_id(
        Column(
            name="team",
            sql="tm.code",
            noun="team",
            key="t.team_id",
            labels=("Team", "Echipă", "Zespół"),
            field="team_id",
            listed=True,
            help="The team whose task it is; one member may get it later.",
        )
    ),
    *with_id(
        Column(
            name="author",
            sql="author.name",
            noun="employee",
            key="t.author_id",
            labels=("Author", "Autor", "Autor"),
            loaded="author_id",
        )
    ),
)

HOW = (
    Column(
        name="description",
        sql="t.description",
        type=LONG_TEXT,
        labels=("Description", "Descriere", "Opis"),
        aliases=("Note", "Observații", "Uwagi"),
        field="description",
    ),
    Column(
        name="duration",
        sql="t.duration",
        type=DURATION,
        labels=("Duration", "Durată", "Czas trwania"),
        field="duration",
        help="How long it takes: 1h30m.",
    ),
    Column(
        name="billable",
        sql="t.billable",
        type=BOOLEAN,
        labels=("Billable", "Facturabil", "Do zafakturowania"),
        field="billable",
    ),
)

OUTCOME = (
    Column(
        name="resolution",
        sql="t.resolution",
        type=LONG_TEXT,
        labels=("Resolution", "Mod rezolvare", "Rozwiązanie"),
        field="resolution",
    ),
    Column(
        name="done_at",
        sql="t.done_at",
        type=MOMENT,
        labels=("Done at", "Rezolvat la", "Wykonano"),
        loaded="done_at",
    ),
    *with_id(
        Column(
            name="done_by",
            sql="doer.name",
            noun="employee",
            key="t.done_by_id",
            labels=("Done by", "Rezolvat de", "Wykonał"),
            loaded="done_by_id",
            help="Who finished or dropped it.",
        )
    ),
)

TASK = View(
    noun="task",
    entity="schema.task:Task",
    alias="t",
    source=SOURCE,
    search=("t.subject_folded",),
    title="subject",
    service="tasks",
    order="due",
    keys=(Key(prefix="ext", sql="t.external_id", normal=str),),
    columns=(
        *WHAT,
        *TERM,
        *WHO,
        *ABOUT,
        *HOW,
        *SERIES,
        *REMINDERS,
        *OUTCOME,
        *record_columns("t"),
    ),
)
