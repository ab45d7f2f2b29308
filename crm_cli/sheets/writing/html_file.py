"""One page with one table: opens anywhere, prints, and can be read aloud."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, TextIO

from crm_cli.sheets.writing.page import DOTTED, NO_AND_YES, day_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.sheets.writing.page import Page

_STYLE = """
body { font: 1rem/1.4 system-ui, sans-serif; margin: 1rem; color: #1b1b1b; background: #fff; }
table { border-collapse: collapse; }
caption { font-size: 1.25rem; font-weight: bold; text-align: left; padding-bottom: .5rem; }
th, td { border: 1px solid #767676; padding: .25rem .5rem; text-align: left; vertical-align: top; }
thead th { position: sticky; top: 0; background: #eee; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
@media print { thead { display: table-header-group; } tr { break-inside: avoid; } }
"""


def write_html(file: TextIO, page: Page, language: str) -> None:
    """Write a page that needs no other file, with its name as the caption of the table."""
    file.writelines(_document(page, language))


def count_rows(file: TextIO) -> int:
    """The rows below the headings; each is on a line that begins so, and nothing else is."""
    return sum(line.startswith("<tr>") for line in file) - 1


def _document(page: Page, language: str) -> Iterator[str]:
    name = escape(page.name)
    yield f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>{name}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
    yield f"<table>\n<caption>{name}</caption>\n<thead>\n<tr>"
    yield from (f'<th scope="col">{escape(heading)}</th>' for heading in page.headings)
    yield "</tr>\n</thead>\n<tbody>\n"
    for row in page.rows:
        yield f"<tr>{''.join([_cell(value, language) for value in row])}</tr>\n"
    yield "</tbody>\n</table>\n</main>\n</body>\n</html>\n"


def _cell(value: object, language: str) -> str:
    if value is None:
        return "<td></td>"
    if isinstance(value, bool):
        return f"<td>{NO_AND_YES[language][value]}</td>"
    if isinstance(value, int | Decimal):
        return f'<td class="number">{value}</td>'
    if isinstance(value, date):
        clock = f" {value:%H:%M}" if isinstance(value, datetime) else ""
        day = day_text(value, dotted=language in DOTTED)
        return f'<td><time datetime="{value.isoformat()}">{day}{clock}</time></td>'
    return f"<td>{escape(str(value))}</td>"
