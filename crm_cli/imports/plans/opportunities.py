"""Opportunities of a file with the history of their stages: one row for each passage."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from crm_cli.errors import Conflict, CrmError, InvalidData
from crm_cli.imports.plans.entry import Given, Step
from crm_cli.imports.plans.parts import part_of
from crm_cli.imports.plans.plan import Identity, Part, Plan, Unfit
from crm_cli.imports.plans.stages import Stages
from crm_cli.services.rates import base_currency
from crm_cli.values.sentences import Words
from crm_cli.views.nesting import HISTORY, REASONS, nested
from crm_cli.views.opportunities import OPPORTUNITY
from schema.account import Account
from schema.catalogue import Series

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

    from crm_cli.imports.plans.entry import Steps, Values
    from schema.catalogue import Stage


def opportunity_plan() -> Plan:
    """How rows become an opportunity; without a history it gets one line, as if just opened."""
    # Two cycles may have a stage of the same name: the plan finds the one that is meant.
    stage = replace(OPPORTUNITY.by_name["stage"], noun=None)
    columns = [stage if one.name == "stage" else one for one in OPPORTUNITY.loadable]
    return Plan(
        noun="opportunity",
        own="opportunity",
        shown=nested(OPPORTUNITY).columns,
        grouped=True,
        parts=(
            part_of(OPPORTUNITY, columns),
            Part(
                name="passage",
                entity_path="schema.opportunity:Passage",
                columns=HISTORY,
                identities=(Identity(("opportunity_id", "at", "stage_id"), unique=True),),
                links={"opportunity_id": "opportunity"},
                optional=True,
            ),
            Part(
                name="reason",
                entity_path="schema.opportunity:OpportunityReason",
                columns=(REASONS,),
                identities=(Identity(("passage_id", "reason_id"), unique=True),),
                links={"passage_id": "passage"},
                many=True,
            ),
        ),
        arranging=lambda session: _Arranging(session).arrange,
        settling=lambda session: _Settling(session).settle,
    )


class _Arranging:
    """Finds the stages that an entry names, before its records are looked up."""

    def __init__(self, session: Session) -> None:
        self._stages = Stages(session)

    def arrange(self, steps: Steps) -> None:
        """Put the ids of stages in the place of their names."""
        own = steps["opportunity"][0].given.checked
        cycle = self._name(own, own.get("cycle_id"))
        for step in steps["passage"]:
            try:
                self._name(step.given.checked, cycle)
            except CrmError as error:
                raise Unfit(step.given.row, error) from error

    def _name(self, values: Values, cycle_id: int | None) -> int | None:
        text = values.pop("stage_id", None)
        if text is None:
            return cycle_id
        stage = self._stages.find(text, cycle_id)
        values["stage_id"] = stage.key
        return stage.cycle_id


class _Settling:
    """Fits an opportunity, its stage and its history to each other."""

    def __init__(self, session: Session) -> None:
        self._stages = Stages(session)
        self._currency = base_currency(session)
        self._now: datetime = session.info["origin"].now
        self._place = session.info["place"]

        @cache
        def owner_of(account: int) -> int | None:
            return session.exec(select(Account.owner_id).where(Account.id == account)).one()

        self._next = dict(session.exec(select(col(Series.id), col(Series.next_number))).all())
        self._owner_of = owner_of

    def settle(self, steps: Steps) -> None:
        """Fill in what a new opportunity has of its stage and history; keep those there are."""
        step = steps["opportunity"][0]
        if step.now is None:
            step.given.checked = self._new(steps)
        else:
            self._keep(step, steps["passage"])
        _check_reasons(steps)

    def _keep(self, step: Step, passages: list[Step]) -> None:
        now = step.now or {}
        if step.given.checked.get("cycle_id", now["cycle_id"]) != now["cycle_id"]:
            raise Conflict("The sales cycle of an opportunity is fixed.")
        for passage in passages:
            if passage.now is None:
                error = Conflict(
                    "Opportunity {id} goes on by its own steps.",
                    hint="crm opportunity advance {id}",
                    id=now["id"],
                )
                raise Unfit(passage.given.row, error)

    def _new(self, steps: Steps) -> Values:
        given = steps["opportunity"][0].given.checked
        self._check_number(given)
        passages = self._history(steps["passage"])
        stage = self._stage(given, passages)
        closed = None if stage.outcome == "open" else _latest(passages) or self._now
        opened = passages[0]["at"].astimezone(self._place.zone).date() if passages else None
        defaults = {
            "probability": stage.probability,
            "currency": self._currency,
            "opened_on": opened or self._place.today,
            "owner_id": self._owner_of(given["account_id"]),
            "closed_at": closed,
        }
        values = {**defaults, **{name: one for name, one in given.items() if one is not None}}
        if stage.outcome == "open" and values["closed_at"]:
            message = "In the stage {stage} an opportunity is not closed."
            raise InvalidData(message, stage=stage.code)
        if not passages:
            steps["passage"].append(self._opening(steps, stage, values["closed_at"]))
        place = {"cycle_id": stage.cycle_id, "stage_id": stage.key, "status": stage.outcome}
        return {**values, **place}

    def _history(self, passages: list[Step]) -> list[Values]:
        """What is told of the passages, in order; each has a moment and a stage."""
        for passage in passages:
            given = passage.given.checked
            if given.get("at") is None or given.get("stage_id") is None:
                error = InvalidData("A line of the history has a moment and a stage.")
                raise Unfit(passage.given.row, error)
        return sorted((one.given.checked for one in passages), key=lambda given: given["at"])

    def _stage(self, given: Values, passages: list[Values]) -> Stage:
        """The stage that is named, else the last of the history, else the first of its status."""
        cycle = given.get("cycle_id") or self._stages.default_cycle
        status = given.get("status")
        number = given.get("stage_id") or (passages[-1]["stage_id"] if passages else None)
        stage = self._stages.get(number) if number else self._stages.first(cycle, status or "open")
        if given.get("cycle_id") not in {None, stage.cycle_id}:
            message = "The stage {stage} belongs to another sales cycle."
            raise Conflict(message, stage=stage.code)
        if status not in {None, stage.outcome}:
            message = "In the stage {stage} an opportunity is not {status}."
            raise InvalidData(message, stage=stage.code, status=Words(status))
        if passages and passages[-1]["stage_id"] != stage.key:
            last = self._stages.get(passages[-1]["stage_id"])
            message = "The history ends in the stage {last}, not in {stage}."
            raise InvalidData(message, last=last.code, stage=stage.code)
        return stage

    def _check_number(self, given: Values) -> None:
        """A number of a series that has not come to it would be given once more."""
        series_id, number = given.get("series_id"), given.get("number")
        if series_id and number and number >= self._next[series_id]:
            raise Conflict(
                "The series has not come to the number {number}.",
                hint="Import the series first, or leave its column out.",
                number=number,
            )

    def _opening(self, steps: Steps, stage: Stage, closed: datetime | None) -> Step:
        row = steps["opportunity"][0].given.row
        given = {"stage_id": stage.key, "at": closed or self._now}
        return Step(Given(row, given, given))


def _latest(passages: list[Values]) -> Any:
    return passages[-1]["at"] if passages else None


def _check_reasons(steps: Steps) -> None:
    """Reasons are those of the passage in their row, or of the only one there is."""
    passages = steps["passage"]
    rows = {passage.given.row for passage in passages}
    for reason in steps["reason"]:
        if len(passages) != 1 and reason.given.row not in rows:
            error = InvalidData("A reason belongs to a line of the history.")
            raise Unfit(reason.given.row, error)
