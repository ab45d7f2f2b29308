"""Lines of a document as they are typed: `PRODUCT;QTY[;PRICE[;VAT]]`, or `N=QTY` of a source."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from crm_cli.errors import Conflict, NotFound, UsageError
from crm_cli.services.documents.line_items import NewLine
from crm_cli.services.documents.making import Wanted
from crm_cli.values.invalid import InvalidValue
from crm_cli.values.numbers import parse_decimal, parse_percent
from crm_cli.views.catalogues import TAX
from crm_cli.views.products import PRODUCT
from crm_cli.views.types import QUANTITY

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from crm_cli.transaction import Transaction

FORM = "Write it as 'PRODUCT;QTY[;PRICE[;VAT]]', 'text:WORDS;QTY;PRICE' or 'chapter:TITLE'."
OF_RATE = (
    "SELECT id, code FROM tax WHERE rate = ? AND country = ? AND archived_at IS NULL ORDER BY id"
)
RATE = re.compile(r"[0-9]{1,3}([.,][0-9]{1,4})? ?%?")
PICK = re.compile(r"([0-9]+)=(.+)")


def wanted(tx: Transaction, texts: Iterable[str]) -> Wanted:
    """The lines of `make`: new ones, or quantities of the source's lines."""
    texts = list(texts)
    picks = [PICK.fullmatch(text.strip()) for text in texts]
    if not any(picks):
        return Wanted(new_lines(tx, texts))
    quantities = {}
    for text, pick in zip(texts, picks, strict=True):
        if pick is None:
            raise UsageError("Lines are either chosen (N=QTY) or new (PRODUCT;QTY), not both.")
        quantities[int(pick[1])] = _number(pick[2], text)
    return Wanted(quantities=quantities)


def new_lines(tx: Transaction, texts: Iterable[str]) -> list[NewLine]:
    """The lines of `add` and `edit`."""
    return [_line(tx, text) for text in texts]


def _line(tx: Transaction, text: str) -> NewLine:
    item, *rest = _fields(text)
    prefix, _, words = item.partition(":")
    words = words.strip()
    if prefix == "chapter" and words and not rest:
        return NewLine(is_chapter=True, text=words)
    if not item or not 1 <= len(rest) <= 3:
        raise UsageError(f"'{text}' is not a line.", hint=FORM)
    quantity, price, vat = [*rest, "", ""][:3]
    if prefix == "text" and not (words and price):
        raise UsageError(f"'{text}' is a free text, which needs words and a price.", hint=FORM)
    return NewLine(
        text=words if prefix == "text" else None,
        product_id=None if prefix == "text" else tx.resolve(PRODUCT, item),
        quantity=_number(quantity, text),
        price=_number(price, text) if price else None,
        tax_id=_tax(tx, vat) if vat else None,
    )


def _fields(text: str) -> list[str]:
    """Fields between semicolons; one that contains a semicolon stands in double quotes."""
    return [field.strip() for field in next(csv.reader([text], delimiter=";"), [""])]


def _number(text: str, line: str) -> Decimal:
    try:
        return parse_decimal(text, 4)
    except InvalidValue as error:
        raise UsageError(f"--line '{line}': {error.message}", hint=error.hint) from error


def _tax(tx: Transaction, text: str) -> int:
    """A VAT code; a bare number is a rate of the company's country."""
    if RATE.fullmatch(text) is None:
        return tx.resolve(TAX, text)
    country = tx.place.country
    found = tx.reader.all(OF_RATE, (QUANTITY.bind(parse_percent(text)), country))
    if not found:
        raise NotFound(f"{country} has no VAT rate of '{text}'.", hint="crm tax list")
    if len(found) > 1:
        raise Conflict(
            f"'{text}' is the rate of several VAT codes.",
            hint="Give the code.",
            candidates=[f"{number} {code}" for number, code in found],
        )
    return int(found[0][0])
