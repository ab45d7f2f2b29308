"""How an import that was carried out looks from outside."""

from __future__ import annotations

from crm_cli.views.types import INTEGER, MOMENT
from crm_cli.views.view import Column, Labels, View, id_column


def _count(name: str, labels: Labels) -> Column:
    return Column(name=name, sql=f"i.{name}", type=INTEGER, labels=labels, listed=True)


IMPORT = View(
    noun="import",
    entity="schema.import_run:ImportRun",
    alias="i",
    source="import_run i",
    title="file",
    order="-id",
    alive="1 = 1",
    columns=(
        id_column("i"),
        Column(name="noun", sql="i.noun", labels=("Noun", "Obiect", "Obiekt"), listed=True),
        Column(name="file", sql="i.file", labels=("File", "Fișier", "Plik"), listed=True),
        Column(
            name="at",
            sql="i.at",
            type=MOMENT,
            labels=("At", "La", "Kiedy"),
            listed=True,
        ),
        Column(name="actor", sql="i.actor", labels=("Who", "Cine", "Kto"), listed=True),
        _count("read", ("Rows read", "Rânduri citite", "Wczytane wiersze")),
        _count("created", ("Created", "Create", "Utworzone")),
        _count("updated", ("Updated", "Modificate", "Zmienione")),
        _count("unchanged", ("Unchanged", "Neschimbate", "Bez zmian")),
        _count("rejected", ("Rejected", "Respinse", "Odrzucone")),
        Column(
            name="undone_at",
            sql="i.undone_at",
            type=MOMENT,
            labels=("Undone at", "Anulat la", "Cofnięto"),
            listed=True,
        ),
        Column(name="undone_by", sql="i.undone_by", labels=("Undone by", "Anulat de", "Cofnął")),
        Column(name="sha256", sql="i.sha256", labels=("SHA-256", "SHA-256", "SHA-256")),
    ),
)
