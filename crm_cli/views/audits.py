"""How a recorded change looks from outside."""

from __future__ import annotations

from crm_cli.views.types import INTEGER, MOMENT
from crm_cli.views.view import Column, View, id_column

AUDIT = View(
    noun="audit",
    entity="",
    alias="c",
    source="audit c JOIN audit_tx t ON t.id = c.tx_id",
    alive="1 = 1",
    title="entity",
    columns=(
        id_column("c"),
        Column(name="at", sql="t.at", type=MOMENT, labels=("At", "La", "Kiedy"), listed=True),
        Column(name="actor", sql="t.actor", labels=("Who", "Cine", "Kto"), listed=True),
        Column(name="entity", sql="c.entity", labels=("Noun", "Entitate", "Encja"), listed=True),
        Column(
            name="entity_id",
            sql="c.entity_id",
            type=INTEGER,
            labels=("Record", "Înregistrare", "Rekord"),
            listed=True,
        ),
        Column(
            name="version",
            sql="c.version",
            type=INTEGER,
            labels=("Version", "Versiune", "Wersja"),
            listed=True,
        ),
        Column(name="old", sql="c.old", labels=("Old", "Vechi", "Było"), listed=True),
        Column(name="new", sql="c.new", labels=("New", "Nou", "Jest"), listed=True),
        Column(name="command", sql="t.command", labels=("Command", "Comandă", "Polecenie")),
        Column(
            name="command_id",
            sql="t.command_id",
            labels=("Command id", "Id comandă", "Id polecenia"),
        ),
        Column(name="os_user", sql="t.os_user", labels=("OS user", "Utilizator SO", "Użytkownik")),
        Column(name="job", sql="t.job", labels=("Job", "Proces", "Zadanie")),
        Column(
            name="import_id",
            sql="t.import_id",
            type=INTEGER,
            labels=("Import", "Import", "Import"),
        ),
        Column(
            name="transaction",
            sql="t.position",
            type=INTEGER,
            labels=("Transaction", "Tranzacție", "Transakcja"),
        ),
    ),
)
