"""What is done with the cell of a column: how it is read, and which attributes it fills."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_cli.errors import CrmError
from crm_cli.imports.cells.cell_readers import cell_reader, remembering
from crm_cli.imports.cells.cells import CLEAR, as_text, plain_text, refuse_error
from crm_cli.imports.cells.number_cells import read_amount
from crm_cli.imports.columns.evidence import names_in
from crm_cli.imports.columns.mapping import SEVERAL
from crm_cli.imports.matching.archived import Archived, refusal
from crm_cli.values.emails import split_emails
from crm_cli.values.invalid import InvalidValue, quote
from crm_cli.values.phones import split_phones
from crm_cli.values.sentences import noun
from crm_cli.views.types import Money, Scaled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from crm_cli.imports.columns.habits import Habit
    from crm_cli.imports.columns.mapped import Mapped
    from crm_cli.imports.columns.survey import Named
    from crm_cli.imports.plans.entry import Values
    from crm_cli.views.types import Place

    Read = Callable[[Any], Any]
    Spread = Callable[[Values, Any], None]
    """Puts the value of a cell into those of its part and row; raises InvalidValue."""

SPLIT: Mapping[str, Callable[[str], list[str]]] = {"phone": split_phones, "email": split_emails}
OTHERS = frozenset(SEVERAL.values())


def reader_of(one: Mapped, place: Place, habit: Habit, named: Named) -> Read:
    """What turns the cell of a column into a value, or the several values it holds."""
    attribute = one.column.attribute or ""
    if one.column.noun:
        return remembering(_reference(one, named))
    if _keeps_several(one):
        return _several(SPLIT[attribute])
    if attribute == "email":
        return _single_email(one)
    if _names_currency(one):
        return remembering(read_amount(one.column.type, habit))
    return cell_reader(one.column, place, habit)


def spread_of(one: Mapped, columns: Iterable[Mapped], fixed: Mapping[str, Values]) -> Spread | None:
    """How a value that says more than its own attribute fills the others; None for all others."""
    attribute = one.column.attribute or ""
    if _keeps_several(one):
        return _main_and_others(attribute)
    if attribute in OTHERS:
        return _more_others(attribute)
    if _names_currency(one):
        given = fixed.get(one.part.name, {}).get("currency")
        return _amount_and_currency(attribute, given)
    if attribute == "currency":
        return _one_currency
    return None


def _reference(one: Mapped, named: Named) -> Read:
    many = one.part.many

    def read(cell: Any) -> Any:
        refuse_error(cell)
        found = [named[name] for name in names_in(cell, one.column.noun, many=many)]
        for error in found:
            if isinstance(error, CrmError):
                raise error.with_traceback(None)
            if many and isinstance(error, Archived):
                raise refusal(one.column.noun or "", error)
        return found if many else found[0]

    return read


def _several(split: Callable[[str], list[str]]) -> Read:
    def read(cell: Any) -> list[str] | None:
        cells = cell if isinstance(cell, list) else [cell]
        if CLEAR in cells:
            return None
        for one in cells:
            refuse_error(one)
        return [part for one in cells for part in split(plain_text(one))]

    return read


def _single_email(one: Mapped) -> Read:
    def read(cell: Any) -> str | None:
        refuse_error(cell)
        text = as_text(cell)
        found = split_emails(text)
        if cell == CLEAR or not found:
            return None
        if len(found) > 1 and all("@" in part for part in found):
            raise InvalidValue(
                "{text} are {count} addresses, but of each {noun} one is kept.",
                "Leave {first}, and give the others to its contacts.",
                text=quote(text),
                count=len(found),
                noun=noun(one.part.name),
                first=found[0],
            )
        return text

    return read


def _main_and_others(attribute: str) -> Spread:
    """The first of several goes to the attribute itself, the others to its neighbour."""
    neighbour = SEVERAL[attribute]

    def spread(values: Values, found: list[str] | None) -> None:
        values[attribute] = found[0] if found else None
        if found and len(found) > 1:
            _add(values, neighbour, ", ".join(found[1:]))

    return spread


def _more_others(attribute: str) -> Spread:
    return lambda values, found: _add(values, attribute, found)


def _add(values: Values, attribute: str, text: str | None) -> None:
    values[attribute] = ", ".join(filter(None, [values.get(attribute), text])) or None


def _amount_and_currency(attribute: str, given: str | None) -> Spread:
    """The currency that stands beside an amount is that of the row."""

    def spread(values: Values, found: tuple[Any, str | None] | None) -> None:
        amount, currency = found or (None, None)
        values[attribute] = amount
        if currency:
            _agree(values.get("currency") or given, currency)
            values["currency"] = currency

    return spread


def _one_currency(values: Values, currency: str | None) -> None:
    if currency:
        _agree(values.get("currency"), currency)
    values["currency"] = values.get("currency") or currency


def _agree(one: str | None, other: str) -> None:
    if one not in {None, other}:
        raise InvalidValue(
            "One amount of the row is in {one}, another in {other}.",
            "Write all amounts of a row in one currency.",
            one=one,
            other=other,
        )


def _keeps_several(one: Mapped) -> bool:
    return SEVERAL.get(one.column.attribute or "") in one.part.entity.model_fields


def _names_currency(one: Mapped) -> bool:
    """Whether the amounts of a column are in the currency that their row says."""
    kind = one.column.type
    priced = isinstance(kind, Money) or (isinstance(kind, Scaled) and one.column.name == "price")
    kept = any(column.attribute == "currency" for column in one.part.columns)
    return priced and (kept or one.part.priced)
