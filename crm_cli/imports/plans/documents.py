"""Documents of a file: one row for each line, those of the same number together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crm_cli.imports.plans.document_settling import Settling
from crm_cli.imports.plans.parts import ALIVE, EXTERNAL
from crm_cli.imports.plans.plan import Identity, Part, Plan
from crm_cli.views.document_rows import LINES, LINKS
from crm_cli.views.documents import DOCUMENT
from crm_cli.views.nesting import nested
from crm_cli.views.types import Choice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.views.view import Column

LINE = Part(
    name="line",
    entity_path="schema.document:DocumentLine",
    columns=LINES,
    identities=(Identity(("document_id", "position"), unique=True),),
    links={"document_id": "document"},
    optional=True,
    priced=True,
)
TAX = Part(
    name="VAT",
    entity_path="schema.document:DocumentTax",
    columns=(),
    identities=(Identity(("document_id", "tax_id"), unique=True),),
    links={"document_id": "document"},
    optional=True,
)
"""What lines come to at each rate; the program works it out."""


def document_plan(kind: str | None = None) -> Plan:
    """How rows become a document of a kind, or of the kind they name."""
    settling = Settling(kind)
    document = Part(
        name="document",
        entity_path=DOCUMENT.entity,
        columns=(*_columns(kind), *LINKS),
        identities=(EXTERNAL, *_identities(kind)),
        service="documents.numbering",
        alive=f"{ALIVE} AND kind = '{kind}'" if kind else ALIVE,
    )
    return Plan(
        noun=kind or "document",
        own="document",
        shown=nested(DOCUMENT).columns,
        grouped=True,
        parts=(document, LINE, TAX),
        arranging=lambda session: settling.arrange,
        settling=lambda session: settling.begin(session).settle,
        finishing=settling.finish,
    )


def _columns(kind: str | None) -> Iterator[Column]:
    """The columns of a document; one of a kind is of no other, whatever a file says."""
    for column in DOCUMENT.loadable:
        yield replace(column, type=Choice(kind)) if kind and column.name == "kind" else column


def _identities(kind: str | None) -> Iterator[Identity]:
    """Numbers are of our series, else of a partner's: two of them may write the same one."""
    of_kind = () if kind else ("kind",)
    yield Identity(("series_id", "number", "revision"), unique=True)
    yield Identity((*of_kind, "label", "account_id"))
    yield Identity((*of_kind, "label"))
    yield Identity((*of_kind, "external_number", "account_id"))
    # A draft has no number yet: one like it is the same, unless both have a number.
    like = (*of_kind, "status", "account_id", "dated_on", "gross")
    yield Identity((*like, "label"))
    yield Identity(like)
