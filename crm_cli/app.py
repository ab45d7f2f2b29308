"""The one object every command and job receives."""

from __future__ import annotations

import os
import shlex
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO
from zoneinfo import ZoneInfo

from crm_cli import clock
from crm_cli.errors import NotReady
from crm_cli.output import writer
from crm_cli.output.choices import Choices
from crm_cli.output.style import Style
from crm_cli.references import resolve
from crm_cli.views.query import Selection, find_columns, named, read, select_saying
from crm_cli.views.table import Table
from crm_cli.views.types import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from crm_cli.audit import Origin
    from crm_cli.database import Database
    from crm_cli.reader import Reader
    from crm_cli.settings import Settings
    from crm_cli.transaction import Transaction
    from crm_cli.values.work_calendar import Holidays
    from crm_cli.views.view import Column, View

CONTEXT_SETTINGS = """
SELECT name, value FROM setting
WHERE name IN ('clock.override', 'country', 'currency', 'language', 'timezone', 'work.days')"""
USERS = "SELECT 1 FROM employee WHERE login IS NOT NULL AND archived_at IS NULL LIMIT 1"
CONTEXT_PERSON = """
SELECT id, timezone, language FROM employee WHERE login = ? AND archived_at IS NULL"""


class Person(NamedTuple):
    """The employee who gives the commands; no id when there is none with this login."""

    login: str
    id: int | None = None
    language: str = "en"


