"""A workbook to be filled in: headings with notes, typed columns, drop-down lists, an example."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from crm_cli.sheets.writing.atomic import replace_file
from crm_cli.sheets.writing.workbook_cells import write_cell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MARK = " *"
"""What stands behind the heading of a required column; an import does not look at it."""

# A cell that takes text keeps the zeros a number begins with.
_PATTERNS = {
    "long text": "General",
    "when": "General",
    "integer": "0",
    "decimal": "#,##0.00##",
    "money": "#,##0.00",
    "percent": '0"%"',
}
_TEXT = "@"
_LAST_ROW = 1_048_576
_WIDTHS = {"long text": 40, "date": 14, "moment": 18, "when": 18, "words": 22}
_NARROW, _WIDE, _LIST_WIDTH, _HEADING_HEIGHT = 12, 30, 26, 33
_NOTE_WIDTH, _NOTE_LINE, _LETTERS_OF_A_LINE = 330, 16, 50
_REQUIRED, _OPTIONAL = {"bg_color": "#1F4E78", "font_color": "#FFFFFF"}, {"bg_color": "#DDEBF7"}


@dataclass(frozen=True, kw_only=True)
class TemplateColumn:
    """A column to be filled in; `kind` is the name of a column type."""

    heading: str
    kind: str
    note: str
    example: object = None
    required: bool = False
    choices: str | None = None
    """The name of the list its drop-down offers."""
    strict: bool = False
    """Whether a value outside the list is asked about."""


class Wording(NamedTuple):
    """What the workbook says beside its headings."""

    title: str
    example: str
    intro: Sequence[str]
    not_in_list: str
    percent: str
    date: str = "yyyy-mm-dd"


@dataclass(frozen=True, kw_only=True)
class Template:
    """All that a workbook to be filled in holds."""

    columns: Sequence[TemplateColumn]
    wording: Wording
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)


def write_template(path: Path, template: Template) -> None:
    """Write the sheet to fill in, then one with an example, then the hidden one of the lists."""
    from xlsxwriter import Workbook

    with replace_file(path) as draft, Workbook(str(draft)) as book:
        drawing = _Drawing(book, template)
        drawing.add_sheet()
        drawing.add_example()
        drawing.add_lists()


class _Drawing:
    """The sheets of one workbook."""

    def __init__(self, book: Workbook, template: Template) -> None:
        self._book = book
        self._template = template
        self._wording = template.wording
        heading = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1}
        border = {**heading, "border_color": "#9DB7D1"}
        self._headings = {
            True: book.add_format({**border, **_REQUIRED}),
            False: book.add_format({**border, **_OPTIONAL}),
        }

    def add_sheet(self) -> None:
        """The sheet to fill in."""
        page = self._page(self._wording.title)
        page.freeze_panes(1, 0)
        page.repeat_rows(0)
        self._write_headings(page, 0)
        for at, column in enumerate(self._template.columns):
            page.set_column(at, at, _width(column), self._cell(column.kind))
            self._validate(page, at, column)
        # Numbers kept as text are meant here: no green corners.
        page.ignore_errors({"number_stored_as_text": f"A1:XFD{_LAST_ROW}"})

    def add_example(self) -> None:
        """A sheet with an example row, which no import reads unless it is named."""
        page = self._page(self._wording.example)
        for at, line in enumerate(self._wording.intro):
            page.write_string(at, 0, line, self._book.add_format({"bold": at == 0}))
        top = len(self._wording.intro) + 1
        self._write_headings(page, top)
        for at, column in enumerate(self._template.columns):
            page.set_column(at, at, _width(column))
            if column.example is not None:
                shown = self._cell(column.kind, italic=True, font_color="#595959")
                write_cell(page, top + 1, at, column.example, shown)
        page.ignore_errors({"number_stored_as_text": f"A1:XFD{top + 2}"})

    def add_lists(self) -> None:
        """A hidden sheet with a column for each list, under a name of its own."""
        if not self._template.lists:
            return
        page = self._book.add_worksheet("Lists")
        page.hide()
        for at, (name, values) in enumerate(self._template.lists.items()):
            page.set_column(at, at, _LIST_WIDTH)
            page.write_string(0, at, name)
            for row, value in enumerate(values, start=1):
                page.write_string(row, at, value)
            self._book.define_name(_name(name), _range("Lists", at, len(values)))

    def _page(self, title: str) -> Worksheet:
        page = self._book.add_worksheet(title)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.set_footer("&L&A&R&P / &N")
        return page

    def _write_headings(self, page: Worksheet, row: int) -> None:
        page.set_row(row, _HEADING_HEIGHT)
        for at, column in enumerate(self._template.columns):
            heading = column.heading + (MARK if column.required else "")
            page.write_string(row, at, heading, self._headings[column.required])
            page.write_comment(row, at, column.note, _note_box(column.note))

    def _cell(self, kind: str, **style: Any) -> Format:
        """The form of a column's cells; text unless the kind has one of its own."""
        dates = {"date": self._wording.date}
        moments = dict.fromkeys(("moment", "date and time"), f"{self._wording.date} hh:mm")
        pattern = {**_PATTERNS, **dates, **moments}.get(kind, _TEXT)
        wrap = {"text_wrap": True} if kind == "long text" else {}
        return self._book.add_format({"num_format": pattern, "valign": "top", **wrap, **style})

    def _validate(self, page: Worksheet, at: int, column: TemplateColumn) -> None:
        if column.choices:
            rule: dict[str, Any] = {"validate": "list", "source": f"={_name(column.choices)}"}
            message = self._wording.not_in_list
        elif column.kind == "percent":
            rule = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 100}
            message = self._wording.percent
        else:
            return
        told = {"error_type": "warning", "error_title": column.heading[:32]}
        asked = column.strict or not column.choices
        page.data_validation(
            1,
            at,
            _LAST_ROW - 1,
            at,
            {**rule, **told, "error_message": message, "show_error": asked},
        )


def _name(name: str) -> str:
    return f"list_{name}"


def _range(sheet: str, column: int, count: int) -> str:
    from xlsxwriter.utility import xl_range_abs

    return f"={sheet}!{xl_range_abs(1, column, max(1, count), column)}"


def _width(column: TemplateColumn) -> int:
    """Room for the heading on two lines, the example and what such columns usually hold."""
    shown = 0 if column.kind == "date" else len(str(column.example or ""))
    words = max(len(word) for word in f"{column.heading}{MARK}".split())
    needed = max(len(column.heading) // 2 + 4, words + 3, shown + 2, _NARROW)
    return _WIDTHS.get(column.kind) or min(_WIDE, needed)


def _note_box(note: str) -> dict[str, Any]:
    """A box that shows the whole note."""
    lines = sum(1 + len(line) // _LETTERS_OF_A_LINE for line in note.split("\n"))
    return {
        "author": "crm",
        "width": _NOTE_WIDTH,
        "height": (lines + 1) * _NOTE_LINE,
        "font_size": 9,
    }
