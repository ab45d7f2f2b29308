"""Fitting the documents of a file: number, price and totals of new ones, drafts there are."""

from __future__ import annotations

from datetime import UTC, datetime, time
from functools import cache
from typing import TYPE_CHECKING, Any

from crm_cli.errors import Conflict, InvalidData
from crm_cli.imports.plans.document_links import Links
from crm_cli.imports.plans.document_numbers import Numbers, set_aside
from crm_cli.imports.plans.document_pricing import Pricing
from crm_cli.imports.plans.lines import agree_on_currency, number
from crm_cli.imports.plans.plan import Unfit
from crm_cli.services.campaigns.following import inherit
from crm_cli.services.documents import drafts, lifecycle
from crm_cli.services.rates import base_currency, rate_on
from crm_cli.values.sentences import Words
from schema.document_states import CLOSED, ISSUED, TRANSITIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlmodel import Session

    from crm_cli.imports.plans.entry import Step, Steps, Values

PRICED = {"dated_on", "currency", "rate", "rate_on"}


class Settling:
    """Fits documents to the company, and their lines and totals to each other."""

    def __init__(self, kind: str | None) -> None:
        self._kind = kind
        self._links = Links()
        self._counting: list[Step] = []
        """New documents that carry a campaign."""

    def arrange(self, steps: Steps) -> None:
        """Number the lines, find their currency, set aside what documents say of each other."""
        document, lines = steps["document"][0], steps["line"]
        number(lines)
        agree_on_currency(document, lines)
        set_aside(document.given.checked)
        self._links.take(steps)

    def begin(self, session: Session) -> Settling:
        """Read what all documents share."""
        self._session = session
        self._place = session.info["place"]
        self._currency = base_currency(session)
        self._numbers = Numbers(session)
        self._pricing = Pricing(session)
        self._rate_on = cache(lambda currency, day: rate_on(session, currency, day))
        return self

    def settle(self, steps: Steps) -> None:
        """Work out a new document, or check what is to change of the one there is."""
        step = steps["document"][0]
        if step.now is not None:
            self._keep(step, step.now, steps["line"])
            return
        values = self._new(step.given.checked)
        drafts.check(self._session, values)
        self._pricing.price(values, steps)
        step.given.checked = values
        if values.get("campaign_id") and values["status"] in ISSUED:
            self._counting.append(step)

    def finish(self, session: Session) -> None:
        """Tie the new documents to others, and count them for the campaigns they carry."""
        self._links.tie(session)
        for step in self._counting:
            document = lifecycle.get(session, step.id or 0)
            inherit(session, document)
            lifecycle.changed(session, document)

    def _keep(self, step: Step, now: Mapping[str, Any], lines: list[Step]) -> None:
        """Only drafts change, and no spreadsheet changes what they come to."""
        news = {name for name, value in step.given.checked.items() if now[name] != value}
        if news and now["status"] != "draft":
            raise Conflict(
                "It is {status} and can no longer be changed.",
                hint="crm document show {id}",
                status=Words(now["status"]),
                id=now["id"],
            )
        fresh = next((line for line in lines if line.now is None), None)
        if fresh or news & PRICED:
            raise Unfit(
                (fresh or step).given.row,
                Conflict(
                    "Lines and prices of document {id} are changed by a command.",
                    hint="crm document edit {id} --add-line 'PRODUCT;QTY'",
                    id=now["id"],
                ),
            )
        if news:
            drafts.check(self._session, {**now, **step.given.checked})

    def _new(self, given: Values) -> Values:
        values = {name: value for name, value in given.items() if value is not None}
        kind = values.setdefault("kind", self._kind)
        if kind is None:
            raise InvalidData("A document has a kind.")
        status = values.setdefault("status", _issued(kind) if values.get("label") else "draft")
        if status != "draft" and status not in {goal for _, goal in TRANSITIONS[kind].values()}:
            message = "No {noun} is ever {status}."
            raise InvalidData(message, noun=Words(kind), status=Words(status))
        values.setdefault("dated_on", self._place.today)
        values.setdefault("currency", self._currency)
        self._rate(values)
        self._numbers.give(values)
        return values | self._moments(values)

    def _rate(self, values: Values) -> None:
        if values.get("rate") is None:
            found = self._rate_on(values["currency"], values["dated_on"])
            values["rate"], values["rate_on"] = found
        values.setdefault("rate_on", values["dated_on"])
        if values["currency"] == self._currency and values["rate"] != 1:
            message = "{currency} is the company's own currency: its rate is 1."
            raise InvalidData(message, currency=self._currency)

    def _moments(self, values: Values) -> Values:
        """When it was issued and closed: on its day, where nothing is told."""
        day = datetime.combine(values["dated_on"], time(), tzinfo=self._place.zone).astimezone(UTC)
        moments = {}
        if values["status"] in ISSUED:
            moments["issued_at"] = values.get("issued_at") or day
        if values["status"] in CLOSED:
            moments["closed_at"] = values.get("closed_at") or values.get("issued_at") or day
        return moments


def _issued(kind: str) -> str:
    """The first state in which a document of the kind has its number."""
    return next(goal for _, goal in TRANSITIONS[kind].values() if goal in ISSUED)
