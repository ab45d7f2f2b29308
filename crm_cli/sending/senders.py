"""A run of `send-outbox`: what died is settled, then one sender works, or several at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from crm_cli import services
from crm_cli.constants import value_of
from crm_cli.database import Database
from crm_cli.sending.sender import Sender, again, held
from crm_cli.sending.sending_run import SendingRun, Told
from crm_cli.services.outbox import attempts, claims, undelivered

if TYPE_CHECKING:
    from crm_cli.app import App
    from crm_cli.running.job import JobContext, JobResult

USEFUL = """
SELECT COUNT(*) FROM (
  SELECT 1 FROM outbox WHERE status IN ('queued', 'claimed', 'dot') AND status = 'queued'
    AND due_at <= ? LIMIT ?) due"""


def send(app: App, context: JobContext) -> JobResult:
    """Send what is due, over as many connections as are set and of use."""
    run = SendingRun(context)
    _recover(app, run)
    allowed = value_of(app.reader, "mail.senders", app.place)
    useful: int = app.reader.value(USEFUL, (context.as_of, allowed))
    if useful <= 1:
        Sender(app, run).work()
    else:
        _work_together(app, run, useful)
    return run.result()


def _recover(app: App, run: SendingRun) -> None:
    """Free what dead senders left; mails of which nobody knows whether they went are told."""
    days = value_of(app.reader, "job.log_days", app.place)
    with app.transaction() as tx:
        run.set_clock(claims.clock(tx.session))
        doubtful = claims.recover(tx.session, now=run.now)
        on_hold = Told([held(mail, "the sender died at its final dot") for mail in doubtful.held])
        resent = Told(notes=[again(mail) for mail in doubtful.resent])
        for mail in doubtful.held:
            undelivered.tell(tx.session, mail)
        services.job_runs.note(tx.reader, app.job, [*on_hold.lines, *resent.lines])
        if days:
            attempts.prune(tx.session, before=run.now - timedelta(days=days))
    run.tell(resent)
    for line in on_hold.failures:
        run.record("held", Told([line]))


def _work_together(app: App, run: SendingRun, senders: int) -> None:
    """Threads: they wait for the network; signals reach the main one, which only waits."""
    with ThreadPoolExecutor(senders, thread_name_prefix="sender") as pool:
        for ended in [pool.submit(_work_apart, app, run) for _ in range(senders)]:
            ended.result()


def _work_apart(app: App, run: SendingRun) -> None:
    """Work with database connections of one's own, as a process of its own would."""
    own = replace(app, database=Database(app.database.url.text))
    try:
        Sender(own, run).work()
    except BaseException:
        run.broken = True
        raise
    finally:
        own.database.close()
