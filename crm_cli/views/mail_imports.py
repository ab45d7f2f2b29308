"""What an import of mail came to, in figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.views.table import Table
from crm_cli.views.types import INTEGER
from crm_cli.views.view import Column

if TYPE_CHECKING:
    from crm_cli.intake import Tally

LABELS = {
    "messages": ("Messages", "Mesaje", "Wiadomości"),
    "new": ("New", "Noi", "Nowe"),
    "duplicates": ("Duplicates", "Duplicate", "Duplikaty"),
    "matched": ("Matched", "Identificate", "Dopasowane"),
    "unmatched": ("Unmatched", "Neidentificate", "Niedopasowane"),
    "tasks": ("Tasks", "Sarcini", "Zadania"),
    "skipped": ("Other items", "Alte elemente", "Inne elementy"),
    "unreadable": ("Unreadable files", "Fișiere necitibile", "Pliki nieczytelne"),
}


def summary(tally: Tally) -> Table:
    """The figures as one record."""
    columns = [
        Column(name=name, sql="", type=INTEGER, labels=labels) for name, labels in LABELS.items()
    ]
    return Table(columns, [[getattr(tally, name) for name in LABELS]], single=True)