@dataclass
class App:
    """Settings, clock, database, output: all that a command needs from its surroundings."""

    settings: Settings
    database: Database
    command: str
    command_id: str
    choices: Choices = field(default_factory=Choices)
    stdout: TextIO = field(default_factory=lambda: sys.stdout)
    stderr: TextIO = field(default_factory=lambda: sys.stderr)
    job: str | None = None
    collect: Callable[[Any], None] | None = None
    """Where `crm batch` gathers what its lines emit, in place of stdout."""
    outer: Transaction | None = None
    """The transaction of `crm batch --atomic`, in which each line is a savepoint."""
    warnings: list[str] = field(default_factory=list)
    real_clock: bool = False
    """Whether CRM_NOW is not looked at."""

    @property
    def place(self) -> Place:
        """The moment, zone and country of this command."""
        return self._surroundings[0]

    @property
    def person(self) -> Person:
        """Who gives the command."""
        return self._surroundings[1]

    @property
    def me(self) -> int:
        """The employee who gives the command; raises NotReady for a login nobody has."""
        return self._employee()[1]

    def _employee(self) -> tuple[str, int]:
        login, number = self.person.login, self.person.id
        if number is None:
            raise NotReady(
                f"No employee has the login '{login}'.",
                hint=f"crm --user LOGIN employee add --name NAME --login {shlex.quote(login)}"
                if self.reader.one(USERS)
                else "crm init",
            )
        return login, number

    @property
    def now(self) -> datetime:
        """The moment of this command, in UTC, whole seconds."""
        return self.place.now

    @cached_property
    def _surroundings(self) -> tuple[Place, Person]:
        with self.database.translated():
            found = dict(self.reader.all(CONTEXT_SETTINGS))
            login = self._login()
            row = self.reader.one(CONTEXT_PERSON, (login,)) or (None, None, None)
        zone = row[1] or found.get("timezone") or "Europe/Bucharest"
        overridable = found.get("clock.override") == "yes"
        now = clock.now(overridable=overridable, real=self.real_clock)
        place = Place.of(found, now, ZoneInfo(zone), row[0], lambda: self._holidays)
        return place, Person(login, row[0], row[2] or found.get("language", "en"))

    @cached_property
    def _holidays(self) -> Holidays:
        from crm_cli.services import presence

        with self.database.translated():
            return presence.holidays(self.reader)

    def _login(self) -> str:
        """Who is claimed to give the command; PostgreSQL knows better whom it let in."""
        if self.reader.dialect.name == "postgresql":
            own: str = self.reader.value("SELECT session_user")
            if self.reader.one(CONTEXT_PERSON, (own,)) is not None:
                return own
        return self.settings.user

    def do_without_database(self) -> None:
        """Go on where the database cannot be asked: in UTC, as a login nobody has."""
        now = clock.now(overridable=True, real=self.real_clock)
        self._surroundings = Place(now, ZoneInfo("UTC"), "RO"), Person(self.settings.user)

    @property
    def reader(self) -> Reader:
        """A reader; inside an atomic batch it sees what the batch has written."""
        return self.outer.reader if self.outer else self.database.reader

    def columns(self, view: View) -> tuple[Column, ...]:
        """The columns this command shows of a noun."""
        if self.choices.columns == "all":
            return view.columns
        if self.choices.columns:
            return find_columns(view, self.choices.columns)
        if self.choices.quiet:
            return view.columns[:1]
        return view.columns if self.choices.format in {"json", "jsonl"} else view.listed

    def select(self, view: View, *, named: str = "", **chosen: Any) -> Table:
        """Read a list of a noun, with the columns this command shows, or with those named."""
        columns = find_columns(view, named) if named else self.columns(view)
        selection = Selection(columns=columns, **chosen)
        with self.database.translated():
            rows = select_saying(self.reader, view, selection, self.place, self.say)
        return Table(selection.columns, rows)

    def resolve(self, view: View, reference: str) -> int:
        """The id a reference stands for; raises NotFound or Conflict."""
        with self.database.translated():
            return resolve(self.reader, view, reference, self.person.id)

    def read(self, view: View, reference: str) -> Table:
        """One record, with every column."""
        number = self.resolve(view, reference)
        with self.database.translated():
            return read(self.reader, view, (number,), self.place)

    def part(self, view: View, condition: str, value: int, *, sort: str = "id") -> Table:
        """A list that belongs to a record, with the columns lists show."""
        named = ",".join(column.name for column in view.listed)
        found = self.select(view, named=named, sort=sort, also=condition, also_values=(value,))
        return replace(found, rows=list(found.rows))

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Begin, commit at the end of the block; a dry run rolls back instead."""
        from crm_cli.transaction import begin

        origin = self.origin()
        if self.outer is not None:
            yield from self._savepoint(self.outer)
            return
        with begin(
            self.database,
            origin,
            self.place,
            person_id=self.person.id,
            dry=self.choices.dry_run,
            templates=self.settings.templates,
        ) as transaction:
            yield transaction

    def _savepoint(self, outer: Transaction) -> Iterator[Transaction]:
        from crm_cli.audit import open_transaction

        open_transaction(outer.session)  # outside the savepoint, whose end may take it back
        outer.move_to(self.place._replace(now=outer.now))
        with outer.session.begin_nested() as savepoint:
            yield outer
            outer.session.flush()
            if self.choices.dry_run:
                savepoint.rollback()

    def origin(self) -> Origin:
        """Who writes what when; raises NotReady for a login nobody has."""
        from crm_cli.audit import Origin
        from crm_cli.settings import os_user

        return Origin(
            now=self.now,
            actor=f"job:{self.job}" if self.job else self._employee()[0],
            os_user=os_user(),
            command=self.command,
            command_id=self.command_id,
            clock=self.now if os.environ.get("CRM_NOW") else None,
            job=self.job,
        )

    def emit(self, table: Table, view: View | None = None) -> None:
        """Give the result of the command: to stdout, to a file, or to the batch."""
        if self.collect is not None:
            from crm_cli.output.as_json import document, record

            if table.single:
                self.collect(document(table, self.style()))
            else:
                self.collect([record(table.columns, row) for row in table.rows])
            return
        if view is not None and len(table.columns) == len(view.columns):
            table = table.narrowed(self._shown(view, table))
        elif self.choices.columns not in {"", "all"}:
            table = table.narrowed(named(table.columns, self.choices.columns))
        if self.choices.output:
            from crm_cli.output.files import write_file

            write_file(table, self.choices, self.person.language, self.style())
        elif self.choices.quiet:
            self.print(f"{row[0]}\n" for row in table.rows)
        else:
            self.print(writer(self.choices.format)(table, self.style()))

    def _shown(self, view: View, table: Table) -> tuple[Column, ...]:
        """A single record shows everything, to people what is for them; a list what lists show."""
        if not table.single or self.choices.columns or self.choices.quiet:
            return self.columns(view)
        plain = self.choices.are_plain
        return tuple(one for one in view.columns if not (plain and one.for_programs))

    @property
    def is_for_people(self) -> bool:
        """Whether the output is to be read, and neither by a script nor in columns asked for."""
        return self.collect is None and self.choices.are_plain

    def style(self) -> Style:
        """How the output of this run looks."""
        width = None
        if self.stdout.isatty():
            from shutil import get_terminal_size

            width = get_terminal_size().columns
        return Style(
            zone=self.place.zone,
            width=width,
            delimiter=self.choices.delimiter or ",",
            warnings=tuple(self.warnings),
        )

    def print(self, pieces: Iterable[str]) -> None:
        """Write text to stdout."""
        self.stdout.writelines(pieces)

    def say(self, text: str) -> None:
        """Talk to the person; never data."""
        self.stderr.write(text + "\n")

    def warn(self, text: str) -> None:
        """Signal something that does not stop the work: one line, and a key in the JSON."""
        self.warnings.append(text)
        self.say(f"warning: {text}")

    def say_if_empty(self, table: Table, sentence: str) -> Table:
        """Say so where a list for people is empty."""
        rows = iter(table.rows)
        first = list(islice(rows, 1))
        if not first and self.choices.format == "table":
            self.say(sentence)
        return table if isinstance(table.rows, list) else replace(table, rows=chain(first, rows))
