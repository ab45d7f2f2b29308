"""The fixed parts of an .xlsx file, and what stands around the rows of a sheet."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NAME_LIMIT = 31
_A4 = 9

ROOT_RELATIONS = (
    f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>"
)


def sheet_name(wanted: str, taken: Sequence[str] = ()) -> str:
    """The name of a sheet as Excel allows it; a number is added to one that is taken."""
    plain = _FORBIDDEN_IN_NAMES.sub(" ", wanted).strip(" '") or "Sheet1"
    used = {name.casefold() for name in taken}
    name, number = plain[:_NAME_LIMIT], 1
    while name.casefold() in used:
        number += 1
        suffix = f" ({number})"
        name = plain[: _NAME_LIMIT - len(suffix)] + suffix
    return name


def letters(column: int) -> str:
    """What the column is called, counted from 0: A, B ... Z, AA."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def content_types(sheets: int) -> str:
    """The kinds of all parts."""
    parts = {"workbook": "sheet.main", "styles": "styles"}
    parts |= {f"worksheets/sheet{number}": "worksheet" for number in range(1, sheets + 1)}
    overrides = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for part, kind in parts.items()
    )
    return (
        f'{_DECLARATION}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def workbook_relations(sheets: int) -> str:
    """Where the sheets and the styles are."""
    targets = [f"worksheets/sheet{number}" for number in range(1, sheets + 1)]
    kinds = [*(["worksheet"] * sheets), "styles"]
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}.xml"/>'
        for number, (kind, target) in enumerate(zip(kinds, [*targets, "styles"], strict=True), 1)
    )
    return (
        f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'
    )


def workbook(names: Sequence[str], areas: Sequence[str]) -> str:
    """The list of sheets; the heading row of each is printed on every page, its area filtered."""
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{at}" r:id="rId{at}"/>'
        for at, name in enumerate(names, start=1)
    )
    defined = "".join(
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{at}" hidden="1">'
        f"{_quoted(name)}!{_absolute(area)}</definedName>"
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{at}">'
        f"{_quoted(name)}!$1:$1</definedName>"
        for at, (name, area) in enumerate(zip(names, areas, strict=True))
    )
    return (
        f'{_DECLARATION}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><bookViews>'
        f'<workbookView activeTab="0"/></bookViews><sheets>{sheets}</sheets>'
        f'<definedNames>{defined}</definedNames><calcPr calcId="191029"/></workbook>'
    )


def _quoted(name: str) -> str:
    return escape("'" + name.replace("'", "''") + "'", quote=False)


def _absolute(area: str) -> str:
    return re.sub(r"([A-Z]+)([0-9]+)", r"$\1$\2", area)


def sheet_head(widths: Sequence[int], styles: Sequence[int], hidden: int) -> str:
    """What comes before the rows: the frozen heading row, the widths and styles of the columns."""
    unseen = [""] * (len(widths) - hidden) + [' hidden="1"'] * hidden
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" style="{style}" customWidth="1"'
        f"{unseen[at - 1]}/>"
        for at, (width, style) in enumerate(zip(widths, styles, strict=True), start=1)
    )
    return (
        f'{_DECLARATION}<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2"'
        ' activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A2"'
        ' sqref="A2"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
        f"<cols>{columns}</cols><sheetData>"
    )


def sheet_tail(area: str) -> str:
    """What comes after the rows: filters, and how the sheet is printed."""
    return (
        f'</sheetData><autoFilter ref="{area}"/>'
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
        f'<pageSetup paperSize="{_A4}" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter>"
        f'<ignoredErrors><ignoredError sqref="{area}" numberStoredAsText="1"/></ignoredErrors>'
        "</worksheet>"
    )
