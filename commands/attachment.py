"""`crm attachment`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crm_cli.errors import Conflict, InvalidData, NotFound, NotReady, Partial
from crm_cli.options import output_options
from crm_cli.verbs import standard_verbs
from crm_cli.views.attachments import ATTACHMENT
from crm_cli.views.view import Column

if TYPE_CHECKING:
    from crm_cli.app import App
    from crm_cli.errors import CrmError
    from crm_cli.views.table import Table

SAVED_AS = Column(name="saved_as", sql="", labels=("Saved as", "Salvat ca", "Zapisano jako"))


@click.group()
def attachment() -> None:
    """Files of mails and tasks; each content is kept once."""


standard_verbs(attachment, ATTACHMENT, "list", "show")


@attachment.command()
@click.argument("references", metavar="REF...", nargs=-1, required=True)
@click.option(
    "--to",
    "folder",
    default=".",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Where to write; here unless given.",
)
@output_options
@click.pass_obj
def save(app: App, references: tuple[str, ...], folder: Path) -> None:
    """Write attachments as files; one that has the name already is left as it is.

    Exit code 6: some were not kept and are listed, all others are written.

    Example: crm attachment list --where 'task = 7' -q | xargs crm attachment save --to ~/protocols
    """
    saved: list[Table] = []
    lacking: list[CrmError] = []
    for table in [app.read(ATTACHMENT, reference) for reference in references]:
        try:
            saved.append(_saved(app, table, folder))
        except (Conflict, InvalidData, NotFound) as error:
            lacking.append(error)
    if not saved:
        raise lacking[0]
    rows = [row for table in saved for row in table.rows]
    app.emit(replace(saved[0], rows=rows, single=len(rows) == 1))
    if lacking:
        raise _partial(lacking)


def _partial(lacking: list[CrmError]) -> Partial:
    return Partial(
        f"{len(lacking)} of the attachments could not be written; the others are.",
        candidates=[error.message for error in lacking],
    )


def _saved(app: App, table: Table, folder: Path) -> Table:
    from crm_cli.attachments import attachments_of

    found = table.values()
    _refuse_unkept(found)
    try:
        path = attachments_of(app).save(found["sha256"], found["name"], folder)
    except OSError as error:
        raise NotReady(f"The folder {folder} cannot be written ({error.strerror}).") from error
    columns = (*(column for column in table.columns if column.listed), SAVED_AS)
    shown = table.narrowed(columns[:-1])
    return replace(shown, columns=columns, rows=[[*row, str(path)] for row in shown.rows])


def _refuse_unkept(found: dict[str, Any]) -> None:
    if found["sha256"] is None and found["size"] is not None:
        raise Conflict(
            f"'{found['name']}' has {found['size']} bytes, more than an import kept.",
            hint="crm setting set attachments.max_size 200, then import the mail again",
        )
    if found["sha256"] is None:
        raise Conflict(
            f"The mail only names '{found['name']}'; the file was not exported with it.",
            hint=f"crm mail show {found['mail_id']}",
        )
