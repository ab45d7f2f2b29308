"""One import from file to outcome: read, check, decide, write; whole or not at all."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crm_cli import services, views
from crm_cli.calendars.ics_reading import KIND as CALENDAR
from crm_cli.calendars.tasks_of_items import as_tasks
from crm_cli.cards.address_books import is_of_layout
from crm_cli.cards.book_reading import as_contacts
from crm_cli.cards.vcard_reading import KIND as CARDS
from crm_cli.collecting import seldom_collected
from crm_cli.constants import value_of
from crm_cli.errors import CrmError, InvalidData
from crm_cli.imports.cells.rows import Constants, RowReader
from crm_cli.imports.checking import Checker
from crm_cli.imports.columns.habits import Locale
from crm_cli.imports.columns.mapping import known_headings, map_headings, plain
from crm_cli.imports.columns.postal import postal_column
from crm_cli.imports.columns.survey import Survey
from crm_cli.imports.deciding import Decider
from crm_cli.imports.matching.creating import Creator
from crm_cli.imports.matching.matching import Matcher
from crm_cli.imports.matching.origins import Origins
from crm_cli.imports.plans.plan import Policy
from crm_cli.imports.problems import Problems
from crm_cli.imports.writing import Writer
from crm_cli.piped import spoken
from crm_cli.sheets.reading.reading import read_sheet
from crm_cli.sheets.roundtrip import stamp, stamp_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from crm_cli.app import App
    from crm_cli.imports.columns.mapping import Key, Target
    from crm_cli.imports.matching.entries import Entries
    from crm_cli.imports.matching.recalling import Conflict
    from crm_cli.imports.plans.entry import Values
    from crm_cli.imports.plans.plan import Plan
    from crm_cli.sheets.problems import CellProblem
    from crm_cli.sheets.sheet import Sheet
    from crm_cli.transaction import Transaction
    from crm_cli.views.place import Place


AT_ONCE = 2_000
CONTACT, TASK = "contact", "task"
"""The nouns that address books and calendars are read as."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is to be imported, and how."""

    plan: Plan
    path: Path
    sheet: str | None = None
    by_hand: Mapping[str, str] = field(default_factory=dict)
    """Heading -> column."""
    fixed: Mapping[str, Values] = field(default_factory=dict)
    """Part -> values that every row has."""
    words: Mapping[Key, Mapping[str, str]] = field(default_factory=dict)
    """Part and column -> folded value of the file -> what it stands for."""
    defaults: Mapping[str, Values] = field(default_factory=dict)
    """Part -> values for blank cells."""
    key: Sequence[Target] = ()
    """The columns by which alone rows are recognised; no row may lack them."""
    locale: Locale = field(default_factory=Locale)
    create: Collection[str] = ()
    """Nouns of which missing records are created."""
    policy: Policy = field(default_factory=Policy)
    accepted: Collection[str] = ()
    """Attributes whose faults are told but kept."""
    errors: Path | None = None
    """Where bad rows are handed back; None for a file beside the one that was read."""


@dataclass(kw_only=True)
class Prepared:
    """A file that has been read and checked; nothing is written yet."""

    sheet: Sheet
    sha256: str
    unknown: tuple[str, ...]
    entries: Entries
    problems: Problems
    accepted_rows: list[int]
    read: int
    foreign: bool = False
    """Whether the file tells of records of another database."""
    postal: tuple[str, ...] = ()
    """The headings of codes whose values are postal codes."""


