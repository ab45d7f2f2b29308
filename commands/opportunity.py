"""`crm opportunity`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from crm_cli import services, views
from crm_cli.options import column_options, list_options, parse_option, take, writing_options
from crm_cli.verbs import standard_verbs
from crm_cli.verbs_sheets import spreadsheet_verbs
from crm_cli.views.catalogues import REASON, STAGE
from crm_cli.views.employees import EMPLOYEE
from crm_cli.views.nesting import nested
from crm_cli.views.opportunities import OPPORTUNITY
from crm_cli.views.passages import PASSAGE
from crm_cli.views.types import DATE, MONEY, PERCENT, TIMED_MOMENT

if TYPE_CHECKING:
    from collections.abc import Callable

    from crm_cli.app import App
    from crm_cli.services.opportunities import Step
    from crm_cli.transaction import Transaction
    from crm_cli.views.types import ColumnType, Place


MEMENTO = "Remind the owner once, at this date and time, in place of what was set before."


def step_options(command: Callable[..., None]) -> Callable[..., None]:
    """What may be said of a passage."""
    for name, metavar, text in (
        ("--probability", "PERCENT", "Sale probability; the stage's unless given."),
        ("--amount", "AMOUNT", "New amount."),
        ("--close", "DATE", "New closing date."),
        ("--memento", "WHEN", MEMENTO),
        ("--follow-up", "DATE", "Makes a task of the delegate, else of the owner."),
        ("--delegate", "EMPLOYEE", "Who takes the next step."),
        ("--info", "TEXT", "What was said."),
    ):
        command = click.option(name, metavar=metavar, help=text)(command)
    return command


@click.group()
def opportunity() -> None:
    """Possible sales, from the first talk to won or lost."""


standard_verbs(opportunity, OPPORTUNITY, "list", "show", "edit", "remove")
spreadsheet_verbs(opportunity, nested(OPPORTUNITY))


@opportunity.command()
@column_options(OPPORTUNITY, adding=True)
@click.option("--stage", metavar="STAGE", help="Stage to begin with; the first one unless given.")
@click.option("--lead", metavar="LEAD", help="The lead this opportunity comes from.")
@click.option("--memento", metavar="WHEN", help=MEMENTO)
@writing_options
@click.pass_obj
def add(
    app: App, /, stage: str | None, lead: str | None, memento: str | None, **values: str | None
) -> None:
    """Open an opportunity.

    Example: crm opportunity add --account RO14399840 --name 'Cântar 60 t' --amount 24000
    """
    with app.transaction() as tx:
        stage_id = tx.resolve(STAGE, stage) if stage else None
        taken = take(tx, OPPORTUNITY, values)
        lead_id = tx.resolve(views.of("lead"), lead) if lead else None
        added = services.opportunities.add(
            tx.session,
            taken,
            stage_id=stage_id,
            lead_id=lead_id,
            memento_at=parse_option("--memento", TIMED_MOMENT, memento, tx.place),
        )
        table = tx.read(OPPORTUNITY, added.key)
    app.emit(table, OPPORTUNITY)


@opportunity.command()
@click.argument("reference", metavar="REF")
@click.option("--stage", metavar="STAGE", help="The next one unless given.")
@step_options
@click.option("--no-task", is_flag=True, help="No task for the follow-up.")
@click.option("--without-document", is_flag=True, help="Won without contract or invoice.")
@writing_options
@click.pass_obj
def advance(app: App, /, reference: str, **given: Any) -> None:
    """Move to the next stage, or to the one named.

    Example: crm opportunity advance 7 --info 'Ofertă trimisă' --follow-up +5wd --delegate ana
    """
    _pass(app, "advance", reference, given)


@opportunity.command()
@click.argument("reference", metavar="REF")
@click.option("--reason", multiple=True, required=True, metavar="REASON", help="Why it was lost.")
@click.option("--info", metavar="TEXT", help="What was said.")
@writing_options
@click.pass_obj
def lose(app: App, /, reference: str, **given: Any) -> None:
    """Close as lost, with one or more reasons.

    Example: crm opportunity lose 7 --reason price --reason competitor
    """
    _pass(app, "lose", reference, given)


@opportunity.command()
@click.argument("reference", metavar="REF")
@click.option("--info", metavar="TEXT", help="Why it is open again.")
@writing_options
@click.pass_obj
def reopen(app: App, /, reference: str, **given: Any) -> None:
    """Take a closed one back to the stage in which it was open.

    Example: crm opportunity reopen 7 --info 'Clientul a revenit'
    """
    _pass(app, "reopen", reference, given)


@opportunity.command()
@click.argument("reference", metavar="REF")
@list_options
@click.pass_obj
def history(app: App, /, reference: str, **chosen: Any) -> None:
    """List the passages from stage to stage, oldest first.

    Example: crm opportunity history 7
    """
    number = app.resolve(OPPORTUNITY, reference)
    app.emit(app.select(PASSAGE, **chosen, also="p.opportunity_id = ?", also_values=(number,)))


def _pass(app: App, verb: str, reference: str, given: dict[str, Any]) -> None:
    with app.transaction() as tx:
        number = tx.resolve(OPPORTUNITY, reference)
        currency = tx.read(OPPORTUNITY, number).values()["currency"]
        step = _step(tx, tx.place._replace(currency=currency), given)
        getattr(services.opportunities, verb)(tx.session, number, step)
        table = tx.read(OPPORTUNITY, number)
    app.emit(table, OPPORTUNITY)


def _step(tx: Transaction, place: Place, given: dict[str, Any]) -> Step:
    """The typed values of one passage."""

    def value(name: str, kind: ColumnType) -> Any:
        return parse_option(f"--{name.replace('_', '-')}", kind, given.get(name), place)

    return services.opportunities.Step(
        stage_id=tx.resolve(STAGE, given["stage"]) if given.get("stage") else None,
        delegate_id=tx.resolve(EMPLOYEE, given["delegate"]) if given.get("delegate") else None,
        info=given.get("info"),
        follow_up=value("follow_up", DATE),
        close_on=value("close", DATE),
        amount=value("amount", MONEY),
        probability=value("probability", PERCENT),
        memento_at=value("memento", TIMED_MOMENT),
        task=not given.get("no_task"),
        without_document=bool(given.get("without_document")),
        reason_ids=tuple(tx.resolve(REASON, reason) for reason in given.get("reason", ())),
    )
