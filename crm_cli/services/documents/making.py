"""Documents made from what came before: an order from a quote, an invoice from an order."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from crm_cli.errors import Conflict, UsageError
from crm_cli.services.documents import chapters, drafts, receipts, remainders
from crm_cli.services.documents.drafts import INHERITED, PASSED_ON
from crm_cli.services.documents.lifecycle import changed, get, link, require_ready, title
from crm_cli.services.documents.line_items import NewLine
from schema.document_states import SOURCES
from schema.evaluation import Evaluation
from schema.lead import Lead
from schema.opportunity import Opportunity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlmodel import Session

    from schema.document import Document

ONE = Decimal(1)


@dataclass(frozen=True)
class Wanted:
    """What is asked for: new lines, quantities of the source's lines by position, or an amount."""

    lines: Sequence[NewLine] = ()
    quantities: Mapping[int, Decimal] = field(default_factory=dict)
    amount: Decimal | None = None


def make(
    session: Session,
    kind: str,
    origin: tuple[str, int],
    *,
    values: Mapping[str, Any],
    wanted: Wanted,
) -> Document:
    """Draft a document from another record, given as (noun, id)."""
    noun, number = origin
    known = SOURCES.get(kind, ())
    if noun not in known:
        raise UsageError(
            f"No {kind} is made from {noun} records.",
            hint=f"It is made from: {', '.join(known)}." if known else f"crm document add {kind}",
        )
    if kind == "receipt":
        return receipts.pay(session, number, amount=wanted.amount, values=values)
    if wanted.amount is not None:
        raise UsageError(f"Only a receipt is made for an amount, not the {kind}.")
    make_from = FROM_RECORD.get(noun, _from_document)
    return make_from(session, kind, number, values, wanted)


def _from_document(
    session: Session, kind: str, number: int, values: Mapping[str, Any], wanted: Wanted
) -> Document:
    source = get(session, number)
    require_ready(source)
    if wanted.lines:
        raise UsageError(
            f"Lines of {title(source)} are chosen by position: --line N=QTY.",
            hint=f"crm document show {source.id}",
        )
    day = values.get("dated_on") or session.info["place"].today
    left = remainders.left(session, source, kind, day)
    chosen = remainders.choose(session, source, kind, left, wanted.quantities)
    given = {**{name: getattr(source, name) for name in PASSED_ON}, **values}
    made = drafts.add(session, kind=kind, values=given, lines=chosen)
    return link(session, made, source)


def _from_opportunity(
    session: Session, kind: str, number: int, values: Mapping[str, Any], wanted: Wanted
) -> Document:
    opportunity = session.get_one(Opportunity, number)
    if opportunity.status == "lost":
        raise Conflict(
            f"The opportunity {opportunity.name} is lost.", hint=f"crm opportunity reopen {number}"
        )
    quote = None if wanted.lines or kind == "quote" else remainders.accepted_quote(session, number)
    if quote is not None:
        return _from_document(session, kind, quote.key, values, wanted)
    given = {
        **{name: getattr(opportunity, name) for name in (*INHERITED, "currency")},
        "opportunity_id": number,
        **values,
    }
    lines = _new_lines(wanted) or [_whole(opportunity)]
    made = drafts.add(session, kind=kind, values=given, lines=lines)
    changed(session, made)
    return made


def _whole(opportunity: Opportunity) -> NewLine:
    """The opportunity as one line, where nobody said what it is made of."""
    if opportunity.amount is None:
        raise Conflict(
            f"The opportunity {opportunity.name} has neither an accepted quote nor an amount.",
            hint=f"Add --line 'PRODUCT;QTY', or crm opportunity edit {opportunity.id} --amount X",
        )
    return NewLine(text=opportunity.name, quantity=ONE, price=opportunity.amount)


def _from_lead(
    session: Session, kind: str, number: int, values: Mapping[str, Any], wanted: Wanted
) -> Document:
    lead = session.get_one(Lead, number)
    if lead.status == "refused":
        raise Conflict(f"The lead {number} is refused.", hint=f"crm lead reopen {number}")
    sheet = chapters.final_sheet(session, number)
    if not wanted.lines and sheet is None:
        raise Conflict(
            f"The lead {number} has no finished evaluation sheet.",
            hint=f"Add --line 'PRODUCT;QTY', or crm evaluation add --lead {number}"
            " --line 'PRODUCT;QTY' and crm evaluation finish",
        )
    given = {
        **{name: getattr(lead, name) for name in INHERITED},
        "lead_id": number,
        "opportunity_id": lead.opportunity_id,
        "campaign_id": lead.campaign_id,
        "evaluation_id": sheet.id if sheet is not None else None,
        **values,
    }
    lines = _new_lines(wanted)
    chapters.check_items(session, sheet, lines)
    if not lines and sheet is not None:
        lines = chapters.of_sheet(session, sheet)
    return drafts.add(session, kind=kind, values=given, lines=lines)


def _from_evaluation(
    session: Session, kind: str, number: int, values: Mapping[str, Any], wanted: Wanted
) -> Document:
    sheet = session.get_one(Evaluation, number)
    if sheet.status != "final":
        raise Conflict(
            f"The evaluation sheet {number} is {sheet.status}; it must be final first.",
            hint=f"crm evaluation finish {number}",
        )
    lines = _new_lines(wanted) or chapters.of_sheet(session, sheet)
    return _from_lead(
        session, kind, sheet.lead_id, {"evaluation_id": number, **values}, Wanted(lines)
    )


def _new_lines(wanted: Wanted) -> list[NewLine]:
    if wanted.quantities:
        raise UsageError(
            "There are no lines to choose from by position.", hint="--line 'PRODUCT;QTY'"
        )
    return list(wanted.lines)


FROM_RECORD = {
    "opportunity": _from_opportunity,
    "lead": _from_lead,
    "evaluation": _from_evaluation,
}
