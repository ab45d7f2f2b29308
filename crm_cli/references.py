"""How a record is named on the command line: an id, a key by its form, `prefix:value`, a name."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from crm_cli.errors import Conflict, NotFound
from crm_cli.values.invalid import quote
from crm_cli.values.sentences import Sentence, noun

if TYPE_CHECKING:
    from crm_cli.reader import Reader
    from crm_cli.views.view import Key, View

SHOWN = 5
"""Candidates named in an error."""
LONGEST = 18
"""Digits of an id that surely fits into 64 bits."""


def resolve(reader: Reader, view: View, reference: str, me: int | None = None) -> int:
    """The id a reference stands for; raises NotFound or Conflict, both with candidates."""
    text = reference.strip()
    if view.noun == "employee" and text == "me" and me is not None:
        return me
    if text.isascii() and text.isdigit():
        return _by_id(reader, view, text)
    prefix, colon, rest = text.partition(":")
    keys = [key for key in view.keys if colon and key.prefix == prefix.lower()]
    value = rest.strip() if keys else text
    for key in keys or (key for key in view.keys if key.plain(text)):
        if ids := _ids(reader, view, key, value):
            return _single(reader, view, ids, reference)
    raise _not_found(reader, view, reference)


def _by_id(reader: Reader, view: View, digits: str) -> int:
    key = view.columns[0].sql
    merged = view.merged_into or "NULL"
    row = len(digits) <= LONGEST and reader.one(
        f"SELECT {key}, {merged} FROM {view.source} WHERE {key} = ?",  # noqa: S608 - declared SQL
        (int(digits),),
    )
    if not row:
        raise _no_such_id(view, digits)
    return int(row[1] or row[0])


def _no_such_id(view: View, digits: str) -> NotFound:
    return NotFound(
        "There is no {noun} with id {id}.",
        hint=where_to_look(view, digits),
        noun=noun(view.noun),
        id=digits,
    )


def where_to_look(view: View, reference: str) -> Sentence:
    """The hint for a reference that names nothing: digits may be a tax id without its prefix."""
    from crm_cli.values.tax_ids import is_bare_cui

    if any(key.prefix == "tax" for key in view.keys) and is_bare_cui(reference):
        return Sentence("If it is a tax id, write tax:{id}.", id=reference)
    return Sentence("`{command}` shows them.", command=view.shown_by)


def _ids(reader: Reader, view: View, key: Key, text: str) -> list[int]:
    if key.is_folded:
        return sorted(folded_ids(reader, view, key).get(key.normal(text), ()))
    number = view.columns[0].sql
    rows = reader.all(
        f"SELECT {number} FROM {view.source} WHERE {key.sql} = ?"  # noqa: S608 - declared SQL
        f" AND {view.alive} ORDER BY {number} LIMIT {SHOWN + 1}",
        (key.normal(text),),
    )
    return [row[0] for row in rows]


def folded_ids(reader: Reader, view: View, key: Key) -> dict[str, set[int]]:
    """The living records of a short list by the folded value of a key."""
    rows = reader.all(
        f"SELECT {key.sql}, {view.columns[0].sql} FROM {view.source}"  # noqa: S608 - declared SQL
        f" WHERE {key.sql} IS NOT NULL AND {view.alive}"
    )
    found = defaultdict[str, set[int]](set)
    for value, number in rows:
        found[key.normal(value)].add(number)
    return found


def _single(reader: Reader, view: View, ids: list[int], reference: str) -> int:
    if len(ids) == 1:
        return ids[0]
    raise Conflict(
        "{value} names more than one {noun}.",
        hint="Give the id.",
        candidates=_describe(reader, view, ids[:SHOWN]),
        value=quote(reference),
        noun=noun(view.noun),
    )


def _not_found(reader: Reader, view: View, reference: str) -> NotFound:
    prefixes = ", ".join(dict.fromkeys(f"{key.prefix}:" for key in view.keys))
    return NotFound(
        "There is no {noun} {value}.",
        hint="Use an id or one of {prefixes} (`{command}` shows them)."
        if prefixes
        else "Use an id (`{command}` shows them).",
        candidates=_similar(reader, view, reference),
        noun=noun(view.noun),
        value=quote(reference),
        prefixes=prefixes,
        command=view.shown_by,
    )


def _similar(reader: Reader, view: View, reference: str) -> list[str]:
    from crm_cli.values.text import fold

    words = fold(reference.rpartition(":")[2]).split()
    if not words or not view.search:
        return []
    number = view.columns[0].sql
    rows = reader.all(
        f"SELECT {number} FROM {view.source} WHERE {view.search[0]} LIKE ? ESCAPE '!'"  # noqa: S608
        f" AND {view.alive} ORDER BY {number} LIMIT {SHOWN}",
        ("%" + _escaped(words[0]) + "%",),
    )
    return _describe(reader, view, [row[0] for row in rows])


def _escaped(word: str) -> str:
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _describe(reader: Reader, view: View, ids: list[int]) -> list[str]:
    if not ids:
        return []
    number, title = view.columns[0].sql, view.by_name[view.title].expression(reader.dialect)
    rows: list[tuple[Any, ...]] = reader.all(
        f"SELECT {number}, {title} FROM {view.source}"  # noqa: S608 - declared SQL
        f" WHERE {number} IN ({', '.join('?' * len(ids))}) ORDER BY {number}",
        ids,
    )
    return [f"{row[0]} {row[1]}" for row in rows]
