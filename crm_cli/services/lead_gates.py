"""What each responsibility of a lead needs before it can be closed (R35, R39, R40, R42).

Each gate loads only the tables it asks: they are what such a command costs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, select

from crm_cli.errors import Conflict

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlmodel import Session

    from schema.document import Document
    from schema.lead import Lead, Responsibility


def check(session: Session, lead: Lead, current: Responsibility) -> None:
    """Raise Conflict unless the open responsibility may be closed with the next one."""
    GATES[current.step](session, lead, current)


def _contact(session: Session, lead: Lead, current: Responsibility) -> None:
    if not current.summary:
        raise Conflict(
            "Closing the contact needs a summary of the talk.",
            hint=f"crm lead advance {lead.id} --summary 'What was said'",
        )


def _meeting(session: Session, lead: Lead, current: Responsibility) -> None:
    from schema.evaluation import Evaluation

    draft = session.exec(
        select(Evaluation.id).where(
            Evaluation.lead_id == lead.id,
            Evaluation.status == "draft",
            col(Evaluation.archived_at).is_(None),
        )
    ).first()
    if draft is not None:
        raise Conflict(
            f"The evaluation sheet {draft} is not final.", hint=f"crm evaluation finish {draft}"
        )


def _quoting(session: Session, lead: Lead, current: Responsibility) -> None:
    """Going on accepts the quote that was sent; one accepted already will do."""
    if _newest(session, lead, "quote", "accepted") is not None:
        return
    quote = _newest(session, lead, "quote", "sent")
    if quote is None:
        raise Conflict(
            f"Lead {lead.id} has no quote that was sent.",
            hint=f"crm quote make --from lead:{lead.id}, then approve, finalize and send it.",
        )
    from crm_cli.services.documents import lifecycle

    lifecycle.advance(session, quote.key, "accept")


def _contracting(session: Session, lead: Lead, current: Responsibility) -> None:
    contract = _newest(session, lead, "contract", "draft", "final", "signed")
    if contract is None:
        raise Conflict(
            f"Lead {lead.id} has no contract.",
            hint=f"crm contract add --account {lead.account_id} --lead {lead.id} --line ...",
        )
    from crm_cli.services import contracts

    if missing := contracts.missing(session, contract):
        raise Conflict(
            f"The contract {contract.label or contract.id} lacks {', '.join(missing)}.",
            hint=contracts.remedy(contract, missing[0]),
        )


def _newest(session: Session, lead: Lead, kind: str, *statuses: str) -> Document | None:
    from schema.document import Document

    return session.exec(
        select(Document)
        .where(
            Document.lead_id == lead.id,
            Document.kind == kind,
            col(Document.status).in_(statuses),
            col(Document.archived_at).is_(None),
        )
        .order_by(col(Document.id).desc())
    ).first()


GATES: dict[str, Callable[[Session, Lead, Responsibility], None]] = {
    "contact": _contact,
    "meeting": _meeting,
    "quoting": _quoting,
    "contracting": _contracting,
}
