"""`crm mail import`, and what is told of it."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crm_cli.errors import Partial
from crm_cli.options import writing_options
from crm_cli.piped import is_input, kept_input, spoken
from crm_cli.views.mail_imports import sentences, summary

if TYPE_CHECKING:
    from crm_cli.app import App
    from crm_cli.intake import Intake, Settled

NAMED = 3
"""Files and folders by which an import is known; of more the rest is counted."""

task_option = click.option(
    "--task/--no-task", "with_tasks", default=None, help="Make tasks of new mail, or none."
)


@click.command("import")
@click.argument(
    "paths",
    metavar="PATH...",
    nargs=-1,
    required=True,
    type=click.Path(readable=False, path_type=Path),
)
@task_option
@click.option("--encoding", help="Where a file does not tell: cp1250, cp1252, utf-8 ...")
@click.option("--date-order", type=click.Choice(["dmy", "mdy"]), help="Order of 03/04/2026.")
@writing_options
@click.pass_obj
def import_(app: App, /, paths: tuple[Path, ...], **reading: Any) -> None:
    """Import files and folders of exported mail; what is known already is not added again.

    Understood are Outlook's "Text only" and .msg, the plain text of Thunderbird's
    ImportExportTools, .eml, mailboxes (.mbox, Thunderbird's folders) and maildirs; - is the
    standard input, a mail or a mailbox. Exit code 6: some files could not be read, or not to their
    end; all others are filed. `crm import undo ID` takes an import back.

    Example: crm mail import ~/export --task
    """
    with ExitStack() as stack:
        piped = stack.enter_context(kept_input()) if any(map(is_input, paths)) else None
        files = [piped if piped and is_input(path) else path for path in paths]
        intake, settled = _import(app, files, name=_called(paths), piped=piped, **reading)
    if not settled:
        _tell_of_nothing(app, paths)
    unread = [one for one in settled if one.error]
    if len(settled) == 1 and unread and not intake.tally.messages:
        raise unread[0].error  # type: ignore[misc]  # it has one
    _warn_of_unassigned(app, intake)
    _warn_of_skipped(app, settled)
    _tell(app, intake, paths)
    if unread:
        raise _partial(unread)


def _import(app: App, files: list[Path], **reading: Any) -> tuple[Intake, list[Settled]]:
    from crm_cli.collecting import seldom_collected
    from crm_cli.intake import Intake, Reading
    from crm_cli.mailbox import find_files

    intake = Intake(app, Reading(**reading))
    with seldom_collected():
        return intake, list(intake.take(find_files(files)))


def _called(paths: tuple[Path, ...]) -> str:
    names = [spoken(path) or str(path) for path in paths]
    more = [f"{len(names) - NAMED} more"] if len(names) > NAMED else []
    return ", ".join(names[:NAMED] + more)


def _tell(app: App, intake: Intake, paths: tuple[Path, ...]) -> None:
    """People have sentences; a script gets the figures, or the id of the import."""
    if app.is_for_people:
        for sentence in sentences(intake.tally, _called(paths), dry=app.choices.dry_run):
            app.say(sentence)
    elif not app.choices.quiet or intake.tally.import_id is not None:
        app.emit(summary(intake.tally))


def _warn_of_unassigned(app: App, intake: Intake) -> None:
    for number in intake.tally.unassigned:
        app.warn(f"Mail {number} made no task: nobody looks after its account.")


def _warn_of_skipped(app: App, settled: list[Settled]) -> None:
    skipped: Counter[str] = sum((one.skipped for one in settled), Counter())
    if skipped:
        told = ", ".join(f"{number} × {what}" for what, number in sorted(skipped.items()))
        app.warn(f"Skipped what is no mail to file: {told}.")


def _tell_of_nothing(app: App, paths: tuple[Path, ...]) -> None:
    searched = ", ".join(map(str, dict.fromkeys(paths)))
    app.say(f"No mail is in {searched}: of a folder, .txt .eml .msg .mbox and mailboxes are taken.")


def _partial(unread: list[Settled]) -> Partial:
    return Partial(
        f"{len(unread)} of the files could not be read; the others are filed.",
        candidates=[one.error.message for one in unread if one.error],
    )
