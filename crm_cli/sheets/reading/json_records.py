"""Records in JSON or JSON Lines: the keys are headings."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any

from crm_cli.sheets.reading import charset
from crm_cli.sheets.reading.json_text import JsonText
from crm_cli.sheets.reading.outcome import TooMuch
from crm_cli.sheets.reading.source import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from crm_cli.sheets.reading.spool import Cells

_MOST_KEYS = 16_384


def tables(path: Path, kind: str, wanted: str) -> tuple[Callable[[], list[str]], Iterator[Table]]:
    """The list of records, or the lists of an object by their keys."""
    names: list[str] = []
    return lambda: names, _wanted(path, wanted.casefold(), names)


def _wanted(path: Path, wanted: str, names: list[str]) -> Iterator[Table]:
    with path.open(encoding=charset.of_text(path), newline="") as file:
        for name, records in _lists(JsonText(file)):
            if name:
                names.append(name)
            if wanted in {"", name.casefold()}:
                keys: list[str] = []
                yield Table(name=name, rows=_rows(records, keys), keys=keys)
            else:
                for _ in records:
                    pass


def _lists(text: JsonText) -> Iterator[tuple[str, Iterable[Any]]]:
    """The lists with their names; each is to be walked before the next is asked for."""
    if text.peek() == "[":
        yield "", text.elements()
        if text.peek():
            raise ValueError("more than a list")
        return
    try:
        first = text.value()
    except TooMuch:
        yield from _long_lists(text)
        return
    if text.peek():
        yield "", chain([first], text.values())
    else:
        lists = {name: one for name, one in first.items() if _is_list_of_records(one)}
        yield from lists.items() or [("", [first])]


def _long_lists(text: JsonText) -> Iterator[tuple[str, Iterable[Any]]]:
    """The lists of an object that is too long to be one record."""
    for name in text.keys():  # noqa: SIM118 (no mapping: it reads on)
        text.take(":")
        if text.peek() == "[":
            yield name, text.elements()
        else:
            text.value()


def _is_list_of_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _rows(records: Iterable[Any], keys: list[str]) -> Iterator[Cells]:
    """The records as rows; the keys grow as they are met."""
    known: set[str] = set()
    for record in records:
        if not isinstance(record, dict):
            raise ValueError("not a list of records")  # noqa: TRY004 (the file is wrong, not the call)
        if not record.keys() <= known:
            keys.extend(key for key in record if key not in known)
            known.update(record)
            if len(keys) > _MOST_KEYS:
                raise TooMuch(f"has records of more than {_MOST_KEYS:,} keys")
        yield [_cell(record.get(key)) for key in keys]


def _cell(value: Any) -> object:
    """A value as a cell: several as text parted by semicolons, an amount before its currency."""
    if isinstance(value, dict):
        return _joined(value.values(), " ") if "amount" in value else json.dumps(value, default=str)
    return _joined(value, "; ") if isinstance(value, list) else value


def _joined(values: Iterable[Any], separator: str) -> str:
    return separator.join(str(_cell(value)) for value in values if value is not None)
