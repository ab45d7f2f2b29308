"""One page with one table: opens anywhere, prints, and can be read aloud."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING

from crm_cli.sheets.atomic import replace_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

_STYLE = """
body { font: 1rem/1.4 system-ui, sans-serif; margin: 1rem; color: #1b1b1b; background: #fff; }
table { border-collapse: collapse; }
caption { font-size: 1.25rem; font-weight: bold; text-align: left; padding-bottom: .5rem; }
th, td { border: 1px solid #767676; padding: .25rem .5rem; text-align: left; vertical-align: top; }
thead th { position: sticky; top: 0; background: #eee; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
@media print { thead { display: table-header-group; } tr { break-inside: avoid; } }
"""


def write_html(
    path: Path,
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    language: str = "en",
) -> None:
    """Write a page that needs no other file, with the title as the caption of the table."""
    with replace_file(path) as draft, draft.open("w", encoding="utf-8") as file:
        file.writelines(_page(title, headings, rows, language))


def _page(
    title: str, headings: Sequence[str], rows: Iterable[Sequence[object]], language: str
) -> Iterator[str]:
    name = escape(title)
    yield f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>{name}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
    yield f"<table>\n<caption>{name}</caption>\n<thead>\n<tr>"
    yield from (f'<th scope="col">{escape(heading)}</th>' for heading in headings)
    yield "</tr>\n</thead>\n<tbody>\n"
    yield from (f"<tr>{''.join(map(_cell, row))}</tr>\n" for row in rows)
    yield "</tbody>\n</table>\n</main>\n</body>\n</html>\n"


def _cell(value: object) -> str:
    if value is None:
        return "<td></td>"
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return f'<td class="number">{value}</td>'
    if isinstance(value, datetime):
        return f'<td><time datetime="{value.isoformat()}">{value:%Y-%m-%d %H:%M}</time></td>'
    return f"<td>{escape(str(value))}</td>"
