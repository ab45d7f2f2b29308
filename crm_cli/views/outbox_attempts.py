"""How the attempts at one outgoing mail look: a row each, alike ones in a row together."""

from __future__ import annotations

from crm_cli.views.types import INTEGER, MOMENT
from crm_cli.views.view import Column, View

OUTBOX_ATTEMPT = View(
    noun="attempt",
    entity="schema.outbox:OutboxAttempt",
    alias="t",
    source="outbox_attempt t",
    alive="1 = 1",
    title="at",
    order="since",
    columns=(
        Column(
            name="since",
            sql="t.since",
            type=MOMENT,
            labels=("Since", "Din", "Od"),
            listed=True,
            help="The first of those that ended alike.",
        ),
        Column(name="at", sql="t.at", type=MOMENT, labels=("At", "La", "O"), listed=True),
        Column(
            name="times", sql="t.times", type=INTEGER, labels=("Times", "Ori", "Razy"), listed=True
        ),
        Column(
            name="account",
            sql="t.account",
            labels=("Mail account", "Cont de e-mail", "Konto pocztowe"),
            listed=True,
        ),
        Column(
            name="status",
            sql="t.status",
            labels=("Status", "Stare", "Status"),
            listed=True,
        ),
        Column(
            name="answer",
            sql="t.answer",
            labels=("Answer", "Răspuns", "Odpowiedź serwera"),
            listed=True,
        ),
    ),
)
