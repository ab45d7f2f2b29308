"""A saved mapping: what the headings and values of somebody else's file stand for."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crm_cli.errors import InvalidData, NotFound
from crm_cli.imports.columns.habits import DATE_ORDERS, LOCALES
from crm_cli.imports.columns.mapping import fields_of
from crm_cli.values.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from crm_cli.imports.columns.mapping import Key
    from crm_cli.imports.plans.plan import Plan

POLICIES: Mapping[str, tuple[str, ...]] = {
    "on_match": ("update", "skip", "fail"),
    "on_new": ("create", "skip", "fail"),
    "locale": tuple(LOCALES),
    "date_order": tuple(DATE_ORDERS),
}
"""Choices of an import -> their words, the usual one first where there is one."""

_SECTIONS = ("import", "columns", "values", "constants", "defaults")
CHOICES = ("sheet", "key", "create_missing", *POLICIES)
"""Options of an import that a mapping may hold too."""


@dataclass(frozen=True, kw_only=True)
class MappingFile:
    """What a mapping file says, checked against the noun."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Heading -> field, several with commas between, '' for one to be left out."""
    words: Mapping[Key, Mapping[str, str]] = field(default_factory=dict)
    """Part and column -> folded value -> what it stands for."""
    constants: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)
    """Options of the import."""


def read_mapping_file(path: Path, plan: Plan) -> MappingFile:
    """Read a mapping; raises InvalidData naming the key that is not understood."""
    document = _load(path)
    _check_known(path, "section", document, _SECTIONS)
    tables = {name: _table(path, name, document.get(name, {})) for name in _SECTIONS}
    columns = _texts(path, "columns", _joined(tables["columns"]))
    fields = fields_of(plan)
    for section in ("constants", "defaults", "values"):
        _check_known(path, f"field in [{section}]", tables[section], fields)
    for heading, names in columns.items():
        for name in filter(None, names.split(",")):
            if name not in {*fields, "id"}:
                raise _unknown(path, "field", f"{name} (for '{heading}')", fields)
    words = {
        (fields[name][0].name, fields[name][1].name): _words(path, name, table)
        for name, table in tables["values"].items()
    }
    return MappingFile(
        columns=columns,
        words=words,
        constants=_texts(path, "constants", tables["constants"]),
        defaults=_texts(path, "defaults", tables["defaults"]),
        choices=_choices(path, tables["import"]),
    )


def _load(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        hint = "`--guess` prints one to be saved."
        raise NotFound(f"There is no file {path}.", hint=hint) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        hint = "Headings and values stand in quotation marks."
        raise InvalidData(f"{path} cannot be read: {error}.", hint=hint) from None


def _words(path: Path, name: str, table: Any) -> dict[str, str]:
    texts = _texts(path, f"values.{name}", _table(path, f"values.{name}", table))
    return {fold(value): meaning for value, meaning in texts.items()}


def _choices(path: Path, table: Mapping[str, Any]) -> dict[str, str]:
    _check_known(path, "key in [import]", table, CHOICES)
    choices = _texts(path, "import", _joined(table))
    for name, words in POLICIES.items():
        if name in choices and choices[name] not in words:
            raise _unknown(path, f"word for {name}", choices[name], words)
    return choices


def _joined(table: Mapping[str, Any]) -> dict[str, Any]:
    """Lists of words as people type them."""
    return {
        name: ",".join(map(str, value)) if isinstance(value, list) else value
        for name, value in table.items()
    }


def _table(path: Path, name: str, found: Any) -> dict[str, Any]:
    if isinstance(found, dict):
        return found
    raise InvalidData(f"{path}: [{name}] is to be a table, not {found!r}.")


def _texts(path: Path, name: str, table: Mapping[str, Any]) -> dict[str, str]:
    """The values as a person would type them."""
    texts = {}
    for key, value in table.items():
        if isinstance(value, dict | list):
            raise InvalidData(f"{path}: '{key}' in [{name}] is to be one value.")
        texts[key] = {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
    return texts


def _check_known(path: Path, what: str, given: Collection[str], known: Collection[str]) -> None:
    for name in given:
        if name not in known:
            raise _unknown(path, what, name, known)


def _unknown(path: Path, what: str, name: str, known: Collection[str]) -> InvalidData:
    return InvalidData(f"{path}: there is no {what} {name}.", hint=f"Known: {', '.join(known)}.")
