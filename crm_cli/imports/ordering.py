"""An order made from what the person chooses and from a saved mapping; the person wins."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_cli import views
from crm_cli.errors import NotFound, UsageError
from crm_cli.imports.columns.habits import locale_of
from crm_cli.imports.columns.mapping import fields_of, unknown_field
from crm_cli.imports.columns.mapping_file import CHOICES, MappingFile, read_mapping_file
from crm_cli.imports.matching.keys import key_columns, with_key
from crm_cli.imports.matching.missing import Missing, check_creatable, mark_missing
from crm_cli.imports.plans.plan import Policy
from crm_cli.imports.running import Order
from crm_cli.values.invalid import InvalidValue

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from crm_cli.app import App
    from crm_cli.imports.columns.survey import Named
    from crm_cli.imports.plans.entry import Values
    from crm_cli.imports.plans.plan import Plan
    from crm_cli.views.view import Column


def merged(plan: Plan, chosen: Mapping[str, Any]) -> MappingFile:
    """What the person says, and the saved mapping where he says nothing."""
    saved = read_mapping_file(Path(chosen["mapping"]), plan) if chosen["mapping"] else MappingFile()
    said = {name: chosen[name] for name in CHOICES if chosen[name]}
    return replace(
        saved,
        columns={**saved.columns, **_pairs("--map", chosen["by_hand"])},
        constants={**saved.constants, **_pairs("--set", chosen["constants"])},
        choices={**saved.choices, **said},
    )


def order_of(
    app: App, plan: Plan, path: str, mapping: MappingFile, chosen: Mapping[str, Any]
) -> Order:
    """What is to be imported, and how; raises UsageError or InvalidData."""
    choices = mapping.choices
    key = _names(choices.get("key"))
    create = frozenset(_names(choices.get("create_missing")))
    check_creatable(create)
    order = Order(
        plan=plan,
        path=Path(path),
        sheet=choices.get("sheet"),
        by_hand=mapping.columns,
        words=mapping.words,
        fixed=_values(app, plan, "--set", mapping.constants, create),
        defaults=_values(app, plan, "default", mapping.defaults, create),
        locale=locale_of(choices.get("locale"), choices.get("date_order")),
        create=create,
        accepted=frozenset(chosen["accepted"]),
        errors=Path(chosen["errors"]) if chosen["errors"] else None,
        policy=Policy(
            on_match=choices.get("on_match", "update"),
            on_new=choices.get("on_new", "create"),
            skip_bad_rows=chosen["skip_bad_rows"],
        ),
    )
    return _keyed(order, key) if key else order


def _keyed(order: Order, key: list[str]) -> Order:
    """Rows are recognised by this key alone; an id is never given to a new record."""
    never_new = "id" in key and order.policy.on_new == "create"
    policy = replace(order.policy, on_new="fail") if never_new else order.policy
    # Where rows belong together only the first of them need say to which record.
    needed = () if order.plan.grouped else key_columns(order.plan, key)
    return replace(order, plan=with_key(order.plan, key), key=needed, policy=policy)


def _names(text: str | None) -> list[str]:
    return [name.strip() for name in (text or "").split(",") if name.strip()]


def _pairs(flag: str, texts: Iterable[str]) -> dict[str, str]:
    """`A=B` as a dictionary; a heading may hold an equals sign itself."""
    pairs = {}
    for text in texts:
        name, equals, value = text.rpartition("=") if flag == "--map" else text.partition("=")
        if not equals or not name.strip():
            raise UsageError(f"{flag} '{text}' has no = with a name before it.")
        pairs[name.strip()] = value.strip()
    return pairs


def _values(
    app: App, plan: Plan, flag: str, given: Mapping[str, str], create: Collection[str]
) -> dict[str, Values]:
    """Values that are not in the file, by part and attribute."""
    fields = fields_of(plan)
    found: dict[str, Values] = {}
    for name, text in given.items():
        if name not in fields:
            raise unknown_field(plan, name)
        part, column = fields[name]
        if column.noun:
            value: Any = _reference(app, column.noun, text, create)
        else:
            value = _value(app, f"{flag} {name}", column, text)
        found.setdefault(part.name, {})[column.attribute or ""] = [value] if part.many else value
    return found


def _reference(app: App, noun: str, text: str, create: Collection[str]) -> int | Missing:
    try:
        return app.resolve(views.of(noun), text)
    except NotFound as error:
        named: Named = {text: error}
        if noun in create:
            mark_missing(views.of(noun), named)
        if isinstance(found := named[text], Missing):
            return found
        raise


def _value(app: App, flag: str, column: Column, text: str) -> Any:
    try:
        return column.type.parse(text, app.place)
    except InvalidValue as error:
        raise UsageError(f"{flag}: {error.message}", hint=error.hint) from error
