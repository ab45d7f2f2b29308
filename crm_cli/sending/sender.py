"""Sending mail: claim, hand over, record; nothing is sent inside a transaction."""

from __future__ import annotations

import os
import secrets
import socket
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any

from crm_cli import services
from crm_cli.attachments import attachments_of
from crm_cli.delivery.envelope import compose
from crm_cli.delivery.refusals import (
    ConnectionLost,
    PermanentRefusal,
    SenderRefused,
    ServerUnavailable,
    TemporaryRefusal,
    Uncertain,
)
from crm_cli.errors import CrmError, NotReady
from crm_cli.sending.outgoing import Outgoing, as_mail
from crm_cli.sending.sending_run import Told
from crm_cli.services.outbox import claims, undelivered
from crm_cli.services.outbox.claims import Claim, ClaimLost, Paced

if TYPE_CHECKING:
    from crm_cli.app import App
    from crm_cli.delivery.envelope import Mail
    from crm_cli.delivery.refusals import Answer
    from crm_cli.delivery.transports import Transport
    from crm_cli.sending.sending_run import SendingRun
    from crm_cli.transaction import Transaction
    from schema.outbox import Outbox

LOSSES = 3
"""Connections lost one after the other, with a mail each, until a server is left alone."""

RESENDS = 2
"""How often a mail goes again that a server took, perhaps, without an answer; then it is held."""


