"""`crm NOUN import`, for every noun that can be read from a file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from crm_cli.imports.columns.habits import DATE_ORDERS, LOCALES
from crm_cli.options import writing_options

if TYPE_CHECKING:
    from collections.abc import Callable

    from crm_cli.app import App
    from crm_cli.imports.columns.mapping_file import MappingFile
    from crm_cli.imports.running import Order

HELP = """Import a spreadsheet or a CSV file: all of it or nothing.

Columns are recognised by their headings in English, Romanian or Polish. A blank cell keeps what
is there, <clear> takes it away. Bad rows are listed, and handed back in FILE.errors.xlsx.
"""


OTHERS = {
    "contact": """
FILE.vcf and the address books of Outlook, Google and Thunderbird are taken as they are.
""",
    "task": """
FILE.ics is a calendar: what was moved, ticked or made there comes back.
""",
}
"""What else is taken than spreadsheets, by noun."""

# The last is shown first.
_OF_THE_OUTCOME = (
    click.option("--errors", metavar="FILE", help="Where bad rows are handed back."),
    click.option("--set", "constants", multiple=True, metavar="FIELD=VALUE", help="In all rows."),
    click.option(
        "--accept-invalid",
        "accepted",
        multiple=True,
        type=click.Choice(["tax_id"]),
        help="Keep such values though they are wrong.",
    ),
    click.option("--skip-bad-rows", is_flag=True, help="Write the good rows, and exit with 6."),
    click.option(
        "--resolve",
        type=click.Choice(["mine", "theirs"]),
        help="Who wins where a record was changed in the file and here; else it is left alone.",
    ),
    click.option(
        "--create-missing",
        metavar="NOUN,...",
        help="Create what rows refer to by a name that nothing has: account, product ...",
    ),
    click.option(
        "--on-new",
        type=click.Choice(["create", "skip", "fail"]),
        help="What to do with rows that are new; else they are created.",
    ),
    click.option(
        "--on-match",
        type=click.Choice(["update", "skip", "fail"]),
        help="What to do with rows that are there already; else they are updated.",
    ),
)
_OF_THE_FILE = (
    click.option(
        "--key",
        metavar="FIELD,...",
        help="By what alone rows are recognised: external_id, tax_id, id, or several.",
    ),
    click.option(
        "--date-order",
        type=click.Choice(list(DATE_ORDERS)),
        help="How dates such as 03/04/2026 are read; else as the column shows.",
    ),
    click.option(
        "--locale",
        type=click.Choice(list(LOCALES)),
        help="How numbers and dates are written; else as the column shows.",
    ),
    click.option(
        "--guess", is_flag=True, help="Print the mapping of this file to be saved; no import."
    ),
    click.option("--mapping", metavar="FILE.toml", help="A mapping that was saved."),
    click.option(
        "--map",
        "by_hand",
        multiple=True,
        metavar="HEADING=FIELD",
        help="What a heading means; nothing after = leaves the column out.",
    ),
    click.option("--sheet", metavar="NAME", help="The sheet to read; else the first in use."),
)


def import_command(noun: str) -> click.Command:
    """`crm NOUN import FILE`."""

    @click.command(
        "import", help=f"{HELP}{OTHERS.get(noun, '')}\nExample: crm {noun} import list.xlsx"
    )
    @click.argument("path", metavar="FILE")
    @_import_options
    @_own_option(noun)
    @writing_options
    @click.pass_obj
    def command(app: App, /, path: str, guess: bool, resolve: str | None, **chosen: Any) -> None:
        from crm_cli.imports.ordering import merged, order_of
        from crm_cli.imports.plans.nouns import plan_of
        from crm_cli.sheets.reading.kinds import holds_calendar

        plan = plan_of(
            noun,
            existing_customer=chosen.get("existing_customer", "skip"),
            notify=chosen.get("notify", False),
            of_calendar=noun == "task" and holds_calendar(path),
        )
        mapping = merged(plan, chosen)
        order = order_of(app, plan, path, mapping, chosen)
        order = replace(order, policy=replace(order.policy, resolve=resolve))
        if guess:
            _tell_guess(app, order, mapping)
        else:
            _import(app, order)

    return command


def _tell_guess(app: App, order: Order, mapping: MappingFile) -> None:
    from crm_cli.imports.columns.guessing import guess

    for line in guess(app, order, mapping):
        app.stdout.write(f"{line}\n")


def _import(app: App, order: Order) -> None:
    from crm_cli.imports.matching.creating import told
    from crm_cli.imports.running import carry_out, prepare
    from crm_cli.imports.telling import tell_end, tell_start
    from crm_cli.views.imports import IMPORT

    prepared = prepare(app, order)
    tell_start(app, order, prepared)
    with app.transaction() as tx:
        outcome = carry_out(tx, order, prepared)
        table = tx.read(IMPORT, outcome.import_id) if outcome.import_id else None
    for sentence in told(outcome.made):
        app.say(sentence)
    tell_end(app, order, prepared, outcome, table)


def _import_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (*_OF_THE_OUTCOME, *_OF_THE_FILE):
        command = option(command)
    return command


def _own_option(noun: str) -> Callable[..., Any]:
    """The option that one noun alone has."""
    return _OF_ONE_NOUN.get(noun, lambda command: command)


_OF_ONE_NOUN: dict[str, Callable[..., Any]] = {
    "lead": click.option(
        "--existing-customer",
        type=click.Choice(["skip", "lead"]),
        default="skip",
        help="What becomes of a row whose account is a customer: nothing, or a lead.",
    ),
    "task": click.option(
        "--notify", is_flag=True, help="Remind of terms too whose reminders would have gone before."
    ),
}
