"""What an import did: the records it created, changed and removed, from the audit."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from crm_cli import views
from crm_cli.views.table import Table
from crm_cli.views.types import INTEGER
from crm_cli.views.view import Column

if TYPE_CHECKING:
    from crm_cli.reader import Reader
    from crm_cli.views.view import View

COLUMNS = (
    Column(name="noun", sql="", labels=("Noun", "Obiect", "Obiekt"), listed=True),
    Column(name="id", sql="", type=INTEGER, labels=("Id", "Id", "Id"), listed=True),
    Column(name="name", sql="", labels=("Name", "Nume", "Nazwa"), listed=True),
    Column(name="command", sql="", labels=("Command", "Comandă", "Polecenie"), listed=True),
)
# Later transactions under the id of an import have undone it.
TRANSACTION = "SELECT min(id) FROM audit_tx WHERE import_id = ?"
RECORDS = """
SELECT entity, entity_id,
  max(CASE WHEN old IS NULL AND salt <> '' THEN 1 ELSE 0 END),
  max(CASE WHEN new IS NULL AND salt <> '' THEN 1 ELSE 0 END)
FROM audit WHERE tx_id = ? GROUP BY entity, entity_id ORDER BY entity, entity_id"""
NAMED = """
SELECT DISTINCT {id}, {title} FROM {source}
JOIN audit trace ON trace.entity_id = {id} WHERE trace.tx_id = ? AND trace.entity = ?"""
TOLD = "SELECT entity_id, coalesce(new, old) FROM audit WHERE tx_id = ? AND entity = ? ORDER BY id"

WITHOUT_PAGE = {"attachment", "campaign_link", "campaign_member", "passage"}
"""Nouns whose records are shown with those they belong to."""

Key = tuple[str, int]


def parts(reader: Reader, number: int) -> dict[str, Table]:
    """The records an import created, updated and removed, with their names."""
    tx_id = reader.value(TRANSACTION, (number,))
    found: dict[str, list[Key]] = {"created": [], "updated": [], "removed": []}
    for entity, record, new, gone in reader.all(RECORDS, (tx_id,)):
        found["created" if new else "removed" if gone else "updated"].append((entity, record))
    wanted = {key for keys in found.values() for key in keys}
    names = _names(reader, tx_id, wanted)
    return {
        what: Table(COLUMNS, [[*key, names.get(key), _command(*key)] for key in keys])
        for what, keys in found.items()
    }


def _command(entity: str, number: int) -> str | None:
    """What shows the record."""
    has_page = entity in views.MODULES and entity not in WITHOUT_PAGE
    return f"crm {entity} show {number}" if has_page else None


def _names(reader: Reader, tx_id: int | None, wanted: set[Key]) -> dict[Key, Any]:
    """The names that records have; of those that are gone, what the trail calls them."""
    names: dict[Key, Any] = {}
    for entity in {entity for entity, _ in wanted} & set(views.MODULES):
        view = views.of(entity)
        for number, name in reader.all(_named(reader, view), (tx_id, entity)):
            names[entity, number] = name
    for entity in {entity for entity, _ in wanted - set(names)} & set(views.MODULES):
        view = views.of(entity)
        title = view.by_name[view.title].field or view.title
        for number, told in reader.all(TOLD, (tx_id, entity)):
            names.setdefault((entity, number), json.loads(told or "{}").get(title))
    return names


def _named(reader: Reader, view: View) -> str:
    title = view.by_name[view.title].expression(reader.dialect)
    return NAMED.format(id=view.columns[0].sql, title=title, source=view.source)
