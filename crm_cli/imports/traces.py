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
# Later commands under the id of an import have undone it.
OF_IMPORT = """(
SELECT t.id FROM audit_tx t JOIN (
  SELECT import_id, command_id FROM audit_tx WHERE import_id = ? ORDER BY id LIMIT 1
) f ON t.import_id = f.import_id AND t.command_id = f.command_id)"""
RECORDS = f"""
SELECT entity, entity_id,
  max(CASE WHEN old IS NULL AND salt <> '' THEN 1 ELSE 0 END),
  max(CASE WHEN new IS NULL AND salt <> '' THEN 1 ELSE 0 END)
FROM audit WHERE tx_id IN {OF_IMPORT} GROUP BY entity, entity_id ORDER BY entity, entity_id"""  # noqa: S608 - constants
NAMED = f"""
SELECT DISTINCT {{id}}, {{title}} FROM {{source}}
JOIN audit trace ON trace.entity_id = {{id}}
WHERE trace.tx_id IN {OF_IMPORT} AND trace.entity = ?"""  # noqa: S608 - constants
TOLD = f"""
SELECT entity_id, coalesce(new, old) FROM audit
WHERE tx_id IN {OF_IMPORT} AND entity = ? ORDER BY id"""  # noqa: S608 - constants

WITHOUT_PAGE = {"attachment", "campaign_link", "campaign_member", "passage"}
"""Nouns whose records are shown with those they belong to."""

Key = tuple[str, int]


def parts(reader: Reader, number: int) -> dict[str, Table]:
    """The records an import created, updated and removed, with their names."""
    found: dict[str, list[Key]] = {"created": [], "updated": [], "removed": []}
    for entity, record, new, gone in reader.all(RECORDS, (number,)):
        found["created" if new else "removed" if gone else "updated"].append((entity, record))
    wanted = {key for keys in found.values() for key in keys}
    names = _names(reader, number, wanted)
    return {
        what: Table(COLUMNS, [[*key, names.get(key), _command(*key)] for key in keys])
        for what, keys in found.items()
    }


def _command(entity: str, number: int) -> str | None:
    """What shows the record."""
    has_page = entity in views.MODULES and entity not in WITHOUT_PAGE
    return f"crm {entity} show {number}" if has_page else None


def _names(reader: Reader, run: int, wanted: set[Key]) -> dict[Key, Any]:
    """The names that records have; of those that are gone, what the trail calls them."""
    names: dict[Key, Any] = {}
    for entity in {entity for entity, _ in wanted} & set(views.MODULES):
        view = views.of(entity)
        for number, name in reader.all(_named(reader, view), (run, entity)):
            names[entity, number] = name
    for entity in {entity for entity, _ in wanted - set(names)} & set(views.MODULES):
        view = views.of(entity)
        title = view.by_name[view.title].field or view.title
        for number, told in reader.all(TOLD, (run, entity)):
            names.setdefault((entity, number), json.loads(told or "{}").get(title))
    return names


def _named(reader: Reader, view: View) -> str:
    title = view.by_name[view.title].expression(reader.dialect)
    return NAMED.format(id=view.columns[0].sql, title=title, source=view.source)
