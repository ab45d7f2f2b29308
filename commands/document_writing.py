"""The verbs by which documents are written and looked at: show, add, make, edit, remove, print."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crm_cli import services, views
from crm_cli.errors import NotFound, UsageError
from crm_cli.options import (
    chosen_ids,
    column_options,
    output_options,
    parse_option,
    take,
    targets,
    writing_options,
)
from crm_cli.views.document_parts import with_parts
from crm_cli.views.types import MONEY
from schema.document_states import KINDS, SOURCES

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from crm_cli.app import App
    from crm_cli.reader import Reader
    from crm_cli.transaction import Transaction
    from crm_cli.views.table import Table
    from crm_cli.views.view import View

NOUNS = {"opp": "opportunity", "doc": "document"}
FROM_SOURCE = ("account", "lead", "opportunity", "campaign", "currency")
"""What a made document has from its source and no option sets."""

SHOW = "Show one {0} with its lines.\n\nExample: crm {0} show 17"
ADD = """Draft one {0}; it gets its number when it is issued.

Example: crm {0} add{1} --account 7 --line 'CANTAR-15;2'"""
MAKE = """Draft one {0} from what came before it.

Example: crm {0} make{1} --from quote:17"""
EDIT = "Change {0} drafts; an empty value clears.\n\nExample: crm {0} edit 17 --note 'Urgent'"
REMOVE = "Remove {0} drafts; what was issued stays.\n\nExample: crm {0} remove 17"
PRINT = """Print one {0} as PDF or HTML, in its client's language.

