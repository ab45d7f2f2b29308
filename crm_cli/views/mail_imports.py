"""What an import of mail came to, in figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.views.table import Table
from crm_cli.views.types import INTEGER
from crm_cli.views.view import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crm_cli.intake import Tally
    from crm_cli.services.mail.matching import Matched

LABELS = {
    "import_id": ("Import", "Import", "Import"),
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


def sentences(tally: Tally, name: str, *, dry: bool) -> Iterator[str]:
    """What became of the messages, as a clerk reads it."""
    if tally.messages:
        read = _count(tally.messages, "message")
        yield f"{name}: {read} read, {tally.new} new, {tally.duplicates} known already."
    if tally.new:
        queue = "" if dry else " (crm mail list --unmatched)"
        places = (
            (tally.matched, "matched"),
            (tally.internal, "between colleagues"),
            (tally.unmatched, f"unmatched{queue}"),
        )
        found = ", ".join(f"{number} {what}" for number, what in places if number)
        yield f"Of the new: {found}."
    if tally.tasks:
        yield f"{_count(tally.tasks, 'task')} made."
    if tally.too_large:
        files = _count(tally.too_large, "attachment")
        yield f"{files} too large to be kept: crm setting get attachments.max_size"
    if dry:
        yield "Nothing was kept: it was a dry run."


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _figures(counted: object, names: Iterable[str]) -> Table:
    names = list(names)
    columns = [Column(name=name, sql="", type=INTEGER, labels=LABELS[name]) for name in names]
    return Table(columns, [[getattr(counted, name) for name in names]], single=True)
