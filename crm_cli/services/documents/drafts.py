"""Drafts of documents: added, changed and removed until they are issued."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from crm_cli.errors import Conflict, InvalidData, UsageError
from crm_cli.services import records
from crm_cli.services.documents import line_items, numbering
from crm_cli.services.documents.lifecycle import enter, get, require_draft, sources, title
from crm_cli.services.rates import base_currency, rate_on
from crm_cli.values.sentences import Sentence
from crm_cli.views.documents import DOCUMENT
from schema.document import Document
from schema.document_states import SOURCES
from schema.lead import Lead
from schema.opportunity import Opportunity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlmodel import Session

    from crm_cli.services.documents.line_items import NewLine

INHERITED = ("account_id", "contact_id", "owner_id", "team_id")
PASSED_ON = (*INHERITED, "lead_id", "opportunity_id", "campaign_id", "evaluation_id", "currency")
"""What a document takes over from an opportunity or lead, and from another document."""


def add(
    session: Session,
    *,
    kind: str,
    values: Mapping[str, Any],
    lines: Sequence[NewLine] = (),
    on_match: str = "fail",
) -> Document:
    """Draft a document; `on_match` says what a known external id means."""
    known = _known(session, values.get("external_id"))
    if known is not None and on_match == "skip":
        return get(session, known)
    if known is not None and on_match == "update":
        return edit(session, known, values, lines=lines)
    given = {name: value for name, value in values.items() if value is not None}
    complete = {**_of_links(session, given), **given, "kind": kind}
    complete = {**complete, **_priced(session, complete)}
    check(session, complete)
    document = get(session, records.add(session, DOCUMENT, complete))
    line_items.append(session, document, lines)
    return document


def _known(session: Session, external_id: str | None) -> int | None:
    if external_id is None:
        return None
    return session.exec(
        select(Document.id)
        .where(col(Document.external_id) == external_id)
        .where(col(Document.archived_at).is_(None))
    ).first()


def edit_all(
    session: Session,
    ids: Sequence[int],
    values: Mapping[str, Any],
    *,
    lines: Sequence[NewLine] = (),
    more: Sequence[NewLine] = (),
) -> None:
    """Change drafts; `lines` replace their lines, `more` are added to them."""
    if not (values or lines or more):
        raise UsageError("Nothing to change was given.", hint="crm document edit --help")
    for number in ids:
        edit(session, number, values, lines=lines, more=more)


def edit(
    session: Session,
    number: int,
    values: Mapping[str, Any],
    *,
    lines: Sequence[NewLine] = (),
    more: Sequence[NewLine] = (),
) -> Document:
    """Change one draft."""
    document = get(session, number)
    require_draft(document)
    if document.revises_id and values.keys() & {"series_id", "external_number"}:
        raise Conflict(
            f"{title(document)} is a revision and keeps its number.",
            hint=f"crm document show {document.revises_id}",
        )
    changed_values = {**values, **_repriced(session, document, values)}
    if changed_values:
        check(session, {**document.model_dump(), **changed_values})
        records.edit(session, DOCUMENT, [number], changed_values)
    if lines or more:
        _refuse_payment(session, document)
        write = line_items.replace if lines else line_items.append
        write(session, document, lines or more)
    return document


def remove(session: Session, ids: Sequence[int]) -> None:
    """Delete drafts; what was issued stays."""
    for number in ids:
        document = get(session, number)
        require_draft(document)
        line_items.clear(session, document)
        for source in sources(session, document):
            session.delete(source)
        session.flush()
        records.remove(session, DOCUMENT, [number])
        if document.revises_id is not None:
            _take_back_revision(session, document.revises_id)


def _take_back_revision(session: Session, quote_id: int) -> None:
    """A quote whose revision was removed stands as it was sent."""
    quote = get(session, quote_id)
    quote.closed_at = None
    enter(session, quote, "sent")


def _of_links(session: Session, given: Mapping[str, Any]) -> dict[str, Any]:
    """What a document has from the opportunity or lead it is for."""
    found: dict[str, Any] = {}
    if lead_id := given.get("lead_id"):
        lead = session.get_one(Lead, lead_id)
        found = {"opportunity_id": lead.opportunity_id, "campaign_id": lead.campaign_id}
    if opportunity_id := given.get("opportunity_id") or found.get("opportunity_id"):
        opportunity = session.get_one(Opportunity, opportunity_id)
        pursued = select(Lead.id).where(col(Lead.opportunity_id) == opportunity_id)
        found["campaign_id"] = opportunity.campaign_id or found.get("campaign_id")
        found["lead_id"] = session.exec(pursued.order_by(col(Lead.id).desc())).first()
    return {name: value for name, value in found.items() if value is not None}


def _priced(session: Session, values: Mapping[str, Any]) -> dict[str, Any]:
    """Date, currency and the rate between it and the base currency."""
    day = values.get("dated_on") or session.info["place"].today
    currency = values.get("currency") or base_currency(session)
    given = values.get("rate")
    if given is not None and currency == base_currency(session) and given != 1:
        raise InvalidData(f"{currency} is the base currency: its rate is 1, not {given}.")
    rate, rate_day = (given, day) if given is not None else rate_on(session, currency, day)
    if rate <= 0:
        raise InvalidData(f"A rate of {rate} is not above zero.")
    return {"dated_on": day, "currency": currency, "rate": rate, "rate_on": rate_day}


def _repriced(session: Session, document: Document, values: Mapping[str, Any]) -> dict[str, Any]:
    if not values.keys() & {"dated_on", "currency", "rate"}:
        return {}
    now = {"dated_on": document.dated_on, "currency": document.currency}
    return _priced(session, {**now, "rate": None, **values})


def check(session: Session, values: Mapping[str, Any]) -> None:
    """Raise for values that contradict each other."""
    start, end = values.get("starts_on"), values.get("ends_on")
    if start and end and end < start:
        raise InvalidData("The end {end} lies before the start {start}.", start=start, end=end)
    due = values.get("due_on")
    if due and due < values["dated_on"]:
        message = "The due date {due} lies before the date {day}."
        raise InvalidData(message, due=due, day=values["dated_on"])
    if values.get("series_id"):
        numbering.chosen(session, values["series_id"], values["kind"])
    if values["kind"] in SOURCES:
        _check_account(session, values)


def _check_account(session: Session, values: Mapping[str, Any]) -> None:
    """What is sold for an opportunity or lead is sold to its account."""
    opportunity_id, lead_id = values.get("opportunity_id"), values.get("lead_id")
    accounts = {
        "opportunity": opportunity_id and session.get_one(Opportunity, opportunity_id).account_id,
        "lead": lead_id and session.get_one(Lead, lead_id).account_id,
    }
    for noun, account_id in accounts.items():
        if account_id and account_id != values.get("account_id"):
            number = values[f"{noun}_id"]
            raise Conflict(
                "The {noun} {id} is of another account.",
                hint="crm {command} show {id}",
                noun=Sentence(noun),
                command=noun,
                id=number,
            )


def _refuse_payment(session: Session, document: Document) -> None:
    if any(source.amount is not None for source in sources(session, document)):
        raise Conflict(
            f"{title(document)} pays an invoice; its amount cannot be changed.",
            hint=f"crm document remove {document.id}, then make it again with --amount",
        )
