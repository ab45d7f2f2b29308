"""What a new document of a file comes to: its lines, VAT and totals, checked against the file."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from sqlmodel import col, select

from crm_cli.errors import CrmError, InvalidData
from crm_cli.imports.plans.entry import Given, Step
from crm_cli.imports.plans.plan import Unfit
from crm_cli.services.documents import line_items, totals
from crm_cli.values.numbers import half_up
from crm_cli.values.sentences import Sentence
from schema.catalogue import Tax
from schema.document import Document, DocumentLine
from schema.document_states import WITHOUT_VAT
from schema.product import Product

if TYPE_CHECKING:
    from sqlmodel import Session

    from crm_cli.imports.plans.entry import Steps, Values

LINE = set(DocumentLine.model_fields) - line_items.OWN
ONE = Decimal(1)


class Pricing:
    """Prices lines by the catalogue of products and rates, of which each is read once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._products: dict[int, Product] = {}
        self._standard_tax = cache(lambda: line_items.standard_tax(session).key)
        self._tax_rate = cache(lambda number: session.get_one(Tax, number).rate)
        taxes = select(Tax).where(col(Tax.archived_at).is_(None)).order_by(col(Tax.position))
        self._taxes = session.exec(taxes).all()

    def price(self, values: Values, steps: Steps) -> None:
        """Work out lines, VAT and totals; the file's own figures must be the same."""
        document = Document(id=0, **values)
        if not steps["line"] and values.get("net"):
            steps["line"].append(_step(steps["document"][0], self._whole(values)))
        for step in steps["line"]:
            try:
                step.given.checked = self._line(document, step.given.checked)
            except CrmError as error:
                raise Unfit(step.given.row, error) from error
        lines = [step.given.checked for step in steps["line"]]
        taxes = {line["tax_id"] for line in lines if line["tax_id"]}
        found = totals.total(
            [(line["tax_id"], line["net"]) for line in lines],
            {number: self._tax_rate(number) for number in taxes},
        )
        for name in ("net", "vat", "gross"):
            _compare(name, values.get(name), getattr(found, name), Sentence("The lines come"))
            values[name] = getattr(found, name)
        steps["VAT"].extend(_step(steps["document"][0], vars(tax)) for tax in found.taxes)

    def _whole(self, values: Values) -> Values:
        """The only line of a document of which no more is told than what it comes to."""
        line = {"position": 1, "text": values.get("label") or values["kind"], "net": values["net"]}
        net, gross = values["net"], values.get("gross")
        vat = values.get("vat", None if gross is None else gross - net)
        if vat is None or values["kind"] in WITHOUT_VAT:
            return line
        for tax in self._taxes:
            if totals.vat(net, tax.rate) == vat:
                return {**line, "tax_id": tax.key}
        raise InvalidData("No VAT rate makes {vat} of {net}.", "Give the lines.", vat=vat, net=net)

    def _line(self, document: Document, given: Values) -> Values:
        values = {name: value for name, value in given.items() if value is not None}
        chapter = bool(values.get("is_chapter"))
        if not chapter and not values.get("product_id") and not values.get("text"):
            raise InvalidData("A line has a product or a text.")
        net, position = values.pop("net", None), values.pop("position")
        if not chapter:
            values["quantity"] = values.get("quantity", ONE)
            values.setdefault("tax_id", self._tax(document.kind, values.get("product_id")))
            if values.get("price") is None and net is not None and values["quantity"]:
                values["price"] = half_up(totals.EXACT.divide(net, values["quantity"]), 4)
        line = line_items.row_of(self._session, document, position, line_items.NewLine(**values))
        _compare("net", net, line.net, Sentence("Quantity by price comes"))
        return line.model_dump(include=LINE)

    def _tax(self, kind: str, product_id: int | None) -> int | None:
        if kind in WITHOUT_VAT:
            return None
        own = self._product(product_id).tax_id if product_id else None
        return own or self._standard_tax()

    def _product(self, number: int) -> Product:
        """A product, kept here because a session forgets what nobody holds."""
        if number not in self._products:
            self._products[number] = self._session.get_one(Product, number)
        return self._products[number]


def _compare(name: str, told: Decimal | None, found: Decimal, how: Sentence) -> None:
    if told is not None and told != found:
        raise InvalidData(
            "{how} to {found} ({figure}), the file says {told}.",
            how=how,
            found=found,
            figure=Sentence(name),
            told=told,
        )


def _step(document: Step, values: Values) -> Step:
    return Step(Given(document.given.row, values, values))
