"""Records in JSON or JSON Lines: the keys are headings."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from crm_cli.sheets import charset
from crm_cli.sheets.sheet import CellError
from crm_cli.sheets.source import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    Record = dict[str, Any]

_decoder = json.JSONDecoder(
    parse_float=Decimal, parse_constant=lambda name: CellError("#NUM!"), strict=False
)


def tables(path: Path, kind: str, wanted: str) -> tuple[Callable[[], list[str]], Iterator[Table]]:
    """The list of records, or the lists of an object by their keys."""
    found = _lists(path)
    names = list(filter(None, found))
    return lambda: names, (
        _table(name, records)
        for name, records in found.items()
        if wanted.casefold() in {"", name.casefold()}
    )


def _lists(path: Path) -> dict[str, list[Record]]:
    text = path.read_text(charset.of_text(path))
    values = list(_values(text))
    if len(values) > 1:
        return {"": _records(values)}
    [value] = values
    if isinstance(value, list):
        return {"": _records(value)}
    lists = {key: one for key, one in value.items() if _is_list_of_records(one)}
    return lists or {"": _records([value])}


def _values(text: str) -> Iterator[Any]:
    """The values that follow each other, in lines or not."""
    at, end = 0, len(text.rstrip())
    while at < end:
        while text[at] in " \t\r\n\ufeff\x1e":
            at += 1
        value, at = _decoder.raw_decode(text, at)
        yield value


def _records(values: list[Any]) -> list[Record]:
    if not all(isinstance(value, dict) for value in values):
        raise ValueError("not a list of records")
    return values


def _is_list_of_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _table(name: str, records: list[Record]) -> Table:
    keys = list(dict.fromkeys(key for record in records for key in record))
    rows = ([_cell(record.get(key)) for key in keys] for record in records)
    return Table(name=name, rows=rows, width=len(keys), keys=keys)


def _cell(value: Any) -> object:
    """A value as a cell: several as text parted by semicolons, an amount before its currency."""
    if isinstance(value, dict):
        return _joined(value.values(), " ") if "amount" in value else json.dumps(value, default=str)
    return _joined(value, "; ") if isinstance(value, list) else value


def _joined(values: Iterable[Any], separator: str) -> str:
    return separator.join(str(_cell(value)) for value in values if value is not None)
