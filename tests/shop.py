"""A small shop for tests of documents: one client, two products."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Crm

MAIL = "office@moldo.example"


def open_shop(crm: Crm) -> None:
    """Add the client Moldo Trans (account 1), a scale and its mounting (products 1 and 2)."""
    crm.id("account", "add", "--name", "Moldo Trans SRL", "--tax-id", "RO14399840", "--email", MAIL)
    crm.id("product", "add", "--code", "SCALE", "--name", "Cântar 60 t", "--price", "1000.50")
    crm.id(
        *("product", "add", "--code", "MOUNT", "--name", "Montaj", "--price", "33.3333"),
        *("--tax", "tva11", "--unit", "h"),
    )


def quote(crm: Crm, *lines: str, upto: str = "accept") -> int:
    """A quote of the client, taken through its process up to a step."""
    number = crm.id("quote", "add", "--account", 1, *with_lines(lines or ("SCALE;2",)))
    for step in ("approve", "finalize", "send", "accept"):
        by_hand = ("--by-hand",) if step == "send" else ()
        crm.id("quote", step, number, *by_hand)
        if step == upto:
            break
    return number


def order(crm: Crm, *lines: str) -> int:
    """A final order of the client."""
    number = crm.id("order", "add", "--account", 1, *with_lines(lines or ("SCALE;2",)))
    return crm.id("order", "finalize", number)


def invoice(crm: Crm, *lines: str) -> int:
    """A posted invoice to the client."""
    number = crm.id("invoice", "add", "--account", 1, *with_lines(lines or ("SCALE;2",)))
    return crm.id("invoice", "post", number)


def with_lines(lines: tuple[str, ...]) -> list[str]:
    """The lines as options."""
    return [word for line in lines for word in ("--line", line)]
