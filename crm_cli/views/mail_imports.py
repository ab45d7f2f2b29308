"""What an import of mail came to, in figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.views.table import Table
from crm_cli.views.types import INTEGER
from crm_cli.views.view import Column

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crm_cli.intake import Tally
    from crm_cli.services.mail.matching import Matched

LABELS = {
    "messages": ("Messages", "Mesaje", "Wiadomości"),
    "new": ("New", "Noi", "Nowe"),
    "duplicates": ("Duplicates", "Duplicate", "Duplikaty"),
    "matched": ("Matched", "Identificate", "Dopasowane"),
    "unmatched": ("Unmatched", "Neidentificate", "Niedopasowane"),
    "internal": ("Between colleagues", "Între colegi", "Między pracownikami"),
    "tasks": ("Tasks", "Sarcini", "Zadania"),
    "skipped": ("Other items", "Alte elemente", "Inne elementy"),
    "too_large": ("Attachments too large", "Atașamente prea mari", "Za duże załączniki"),
    "unreadable": ("Unreadable files", "Fișiere necitibile", "Pliki nieczytelne"),
}


def summary(tally: Tally) -> Table:
    """The figures of an import as one record."""
    return _figures(tally, LABELS)


def matching(matched: Matched) -> Table:
    """What became of the mail that waited."""
    return _figures(matched, ("matched", "unmatched", "tasks"))


def _figures(counted: object, names: Iterable[str]) -> Table:
    names = list(names)
    columns = [Column(name=name, sql="", type=INTEGER, labels=LABELS[name]) for name in names]
    return Table(columns, [[getattr(counted, name) for name in names]], single=True)
