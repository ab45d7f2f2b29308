"""The trail for people: each command with who gave it and when, below it what it changed."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from crm_cli.output.as_table import visible
from crm_cli.views.changes import Change, tell
from crm_cli.views.types import MOMENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from zoneinfo import ZoneInfo

    from crm_cli.reader import Reader
    from crm_cli.views.changes import Told

CHANGE = "entity,entity_id,old,new"
COLUMNS = f"transaction,at,actor,command,{CHANGE}"
"""The columns of the trail that are told, in this order."""
AT_ONCE = 500
"""Changes whose records are looked up together."""


def write(reader: Reader, rows: Iterable[Sequence[Any]], zone: ZoneInfo | None) -> Iterator[str]:
    """Rows of `COLUMNS` in their order, under their commands."""
    rows, before = iter(rows), None
    while some := list(islice(rows, AT_ONCE)):
        changes = [Change.read(*row[4:]) for row in some]
        for (transaction, at, actor, command, *_), told in zip(
            some, tell(reader, zone, changes), strict=True
        ):
            if told.says_something and transaction != before:
                parted = "" if before is None else "\n"
                said = visible(command)
                yield f"{parted}{transaction}  {MOMENT.text(at, zone)}  {actor}: {said}\n"
                before = transaction
            yield from _lines(told)


def write_changes(
    reader: Reader, rows: Iterable[Sequence[Any]], zone: ZoneInfo | None
) -> Iterator[str]:
    """Rows of `CHANGE`, whose command was named already."""
    for told in tell(reader, zone, [Change.read(*row) for row in rows]):
        yield from _lines(told)


def _lines(told: Told) -> Iterator[str]:
    if told.says_something:
        yield visible(f"  {told.record}{f': {told.verb}' if told.verb else ''}") + "\n"
        yield from (f"    {visible(field)}\n" for field in told.fields)
