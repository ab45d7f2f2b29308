"""What the CRM does, one module per noun or process; a module loads when it is first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crm_cli.services import accounts as accounts
    from crm_cli.services import addresses as addresses
    from crm_cli.services import backups as backups
    from crm_cli.services import campaign_amounts as campaign_amounts
    from crm_cli.services import campaign_following as campaign_following
    from crm_cli.services import campaign_links as campaign_links
    from crm_cli.services import campaign_marks as campaign_marks
    from crm_cli.services import campaign_members as campaign_members
    from crm_cli.services import campaign_returns as campaign_returns
    from crm_cli.services import campaign_shares as campaign_shares
    from crm_cli.services import campaign_windows as campaign_windows
    from crm_cli.services import campaigns as campaigns
    from crm_cli.services import catalogues as catalogues
    from crm_cli.services import chain as chain
    from crm_cli.services import chapters as chapters
    from crm_cli.services import checks as checks
    from crm_cli.services import constants as constants
    from crm_cli.services import contacts as contacts
    from crm_cli.services import contracts as contracts
    from crm_cli.services import delegates as delegates
    from crm_cli.services import document_drafts as document_drafts
    from crm_cli.services import document_lines as document_lines
    from crm_cli.services import document_sending as document_sending
    from crm_cli.services import documents as documents
    from crm_cli.services import duplicates as duplicates
    from crm_cli.services import employees as employees
    from crm_cli.services import evaluations as evaluations
    from crm_cli.services import exchange_rates as exchange_rates
    from crm_cli.services import following as following
    from crm_cli.services import health as health
    from crm_cli.services import health_mail as health_mail
    from crm_cli.services import health_storage as health_storage
    from crm_cli.services import health_surroundings as health_surroundings
    from crm_cli.services import health_work as health_work
    from crm_cli.services import import_undo as import_undo
    from crm_cli.services import installation as installation
    from crm_cli.services import interactions as interactions
    from crm_cli.services import job_runs as job_runs
    from crm_cli.services import job_status as job_status
    from crm_cli.services import lead_gates as lead_gates
    from crm_cli.services import lead_page as lead_page
    from crm_cli.services import leads as leads
    from crm_cli.services import leaves as leaves
    from crm_cli.services import mail_accounts as mail_accounts
    from crm_cli.services import mail_assignment as mail_assignment
    from crm_cli.services import mail_directory as mail_directory
    from crm_cli.services import mail_duplicates as mail_duplicates
    from crm_cli.services import mail_files as mail_files
    from crm_cli.services import mail_import as mail_import
    from crm_cli.services import mail_letters as mail_letters
    from crm_cli.services import mail_matching as mail_matching
    from crm_cli.services import mail_people as mail_people
    from crm_cli.services import mail_placing as mail_placing
    from crm_cli.services import mail_recognition as mail_recognition
    from crm_cli.services import mail_tasks as mail_tasks
    from crm_cli.services import mail_threads as mail_threads
    from crm_cli.services import making as making
    from crm_cli.services import merging as merging
    from crm_cli.services import messages as messages
    from crm_cli.services import numbering as numbering
    from crm_cli.services import operations as operations
    from crm_cli.services import operations_assigning as operations_assigning
    from crm_cli.services import opportunities as opportunities
    from crm_cli.services import outbox as outbox
    from crm_cli.services import pacing as pacing
    from crm_cli.services import past as past
    from crm_cli.services import presence as presence
    from crm_cli.services import products as products
    from crm_cli.services import pursuits as pursuits
    from crm_cli.services import putting_back as putting_back
    from crm_cli.services import queues as queues
    from crm_cli.services import quotes as quotes
    from crm_cli.services import rates as rates
    from crm_cli.services import receipts as receipts
    from crm_cli.services import recipes as recipes
    from crm_cli.services import records as records
    from crm_cli.services import remainders as remainders
    from crm_cli.services import reminder_batches as reminder_batches
    from crm_cli.services import reminder_changes as reminder_changes
    from crm_cli.services import reminder_digest_letters as reminder_digest_letters
    from crm_cli.services import reminder_digest_rules as reminder_digest_rules
    from crm_cli.services import reminder_digests as reminder_digests
    from crm_cli.services import reminder_digests_due as reminder_digests_due
    from crm_cli.services import reminder_ledger as reminder_ledger
    from crm_cli.services import reminder_letters as reminder_letters
    from crm_cli.services import reminder_planning as reminder_planning
    from crm_cli.services import reminder_recipients as reminder_recipients
    from crm_cli.services import reminder_rules as reminder_rules
    from crm_cli.services import reminder_run as reminder_run
    from crm_cli.services import reminder_warnings as reminder_warnings
    from crm_cli.services import removal as removal
    from crm_cli.services import repointing as repointing
    from crm_cli.services import responsibilities as responsibilities
    from crm_cli.services import reversals as reversals
    from crm_cli.services import seeds as seeds
    from crm_cli.services import sending as sending
    from crm_cli.services import series as series
    from crm_cli.services import sites as sites
    from crm_cli.services import taking_back as taking_back
    from crm_cli.services import tasks as tasks
    from crm_cli.services import tasks_at_once as tasks_at_once
    from crm_cli.services import tasks_repeating as tasks_repeating
    from crm_cli.services import tasks_warnings as tasks_warnings
    from crm_cli.services import totals as totals
    from crm_cli.services import trail as trail
    from crm_cli.services import undelivered as undelivered
    from crm_cli.services import undo as undo
    from crm_cli.services import upgrades as upgrades


def __getattr__(name: str) -> object:
    try:
        return import_module(f"{__name__}.{name}")
    except ModuleNotFoundError as error:
        if error.name != f"{__name__}.{name}":
            raise
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from error
