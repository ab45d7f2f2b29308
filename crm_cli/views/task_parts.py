"""What belongs to one task: when it comes next, and whom it has reminded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_cli.views.repetition import REPETITION
from crm_cli.views.table import Table
from crm_cli.views.types import BOOLEAN, DATE, INTEGER, MOMENT
from crm_cli.views.view import Column, View, id_column, with_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crm_cli.views.types import Place

REMINDER = View(
    noun="reminder",
    entity="schema.reminder:Reminder",
    alias="r",
    source=(
        "reminder r JOIN employee e ON e.id = r.recipient_id"
        " LEFT JOIN employee p ON p.id = r.deputy_id"
        " LEFT JOIN outbox o ON o.id = r.outbox_id"
        " LEFT JOIN message m ON m.id = r.message_id"
    ),
    alive="r.kind <> 'digest'",
    title="due_at",
    columns=(
        id_column("r"),
        Column(
            name="due_at",
            sql="r.due_at",
            type=MOMENT,
            labels=("Due at", "Scadent la", "Na kiedy"),
            listed=True,
        ),
        Column(name="kind", sql="r.kind", labels=("Kind", "Tip", "Rodzaj"), listed=True),
        *with_id(
            Column(
                name="recipient",
                sql="e.name",
                noun="employee",
                key="r.recipient_id",
                labels=("Recipient", "Destinatar", "Odbiorca"),
                listed=True,
            )
        ),
        *with_id(
            Column(
                name="deputy",
                sql="p.name",
                noun="employee",
                key="r.deputy_id",
                labels=("Deputy", "Înlocuitor", "Zastępca"),
                listed=True,
            )
        ),
        Column(name="channel", sql="r.channel", labels=("Channel", "Canal", "Kanał"), listed=True),
        Column(name="state", sql="r.state", labels=("State", "Stare", "Stan"), listed=True),
        Column(
            name="arrived",
            sql="coalesce(o.status, CASE WHEN m.read_at IS NOT NULL THEN 'read'"
            " WHEN m.id IS NOT NULL THEN 'unread' END)",
            labels=("Arrived", "Ajuns", "Dotarło"),
            listed=True,
            help="How far its mail has come, or whether its message was read.",
        ),
        Column(
            name="is_late",
            sql="r.is_late",
            type=BOOLEAN,
            labels=("Late", "Întârziat", "Spóźnione"),
        ),
        Column(
            name="decided_at",
            sql="r.decided_at",
            type=MOMENT,
            labels=("Decided at", "Decis la", "Rozstrzygnięto"),
        ),
    ),
)
"""The ledger of one task: `state` says what was decided, `arrived` what became of it."""

_REPEATS = (
    Column(name="repeats", sql="", type=REPETITION, labels=("Repeats", "Repetare", "Powtarzanie")),
    Column(name="next", sql="", type=DATE, labels=("Next", "Următoarea", "Następne")),
    Column(name="occurrence", sql="", type=INTEGER, labels=("Number", "Nr.", "Numer")),
)


def repetition(task: Mapping[str, Any], place: Place) -> Table | None:
    """How a task repeats and when the next one is due, if it were closed today."""
    if task["repeat"] is None:
        return None
    from crm_cli.values.repeating.days import next_day

    following = next_day(
        task["repeat"],
        task["due"],
        place.today,
        place.calendar.is_holiday,
        counted_from=task["repeat_from"],
    )
    return Table(_REPEATS, [[task["repeat"], following, (task["occurrence"] or 1) + 1]])
