"""How candidates for a merge look from outside."""

from __future__ import annotations

from crm_cli.views.types import INTEGER, TEXT, ColumnType, WordSet
from crm_cli.views.view import Column


def _column(name: str, kind: ColumnType, *labels: str) -> Column:
    english, romanian, polish = labels
    return Column(name=name, sql="", type=kind, labels=(english, romanian, polish), listed=True)


DUPLICATES = (
    _column("id", INTEGER, "Id", "Id", "Id"),
    _column("name", TEXT, "Name", "Denumire", "Nazwa"),
    _column("other_id", INTEGER, "Other (id)", "Celălalt (id)", "Drugi (id)"),
    _column("other", TEXT, "Other", "Celălalt", "Drugi"),
    _column("score", INTEGER, "Score", "Scor", "Wynik"),
    _column(
        "reasons",
        WordSet("tax_id", "email", "phone", "name_city", "name"),
        *("Reasons", "Motive", "Powody"),
    ),
)
