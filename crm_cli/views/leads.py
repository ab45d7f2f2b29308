"""How a lead looks from outside: its account, and how far its pursuit has come."""

from __future__ import annotations

from dataclasses import replace

from crm_cli.views.accounts import ACCOUNT
from crm_cli.views.types import DATE, INTEGER, LONG_TEXT, MOMENT, Choice
from crm_cli.views.view import Column, Key, View, id_column, record_columns, with_id
from schema.lead_states import PRIORITIES, RESPONSIBILITIES, RESPONSIBILITY_STATUSES, STATUSES

OPEN = "CASE WHEN l.status IN ('inactive', 'active') THEN {} END"

OF_ACCOUNT = (
    "tax_id",
    "email",
    "phone",
    "city",
    "county",
    "country",
    "turnover",
    "employees",
    "industry",
    "interests",
)
"""Columns a lead shows of its account, and `lead add` writes to it."""


def _keys() -> tuple[Key, ...]:
    """A lead is named by its account: first the open one, else the only one there was."""
    opened = (key._replace(sql=OPEN.format(key.sql)) for key in ACCOUNT.keys if key.prefix != "ext")
    any_of = (key for key in ACCOUNT.keys if key.prefix != "ext")
    return (*opened, *any_of, Key(prefix="ext", sql="l.external_id", normal=str))


def _of_account(name: str) -> Column:
    return replace(ACCOUNT.by_name[name], field=None, listed=name in {"tax_id", "city"})


LEAD = View(
    noun="lead",
    entity="schema.lead:Lead",
    alias="l",
    source=(
        "lead l"
        " JOIN account a ON a.id = l.account_id"
        " LEFT JOIN contact k ON k.id = l.contact_id"
        " LEFT JOIN campaign c ON c.id = l.campaign_id"
        " LEFT JOIN employee owner ON owner.id = l.owner_id"
        " LEFT JOIN team t ON t.id = l.team_id"
        " LEFT JOIN reason r ON r.id = l.reason_id"
        " LEFT JOIN responsibility y ON y.lead_id = l.id AND y.status = 'open'"
        " LEFT JOIN task w ON w.id = y.task_id"
    ),
    search=("a.name_folded", "a.city_folded"),
    title="account",
    service="leads",
    keys=_keys(),
    columns=(
        id_column("l"),
        *with_id(
            Column(
                name="account",
                sql="a.name",
                folded="a.name_folded",
                noun="account",
                key="l.account_id",
                labels=("Account", "Denumire firmă", "Firma"),
                aliases=ACCOUNT.by_name["name"].aliases,
                listed=True,
            )
        ),
        Column(
            name="status",
            sql="l.status",
            type=Choice(*STATUSES),
            labels=("Status", "Stare", "Status"),
            loaded="status",
            listed=True,
        ),
        Column(
            name="responsibility",
            sql="y.step",
            type=Choice(*RESPONSIBILITIES),
            labels=("Responsibility", "Responsabilitate", "Etap"),
            loaded="responsibility",
            listed=True,
        ),
        Column(
            name="term",
            sql="w.due_on",
            type=DATE,
            labels=("Term", "Termen", "Termin"),
            loaded="term",
            listed=True,
        ),
        Column(
            name="priority",
            sql="l.priority",
            type=Choice(*PRIORITIES),
            labels=("Priority", "Prioritate", "Priorytet"),
            field="priority",
        ),
        *with_id(
            Column(
                name="owner",
                sql="owner.name",
                noun="employee",
                key="l.owner_id",
                labels=("Owner", "Responsabil comercial", "Opiekun"),
                aliases=("Responsabil", "Agent"),
                field="owner_id",
                listed=True,
            )
        ),
        *with_id(
            Column(
                name="team",
                sql="t.code",
                noun="team",
                key="l.team_id",
                labels=("Team", "Echipă", "Zespół"),
                field="team_id",
            )
        ),
        *with_id(
            Column(
                name="contact",
                sql="k.name",
                folded="k.name_folded",
                noun="contact",
                key="l.contact_id",
                labels=("Contact", "Persoană de contact", "Osoba kontaktowa"),
                field="contact_id",
            )
        ),
        *with_id(
            Column(
                name="campaign",
                sql="c.name",
                folded="c.name_folded",
                noun="campaign",
                key="l.campaign_id",
                labels=("Campaign", "Campanie", "Kampania"),
                field="campaign_id",
            )
        ),
        *(_of_account(name) for name in OF_ACCOUNT),
        Column(
            name="competitors",
            sql=lambda dialect: dialect.texts_of(
                "rival.name",
                "competitor x JOIN account rival ON rival.id = x.competitor_id"
                " WHERE x.account_id = l.account_id",
            ),
            labels=("Competitors", "Concurenți", "Konkurenci"),
            aliases=("Concurenta",),
        ),
        Column(
            name="first_contact_at",
            sql="l.first_contact_at",
            type=MOMENT,
            labels=("First contact", "Primul contact", "Pierwszy kontakt"),
            loaded="first_contact_at",
        ),
        Column(
            name="activated_at",
            sql="l.activated_at",
            type=MOMENT,
            labels=("Activated", "Activat la", "Aktywowano"),
            loaded="activated_at",
        ),
        Column(
            name="closed_at",
            sql="l.closed_at",
            type=MOMENT,
            labels=("Closed", "Închis la", "Zamknięto"),
            loaded="closed_at",
        ),
        *with_id(
            Column(
                name="reason",
                sql="r.code",
                noun="reason",
                key="l.reason_id",
                labels=("Reason", "Motiv", "Powód"),
                loaded="reason_id",
            )
        ),
        Column(
            name="opportunity_id",
            sql="l.opportunity_id",
            type=INTEGER,
            labels=("Opportunity", "Oportunitate", "Szansa"),
        ),
        Column(
            name="task_id",
            sql="y.task_id",
            type=INTEGER,
            labels=("Task", "Task", "Zadanie"),
        ),
        Column(
            name="note",
            sql="l.note",
            type=LONG_TEXT,
            labels=("Note", "Observații", "Uwagi"),
            field="note",
        ),
        *record_columns("l"),
    ),
)

