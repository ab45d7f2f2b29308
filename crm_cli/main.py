"""The root of the command line: global options, the table of commands, errors to exit codes."""

from __future__ import annotations

import atexit
import codecs
import os
import sys
from io import TextIOWrapper
from itertools import takewhile
from typing import Any, NoReturn

import click

from crm_cli.lazy import LazyGroup

COMMANDS = {
    "account": ("commands.account:account", "Companies and sole traders we deal with."),
    "attachment": (
        "commands.attachment:attachment",
        "Files of mails and tasks; each content is kept once.",
    ),
    "audit": (
        "commands.audit:audit",
        "The trail of every change: who, when, by which command, old and new.",
    ),
    "batch": (
        "commands.batch:batch",
        "Run one command per line, in one process; a JSON answer per line.",
    ),
    "campaign": (
        "commands.campaign:campaign",
        "Marketing campaigns: members, linked documents, returns.",
    ),
    "contact": ("commands.contact:contact", "People we deal with, of an account or alone."),
    "contract": ("commands.document:contract", "Contracts, for once or by subscription."),
    "cycle": (
        "commands.catalogue:cycle",
        "Sales cycles: each is a way of selling, with its stages.",
    ),
    "db": ("commands.db:db", "The database itself: bring it up to date, check it, copy it."),
    "document": (
        "commands.document:document",
        "Quotes, orders, contracts, invoices, receipts and the rest.",
    ),
    "doctor": (
        "commands.doctor:doctor",
        "Look for what is wrong, or soon will be, with this installation.",
    ),
    "employee": (
        "commands.employee:employee",
        "People of our own company; those with a login are users.",
    ),
    "evaluation": (
        "commands.evaluation:evaluation",
        "Evaluation sheets of leads: products by quantity, before the quote.",
    ),
    "export": (
        "commands.export:export",
        "Write everything to one file. One noun alone: `crm account export FILE`.",
    ),
    "help": (
        "commands.help:help_",
        "Explain what many commands share: dates, repeating, references, filters, exit codes.",
    ),
    "holiday": (
        "commands.holiday:holiday",
        "Free days of the company, and free days on which it works.",
    ),
    "interaction": (
        "commands.interaction:interaction",
        "Notes, calls, mails, visits: every communication with accounts and contacts.",
    ),
    "lead": (
        "commands.lead:lead",
        "Accounts that have not bought yet, pursued in four responsibilities.",
    ),
    "leave": (
        "commands.leave:leave",
        "When employees are away, and who stands in for them.",
    ),
    "import": ("commands.imports:imports", "Imports that were carried out, and what each did."),
    "inbox": ("commands.inbox:inbox", "Messages to me; without a verb, those I have not read."),
    "init": (
        "commands.init:init",
        "Make the database, its settings and the first employee; safe to repeat.",
    ),
    "invoice": ("commands.document:invoice", "Invoices to clients."),
    "job": (
        "commands.job:job",
        "The work that cron starts: reminders, outgoing mail, campaign figures.",
    ),
    "mail": (
        "commands.mail:mail",
        "Mail exported from Outlook and Thunderbird: imported, matched, filed.",
    ),
    "mail-account": (
        "commands.mail_account:mail_account",
        "Servers and logins by which mail leaves: the company's and employees' own.",
    ),
    "order": ("commands.document:order", "Orders of clients."),
    "operation": (
        "commands.operation:operation",
        "Bundles of tasks that are made together, with their terms.",
    ),
    "opportunity": (
        "commands.opportunity:opportunity",
        "Possible sales, from the first talk to won or lost.",
    ),
    "outbox": ("commands.outbox:outbox", "Mail that is to leave, and the log of what has left."),
    "product": ("commands.product:product", "Goods and services we sell, with prices and recipes."),
    "proforma": ("commands.document:proforma", "Proforma invoices."),
    "quote": (
        "commands.document:quote",
        "Quotes: approved, finalized, sent, revised, accepted or refused.",
    ),
    "rate": ("commands.rate:rate", "Exchange rates to the company's currency."),
    "reason": ("commands.catalogue:reason", "Why opportunities are lost and leads refused."),
    "receipt": ("commands.document:receipt", "Money received on invoices."),
    "report": (
        "commands.report:report",
        "Make a report: pipeline, tasks, task-days, workload, leave.",
    ),
    "series": ("commands.catalogue:series", "Books of numbers for documents, without gaps."),
    "setting": ("commands.setting:setting", "Constants of the company, kept in the database."),
    "site": ("commands.site:site", "Offices and work points of accounts."),
    "stage": (
        "commands.catalogue:stage",
        "Stages of the sales cycles, with potential and probability.",
    ),
    "status": ("commands.catalogue:status", "Where a campaign stands, in the company's own words."),
    "task": ("commands.task:task", "Work for employees and teams, with a term and reminders."),
    "tax": ("commands.catalogue:tax", "VAT rates."),
    "team": ("commands.catalogue:team", "Sales and service teams."),
    "today": (
        "commands.today:today",
        "Show what waits for me: overdue, today, the next days, unread messages.",
    ),
    "undo": ("commands.undo:undo", "Take back my last command, unless something changed since."),
}
"""Command -> where it is, and the line that the help of `crm` shows of it."""
ALIASES = {"opp": "opportunity", "doc": "document"}


