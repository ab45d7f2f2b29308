"""Spreadsheets of every kind from the same rows, and ways to change them."""

from __future__ import annotations

import json
import zlib
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from tests.sheets import workbooks
from tests.sheets.xlsb import xlsb

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from pathlib import Path

    Grid = list[list[Any]]
    Writer = Callable[[Path, Grid, str], object]
    Damage = Callable[[bytes, random.Random], bytes]

_XML = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
    '<Worksheet Name="{}"><Table>{}</Table></Worksheet></Workbook>'
)


def _csv(path: Path, grid: Grid, name: str, encoding: str = "utf-8") -> None:
    lines = (";".join("" if cell is None else str(cell) for cell in row) for row in grid)
    path.write_bytes("\r\n".join(lines).encode(encoding))


def _ods(path: Path, grid: Grid, name: str) -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = (
        "".join(cell.format(_marked_up(value)) if value else "<table:table-cell/>" for value in row)
        for row in grid
    )
    row = "<table:table-row>{}</table:table-row>"
    workbooks.ods(path, "".join(row.format(cells) for cells in rows))


def _html(path: Path, grid: Grid, name: str) -> None:
    rows = ("<td>".join(["<tr>", *map(_marked_up, row)]) for row in grid)
    path.write_text(f"<html><title>{name}</title><table>{''.join(rows)}</table></html>")


def _xml(path: Path, grid: Grid, name: str) -> None:
    cell = '<Cell Index="{}"><Data Type="String">{}</Data></Cell>'
    rows = (
        "".join(cell.format(at, _marked_up(value)) for at, value in enumerate(row, 1) if value)
        for row in grid
    )
    rows = (f"<Row>{cells}</Row>" for cells in rows)
    path.write_text(_XML.format(_marked_up(name), "".join(rows)))


def _marked_up(value: object) -> str:
    return "" if value is None else escape(str(value))


WRITERS: dict[str, Writer] = {
    "xlsx": workbooks.xlsx,
    "xls": lambda path, grid, name: workbooks.xls(path, grid),
    "xlsb": lambda path, grid, name: xlsb(path, grid),
    "ods": _ods,
    "csv": _csv,
    "tsv": lambda path, grid, name: _csv(path, grid, name, "utf-16"),
    "html": _html,
    "xml": _xml,
}


def as_records(path: Path, grid: Grid) -> None:
    """The rows as JSON."""
    names, *rows = grid
    path.write_text(json.dumps([dict(zip(names, row, strict=True)) for row in rows]))


def harmless(grid: Grid, chance: random.Random) -> Grid:
    """The same rows under titles, in another order, with gaps."""
    order = list(range(len(grid[0])))
    chance.shuffle(order)
    names, *rows = [[row[at] for at in order] for row in grid]
    chance.shuffle(rows)
    for _ in range(chance.randint(0, 3)):
        rows.insert(chance.randint(0, len(rows)), [None] * len(names))
    titles: Grid = [["Lista de lead-uri"], ["Toamna 2026", None, "v2"], [None], [2026]]
    return [*chance.choices(titles, k=chance.randint(0, 4)), names, *rows]


def packed_anew(content: bytes, chance: random.Random) -> bytes:
    """The members of an archive in another order and compression; other files as they are."""
    parts = _members(content)
    items = list(parts.items())
    chance.shuffle(items)
    return _archive(dict(items), chance.choice([ZIP_STORED, ZIP_DEFLATED])) if parts else content


def _flip(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _truncate(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def _blank(content: bytes, chance: random.Random) -> bytes:
    at, size = chance.randrange(len(content)), chance.randint(1, 2_000)
    return content[:at] + bytes(size) + content[at + size :]


def _repeat(content: bytes, chance: random.Random) -> bytes:
    at, size = chance.randrange(len(content)), chance.randint(1, 2_000)
    return content[:at] + content[at : at + size] * 2 + content[at + size :]


def _insert(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + chance.randbytes(chance.randint(1, 40)) + content[at:]


def _drop_part(content: bytes, chance: random.Random) -> bytes:
    parts = _members(content)
    if not parts:
        return _truncate(content, chance)
    parts.pop(chance.choice(list(parts)))
    return _archive(parts)


def _swap_parts(content: bytes, chance: random.Random) -> bytes:
    parts = _members(content)
    if len(parts) < 2:
        return _repeat(content, chance)
    one, other = chance.sample(list(parts), 2)
    parts[one], parts[other] = parts[other], parts[one]
    return _archive(parts)


def _damage_part(content: bytes, chance: random.Random) -> bytes:
    parts = {name: part for name, part in _members(content).items() if part}
    if not parts:
        return _flip(content, chance)
    name = chance.choice(list(parts))
    parts[name] = chance.choice(_ON_BYTES)(parts[name], chance)
    return _archive(parts)


_ON_BYTES: list[Damage] = [_flip, _truncate, _blank, _repeat, _insert]
DAMAGES: list[Damage] = [*_ON_BYTES, _drop_part, _swap_parts, _damage_part, _damage_part]


def _members(content: bytes) -> dict[str, bytes]:
    try:
        with ZipFile(BytesIO(content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (BadZipFile, zlib.error, LookupError, ValueError, OSError, NotImplementedError):
        return {}


def _archive(parts: dict[str, bytes], compression: int = ZIP_DEFLATED) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", compression) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return target.getvalue()
