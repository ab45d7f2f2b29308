"""How a passage of an opportunity from stage to stage looks from outside."""

from __future__ import annotations

from crm_cli.views.types import DATE, INTEGER, MOMENT
from crm_cli.views.view import Column, View, id_column, record_columns, with_id

PASSAGE = View(
    noun="passage",
    entity="schema.opportunity:Passage",
    alias="p",
    source=(
        "passage p"
        " JOIN opportunity o ON o.id = p.opportunity_id"
        " JOIN stage s ON s.id = p.stage_id"
        " LEFT JOIN employee delegate ON delegate.id = p.delegate_id"
    ),
    title="stage",
    columns=(
        id_column("p"),
        *with_id(
            Column(
                name="opportunity",
                sql="o.name",
                folded="o.name_folded",
                noun="opportunity",
                key="p.opportunity_id",
                labels=("Opportunity", "Oportunitate", "Szansa sprzedaży"),
            )
        ),
        Column(
            name="at",
            sql="p.at",
            type=MOMENT,
            labels=("Changed", "Modificat", "Zmieniono"),
            listed=True,
        ),
        *with_id(
            Column(
                name="stage",
                sql="s.code",
                noun="stage",
                key="p.stage_id",
                labels=("Stage", "Stadiu", "Etap"),
                listed=True,
            )
        ),
        *with_id(
            Column(
                name="delegate",
                sql="delegate.name",
                noun="employee",
                key="p.delegate_id",
                labels=("Delegate", "Delegat", "Delegat"),
                listed=True,
            )
        ),
        Column(
            name="info",
            sql="p.info",
            labels=("Information", "Informații", "Informacje"),
            listed=True,
        ),
        Column(
            name="reasons",
            sql=lambda dialect: dialect.texts_of(
                "r.code",
                "opportunity_reason x JOIN reason r ON r.id = x.reason_id"
                " WHERE x.passage_id = p.id",
            ),
            labels=("Reason", "Motiv", "Powód"),
            listed=True,
        ),
        Column(
            name="follow_up",
            sql="p.follow_up",
            type=DATE,
            labels=("Follow-up", "Follow-up", "Follow-up"),
            listed=True,
        ),
        Column(
            name="task_id",
            sql="p.task_id",
            type=INTEGER,
            labels=("Task", "Task", "Zadanie"),
            listed=True,
        ),
        *record_columns("p"),
    ),
)
