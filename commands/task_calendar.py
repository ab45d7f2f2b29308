"""`crm task ics`: tasks for calendar programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from crm_cli import views
from crm_cli.calendars.forms import EVENT, FORMS
from crm_cli.errors import UsageError

if TYPE_CHECKING:
    from crm_cli.app import App
    from crm_cli.calendars.feed import Owner


@click.command()
@click.argument("employee", default="me", metavar="[EMPLOYEE]")
@click.option("--output", metavar="FILE.ics", help="Where to write it; else to stdout.")
@click.option("--all", "folder", metavar="FOLDER", help="A file for each employee, LOGIN.ics.")
@click.option(
    "--as",
    "form",
    type=click.Choice(FORMS),
    default=EVENT,
    show_default=True,
    help="As entries of the calendar, which every program shows, or as its tasks.",
)
@click.option(
    "--days",
    type=click.IntRange(0, 36_500),
    default=30,
    show_default=True,
    help="Tasks that were closed in so many days are in it, too.",
)
@click.option("--shared", is_flag=True, help="Let a new file be read by everybody.")
@click.pass_obj
def ics(
    app: App,
    employee: str,
    output: str | None,
    folder: str | None,
    form: str,
    days: int,
    shared: bool,
) -> None:
    """Write the tasks of an employee as a calendar: to look at, to subscribe to, to bring back.

    What was moved and ticked in the calendar program comes back by `crm task import FILE.ics`.

    Example: crm task ics jan --output ~/calendars/jan.ics
    """
    from crm_cli.calendars.feed import Feeds, owners
    from crm_cli.calendars.ics_writing import feed_text

    _refuse_nameless(output, folder)
    with app.database.translated():
        if folder:
            _refuse_both(employee, output)
            people = owners(app.reader, app.place)
        else:
            people = owners(app.reader, app.place, _number_of(app, employee))
        feeds = Feeds(app.reader, app.place, days=days)
        texts = [(owner, feed_text(feeds.of(owner), form)) for owner in people]
    for owner, text in texts:
        if path := _place_of(owner, output, folder):
            _write(path, text, shared=shared)
            if app.stderr.isatty():
                app.say(f"{path}: the tasks of {owner.name}.")
        else:
            _refuse_in_batch(app)
            app.stdout.write(text)


def _place_of(owner: Owner, output: str | None, folder: str | None) -> Path | None:
    """The file of an employee's calendar; none where it goes to the standard output."""
    if folder:
        return Path(folder, _file_name(owner))
    return Path(output) if output and output != "-" else None


def _number_of(app: App, employee: str) -> int:
    return app.me if employee == "me" else app.resolve(views.of("employee"), employee)


def _refuse_nameless(*names: str | None) -> None:
    """Refuse what a script makes of a variable that is not set."""
    if "" in names:
        raise UsageError("A file or folder needs a name.", hint="crm task ics --output ana.ics")


def _refuse_in_batch(app: App) -> None:
    if app.collect is not None:
        raise UsageError("A calendar is no answer in JSON.", hint="Add --output FILE.ics.")


def _refuse_both(employee: str, output: str | None) -> None:
    if output or employee != "me":
        raise UsageError("--all writes a file for each employee.", hint="Name none, nor --output.")


def _file_name(owner: Owner) -> str:
    """The login, where it can be the name of a file."""
    login = owner.login or ""
    safe = login.replace(".", "").replace("-", "").replace("_", "").isalnum()
    return f"{login if safe else f'employee-{owner.id}'}.ics"


def _write(path: Path, text: str, *, shared: bool) -> None:
    """Write a file whole or not at all; one that says the same already stays as it is."""
    from crm_cli.sheets.writing.atomic import replace_file

    data = text.encode()
    is_new = not path.exists()
    if path.is_file() and path.read_bytes() == data:
        return
    with replace_file(path) as draft:
        if is_new:
            draft.chmod(0o644 if shared else 0o600)
        draft.write_bytes(data)
