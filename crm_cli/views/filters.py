"""`--where 'field op value'`: read into a field, an operator and values."""

from __future__ import annotations

import re
from typing import NamedTuple

from crm_cli.errors import UsageError

OPERATORS = ("=", "!=", "<", "<=", ">", ">=", "~", "in")
HINT = (
    f"Write it as: --where 'field op value', op among {' '.join(OPERATORS)}, or 'field is empty'."
)

_EMPTY = re.compile(r"^\s*([\w.]+)\s+is\s+(not\s+)?empty\s*$", re.IGNORECASE)
_IN = re.compile(r"^\s*([\w.]+)\s+in\s*\((.*)\)\s*$", re.IGNORECASE | re.DOTALL)
_COMPARE = re.compile(r"^\s*([\w.]+)\s*(!=|<=|>=|=|<|>|~)\s*(.*?)\s*$", re.DOTALL)
_ITEM = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([^,]*?))\s*(?:,|$)""")


class Condition(NamedTuple):
    """One condition; `empty` and `not empty` have no values."""

    path: tuple[str, ...]
    operator: str
    values: tuple[str, ...] = ()


def parse_condition(text: str) -> Condition:
    """Read one condition; raises UsageError."""
    if match := _EMPTY.match(text):
        return Condition(_path(match[1]), "not empty" if match[2] else "empty")
    if match := _IN.match(text):
        return Condition(_path(match[1]), "in", _items(match[2], text))
    if match := _COMPARE.match(text):
        return Condition(_path(match[1]), match[2], (_unquoted(match[3]),))
    raise UsageError(f"'{text}' is not a condition.", hint=HINT)


def _path(text: str) -> tuple[str, ...]:
    return tuple(text.lower().split("."))


def _unquoted(text: str) -> str:
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "'\""
    return text[1:-1] if quoted else text


def _items(text: str, condition: str) -> tuple[str, ...]:
    if not text.strip():
        raise UsageError(f"'{condition}' names no value.", hint=HINT)
    items = [next((part for part in match if part), "") for match in _ITEM.findall(text)]
    return tuple(items[:-1] if items[-1] == "" and not text.rstrip().endswith(",") else items)