class Sender:
    """Sends what is due, one mail at a time, over connections of its own."""

    def __init__(self, app: App, run: SendingRun) -> None:
        self._app = app
        self._run = run
        self._outgoing = Outgoing(app)
        self._attachments = attachments_of(app)
        self._token = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._losses: Counter[int | None] = Counter()
        self._account: str | None = None

    def work(self) -> None:
        """Send until nothing is due that may leave now."""
        with self._outgoing:
            while self._run.wants_more():
                claim = self._next()
                if claim is None:
                    return
                self._attempt(claim)

    def _next(self) -> Claim | None:
        """The next mail, as soon as the pace lets it go."""
        while True:
            out_of_reach = self._run.out_of_reach
            found = self._claim(out_of_reach)
            if not isinstance(found, Paced):
                return found
            if not self._run.wait(found, out_of_reach):
                return None

    def _claim(self, out_of_reach: frozenset[int | None]) -> Claim | Paced | None:
        with self._app.transaction() as tx:
            return claims.claim(
                tx.session,
                token=self._token,
                as_of=self._run.as_of,
                now=self._run.now,
                passing_over=out_of_reach,
            )

    def _attempt(self, claim: Claim) -> None:
        self._account = None
        try:
            account = self._outgoing.account(claim.mail.mail_account_id)
            self._account = account.name or "mail.url"
            transport = self._outgoing.transport(account)
        except CrmError as error:
            self._leave_account(claim.mail, error)
            return
        try:
            mail = as_mail(claim, account.sender, self._attachments)
            message = compose(mail)
        except NotReady as error:
            self._put_off(claim.mail, error, Told([f"mail {claim.mail.id}: {error.message}"]))
        except CrmError as error:
            self._fail(claim.mail, error)
        else:
            self._hand_over(transport, claim.mail, mail, message)

    def _hand_over(self, transport: Transport, row: Outbox, mail: Mail, message: bytes) -> None:
        enter_dot = partial(self._enter_dot, row.key)
        try:
            answer = transport.send(mail.sender.wire, mail.recipients, message, enter_dot)
        except ClaimLost:
            return
        except (ServerUnavailable, NotReady) as error:
            self._leave_account(row, error)
        except Uncertain as error:
            self._doubt(row, error)
        except ConnectionLost as error:
            self._lose(row, error)
        except TemporaryRefusal as error:
            self._put_off(row, error)
        except PermanentRefusal as error:
            self._fail(row, error)
        else:
            self._losses[row.mail_account_id] = 0
            self._taken(row, answer)

    def _enter_dot(self, number: int) -> None:
        with self._app.transaction() as tx:
            claims.enter_dot(tx.session, number, token=self._token, now=self._run.now)

    def _taken(self, row: Outbox, answer: Answer) -> None:
        """Record that it has left; who is to be tried again gets a mail of his own."""
        refused = [one for one in answer.refused if not one.is_temporary]
        later = [one for one in answer.refused if one.is_temporary]
        told = Told([f"mail {row.id} to {one}" for one in refused])
        text = "; not to ".join([answer, *map(str, answer.refused)])
        with self._app.transaction() as tx:
            values = {"sent_at": self._run.now, "answer": text}
            settled = self._settled(tx, row, "taken", values)
            if settled and later:
                rest = claims.put_rest_off(
                    tx.session, settled, later, account=self._account, now=self._run.now
                )
                told.notes += [f"mail {row.id} goes to {one} as mail {rest.id}" for one in later]
            if settled and refused:
                undelivered.tell(tx.session, settled, refused)
            services.job_runs.note(tx.reader, self._app.job, told.lines)
        self._run.record("sent", told)

    def _leave_account(self, row: Outbox, error: CrmError) -> None:
        """Let the mails of an account wait for the next run; this one is as if not tried.

        One at which the server refused us goes to the end of the queue: it may be the reason. Where
        it alone is refused, as by a server that relays for us but not to this recipient, it is.
        """
        values: dict[str, Any] = {"answer": error.message}
        if isinstance(error, SenderRefused):
            if self._is_alone(row):
                self._fail(row, error)
                return
            values["due_at"] = self._run.now + claims.DELAYS[0]
        if not row.attempts:
            values["first_tried_at"] = None
        told = Told([f"{error.message} {error.hint or ''}".rstrip()])
        self._run.leave_out(row.mail_account_id)
        self._settle(row, "postpone", told, **values)
        self._run.tell(told)

    def _is_alone(self, row: Outbox) -> bool:
        with self._app.database.translated():
            return claims.is_alone(self._app.reader, row, now=self._run.now)

    def _lose(self, row: Outbox, error: ConnectionLost) -> None:
        """Try the mail again later, and the server with few others only."""
        self._losses[row.mail_account_id] += 1
        told = Told()
        if self._losses[row.mail_account_id] >= LOSSES:
            self._run.leave_out(row.mail_account_id)
            told.failures.append(f"{LOSSES} mails in a row were not taken: {error.text}")
        self._put_off(row, error, told)

    def _put_off(self, row: Outbox, error: CrmError, told: Told | None = None) -> None:
        due_at, told = claims.next_attempt(row, now=self._run.now), told or Told()
        if due_at is None:
            self._fail(row, error, told)
            return
        values = {"due_at": due_at, "attempts": row.attempts + 1, "answer": error.message}
        self._settle(row, "postpone", told, **values)
        self._run.record("put off", told)

    def _doubt(self, row: Outbox, error: CrmError) -> None:
        row.doubted_at = self._run.now
        if row.uncertain == "resend" and row.attempts < RESENDS:
            self._put_off(row, error, Told(notes=[again(row)]))
        else:
            told = Told([held(row, error.message)])
            self._settle(row, "hold", told, attempts=row.attempts + 1, answer=error.message)
            self._run.record("held", told)

    def _fail(self, row: Outbox, error: CrmError, told: Told | None = None) -> None:
        told, recipients = told or Told(), row.recipients.replace("\n", ", ")
        told.failures.append(f"mail {row.id} to {recipients}: {error.message}")
        self._settle(row, "fail", told, attempts=row.attempts + 1, answer=error.message)
        self._run.record("failed", told)

    def _settle(self, row: Outbox, step: str, told: Told, **values: Any) -> None:
        """Record the end of an attempt, and in the same transaction what is to be told of it."""
        with self._app.transaction() as tx:
            values["doubted_at"] = row.doubted_at
            settled = self._settled(tx, row, step, values)
            if settled and settled.status in {"failed", "held"}:
                undelivered.tell(tx.session, settled)
            services.job_runs.note(tx.reader, self._app.job, told.lines)

    def _settled(
        self, tx: Transaction, row: Outbox, step: str, values: dict[str, Any]
    ) -> Outbox | None:
        return claims.settle(
            tx.session, row.key, step, token=self._token, account=self._account, **values
        )


def held(row: Outbox, reason: str) -> str:
    """What is told of a mail of which nobody knows whether it went."""
    verbs = f"crm outbox sent|retry|cancel {row.id}"
    return f"mail {row.id} may have left and is held ({reason}): {verbs}"


def again(row: Outbox) -> str:
    """What is told of one that goes again though it may have arrived."""
    return f"mail {row.id} may have left and goes again with its Message-ID"
