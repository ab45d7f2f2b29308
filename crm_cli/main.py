"""The root of the command line: global options, the table of commands, errors to exit codes."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from crm_cli.lazy import LazyGroup

COMMANDS = {
    "account": "commands.account:account",
    "attachment": "commands.attachment:attachment",
    "audit": "commands.audit:audit",
    "batch": "commands.batch:batch",
    "campaign": "commands.campaign:campaign",
    "contact": "commands.contact:contact",
    "contract": "commands.document:contract",
    "cycle": "commands.catalogue:cycle",
    "db": "commands.db:db",
    "document": "commands.document:document",
    "employee": "commands.employee:employee",
    "evaluation": "commands.evaluation:evaluation",
    "interaction": "commands.interaction:interaction",
    "lead": "commands.lead:lead",
    "inbox": "commands.inbox:inbox",
    "init": "commands.init:init",
    "invoice": "commands.document:invoice",
    "job": "commands.job:job",
    "mail": "commands.mail:mail",
    "order": "commands.document:order",
    "opportunity": "commands.opportunity:opportunity",
    "outbox": "commands.outbox:outbox",
    "product": "commands.product:product",
    "proforma": "commands.document:proforma",
    "quote": "commands.document:quote",
    "rate": "commands.rate:rate",
    "reason": "commands.catalogue:reason",
    "receipt": "commands.document:receipt",
    "report": "commands.report:report",
    "series": "commands.catalogue:series",
    "setting": "commands.setting:setting",
    "site": "commands.site:site",
    "stage": "commands.catalogue:stage",
    "status": "commands.catalogue:status",
    "task": "commands.task:task",
    "tax": "commands.catalogue:tax",
    "team": "commands.catalogue:team",
    "today": "commands.today:today",
}
ALIASES = {"opp": "opportunity", "doc": "document"}


class Root(LazyGroup):
    """Turns what goes wrong for a user into a sentence and an exit code."""

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
    if ctx.resilient_parsing:
        return
    from crm_cli.start import make_app

    ctx.obj = make_app(color=not no_color, **where)


def main() -> None:
    """Run the command line; a bug gives one sentence, its traceback goes to the log."""
    try:
        code = cli.main(prog_name="crm", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        _leave_pipe()
        code = 0
    except Exception as error:
        from crm_cli.reporting import report_last

        code = report_last(error, debug="--debug" in sys.argv)
    sys.exit(code if isinstance(code, int) else 0)


def _leave_pipe() -> None:
    """The reader of our pipe has seen enough; Python must not complain about it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