@dataclass(kw_only=True)
class Outcome:
    """What an import did, by rows."""

    read: int
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    passed_over: list[tuple[int, Values]] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    made: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Noun -> names of the records created because rows refer to them."""
    conflicts: list[Conflict] = field(default_factory=list)
    """Values that were changed on both sides; their rows were left alone."""
    removed_here: int = 0
    """Rows nobody edited, whose records were removed since the export."""
    import_id: int | None = None

    @property
    def records(self) -> int:
        """The records the good rows stand for; one may take several rows."""
        return self.created + self.updated + self.unchanged + self.in_conflict

    @property
    def in_conflict(self) -> int:
        """The records that were left alone because they were changed on both sides."""
        return len({one.row for one in self.conflicts})


@seldom_collected()
def prepare(app: App, order: Order) -> Prepared:
    """Read and check the whole file."""
    sheet = open_sheet(app, order)
    postal = postal_column(sheet, order.plan, order.by_hand)
    by_hand = {**order.by_hand, **postal}
    names = {
        (part.name, column.name)
        for part, column in order.plan.targets
        if column.attribute in order.fixed.get(part.name, {})
    }
    headings = map_headings(sheet.headings, order.plan, by_hand, names, order.words)
    by_program = sheet.kind == "json"
    survey = Survey(sheet.rows, headings.columns, order.locale, by_program=by_program)
    named = survey.references(app.reader, app.person.id, order.create, order.plan.noun)
    problems = Problems(headings.columns)
    for row, why in sheet.broken.items():
        problems.tell(row, None, None, why)
    constants = Constants(order.fixed, order.defaults, order.key)
    reader = RowReader(headings.columns, app.place, survey, named, problems, constants=constants)
    checker = Checker(
        order.plan, problems, app.place.country, fixed=order.fixed, accepted=order.accepted
    )
    origins = Origins(sheet.headings, stamp(app.reader))
    entries = checker.check(sheet.rows, reader, None if order.key else origins)
    return Prepared(
        sheet=sheet,
        sha256=_digest(sheet.path),
        unknown=tuple(one for one in headings.unknown if stamp_of(one) is None),
        entries=entries,
        problems=problems,
        accepted_rows=checker.accepted_rows,
        read=reader.count,
        foreign=origins.foreign,
        postal=tuple(postal),
    )


def open_sheet(app: App, order: Order) -> Sheet:
    """The sheet to read; its headings are looked for among those that are known."""
    known = {*known_headings(order.plan), *map(plain, order.by_hand)}
    of_people = order.plan.noun == CONTACT

    def is_known(heading: str) -> bool:
        name = plain(heading)
        return name in known or (of_people and is_of_layout(name))

    memory = value_of(app.reader, "import.memory", app.place) * 1_000_000
    sheet = read_sheet(order.path, order.sheet, known=is_known, memory=memory)
    if of_people and sheet.kind != CALENDAR:
        return as_contacts(sheet, plain, order.by_hand)
    if sheet.kind == CARDS:
        hint = "Import them as contacts: crm contact import FILE"
        raise InvalidData(f"{spoken(order.path)} holds cards of people.", hint=hint)
    if sheet.kind != CALENDAR:
        return sheet
    if order.plan.noun != TASK:
        hint = "Import it as tasks: crm task import FILE"
        raise InvalidData(f"{spoken(order.path)} holds a calendar.", hint=hint)
    place = _place_of_tasks(app, order.fixed.get(TASK, {}).get("assignee_id"))
    return as_tasks(sheet, app.reader, stamp(app.reader), place, app.person.language)


def _place_of_tasks(app: App, assignee: int | None) -> Place:
    """Where those are who get the tasks of a calendar."""
    if assignee is None:
        return app.place
    own = app.reader.value("SELECT timezone FROM employee WHERE id = ?", (assignee,))
    return app.place._replace(zone=ZoneInfo(own or value_of(app.reader, "timezone", app.place)))


def _digest(path: Path) -> str:
    """Taken before the transaction: nobody waits for the reading of a large file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@seldom_collected()
def carry_out(tx: Transaction, order: Order, prepared: Prepared) -> Outcome:
    """Write the good entries; nothing stays where there is a bad one and none is to be skipped."""
    run = services.import_runs.begin(
        tx.session, noun=order.plan.noun, file=spoken(order.path), sha256=prepared.sha256
    )
    writer = Writer(tx.session, order.plan, edit=order.policy.on_match == "update")
    creator = Creator(tx)
    decider = _write(tx, order, prepared, writer, creator)
    outcome = Outcome(read=prepared.read, rejected=len(prepared.problems.rows))
    outcome.passed_over = decider.passed_over
    outcome.conflicts = decider.recall.conflicts
    outcome.removed_here = decider.recall.left
    if outcome.rejected and not order.policy.skip_bad_rows:
        tx.discard()
        return outcome
    _finish(tx, order)
    outcome.created = len(writer.created)
    outcome.updated = len(writer.changed - writer.created)
    alike = decider.decided + outcome.removed_here
    outcome.unchanged = alike - outcome.created - outcome.updated
    for name in ("read", "created", "updated", "unchanged", "rejected"):
        setattr(run, name, getattr(outcome, name))
    run.rejected += outcome.in_conflict
    outcome.import_id = run.key
    outcome.made = creator.made
    return outcome


def _write(
    tx: Transaction, order: Order, prepared: Prepared, writer: Writer, creator: Creator
) -> Decider:
    """Decide for every entry, so that all problems are told; write while nothing forbids it."""
    decider = Decider(
        tx.session,
        order.plan,
        Matcher(tx.session, order.plan, prepared.entries),
        prepared.problems,
        policy=order.policy,
        accepted=order.accepted,
    )
    for portion in prepared.entries.portions(AT_ONCE):
        if order.create:
            creator.fill(portion, writer, prepared.problems.rows)
        good = decider.decide(portion)
        if order.policy.skip_bad_rows or not prepared.problems.rows:
            writer.write(good)
    writer.prove()
    decider.later.follow(tx, views.of(order.plan.noun))
    return decider


def _finish(tx: Transaction, order: Order) -> None:
    """Do what is done once all records stand; what they contradict then is the file's fault."""
    try:
        order.plan.finishing(tx.session)
    except CrmError as error:
        raise InvalidData(error.sentence, error.advice, error.candidates) from error
