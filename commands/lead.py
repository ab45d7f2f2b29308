"""`crm lead`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from crm_cli import services, views
from crm_cli.options import (
    chosen_ids,
    column_options,
    list_options,
    output_options,
    parse_option,
    take,
    targets,
    writing_options,
)
from crm_cli.verbs import standard_verbs
from crm_cli.verbs_sheets import spreadsheet_verbs
from crm_cli.views.accounts import ACCOUNT
from crm_cli.views.leads import LEAD, OF_ACCOUNT
from crm_cli.views.term import TERM
from crm_cli.views.types import MOMENT, TIMED_MOMENT
from schema.lead_states import PRIORITIES, RESPONSIBILITIES

if TYPE_CHECKING:
    from crm_cli.app import App
    from crm_cli.transaction import Transaction

ACCOUNT_COLUMNS = ("name", *OF_ACCOUNT)


@click.group()
def lead() -> None:
    """Accounts that have not bought yet, pursued in four responsibilities."""


standard_verbs(lead, LEAD, "list", "remove")
spreadsheet_verbs(lead, LEAD)


@lead.command()
@column_options(ACCOUNT, adding=True, only=ACCOUNT_COLUMNS)
@click.option("--contact", metavar="NAME", help="Person to talk to.")
@click.option("--contact-email", metavar="EMAIL", help="Address of the person.")
@click.option("--contact-phone", metavar="PHONE", help="Phone of the person.")
@click.option("--competitor", multiple=True, metavar="ACCOUNT", help="Who else pursues it.")
@column_options(LEAD, without=("contact",))
@writing_options
@click.pass_obj
def add(app: App, /, competitor: tuple[str, ...], **values: str | None) -> None:
    """Add a lead; the account with the same tax id or e-mail is taken, else made.

    Example: crm lead add --name 'Moldo Trans SRL' --tax-id RO14399840 --city Iași
    """
    with app.transaction() as tx:
        added = services.leads.add(tx.session, _new_lead(tx, competitor, values))
        table = tx.read(LEAD, added.key)
    app.emit(table, LEAD)


def _new_lead(tx: Transaction, competitor: tuple[str, ...], values: dict[str, str | None]) -> Any:
    person = {
        name: values.pop(option)
        for name, option in (
            ("name", "contact"),
            ("email", "contact_email"),
            ("phone", "contact_phone"),
        )
    }
    account = {name: values.pop(name) for name in ACCOUNT_COLUMNS}
    return services.leads.NewLead(
        account=take(tx, ACCOUNT, account),
        contact=take(tx, views.of("contact"), person),
        lead=take(tx, LEAD, values),
        competitor_ids=[tx.resolve(ACCOUNT, name) for name in competitor],
    )


@lead.command()
@targets
@column_options(ACCOUNT, only=ACCOUNT_COLUMNS)
@column_options(LEAD)
@writing_options
@click.pass_obj
def edit(
    app: App,
    /,
    references: tuple[str, ...],
    where: tuple[str, ...],
    yes: bool,
    **values: str | None,
) -> None:
    """Change leads and what they show of their accounts; an empty value clears.

    Example: crm lead edit 7 --priority high --phone '0232 123 456'
    """
    with app.transaction() as tx:
        ids = chosen_ids(app, tx, LEAD, references, where=where, yes=yes)
        account = take(tx, ACCOUNT, {name: values.pop(name) for name in ACCOUNT_COLUMNS})
        services.leads.edit(tx.session, ids, take(tx, LEAD, values), account)
        table = tx.read(LEAD, *ids)
    app.emit(table, LEAD)


@lead.command()
@click.argument("reference", metavar="REF")
@output_options
@click.pass_obj
def show(app: App, reference: str) -> None:
    """Show a lead with its responsibilities, people, sites and invoices (R27, R43).

    Example: crm lead show RO14399840
    """
    app.emit(services.lead_page.read(app, reference), LEAD)


@lead.command()
@click.argument("reference", metavar="REF")
@list_options
@click.pass_obj
def timeline(app: App, /, reference: str, **chosen: Any) -> None:
    """List what happened to a lead: changes, responsibilities, contacts, terms (R161).

    Example: crm lead timeline RO14399840
    """
    from crm_cli.views.timelines import IN_WORDS, in_words, timeline_of

    number = app.resolve(LEAD, reference)
    if not app.is_for_people:
        app.emit(app.select(timeline_of(number), **chosen))
        return
    events = app.select(timeline_of(number), named=IN_WORDS, **chosen)
    app.emit(in_words(app.reader, app.place.zone, number, events))


@lead.command()
@click.argument("reference", metavar="REF")
@click.option("--owner", required=True, metavar="EMPLOYEE", help="Commercial responsible.")
@click.option("--first-contact", required=True, metavar="WHEN", help="Date and time.")
@click.option(
    "--responsibility",
    type=click.Choice(RESPONSIBILITIES),
    default="contact",
    help="The one to begin with; those before it are skipped.",
)
@click.option("--priority", type=click.Choice(PRIORITIES), help="Urgency.")
@writing_options
@click.pass_obj
def activate(app: App, /, reference: str, **given: str) -> None:
    """Begin the pursuit: the first responsibility becomes a task of the owner.

    Example: crm lead activate 7 --owner ana --first-contact tomorrow@10:00
    """
    with app.transaction() as tx:
        number = tx.resolve(LEAD, reference)
        moment = parse_option("--first-contact", TIMED_MOMENT, given["first_contact"], tx.place)
        start = services.responsibilities.Start(
            owner_id=tx.resolve(views.of("employee"), given["owner"]),
            first_contact_at=moment,
            responsibility=given["responsibility"],
            priority=given["priority"],
        )
        services.leads.activate(tx.session, number, start)
        table = tx.read(LEAD, number)
    app.emit(table, LEAD)


@lead.command()
@click.argument("reference", metavar="REF")
@click.option("--at", required=True, metavar="WHEN", help="When the talk was.")
@click.option("--summary", "--note", metavar="TEXT", help="What was said.")
@writing_options
@click.pass_obj
def contacted(app: App, reference: str, at: str, summary: str | None) -> None:
    """Record that the lead was contacted; several times are fine.

    Example: crm lead contacted 7 --at 'today 11:30' --summary 'Cere ofertă pentru două cântare'
    """
    with app.transaction() as tx:
        number = tx.resolve(LEAD, reference)
        moment = parse_option("--at", MOMENT, at, tx.place)
        services.leads.contacted(tx.session, number, moment, summary)
        table = tx.read(LEAD, number)
    app.emit(table, LEAD)


@lead.command()
@click.argument("reference", metavar="REF")
@click.option("--summary", "--note", metavar="TEXT", help="What came of it.")
@click.option("--due", metavar="WHEN", help="Term of the next responsibility.")
@click.option("--outcome", type=click.Choice(["next", "refused"]), default="next", help="Its end.")
@click.option("--reason", metavar="REASON", help="Why it was refused.")
@writing_options
@click.pass_obj
def advance(app: App, /, reference: str, **given: str | None) -> None:
    """Close the open responsibility and open the next one.

    Example: crm lead advance 7 --summary 'Întâlnire stabilită' --due 30.11.2026@10:00
    """
    with app.transaction() as tx:
        number = tx.resolve(LEAD, reference)
        if given["outcome"] == "refused":
            reason_id = tx.resolve(views.of("reason"), given["reason"]) if given["reason"] else None
            services.pursuits.refuse(tx.session, number, reason_id)
        else:
            services.pursuits.advance(tx.session, number, _outcome(tx, given))
        table = tx.read(LEAD, number)
    app.emit(table, LEAD)


def _outcome(tx: Transaction, given: dict[str, str | None]) -> Any:
    term = parse_option("--due", TERM, given["due"], tx.place) or (None, None)
    return services.responsibilities.Outcome(
        summary=given["summary"], due_on=term[0], due_at=term[1]
    )


@lead.command()
@click.argument("reference", metavar="REF")
@click.option("--reason", required=True, metavar="REASON", help="Why, from the catalogue.")
@writing_options
@click.pass_obj
def refuse(app: App, reference: str, reason: str) -> None:
    """Give a lead up, at any responsibility.

    Example: crm lead refuse 7 --reason price
    """
    with app.transaction() as tx:
        number = tx.resolve(LEAD, reference)
        services.pursuits.refuse(tx.session, number, tx.resolve(views.of("reason"), reason))
        table = tx.read(LEAD, number)
    app.emit(table, LEAD)


@lead.command()
@click.argument("reference", metavar="REF")
@writing_options
@click.pass_obj
def reopen(app: App, reference: str) -> None:
    """Take a refused lead up again where it was left.

    Example: crm lead reopen 7
    """
    with app.transaction() as tx:
        number = tx.resolve(LEAD, reference)
        services.leads.reopen(tx.session, number)
        table = tx.read(LEAD, number)
    app.emit(table, LEAD)
