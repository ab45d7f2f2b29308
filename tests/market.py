"""A campaign and its documents, made by the commands, for tests of returns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.conftest import Crm


def open_campaign(crm: Crm, *options: str, name: str = "Toamna 2026") -> int:
    """A campaign in lei, valid for 12 months, unless options say otherwise."""
    period = ("--start", "2026-01-01", "--end", "2026-12-31")
    return crm.id("campaign", "add", "--name", name, *period, *options)


def client(crm: Crm, name: str = "Moldo Trans SRL", *options: str) -> int:
    """An account."""
    return crm.id("account", "add", "--name", name, *options)


def bought(crm: Crm, day: str, amount: str, *options: str, kind: str = "purchase_invoice") -> int:
    """A posted document of cost: its net amount, with VAT on top."""
    number = crm.id(
        *("document", "add", kind, "--account", 1, "--line", f"text:Reclamă;1;{amount};tva21"),
        *("--date", day, "--external-number", f"{kind}-{day}-{amount}", *options),
    )
    return crm.id("document", "post", number)


def sold(crm: Crm, kind: str, day: str, amount: str, *options: str) -> int:
    """An issued document of revenue: final, signed or posted."""
    number = crm.id(
        *(kind, "add", "--account", 1, "--line", f"text:Servicii;1;{amount};tva21"),
        *("--date", day, *options),
    )
    steps = {"order": ("finalize",), "contract": ("finalize", "sign"), "invoice": ("post",)}
    for step in steps[kind]:
        crm.ok(kind, step, number)
    return number


def invoiced(crm: Crm, source: str, day: str, *options: str) -> int:
    """A posted invoice of an order or a contract, given as `order:1`."""
    number = crm.id("invoice", "make", "--from", source, "--date", day, *options)
    return crm.id("invoice", "post", number)


def received(crm: Crm, invoice: int, day: str, *options: str) -> int:
    """A posted receipt on an invoice, of all that is open unless an amount is given."""
    number = crm.id("receipt", "make", "--from", f"invoice:{invoice}", "--date", day, *options)
    return crm.id("receipt", "post", number)


def link(crm: Crm, document: int, role: str, *options: str, campaign: int = 1) -> Any:
    """A link as the command gives it."""
    return crm.ok("campaign", "link", campaign, document, "--as", role, *options)


def figures(crm: Crm, campaign: int = 1) -> dict[str, Any]:
    """The figures of a campaign as they stand now."""
    return pick(crm.ok("campaign", "returns", campaign))


def pick(found: dict[str, Any]) -> dict[str, Any]:
    """The figures among all that is shown."""
    names = ("cost", "accepted", "contracts", "invoiced", "indicator", "received", "profit", "roi")
    return {name: found[name] for name in names}
