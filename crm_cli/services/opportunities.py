"""Opportunities: opening them, and their passages from stage to stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from crm_cli.errors import Conflict, InvalidData
from crm_cli.services import constants, delegates, records, tasks
from crm_cli.views.opportunities import OPPORTUNITY
from crm_cli.views.tasks import TASK
from schema.account import Account
from schema.catalogue import Cycle, Stage
from schema.document import Document
from schema.lead import Lead
from schema.opportunity import Opportunity, OpportunityReason, Passage
from schema.task import Task

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from decimal import Decimal

    from sqlmodel import Session


@dataclass(frozen=True, kw_only=True)
class Step:
    """What is said of one passage; what is None stays as it is."""

    stage_id: int | None = None
    delegate_id: int | None = None
    info: str | None = None
    follow_up: date | None = None
    task: bool = True
    close_on: date | None = None
    amount: Decimal | None = None
    probability: int | None = None
    memento_at: datetime | None = None
    without_document: bool = False
    reason_ids: tuple[int, ...] = ()


def complete(now: Mapping[str, Any], values: dict[str, Any], home: str) -> dict[str, Any]:
    """Check the amounts."""
    for name in ("amount", "estimated_revenue"):
        amount = values.get(name)
        if amount is not None and amount < 0:
            raise InvalidData("An amount cannot be negative, as {amount:f} is.", amount=amount)
    return values


def add(
    session: Session,
    values: Mapping[str, Any],
    *,
    stage_id: int | None = None,
    lead_id: int | None = None,
    memento_at: datetime | None = None,
) -> Opportunity:
    """Open an opportunity in the first stage of its cycle, or in the one given (R49)."""
    values = complete({}, dict(values), session.info["place"].country)
    cycle_id = values.pop("cycle_id", None) or default_cycle(session)
    stage = session.get_one(Stage, stage_id) if stage_id else stages(session, cycle_id)[0]
    if stage.cycle_id != cycle_id:
        raise Conflict(f"The stage {stage.code} belongs to another cycle.", hint="crm stage list")
    values.setdefault("currency", constants.text_of(session, "currency"))
    values.setdefault("probability", stage.probability)
    values.setdefault("opened_on", session.info["place"].today)
    values.setdefault("owner_id", session.get_one(Account, values["account_id"]).owner_id)
    opportunity = Opportunity(**values, cycle_id=cycle_id, stage_id=stage.key, status=stage.outcome)
    session.add(opportunity)
    records.flush(session, OPPORTUNITY)
    _history(session, opportunity, stage, Step(memento_at=memento_at))
    if lead_id is not None:
        session.get_one(Lead, lead_id).opportunity_id = opportunity.key
        session.flush()
    return opportunity


def default_cycle(session: Session) -> int:
    """The cycle opportunities follow where none is named."""
    found = session.exec(
        select(Cycle.id)
        .where(col(Cycle.archived_at).is_(None))
        .order_by(col(Cycle.is_default).desc(), col(Cycle.id))
    ).first()
    if found is None:
        raise Conflict("There is no sales cycle.", hint="crm cycle add --code CODE --name-en NAME")
    return found


def stages(session: Session, cycle_id: int) -> Sequence[Stage]:
    """The stages of a cycle, in order."""
    found = session.exec(
        select(Stage)
        .where(Stage.cycle_id == cycle_id, col(Stage.archived_at).is_(None))
        .order_by(col(Stage.position), col(Stage.id))
    ).all()
    if not found:
        raise Conflict("The sales cycle has no stages.", hint="crm stage add --help")
    return found


def advance(session: Session, number: int, step: Step) -> Passage:
    """Move to a stage, the next one unless given, forward or back (R52, R62)."""
    opportunity = _get(session, number)
    if opportunity.status != "open":
        raise Conflict(
            f"Opportunity {number} is {opportunity.status}.",
            hint=f"crm opportunity reopen {number}",
        )
    target = _target(session, opportunity, step.stage_id)
    if target.outcome == "lost":
        raise Conflict(
            "An opportunity is lost with a reason.",
            hint=f"crm opportunity lose {number} --reason REASON",
        )
    if target.outcome == "won" and not step.without_document:
        _require_document(session, opportunity)
    return _pass(session, opportunity, target, step)


def lose(session: Session, number: int, step: Step) -> Passage:
    """Close an opportunity as lost, with one or more reasons (R58, R71)."""
    opportunity = _get(session, number)
    if opportunity.status == "lost":
        raise Conflict(f"Opportunity {number} is lost already.")
    if not step.reason_ids:
        raise InvalidData("A lost opportunity needs a reason.", hint="crm reason list")
    lost = [one for one in stages(session, opportunity.cycle_id) if one.outcome == "lost"]
    if not lost:
        raise Conflict("The sales cycle has no stage for lost ones.", hint="crm stage add --help")
    return _pass(session, opportunity, lost[0], step)


def reopen(session: Session, number: int, step: Step) -> Passage:
    """Take a closed opportunity back to the last stage in which it was open."""
    opportunity = _get(session, number)
    if opportunity.status == "open":
        raise Conflict(f"Opportunity {number} is open.")
    last = session.exec(
        select(Stage)
        .join(Passage, col(Passage.stage_id) == col(Stage.id))
        .where(Passage.opportunity_id == number, Stage.outcome == "open")
        .order_by(col(Passage.id).desc())
    ).first()
    target = last or stages(session, opportunity.cycle_id)[0]
    return _pass(session, opportunity, target, step)


def edit(session: Session, ids: Sequence[int], values: Mapping[str, Any]) -> None:
    """Change what is not decided by the stage."""
    if "cycle_id" in values:
        raise Conflict("The sales cycle of an opportunity is fixed.", hint="Add a new opportunity.")
    records.edit(session, OPPORTUNITY, ids, values)


def _get(session: Session, number: int) -> Opportunity:
    return session.get_one(Opportunity, records.get(session, OPPORTUNITY, number).key)


def _target(session: Session, opportunity: Opportunity, stage_id: int | None) -> Stage:
    ordered = stages(session, opportunity.cycle_id)
    if stage_id is not None:
        for stage in ordered:
            if stage.id == stage_id:
                return stage
        raise Conflict(
            "That stage belongs to another sales cycle.",
            hint="crm stage list",
            candidates=[f"{stage.id} {stage.code}" for stage in ordered],
        )
    places = [stage.id for stage in ordered]
    following = ordered[places.index(opportunity.stage_id) + 1 :]
    if not following:
        raise Conflict("There is no next stage.", hint="Name one with --stage.")
    return following[0]


def _require_document(session: Session, opportunity: Opportunity) -> None:
    """Won needs a signed contract or an issued invoice of the opportunity (R50)."""
    proof = session.exec(
        select(Document.id).where(
            Document.opportunity_id == opportunity.id,
            ((col(Document.kind) == "contract") & (col(Document.status) == "signed"))
            | ((col(Document.kind) == "invoice") & (col(Document.status) == "posted")),
        )
    ).first()
    if proof is None:
        raise Conflict(
            f"Opportunity {opportunity.id} has neither a signed contract nor an issued invoice.",
            hint=f"crm contract make --from opportunity:{opportunity.id}, then `crm contract sign`;"
            " or --without-document",
        )


def _pass(session: Session, opportunity: Opportunity, stage: Stage, step: Step) -> Passage:
    opportunity.stage_id, opportunity.status = stage.key, stage.outcome
    opportunity.probability = stage.probability if step.probability is None else step.probability
    opportunity.closed_at = None if stage.outcome == "open" else session.info["origin"].now
    if step.close_on is not None:
        opportunity.close_on = step.close_on
    if step.amount is not None:
        complete({}, {"amount": step.amount}, session.info["place"].country)
        opportunity.amount = step.amount
    session.flush()
    return _history(session, opportunity, stage, step)


def _history(session: Session, opportunity: Opportunity, stage: Stage, step: Step) -> Passage:
    passage = Passage(
        opportunity_id=opportunity.key,
        stage_id=stage.key,
        at=session.info["origin"].now,
        delegate_id=step.delegate_id,
        info=step.info,
        follow_up=step.follow_up,
        task_id=_follow_up(session, opportunity, step),
    )
    session.add(passage)
    session.flush()
    for reason_id in dict.fromkeys(step.reason_ids):
        session.add(OpportunityReason(passage_id=passage.key, reason_id=reason_id))
    if step.memento_at is not None:
        _memento(session, opportunity, step.memento_at)
    session.flush()
    return passage


def _follow_up(session: Session, opportunity: Opportunity, step: Step) -> int | None:
    """A follow-up date makes a task of the delegate, else of the owner (R53)."""
    if step.follow_up is None or not step.task:
        return None
    assignee_id = step.delegate_id or opportunity.owner_id or session.info["person_id"]
    task = tasks.create(
        session,
        subject=f"{opportunity.name}: {step.info}" if step.info else opportunity.name,
        assignee_id=assignee_id,
        due_on=step.follow_up,
        kind="follow_up",
        account_id=opportunity.account_id,
        opportunity_id=opportunity.key,
        campaign_id=opportunity.campaign_id,
    )
    delegates.tell(session, [task])
    return task.key


def _memento(session: Session, opportunity: Opportunity, moment: datetime) -> None:
    """A reminder for the owner, once, at a date and time; one that is open moves there (R61)."""
    told: Any = {
        "subject": opportunity.name,
        "assignee_id": opportunity.owner_id or session.info["person_id"],
        "due_on": moment.date(),
        "due_at": moment,
    }
    pending = session.exec(
        select(Task.id)
        .where(Task.opportunity_id == opportunity.key, Task.kind == "memento")
        .where(Task.status == "open", col(Task.archived_at).is_(None))
        .order_by(col(Task.id).desc())
    ).first()
    if pending is not None:
        records.edit(session, TASK, [pending], told)
        return
    tasks.create(
        session,
        **told,
        kind="memento",
        days_before=("0",),
        account_id=opportunity.account_id,
        opportunity_id=opportunity.key,
    )
