"""Options that commands share, and reading their values by the columns of a noun."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, TypeVar

import click

from crm_cli.amounts import with_currency
from crm_cli.errors import UsageError
from crm_cli.output import FORMATS
from crm_cli.values.invalid import InvalidValue
from crm_cli.views.types import CURRENCY, Boolean, Choice

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping

    from crm_cli.app import App
    from crm_cli.transaction import Transaction
    from crm_cli.views.types import ColumnType, Place
    from crm_cli.views.view import Column, View

ENCODINGS = ("utf-8", "utf-16", "cp1250", "iso-8859-2", "iso-8859-16")

F = TypeVar("F", bound="Callable[..., Any]")


def _choose(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    if value is not None and param.name and ctx.obj is not None:
        setattr(ctx.obj.choices, param.name, value)


def _one(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value and (len(value) > 1 or value in '"\r\n'):
        raise UsageError(f"--delimiter: '{value}' is not one character that can part values.")
    _choose(ctx, param, value)


def _chosen(*names: str, **attributes: Any) -> Callable[[F], F]:
    return click.option(*names, expose_value=False, callback=_choose, **attributes)


format_option = _chosen("--format", type=click.Choice(list(FORMATS)), help="Form of the output.")
columns_option = _chosen("--columns", metavar="A,B", help="Columns to show, or `all`.")
quiet_option = _chosen("-q", "--quiet", is_flag=True, default=None, help="Print ids only.")
dry_run_option = _chosen(
    "--dry-run", is_flag=True, default=None, help="Do everything, then take it back."
)


def output_options(command: F) -> F:
    """The options of every command that yields records."""
    return format_option(columns_option(quiet_option(command)))


def writing_options(command: F) -> F:
    """The options of every command that writes records and shows them."""
    return output_options(dry_run_option(command))


def csv_options(command: F) -> F:
    """The layout of CSV files."""
    for option in (
        _chosen("--encoding", type=click.Choice(ENCODINGS), help="Encoding of a CSV file."),
        _chosen("--raw", is_flag=True, default=None, help="CSV file without escapes."),
        click.option(
            "--delimiter",
            metavar="CHAR",
            expose_value=False,
            callback=_one,
            help="Separator of CSV.",
        ),
    ):
        command = option(command)
    return command


def file_options(command: F) -> F:
    """The options of lists and reports: the output may go to a file."""
    to_file = _chosen(
        "--output", metavar="FILE", help="Write to FILE (.xlsx .csv .json .jsonl .html)."
    )
    return to_file(csv_options(command))


where_option = click.option(
    "--where", multiple=True, metavar="'FIELD OP VALUE'", help="Condition; all must hold."
)


def selection_options(command: F, archived: str = "Archived records too.") -> F:
    """Which records, and in what order; `archived` says which ones `--all` adds."""
    for option in (
        click.option("--all", "archived", is_flag=True, help=archived),
        click.option("--limit", type=click.IntRange(0), help="At most so many records."),
        click.option("--sort", default="", metavar="A,-B", help="Order; a minus reverses."),
        click.option("--search", default="", metavar="TEXT", help="Words, without diacritics."),
        where_option,
    ):
        command = option(command)
    return command


def list_options(command: F, archived: str = "Archived records too.") -> F:
    """The options of every list."""
    return output_options(file_options(selection_options(command, archived)))


def column_options(
    view: View,
    *,
    adding: bool = False,
    only: Container[str] | None = None,
    without: Container[str] = (),
) -> Callable[[F], F]:
    """One option per editable column of the noun, named like the JSON key."""

    def decorate(command: F) -> F:
        for column in reversed(view.editable):
            if column.name not in without and (only is None or column.name in only):
                command = _column_option(column, required=adding and column.required)(command)
        return command

    return decorate


def _column_option(column: Column, *, required: bool) -> Callable[[F], F]:
    flag = flag_of(column)
    if isinstance(column.type, Boolean):
        flags = f"{flag}/--no-{flag.removeprefix('--')}"
        return click.option(flags, column.name, default=None, help=_help(column))
    return click.option(
        flag, column.name, required=required, metavar=metavar_of(column), help=_help(column)
    )


def flag_of(column: Column) -> str:
    """The option of a column."""
    return "--" + column.name.replace("_", "-")


def metavar_of(column: Column) -> str:
    """What the option of a column takes, as help shows it."""
    if column.noun:
        return column.noun.upper()
    if isinstance(column.type, Choice):
        return "|".join(column.type.words)
    return column.type.name.upper().replace(" ", "-")


def _help(column: Column) -> str:
    return column.help or f"{column.labels[0]}."


def take(tx: Transaction, view: View, values: Mapping[str, Any]) -> dict[str, Any]:
    """Typed values by attribute of the entity; an empty text clears, None was not given."""
    values = with_currency(view, values)
    currency = parse_option("--currency", CURRENCY, values.get("currency") or None, tx.place)
    place = tx.place._replace(currency=currency) if currency else tx.place
    taken = {}
    for name, given in values.items():
        column = view.by_name[name]
        if given is not None and column.field:
            taken[column.field] = _value(tx, column, given, place)
    return taken


def _value(tx: Transaction, column: Column, given: Any, place: Place) -> Any:
    if given == "":
        return None
    if isinstance(given, bool):
        return given
    if column.noun:
        from crm_cli import views

        return tx.resolve(views.of(column.noun), given)
    return parse_option(flag_of(column), column.type, given, place)


def parse_option(flag: str, kind: ColumnType, text: str | None, place: Place) -> Any:
    """The value of an option that is no column; raises UsageError naming the option."""
    if text is None:
        return None
    try:
        return kind.parse(text, place)
    except InvalidValue as error:
        raise UsageError(f"{flag}: {error.message}", hint=error.hint) from error


def targets(command: F) -> F:
    """REF..., `-` for ids on stdin, or --where with --yes."""
    for option in (
        click.option("--yes", is_flag=True, help="Do not ask."),
        where_option,
        click.argument("references", nargs=-1, metavar="REF..."),
    ):
        command = option(command)
    return command


def chosen_ids(
    app: App, tx: Transaction, view: View, references: tuple[str, ...], **by: Any
) -> list[int]:
    """The ids of the records a command is to work on, each once, in the order given."""
    where, yes = by["where"], by["yes"]
    if bool(references) == bool(where):
        raise UsageError("Name the records, or choose them with --where.")
    if where:
        ids = _ids_where(tx, view, where)
        _confirm(app, view, len(ids), yes=yes)
        return ids
    words = [
        word for ref in references for word in (sys.stdin.read().split() if ref == "-" else [ref])
    ]
    return list(dict.fromkeys(tx.resolve(view, word) for word in words))


def _ids_where(tx: Transaction, view: View, where: tuple[str, ...]) -> list[int]:
    from crm_cli.views.query import Selection, select

    selection = Selection(columns=view.columns[:1], where=where)
    return [row[0] for row in select(tx.reader, view, selection, tx.place)]


def _confirm(app: App, view: View, count: int, *, yes: bool) -> None:
    if yes or app.choices.dry_run:
        return
    if not sys.stdin.isatty():
        raise UsageError(f"This changes {count} {view.noun} records.", hint="Add --yes.")
    click.confirm(f"Change {count} {view.noun} records?", abort=True, err=True)
