"""`crm NOUN import`, for every noun that can be read from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from crm_cli.errors import UsageError
from crm_cli.options import parse_option, writing_options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from crm_cli.app import App
    from crm_cli.imports.plan import Plan, Values
    from crm_cli.imports.running import Order
    from crm_cli.views.view import Column

HELP = """Import a spreadsheet or a CSV file: all of it or nothing.

Columns are recognised by their headings in English, Romanian or Polish. A blank cell keeps what
is there, <clear> takes it away. Bad rows are listed, and handed back in FILE.errors.xlsx.
"""


def import_command(noun: str) -> click.Command:
    """`crm NOUN import FILE`."""

    @click.command("import", help=f"{HELP}\nExample: crm {noun} import list.xlsx")
    @click.argument("path", metavar="FILE")
    @_import_options
    @_customer_option(noun)
    @writing_options
    @click.pass_obj
    def command(app: App, /, path: str, **chosen: Any) -> None:
        from crm_cli.imports.running import carry_out, prepare
        from crm_cli.imports.telling import tell_end, tell_start
        from crm_cli.views.imports import IMPORT

        order = _order(app, noun, path, chosen)
        prepared = prepare(app, order)
        tell_start(app, prepared)
        with app.transaction() as tx:
            outcome = carry_out(tx, order, prepared)
            table = tx.read(IMPORT, outcome.import_id) if outcome.import_id else None
        tell_end(app, order, prepared, outcome, table)

    return command


def _import_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option("--errors", metavar="FILE", help="Where bad rows are handed back."),
        click.option(
            "--set", "constants", multiple=True, metavar="FIELD=VALUE", help="In all rows."
        ),
        click.option(
            "--accept-invalid",
            "accepted",
            multiple=True,
            type=click.Choice(["tax_id"]),
            help="Keep such values though they are wrong.",
        ),
        click.option("--skip-bad-rows", is_flag=True, help="Write the good rows, and exit with 6."),
        click.option(
            "--on-new",
            type=click.Choice(["create", "skip", "fail"]),
            default="create",
            help="What to do with rows that are new.",
        ),
        click.option(
            "--on-match",
            type=click.Choice(["update", "skip", "fail"]),
            default="update",
            help="What to do with rows that are there already.",
        ),
        click.option(
            "--map",
            "by_hand",
            multiple=True,
            metavar="HEADING=FIELD",
            help="What a heading means; nothing after = leaves the column out.",
        ),
        click.option("--sheet", metavar="NAME", help="The sheet to read; else the first in use."),
    ):
        command = option(command)
    return command


def _customer_option(noun: str) -> Callable[..., Any]:
    if noun != "lead":
        return lambda command: command
    return click.option(
        "--existing-customer",
        type=click.Choice(["skip", "lead"]),
        default="skip",
        help="What becomes of a row whose account is a customer: nothing, or a lead.",
    )


def _order(app: App, noun: str, path: str, chosen: dict[str, Any]) -> Order:
    from pathlib import Path

    from crm_cli.imports.nouns import plan_of
    from crm_cli.imports.plan import Policy
    from crm_cli.imports.running import Order

    plan = plan_of(noun, existing_customer=chosen.get("existing_customer", "skip"))
    return Order(
        plan=plan,
        path=Path(path),
        sheet=chosen["sheet"],
        by_hand=_pairs("--map", chosen["by_hand"]),
        fixed=_fixed(app, plan, _pairs("--set", chosen["constants"])),
        accepted=frozenset(chosen["accepted"]),
        errors=Path(chosen["errors"]) if chosen["errors"] else None,
        policy=Policy(
            on_match=chosen["on_match"],
            on_new=chosen["on_new"],
            skip_bad_rows=chosen["skip_bad_rows"],
        ),
    )


def _pairs(flag: str, texts: Iterable[str]) -> dict[str, str]:
    """`A=B` as a dictionary; a heading may hold an equals sign itself."""
    pairs = {}
    for text in texts:
        name, equals, value = text.rpartition("=") if flag == "--map" else text.partition("=")
        if not equals or not name.strip():
            raise UsageError(f"{flag} '{text}' has no = with a name before it.")
        pairs[name.strip()] = value.strip()
    return pairs


def _fixed(app: App, plan: Plan, constants: dict[str, str]) -> dict[str, Values]:
    from crm_cli.imports.mapping import unknown_field

    targets = {column.name: (part, column) for part, column in plan.targets}
    fixed: dict[str, Values] = {}
    for name, text in constants.items():
        if name not in targets:
            raise unknown_field(plan, name)
        part, column = targets[name]
        value = _constant(app, column, text)
        fixed.setdefault(part.name, {})[column.attribute or ""] = [value] if part.many else value
    return fixed


def _constant(app: App, column: Column, text: str) -> Any:
    if column.noun:
        from crm_cli import views

        return app.resolve(views.of(column.noun), text)
    return parse_option(f"--set {column.name}", column.type, text, app.place)