Example: crm {0} print 17 --output {0}-17.pdf"""

lines_option = click.option(
    "--line",
    "lines",
    multiple=True,
    metavar="'PRODUCT;QTY[;PRICE[;VAT]]'",
    help="A line; also 'text:WORDS;QTY;PRICE[;VAT]' and 'chapter:TITLE'. May be repeated.",
)


def add_verbs(group: click.Group, view: View, kind: str | None, *, makes: bool) -> None:
    """Give a group of documents its verbs."""
    for verb in (show_command(view), edit_command(view), remove_command(view), print_command(view)):
        group.add_command(verb)
    group.add_command(add_command(view, kind))
    if makes:
        group.add_command(make_command(view, kind))


def show_command(view: View) -> click.Command:
    """`crm document show REF`."""

    @click.command("show", help=SHOW.format(view.noun))
    @click.argument("reference", metavar="REF")
    @output_options
    @click.pass_obj
    def command(app: App, reference: str) -> None:
        table = app.read(view, reference)
        app.emit(whole(app, app.reader, table), view)

    return command


def add_command(view: View, kind: str | None) -> click.Command:
    """`crm document add KIND`."""

    @click.command("add", help=ADD.format(view.noun, "" if kind else " quote"))
    @_kind_argument(kind)
    @column_options(view, adding=True)
    @lines_option
    @click.option(
        "--on-match",
        type=click.Choice(["fail", "update", "skip"]),
        default="fail",
        help="What to do when the external id is there already.",
    )
    @writing_options
    @click.pass_obj
    def command(
        app: App, /, lines: tuple[str, ...], on_match: str, kind: str = kind or "", **values: Any
    ) -> None:
        from crm_cli.line_options import new_lines

        with app.transaction() as tx:
            added = services.documents.drafts.add(
                tx.session,
                kind=kind,
                values={"owner_id": tx.person_id, **take(tx, view, values)},
                lines=new_lines(tx, lines),
                on_match=on_match,
            )
            written = read_back(app, tx, view, added.key)
        emit_written(app, view, written)

    return command


def make_command(view: View, kind: str | None) -> click.Command:
    """`crm document make KIND --from NOUN:REF`."""

    @click.command("make", help=MAKE.format(view.noun, "" if kind else " order"))
    @_kind_argument(kind, among=tuple(SOURCES))
    @click.option(
        "--from", "source", required=True, metavar="NOUN:REF", help="For example order:17."
    )
    @lines_option
    @click.option("--amount", metavar="X", help="What a receipt is for; all that is open else.")
    @column_options(view, without=FROM_SOURCE)
    @writing_options
    @click.pass_obj
    def command(
        app: App,
        /,
        source: str,
        lines: tuple[str, ...],
        amount: str | None,
        kind: str = kind or "",
        **values: Any,
    ) -> None:
        from crm_cli.line_options import wanted

        with app.transaction() as tx:
            start = origin(tx, source)
            made = services.documents.making.make(
                tx.session,
                kind,
                start,
                values=take(tx, view, values),
                wanted=replace(wanted(tx, lines), amount=_amount(tx, start, amount)),
            )
            written = read_back(app, tx, view, made.key)
        emit_written(app, view, written)

    return command


def edit_command(view: View) -> click.Command:
    """`crm document edit REF...`."""

    @click.command("edit", help=EDIT.format(view.noun))
    @targets
    @column_options(view)
    @lines_option
    @click.option("--add-line", "more", multiple=True, metavar="LINE", help="One line more.")
    @writing_options
    @click.pass_obj
    def command(
        app: App,
        /,
        references: tuple[str, ...],
        where: tuple[str, ...],
        yes: bool,
        lines: tuple[str, ...],
        more: tuple[str, ...],
        **values: Any,
    ) -> None:
        from crm_cli.line_options import new_lines

        with app.transaction() as tx:
            ids = chosen_ids(app, tx, view, references, where=where, yes=yes)
            services.documents.drafts.edit_all(
                tx.session,
                ids,
                take(tx, view, values),
                lines=new_lines(tx, lines),
                more=new_lines(tx, more),
            )
            written = read_back(app, tx, view, *ids)
        emit_written(app, view, written)

    return command


def remove_command(view: View) -> click.Command:
    """`crm document remove REF...`."""

    @click.command("remove", help=REMOVE.format(view.noun))
    @targets
    @writing_options
    @click.pass_obj
    def command(
        app: App, /, references: tuple[str, ...], where: tuple[str, ...], yes: bool
    ) -> None:
        with app.transaction() as tx:
            ids = chosen_ids(app, tx, view, references, where=where, yes=yes)
            table = tx.read(view, *ids)
            services.documents.drafts.remove(tx.session, ids)
        app.emit(table, view)

    return command


def print_command(view: View) -> click.Command:
    """`crm document print REF`."""

    @click.command("print", help=PRINT.format(view.noun))
    @click.argument("reference", metavar="REF")
    @click.option(
        "--output", metavar="FILE", help="Write to FILE (.pdf .html), not HTML to stdout."
    )
    @click.pass_obj
    def command(app: App, reference: str, output: str | None) -> None:
        from crm_cli.printing import print_document, write

        number = app.resolve(view, reference)
        printed = print_document(app.reader, number, app.place, app.settings.templates)
        if output:
            write(printed, Path(output))
        else:
            app.stdout.write(printed.html() + "\n")

    return command


def read_back(app: App, tx: Transaction, view: View, *ids: int) -> tuple[Table, list[str]]:
    """The documents as they stand now, and what they still lack."""
    lacking = [text for number in ids for text in services.contracts.warnings(tx.session, number)]
    return whole(app, tx.reader, tx.read(view, *ids)), lacking


def emit_written(app: App, view: View, written: tuple[Table, list[str]]) -> None:
    """Show what was written, after the commit."""
    table, lacking = written
    for text in lacking:
        app.warn(text)
    app.emit(table, view)


def whole(app: App, reader: Reader, table: Table) -> Table:
    """A single document with its lines, unless only some columns were asked for."""
    chosen = app.choices.columns or app.choices.quiet or app.choices.format == "csv"
    return with_parts(reader, table, app.place) if table.single and not chosen else table


def origin(tx: Transaction, text: str) -> tuple[str, int]:
    """What `--from NOUN:REF` names, as (noun, id)."""
    noun, colon, reference = text.partition(":")
    noun = NOUNS.get(noun, noun)
    if not colon or noun not in {"document", *(n for nouns in SOURCES.values() for n in nouns)}:
        raise UsageError(f"--from '{text}' is not NOUN:REF.", hint="For example --from order:17")
    number = tx.resolve(views.of(noun), reference)
    if noun != "document":
        return noun, number
    kind = tx.reader.value("SELECT kind FROM document WHERE id = ?", (number,))
    if kind is None:
        raise NotFound(f"There is no document {number}.", hint="crm document list")
    return kind, number


def _amount(tx: Transaction, start: tuple[str, int], text: str | None) -> Decimal | None:
    """An amount in the currency of the document it is received on."""
    kept = "SELECT currency FROM document WHERE kind = ? AND id = ?"
    currency = tx.reader.value(kept, start) or tx.place.currency
    found: Decimal | None = parse_option(
        "--amount", MONEY, text, tx.place._replace(currency=currency)
    )
    return found


def _kind_argument(kind: str | None, among: tuple[str, ...] = KINDS) -> Callable[..., Any]:
    if kind is not None:
        return lambda command: command
    return click.argument("kind", type=click.Choice(among), metavar="KIND")
