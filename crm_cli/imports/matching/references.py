"""Many references at once: a statement for each way to name a record, not for each record."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from crm_cli.errors import Conflict, CrmError, NotFound
from crm_cli.portions import portions
from crm_cli.references import LONGEST, folded_ids, where_to_look
from crm_cli.values.invalid import quote
from crm_cli.values.sentences import noun

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from crm_cli.reader import Reader
    from crm_cli.views.view import Key, View

    Found = dict[str, int | CrmError]

_AT_ONCE = 500
_LIKE_A_TAX_ID = 10
"""Digits that are no id of ours any more, but may be a NIP or a CUI without its letters."""


def resolve_all(reader: Reader, view: View, texts: Collection[str], me: int | None = None) -> Found:
    """The id each reference stands for, or the error that says why it stands for none."""
    found: Found = {}
    if view.noun == "employee" and me is not None and "me" in texts:
        found["me"] = me
    _by_id(reader, view, texts, found)
    for key in view.keys:
        values = dict(_values(key, view, texts, found))
        known = _known(reader, view, key, values)
        for text, value in values.items():
            if ids := known.get(value):
                found[text] = next(iter(ids)) if len(ids) == 1 else _ambiguous(view, text, ids)
    return {text: found.get(text) or missing(view, text) for text in texts}


def _by_id(reader: Reader, view: View, texts: Iterable[str], found: Found) -> None:
    digits = {text: int(text) for text in texts if _is_id(text)}
    known = _ids(reader, view, view.columns[0].sql, digits.values())
    for text, number in digits.items():
        if number in known:
            found[text] = number
        elif len(text) < _LIKE_A_TAX_ID:
            found[text] = missing(view, text)


def _known(
    reader: Reader, view: View, key: Key, values: Mapping[str, Any]
) -> Mapping[Any, set[int]]:
    if key.is_folded and values:
        return folded_ids(reader, view, key)
    return _ids(reader, view, key.sql, values.values())


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= LONGEST


def _values(
    key: Key, view: View, texts: Iterable[str], found: Mapping[str, Any]
) -> Iterator[tuple[str, Any]]:
    """What to look for by a key, for the references it may read that are still open."""
    prefixes = {known.prefix for known in view.keys}
    for text in texts:
        prefix, colon, rest = text.partition(":")
        named = prefix.lower() if colon and prefix.lower() in prefixes else None
        if text in found or not (named == key.prefix or (named is None and key.plain(text))):
            continue
        yield text, key.normal(rest.strip() if named else text)


def _ids(
    reader: Reader, view: View, sql: str | Callable[..., str], values: Iterable[Any]
) -> dict[Any, set[int]]:
    """The living records by the value of a key."""
    wanted = sorted({value for value in values if value != ""})
    number = view.columns[0].sql
    found: dict[Any, set[int]] = defaultdict(set)
    for some in portions(wanted, _AT_ONCE):
        rows = reader.all(
            f"SELECT {sql}, {number} FROM {view.source}"  # noqa: S608 - declared SQL
            f" WHERE {sql} IN ({', '.join('?' * len(some))}) AND {view.alive}",
            some,
        )
        for value, record in rows:
            found[value].add(record)
    return found


def _ambiguous(view: View, text: str, ids: Iterable[int]) -> Conflict:
    numbers = ", ".join(map(str, sorted(ids)[:5]))
    return Conflict(
        "{value} names more than one {noun}: {numbers}.",
        hint="Write the code: `{command}` shows it." if view.noun == "tax" else "Give the id.",
        value=quote(text),
        noun=noun(view.noun),
        numbers=numbers,
        command=view.shown_by,
    )


def missing(view: View, text: str) -> NotFound:
    """The error that says a reference stands for no record."""
    return NotFound(
        "There is no {noun} {value}.",
        hint=where_to_look(view, text),
        noun=noun(view.noun),
        value=quote(text),
    )