RESPONSIBILITY = View(
    noun="responsibility",
    entity="schema.lead:Responsibility",
    alias="y",
    source="responsibility y LEFT JOIN task w ON w.id = y.task_id",
    title="step",
    columns=(
        id_column("y"),
        Column(
            name="step",
            sql="y.step",
            type=Choice(*RESPONSIBILITIES),
            labels=("Responsibility", "Responsabilitate", "Etap"),
            listed=True,
        ),
        Column(
            name="status",
            sql="y.status",
            type=Choice(*RESPONSIBILITY_STATUSES),
            labels=("Status", "Stare", "Status"),
            listed=True,
        ),
        Column(
            name="term", sql="w.due_on", type=DATE, labels=("Term", "Termen", "Termin"), listed=True
        ),
        Column(
            name="summary",
            sql="y.summary",
            labels=("Summary", "Rezumat", "Podsumowanie"),
            listed=True,
        ),
        Column(
            name="opened_at",
            sql="y.opened_at",
            type=MOMENT,
            labels=("Opened", "Deschisă la", "Otwarto"),
            listed=True,
        ),
        Column(
            name="closed_at",
            sql="y.closed_at",
            type=MOMENT,
            labels=("Closed", "Închisă la", "Zamknięto"),
            listed=True,
        ),
        Column(
            name="task_id",
            sql="y.task_id",
            type=INTEGER,
            labels=("Task", "Task", "Zadanie"),
            listed=True,
        ),
        Column(
            name="lead_id",
            sql="y.lead_id",
            type=INTEGER,
            labels=("Lead", "Lead", "Lead"),
        ),
        *record_columns("y"),
    ),
)
