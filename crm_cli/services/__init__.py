"""What the CRM does, one module per noun or process; a module loads when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.on_demand import modules_of

if TYPE_CHECKING:
    from crm_cli.services import accounts as accounts
    from crm_cli.services import addresses as addresses
    from crm_cli.services import backups as backups
    from crm_cli.services import campaigns as campaigns
    from crm_cli.services import catalogues as catalogues
    from crm_cli.services import chain as chain
    from crm_cli.services import checks as checks
    from crm_cli.services import constants as constants
    from crm_cli.services import contacts as contacts
    from crm_cli.services import contracts as contracts
    from crm_cli.services import delegates as delegates
    from crm_cli.services import documents as documents
    from crm_cli.services import duplicates as duplicates
    from crm_cli.services import employees as employees
    from crm_cli.services import evaluations as evaluations
    from crm_cli.services import exchange_rates as exchange_rates
    from crm_cli.services import health as health
    from crm_cli.services import holidays as holidays
    from crm_cli.services import import_runs as import_runs
    from crm_cli.services import installation as installation
    from crm_cli.services import interactions as interactions
    from crm_cli.services import job_runs as job_runs
    from crm_cli.services import job_status as job_status
    from crm_cli.services import lead_gates as lead_gates
    from crm_cli.services import lead_page as lead_page
    from crm_cli.services import leads as leads
    from crm_cli.services import leaves as leaves
    from crm_cli.services import mail as mail
    from crm_cli.services import mail_accounts as mail_accounts
    from crm_cli.services import merging as merging
    from crm_cli.services import messages as messages
    from crm_cli.services import operations as operations
    from crm_cli.services import operations_assigning as operations_assigning
    from crm_cli.services import opportunities as opportunities
    from crm_cli.services import outbox as outbox
    from crm_cli.services import presence as presence
    from crm_cli.services import products as products
    from crm_cli.services import pursuits as pursuits
    from crm_cli.services import queues as queues
    from crm_cli.services import rates as rates
    from crm_cli.services import recipes as recipes
    from crm_cli.services import records as records
    from crm_cli.services import reminders as reminders
    from crm_cli.services import responsibilities as responsibilities
    from crm_cli.services import seeds as seeds
    from crm_cli.services import series as series
    from crm_cli.services import sites as sites
    from crm_cli.services import tasks as tasks
    from crm_cli.services import tasks_at_once as tasks_at_once
    from crm_cli.services import tasks_repeating as tasks_repeating
    from crm_cli.services import tasks_warnings as tasks_warnings
    from crm_cli.services import undoing as undoing
    from crm_cli.services import upgrades as upgrades

__getattr__ = modules_of(__name__)
