"""A small company with a record of every noun, made by the commands, for tests of round trips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.market import client, open_campaign

if TYPE_CHECKING:
    from tests.conftest import Crm


def found_company(crm: Crm) -> None:
    """Fill a database."""
    _catalogues(crm)
    _people(crm)
    _campaign(crm)
    _sales(crm)
    _documents(crm)
    _work(crm)


def _catalogues(crm: Crm) -> None:
    for noun in ("team", "reason", "status"):
        crm.id(noun, "add", "--code", f"{noun}-x", "--name-en", "X", "--name-ro", "Echipă ș")
    crm.id("tax", "add", "--code", "tva5", "--name-en", "Books", "--rate", "5", "--country", "RO")
    crm.id("cycle", "add", "--code", "long", "--name-en", "Long", "--is-default")
    for code, outcome in (("new", "open"), ("pilot", "open"), ("won", "won"), ("lost", "lost")):
        crm.id(
            *("stage", "add", "--cycle", "long", "--code", code, "--name-en", code),
            *("--outcome", outcome, "--probability", "10"),
        )
    crm.id("rate", "add", "--currency", "EUR", "--date", "2026-11-01", "--rate", "5,0891")


def _people(crm: Crm) -> None:
    crm.id(
        *("employee", "add", "--name", "Jan Nowak", "--login", "jan", "--email", "jan@f.example"),
        *("--manager", "ana", "--team", "team-x", "--timezone", "Europe/Warsaw"),
        *("--work-start", "7:30", "--work-end", "15:30", "--work-days", "pon-czw"),
        *("--digest", "email", "--country", "PL"),
    )
    crm.ok("employee", "edit", 1, "--hourly-cost", "100")
    days = ("--from", "2026-12-21", "--to", "2026-12-31")
    crm.id("leave", "add", "jan", *days, "--deputy", "ana", "--note", "Concediu")
    crm.id("holiday", "add", "2026-12-24", "--name", "Ajunul Crăciunului", "--yearly")
    crm.id("holiday", "add", "2027-01-09", "--name", "Za 8 stycznia", "--work", "--country", "PL")
    crm.id("product", "add", "--code", "SCALE", "--name", "Cântar 60 t", "--price", "1000.50")
    crm.id(
        *("product", "add", "--code", "MOUNT", "--name", "Montaj", "--price", "33.3333"),
        *("--tax", "tva11", "--unit", "h", "--kind", "service"),
    )
    crm.id("product", "add", "--code", "FOREIGN", "--name", "Import", "--currency", "EUR")
    crm.ok("product", "recipe", "add", "SCALE", "MOUNT", "2,5")
    client(crm, "Moldo Trans SRL", "--tax-id", "RO14399840", "--city", "Iași", "--owner", "jan")
    client(crm, "Sp. Dąb sp. z o.o.", "--country", "PL", "--relations", "customer,supplier")
    crm.id("site", "add", "--account", 1, "--name", "Depozit", "--email", "dep@moldo.example")
    crm.id("contact", "add", "--account", 1, "--name", "Popescu Ion", "--phone", "0722 123 456")
    crm.id("contact", "add", "--name", "Fără Firmă", "--email", "ff@f.example")


def _campaign(crm: Crm) -> None:
    open_campaign(crm, "--owner", "jan", "--estimated-cost", "500", "--months", "6")
    crm.ok("campaign", "member", "add", 1, 1, 2)
    crm.ok("campaign", "respond", 1, 2, "--on", "2026-11-20")
    crm.ok("campaign", "generate", 1, "--series", "OP")


def _sales(crm: Crm) -> None:
    crm.id("opportunity", "add", "--account", 1, "--name", "Cântar", "--amount", "24000")
    crm.ok("opportunity", "advance", 3, "--info", "Ofertă", "--delegate", "jan")
    crm.now = "2026-11-24T08:00:00+00:00"
    crm.ok("opportunity", "lose", 3, "--reason", "price", "--reason", "competitor")
    crm.id("opportunity", "add", "--account", 2, "--name", "Servis", "--cycle", "default")
    crm.now = "2026-11-25T08:00:00+00:00"
    crm.ok("opportunity", "advance", 4, "--stage", 5, "--without-document")


def _documents(crm: Crm) -> None:
    lines = ("--line", "chapter:Utilaje", "--line", "SCALE;2", "--line", "MOUNT;1,5;40;tva21")
    crm.id("quote", "add", "--account", 1, "--opportunity", 1, *lines)
    for step in (("approve",), ("finalize",), ("send", "--by-hand"), ("accept",)):
        crm.id("quote", step[0], 1, *step[1:])
    crm.id("order", "make", "--from", "quote:1")
    crm.id("order", "finalize", 2)
    crm.id("invoice", "make", "--from", "order:2")
    crm.id("invoice", "post", 3)
    crm.id("receipt", "make", "--from", "invoice:3", "--amount", "100")
    crm.id("receipt", "post", 4)
    crm.id("contract", "add", "--account", 2, "--subscription", "--start", "2026-12-01", *lines)
    crm.id("quote", "add", "--account", 2, "--currency", "EUR", "--line", "FOREIGN;3;7,5")
    crm.id(
        *("document", "add", "purchase_invoice", "--account", 2, "--external-number", "FV 1/2026"),
        *("--line", "text:Reclamă;1;250;tva21", "--campaign", 1),
    )
    crm.id("document", "post", 7)


def _work(crm: Crm) -> None:
    crm.id(
        *("operation", "add", "--code", "client-nou", "--name-en", "New client"),
        *("--step", "Bun venit;+0d", "--step", "Contract;+2wd@10:00;jan;1h30m;high"),
        *("--step", "Montaj;+1w;@team-x"),
    )
    crm.id("task", "add", "Sună", "--due", "tomorrow@10:00", "--account", 1, "--assignee", "jan")
    crm.id("task", "add", "Fă raport", "--due", "+3d", "--remind", "none", "--team", "team-x")
    crm.ok("task", "edit", 2, "--memento", "+2d@16:30", "--repeat", "every 2 weeks")
    crm.id("task", "add", "Gata", "--due", "today", "--opportunity", 1, "--duration", "1h30m")
    crm.ok("task", "done", 3, "--resolution", "Rezolvat")
    crm.ok("operation", "assign", "client-nou", "--start", "+5d", "--account", 1)
    crm.id("interaction", "add", "--account", 1, "--kind", "call", "--subject", "Vrea ofertă")
    crm.id("interaction", "add", "--contact", 2, "--subject", "Notă", "--text", "Pe larg\nși iar")
    crm.id("lead", "add", "--name", "Lead Nou SRL", "--contact", "Ion Lead", "--competitor", 2)
    when = ("--owner", "jan", "--first-contact", "2026-11-26T10:00", "--responsibility", "meeting")
    crm.ok("lead", "activate", 1, *when)
    crm.id("evaluation", "add", "--lead", 1, "--line", "SCALE;2", "--line", "MOUNT;1,5")
    crm.ok("evaluation", "finish", 1)
