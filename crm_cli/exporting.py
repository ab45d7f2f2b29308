"""Nouns written to files: with the columns by which an edited file finds its way back."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from crm_cli import views
from crm_cli.cards.exported import COLUMNS, NEEDED
from crm_cli.cards.exporting import form_of_contacts
from crm_cli.errors import UsageError
from crm_cli.output.file_forms import FORMS, Look, Named
from crm_cli.output.files import csv_form, form_of, write_tables
from crm_cli.sheets import roundtrip
from crm_cli.views.nesting import PARTS, nested
from crm_cli.views.plurals import plural

if TYPE_CHECKING:
    from pathlib import Path

    from crm_cli.app import App
    from crm_cli.output.file_forms import Form
    from crm_cli.views.view import View


EXPORTED = (
    "team", "employee", "leave", "holiday", "operation", "reason", "cycle", "stage", "series",
    "status", "tax", "rate", "account", "site", "contact", "product", "recipe", "campaign", "lead",
    "evaluation", "opportunity", "document", "interaction", "task",
)  # fmt: skip
"""What `crm export all` writes: each noun after those it refers to, the kinds of documents once."""


def export_noun(
    app: App, view: View, path: Path, language: str, *, layout: str | None = None, **chosen: Any
) -> int:
    """Write the chosen records of a noun; the number of rows."""
    if form := form_of_contacts(view, path, layout):
        return _export_contacts(app, view, path, form, **chosen)
    stamped = form_of(path).stamped and not app.choices.raw
    return write_tables(
        path, [_selected(app, view, path.stem, stamped=stamped, **chosen)], _look(app, language)
    )


def _export_contacts(app: App, view: View, path: Path, form: Form, **chosen: Any) -> int:
    """Write contacts for another program, which knows neither our languages nor our habits."""
    asked = {column.name for column in app.columns(view)} if app.choices.columns else {*COLUMNS}
    names = [name for name in COLUMNS if name in asked or name in NEEDED]
    with app.database.translated():
        stamp = "" if app.choices.raw else roundtrip.stamp(app.reader)
    table = app.select(view, named=",".join(names), **chosen)
    look = _look(app, "en")._replace(csv=csv_form(replace(app.choices, raw=False), "en"))
    return write_tables(path, [Named(name=path.stem, table=table, stamp=stamp)], look, form)


def export_all(app: App, path: Path, language: str) -> int:
    """Write every record, all as they were at one moment; the number of rows."""
    form = form_of(path)
    if not form.several:
        several = ", ".join(ending for ending, one in FORMS.items() if one.several)
        raise UsageError(f"'{path}' holds one list only.", hint=f"End it in {several}.")
    # In a batch that is one transaction, that is the moment.
    with nullcontext() if app.outer else app.reader.snapshot():
        tables = [
            _selected(app, _view(noun), noun, stamped=form.stamped, archived=True)
            for noun in EXPORTED
        ]
    titled = [replace(named, title=plural(named.name, language)) for named in tables]
    return write_tables(path, titled, _look(app, language))


def _view(noun: str) -> View:
    view = views.of(noun)
    return nested(view) if noun in {"document", *PARTS} else view


def _selected(app: App, view: View, name: str, *, stamped: bool, **chosen: Any) -> Named:
    """The records with the columns asked for, else with all."""
    columns = app.columns(view) if app.choices.columns else view.columns
    names = [column.name for column in columns]
    if stamped and view.by_name.keys() >= set(roundtrip.NAMES):
        with app.database.translated():
            stamp = roundtrip.stamp(app.reader)
        names.extend(roundtrip.NAMES)
    else:
        stamp = ""
    return Named(name=name, table=app.select(view, named=",".join(names), **chosen), stamp=stamp)


def _look(app: App, language: str) -> Look:
    return Look(language, app.style(), csv_form(app.choices, language))
