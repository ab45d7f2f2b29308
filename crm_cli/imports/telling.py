"""What the person hears of an import: how the file was read, what is wrong, what was done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crm_cli.errors import CrmError, InvalidData, Partial
from crm_cli.imports.columns.advising import advice
from crm_cli.imports.conflicts import CONFLICT_COLUMNS, explain, tell_conflicts
from crm_cli.piped import is_input, spoken, written_beside
from crm_cli.sheets.handing_back.errors import error_file, write_error_workbook
from crm_cli.values.invalid import quote
from crm_cli.views.plurals import plural
from crm_cli.views.table import Table
from crm_cli.views.types import INTEGER
from crm_cli.views.view import Column

if TYPE_CHECKING:
    from crm_cli.app import App
    from crm_cli.imports.running import Order, Outcome, Prepared
    from crm_cli.sheets.problems import CellProblem
    from crm_cli.sheets.sheet import Sheet

SHOWN = 20

PROBLEM_COLUMNS = (
    Column(name="row", sql="", type=INTEGER, labels=("Row", "Rând", "Wiersz"), listed=True),
    Column(name="column", sql="", labels=("Column", "Coloană", "Kolumna"), listed=True),
    Column(name="value", sql="", labels=("Value", "Valoare", "Wartość"), listed=True),
    Column(name="reason", sql="", labels=("Reason", "Motiv", "Powód"), listed=True),
)
CUSTOMER_COLUMNS = (
    Column(name="row", sql="", type=INTEGER, labels=("Row", "Rând", "Wiersz"), listed=True),
    Column(name="account_id", sql="", type=INTEGER, labels=("Id", "Id", "Id"), listed=True),
    Column(name="account", sql="", labels=("Account", "Partener", "Kontrahent"), listed=True),
)


def tell_start(app: App, order: Order, prepared: Prepared) -> None:
    """Say what was guessed about the file, and what was not understood."""
    sheet = prepared.sheet
    name = spoken(order.path)
    if sheet.encoding:
        parted = "tabs" if sheet.delimiter == "\t" else f"'{sheet.delimiter}'"
        app.say(f"{name}: text in {sheet.encoding}, columns parted by {parted}.")
    if sheet.about:
        app.say(f"{name}: {sheet.about}")
    if sheet.kind == "html":
        app.say(f"{name}: a web page, of which {sheet.name} was read (--sheet NAME).")
    if sheet.hidden_rows:
        app.say(f"{name}: {sheet.hidden_rows} hidden rows are read like the others.")
    if sheet.totals:
        rows = ", ".join(map(str, sorted(sheet.totals)[:SHOWN]))
        app.say(f"{name}: row {rows} sums up others and is left out.")
    _say_of_columns(app, name, prepared)
    if prepared.accepted_rows:
        rows = ", ".join(map(str, prepared.accepted_rows))
        app.warn(f"Kept though they are wrong: values in row {rows}.")


def _say_of_columns(app: App, name: str, prepared: Prepared) -> None:
    if prepared.unknown:
        names = ", ".join(f"'{heading}'" for heading in prepared.unknown)
        app.say(f"Left out, for the headings are not known: {names} (--map 'HEADING=FIELD').")
    for heading in prepared.postal:
        app.say(f"'{heading}' holds postal codes and is taken as such (--map '{heading}=code').")
    if prepared.foreign:
        app.say(f"{name}: its ids are of another database and were left aside.")


def tell_end(
    app: App, order: Order, prepared: Prepared, outcome: Outcome, table: Table | None
) -> None:
    """Give the outcome; raises InvalidData or Partial where rows were bad."""
    problems = sorted(prepared.problems.found, key=lambda one: one.row)
    back = [_hand_back(app, order, prepared, problems)] if problems else []
    hint = " ".join([*back, *advice(problems, order.create)])
    conflicts = explain(app, order.plan, outcome.conflicts)
    _say_passed_over(app, outcome)
    if outcome.removed_here:
        app.say(f"{outcome.removed_here} of the records were removed here, and stay so.")
    app.say(_summary(app, order, prepared.sheet, outcome))
    if table is not None and _is_asked_for(app):
        parts = _parts(outcome, problems) | {"conflicts": Table(CONFLICT_COLUMNS, conflicts)}
        app.emit(replace(table, parts=parts))
    complaint = (
        tell_conflicts(app, order, prepared.sheet, conflicts, outcome.in_conflict)
        if conflicts
        else None
    )
    if problems:
        if complaint:
            _say(app, complaint)
        _complain(prepared.sheet, outcome, problems, hint)
    if complaint:
        raise complaint


def _say(app: App, complaint: Partial) -> None:
    for line in (complaint.message, *complaint.candidates, complaint.hint or ""):
        app.say(line)


def _is_asked_for(app: App) -> bool:
    """People have the summary; a script gets the record of the import."""
    return app.collect is not None or app.choices.quiet or app.choices.format != "table"


def _hand_back(app: App, order: Order, prepared: Prepared, problems: list[CellProblem]) -> str:
    """Write the workbook of errors, and say how to go on from it."""
    source, language = prepared.sheet.path, app.person.language
    named = prepared.sheet.name or plural(order.plan.noun, language)
    target = order.errors or error_file(written_beside(order.path))
    skipped = order.policy.skip_bad_rows
    try:
        whole = write_error_workbook(
            source,
            replace(prepared.sheet, name=named),
            problems,
            target,
            language=language,
            only_bad_rows=skipped,
        )
    except CrmError as error:
        return f"{error.message} {error.hint or 'Name another place: --errors FILE'}"
    if skipped:
        return f"Correct {target} and import it."
    if whole:
        return f"Correct {target} and import it, or add --skip-bad-rows."
    if prepared.sheet.names:
        return f"Add --skip-bad-rows; then correct {target} and import it."
    what = spoken(order.path) if is_input(order.path) else order.path
    return f"Correct {what} ({target} marks what is wrong), or add --skip-bad-rows."


def _say_passed_over(app: App, outcome: Outcome) -> None:
    for row, account in outcome.passed_over:
        app.say(f"row {row}: {account['name']} ({account['id']}) is a customer and gets no lead.")


def _summary(app: App, order: Order, sheet: Sheet, outcome: Outcome) -> str:
    several = order.plan.grouped and outcome.records < outcome.read - outcome.rejected
    created = _counted(outcome.created, order.plan.noun) if several else str(outcome.created)
    rejected = _rows(sheet, outcome.rejected) if several else str(outcome.rejected)
    done = [
        f"{created} created",
        f"{outcome.updated} updated",
        f"{outcome.unchanged} unchanged",
        f"{rejected} rejected",
    ]
    if outcome.passed_over:
        done.append(f"{len(outcome.passed_over)} customers without a lead")
    if outcome.conflicts:
        done.append(f"{outcome.in_conflict} in conflict")
    ending = " Nothing was kept: it was a dry run." if app.choices.dry_run else ""
    parting = ":" if several else ","
    read = f"{_rows(sheet, outcome.read)} read{parting}"
    return f"{spoken(order.path)}: {read} {', '.join(done)}.{ending}"


def _rows(sheet: Sheet, count: int) -> str:
    return f"{count} {sheet.unit}{'' if count == 1 else 's'}"


def _counted(count: int, noun: str) -> str:
    """So many records, of which each may take several rows."""
    return f"{count} {noun if count == 1 else plural(noun, 'en').lower()}"


def _parts(outcome: Outcome, problems: list[CellProblem]) -> dict[str, Table]:
    customers = [[row, one["id"], one["name"]] for row, one in outcome.passed_over]
    bad = [[one.row, one.column, one.value, one.reason] for one in problems]
    return {
        "customers": Table(CUSTOMER_COLUMNS, customers),
        "problems": Table(PROBLEM_COLUMNS, bad),
    }


def _complain(sheet: Sheet, outcome: Outcome, problems: list[CellProblem], hint: str) -> None:
    lines = [_line(sheet, one) for one in problems[:SHOWN]]
    if len(problems) > SHOWN:
        lines.append(f"and {len(problems) - SHOWN} more")
    what = "a problem" if len(problems) == 1 else f"{len(problems)} problems"
    has, was = ("has", "was") if outcome.rejected == 1 else ("have", "were")
    rows = f"{outcome.rejected} of {_rows(sheet, outcome.read)} {has} {what}"
    if outcome.import_id is None:
        raise InvalidData(f"{rows}; nothing was written.", hint, lines)
    raise Partial(f"{rows} and {was} left out.", hint, lines)


def _line(sheet: Sheet, problem: CellProblem) -> str:
    row = sheet.called(problem.row)
    where = f"{row}, {problem.column}" if problem.column else row
    told = not problem.value or quote(problem.value) in problem.reason
    return (
        f"{where}: {problem.reason}"
        if told
        else f"{where}, {quote(problem.value)}: {problem.reason}"
    )
