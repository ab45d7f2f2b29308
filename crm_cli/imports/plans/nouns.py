"""The nouns that can be imported."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from crm_cli import views
from crm_cli.errors import UsageError
from crm_cli.imports.plans.afterwards import MovedReminders, OneDefault
from crm_cli.imports.plans.parts import part_of
from crm_cli.imports.plans.plan import Plan

if TYPE_CHECKING:
    from crm_cli.views.view import View

KINDS = ("quote", "order", "contract", "proforma", "invoice", "receipt")
PLANS = {
    "campaign": "campaigns:campaign_plan",
    "evaluation": "evaluations:evaluation_plan",
    "lead": "leads:lead_plan",
    "operation": "operations:operation_plan",
    "opportunity": "opportunities:opportunity_plan",
    "task": "tasks:task_plan",
    **dict.fromkeys(("document", *KINDS), "documents:document_plan"),
}
"""Noun -> what makes its plan, where it is more than its columns; loaded when asked for."""

REMINDING = {"employee", "holiday", "leave"}
"""Nouns on which the moments of reminders depend."""

NOT_IMPORTED = {
    "attachment": "a file comes with the mail or the task it belongs to",
    "audit": "it is the record of what was done in this database",
    "campaign_link": "it follows from the documents: crm campaign link",
    "campaign_member": "members come with their campaign: crm campaign import",
    "import": "it is the record of what was read into this database",
    "job_run": "it is the record of what ran here",
    "mail": "mail is read from mailboxes: crm mail import",
    "mail-account": "its password does not travel: crm mail-account add",
    "message": "a message is sent: crm inbox send",
    "outbox": "an import never sends mail",
    "passage": "the history comes with its opportunity: crm opportunity import",
}
"""Noun that no spreadsheet is made into -> why."""


def plan_of(
    noun: str, *, existing_customer: str = "skip", notify: bool = False, of_calendar: bool = False
) -> Plan:
    """How the rows of a noun are made into records."""
    if noun in NOT_IMPORTED:
        raise UsageError(f"No {noun} can be imported: {NOT_IMPORTED[noun]}.")
    if of_calendar:
        from crm_cli.imports.plans.calendar_tasks import calendar_plan

        return calendar_plan(notify=notify)
    if noun in PLANS:
        return _made(noun, existing_customer=existing_customer, notify=notify)
    return _plain(views.of(noun))


def _made(noun: str, **chosen: Any) -> Plan:
    module, _, name = PLANS[noun].partition(":")
    make = getattr(import_module(f"crm_cli.imports.plans.{module}"), name)
    options = {"lead": ("existing_customer",), "task": ("notify",)}.get(noun, ())
    kind = (noun,) if noun in KINDS else ()
    plan: Plan = make(*kind, **{option: chosen[option] for option in options})
    return plan


def _plain(view: View) -> Plan:
    """A row is a record, and its columns are all there is to it."""
    plan = Plan(noun=view.noun, own=view.noun, parts=(part_of(view),), shown=view.columns)
    after: OneDefault | MovedReminders | None = None
    if "is_default" in view.by_name:
        after = OneDefault(view)
    elif view.noun in REMINDING:
        after = MovedReminders()
    return replace(plan, settling=after.settling, finishing=after.finishing) if after else plan
