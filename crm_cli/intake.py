"""Reading exported mail and filing it: files first, then short transactions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING

from crm_cli import services
from crm_cli.attachments import attachments_of, measure
from crm_cli.constants import value_of
from crm_cli.errors import InvalidData
from crm_cli.incoming import prepare, storable
from crm_cli.mailbox import Skipped, read_messages
from crm_cli.piped import SPOKEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from crm_cli.app import App
    from crm_cli.incoming import Incoming, Keep
    from crm_cli.mailbox import Item
    from crm_cli.mailbox.dates import DateOrder
    from crm_cli.services.mail.filing import Filed
    from crm_cli.transaction import Transaction
    from schema.import_run import ImportRun

AT_ONCE = 500
"""Messages of one transaction."""
BYTES_AT_ONCE = 16 << 20
"""Mail that waits in memory for its transaction; one message may be more."""


@dataclass
class Tally:
    """What an import came to so far; `import_id` is its record, from its first batch on."""

    import_id: int | None = None
    messages: int = 0
    new: int = 0
    duplicates: int = 0
    matched: int = 0
    unmatched: int = 0
    internal: int = 0
    tasks: int = 0
    skipped: int = 0
    too_large: int = 0
    unreadable: int = 0
    unassigned: list[int] = field(default_factory=list)

    def add(self, filed: Filed) -> None:
        """Count one more batch."""
        for one in fields(filed):
            setattr(self, one.name, getattr(self, one.name) + getattr(filed, one.name))


@dataclass
class Settled:
    """A file whose messages are all committed, with what was no e-mail and why reading ended."""

    path: Path
    used: list[Path] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    error: InvalidData | None = None


@dataclass(frozen=True)
class Reading:
    """What the person says of the files, and whether their mail makes tasks.

    `name` is what the import is known by; `piped` is the file into which the input was copied.
    """

    name: str
    with_tasks: bool | None = None
    encoding: str | None = None
    date_order: DateOrder | None = None
    piped: Path | None = None


class Intake:
    """Takes files in; `tally` counts what became of their messages."""

    def __init__(self, app: App, reading: Reading) -> None:
        self.tally = Tally()
        self._app = app
        self._reading = reading
        self._keep: Keep = measure if app.choices.dry_run else attachments_of(app).put
        with app.database.translated():
            self._largest = value_of(app.reader, "attachments.max_size", app.place) << 20
            self._tasks = reading.with_tasks
            if self._tasks is None:
                self._tasks = value_of(app.reader, "mail.import.task", app.place)
        self._waiting: list[Incoming] = []
        self._bytes = 0
        self._read: list[Settled] = []

    def take(
        self, files: Iterable[Path], is_stopped: Callable[[], bool] = lambda: False
    ) -> Iterator[Settled]:
        """Take files in, and give back each one when nothing of it is in memory only.

        A file in whose middle `is_stopped` says so is not given back, and read again next time.
        """
        for path in files:
            settled = Settled(path)
            for item in self._items(settled):
                self._add(item, settled)
                if self._is_full():
                    yield from self._file()
                    if is_stopped():
                        return
            self._read.append(settled)
            if not self._waiting:
                yield from self._file()
        yield from self._file()

    def _items(self, settled: Settled) -> Iterator[Item]:
        """What can be read of a file; the reason why that is not all of it is noted."""
        try:
            yield from read_messages(
                settled.path,
                self._app.place.zone,
                encoding=self._reading.encoding,
                date_order=self._reading.date_order,
            )
        except InvalidData as error:
            settled.error = self._told(error, settled.path)
            self.tally.unreadable += 1

    def _told(self, error: InvalidData, path: Path) -> InvalidData:
        if path != self._reading.piped:
            return error
        return InvalidData(error.message.replace(str(path), SPOKEN), error.hint)

    def _add(self, item: Item, settled: Settled) -> None:
        if isinstance(item, Skipped):
            settled.skipped[item.what] += 1
            self.tally.skipped += 1
            return
        settled.used += [one.path for one in item.attachments if one.path]
        is_piped = settled.path == self._reading.piped
        file = SPOKEN if is_piped else storable(str(settled.path.absolute()))
        incoming = prepare(item, file, self._keep, self._largest)
        self.tally.too_large += sum(one.is_too_large for one in incoming.files)
        if self._app.choices.dry_run:
            incoming = replace(incoming, message=replace(incoming.message, raw=b""))
        self._waiting.append(incoming)
        self._bytes += len(incoming.message.raw) + len(incoming.message.body)

    def _is_full(self) -> bool:
        """A dry run is one transaction, or its later batches would not know its earlier ones."""
        is_much = len(self._waiting) >= AT_ONCE or self._bytes >= BYTES_AT_ONCE
        return is_much and not self._app.choices.dry_run

    def _file(self) -> Iterator[Settled]:
        """File what waits; that settles the files that were read to their end."""
        if self._waiting:
            with self._app.transaction() as tx:
                run = self._run(tx)
                filed = services.mail.filing.file_batch(
                    tx.session, self._waiting, with_tasks=bool(self._tasks)
                )
                run.read += filed.messages
                run.created += filed.new
                run.unchanged += filed.duplicates
            self.tally.add(filed)
            self.tally.import_id = None if self._app.choices.dry_run else run.key
        settled, self._read, self._waiting, self._bytes = self._read, [], [], 0
        yield from settled

    def _run(self, tx: Transaction) -> ImportRun:
        """The record of the import, of which this may be another batch."""
        if self.tally.import_id is not None:
            return services.import_runs.go_on(tx.session, self.tally.import_id)
        return services.import_runs.begin(tx.session, noun="mail", file=self._reading.name)