class Root(LazyGroup):
    """Turns what goes wrong for a user into a sentence and an exit code."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Note whether help is asked for, which needs neither settings nor database."""
        ctx.meta["crm.help"] = "--help" in takewhile(lambda word: word != "--", args)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; bugs pass through to `main`."""
        try:
            return super().invoke(ctx)
        except (click.exceptions.Exit, click.exceptions.NoArgsIsHelpError):
            raise
        except BrokenPipeError:
            _leave_pipe()
            ctx.exit(0)
        except (KeyboardInterrupt, click.Abort):
            ctx.exit(130)
        except Exception as error:
            from crm_cli.reporting import report

            ctx.exit(report(error, ctx))
        finally:
            if ctx.obj is not None:
                ctx.obj.database.close()


@click.group(cls=Root, lazy=COMMANDS, aliases=ALIASES, context_settings={"max_content_width": 100})
@click.version_option(package_name="crm-in-shell", prog_name="crm")
@click.option("--user", metavar="LOGIN", help="Who gives the command (or CRM_USER).")
@click.option("--database", metavar="URL", help="SQLite file or PostgreSQL URL (CRM_DATABASE_URL).")
@click.option("--config", metavar="FILE", help="Settings file (or CRM_CONFIG).")
@click.option("--debug", is_flag=True, help="Show the traceback of a bug.")
@click.option("--no-color", is_flag=True, help="No colours (or NO_COLOR).")
@click.pass_context
def cli(ctx: click.Context, /, *, debug: bool, no_color: bool, **where: str | None) -> None:
    """A CRM that lives in the shell.

    Nouns come first, verbs second: `crm lead add --name 'Moldo Trans SRL'`. Data goes to stdout,
    talk to stderr; `crm help exit-codes` lists the exit codes.
    """
    ctx.meta["crm.debug"] = debug
    if ctx.resilient_parsing or ctx.meta["crm.help"]:
        return
    from crm_cli.start import make_app

    ctx.obj = make_app(color=not no_color, **where)


def main() -> None:
    """Run the command line; a bug gives one sentence, its traceback goes to the log."""
    _make_output_writable()
    try:
        code = cli.main(prog_name="crm", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        _leave_pipe()
        code = 0
    except Exception as error:
        from crm_cli.reporting import report_last

        code = report_last(error, debug="--debug" in sys.argv)
    _end(code if isinstance(code, int) else 0)


def _make_output_writable() -> None:
    """Print `\\u0163` for a letter that the encoding lacks, and nowhere if stdout is closed."""
    codecs.register_error("escaped", _escaped)
    strictly = {"strict", "surrogateescape"}
    if isinstance(sys.stdout, TextIOWrapper) and sys.stdout.errors in strictly:
        sys.stdout.reconfigure(errors="escaped")
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w"))


def _escaped(error: Any) -> tuple[str, int]:
    """The letters as JSON writes them, so that JSON stays valid."""
    import json

    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


def _leave_pipe() -> None:
    """The reader of our pipe has seen enough; Python must not complain about it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _end(code: int) -> NoReturn:
    """Leave at once: taking the interpreter down costs as much as many a command.

    Nothing is lost by it: the database is closed, what was written is flushed, handlers have run.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    atexit._run_exitfuncs()  # noqa: SLF001 - there is no public name for it
    os._exit(code)
