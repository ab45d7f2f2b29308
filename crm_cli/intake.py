"""Reading exported mail and filing it: files first, then short transactions."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from crm_cli import services
from crm_cli.attachments import attachments_of
from crm_cli.constants import value_of
from crm_cli.errors import InvalidData
from crm_cli.incoming import measure, prepare, storable
from crm_cli.mailbox import read_messages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from crm_cli.app import App
    from crm_cli.incoming import Incoming, Keep
    from crm_cli.mailbox.dates import DateOrder
    from crm_cli.services.mail_import import Filed

AT_ONCE = 200
"""Messages of one transaction."""
BYTES_AT_ONCE = 16 << 20
"""Raw mail that waits in memory for its transaction; one message may be more."""


@dataclass
class Tally:
    """What an import came to so far."""

    messages: int = 0
    new: int = 0
    duplicates: int = 0
    matched: int = 0
    unmatched: int = 0
    tasks: int = 0
    unreadable: int = 0
    unassigned: list[int] = field(default_factory=list)

    def add(self, filed: Filed) -> None:
        """Count one more batch."""
        for one in fields(filed):
            setattr(self, one.name, getattr(self, one.name) + getattr(filed, one.name))


@dataclass(frozen=True)
class Settled:
    """A file whose messages are all committed, or why it could not be read."""

    path: Path
    used: tuple[Path, ...] = ()
    error: InvalidData | None = None


@dataclass(frozen=True)
class Reading:
    """What the person knows about the files, and whether their mail makes tasks."""

    with_tasks: bool | None = None
    encoding: str | None = None
    date_order: DateOrder | None = None


class Intake:
    """Takes files in; `tally` counts what became of their messages."""

    def __init__(self, app: App, reading: Reading) -> None:
        self.tally = Tally()
        self._app = app
        self._reading = reading
        self._keep: Keep = measure if app.choices.dry_run else attachments_of(app).put
        self._tasks = reading.with_tasks
        if self._tasks is None:
            with app.database.translated():
                self._tasks = value_of(app.reader, "mail.import.task", app.place)
        self._waiting: list[Incoming] = []
        self._read: list[Settled] = []

    def take(self, files: Iterable[Path]) -> Iterator[Settled]:
        """Take files in, and give back each one when nothing of it is in memory only."""
        for path in files:
            try:
                self._read.append(self._read_file(path))
            except InvalidData as error:
                self.tally.unreadable += 1
                yield Settled(path, error=error)
            if self._is_full():
                yield from self._file()
        yield from self._file()

    def _read_file(self, path: Path) -> Settled:
        messages = read_messages(
            path,
            self._app.place.zone,
            encoding=self._reading.encoding,
            date_order=self._reading.date_order,
        )
        file = storable(str(path.absolute()))
        self._waiting += [prepare(message, file, self._keep) for message in messages]
        beside = (one.path for message in messages for one in message.attachments)
        return Settled(path, tuple(one for one in beside if one))

    def _is_full(self) -> bool:
        """A dry run is one transaction, or its later batches would not know its earlier ones."""
        if self._app.choices.dry_run:
            return False
        size = sum(len(one.message.raw) for one in self._waiting)
        return len(self._waiting) >= AT_ONCE or size >= BYTES_AT_ONCE

    def _file(self) -> Iterator[Settled]:
        size = max(len(self._waiting), 1) if self._app.choices.dry_run else AT_ONCE
        for start in range(0, len(self._waiting), size):
            with self._app.transaction() as tx:
                filed = services.mail_import.file_batch(
                    tx.session,
                    self._waiting[start : start + size],
                    with_tasks=bool(self._tasks),
                )
            self.tally.add(filed)
        settled, self._read, self._waiting = self._read, [], []
        yield from settled
