"""One run of sending: claim, hand over, record; nothing is sent inside a transaction."""

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
    PermanentRefusal,
    ServerUnavailable,
    TemporaryRefusal,
    Uncertain,
)
from crm_cli.errors import CrmError, NotReady
from crm_cli.job import JobResult
from crm_cli.outgoing import Outgoing, as_mail
from crm_cli.services.sending import ClaimLost

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.app import App
    from crm_cli.delivery.envelope import Mail
    from crm_cli.delivery.transports import Transport
    from crm_cli.job import JobContext
    from crm_cli.services.sending import Claim
    from schema.outbox import Outbox

OUTCOMES = ("sent", "put off", "failed", "held")


class Sender:
    """Sends what is due, one mail at a time."""

    def __init__(self, app: App, context: JobContext) -> None:
        self._app = app
        self._context = context
        self._outgoing = Outgoing(app)
        self._attachments = attachments_of(app)
        self._token = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._out_of_reach: set[int | None] = set()
        self._counts: Counter[str] = Counter()
        self._failures: list[str] = []
        self._notes: list[str] = []

    def run(self) -> JobResult:
        """Settle what a dead sender left, then send until nothing is due."""
        self._recover()
        with self._outgoing:
            for claim in self._context.each(self._claims()):
                self._attempt(claim)
        return self._result()

    def _recover(self) -> None:
        with self._app.transaction() as tx:
            doubtful = services.sending.recover(tx.session, now=self._context.now)
        for number in doubtful.held:
            self._held(number, "the sender died at its final dot")
        for number in doubtful.resent:
            self._again(number)

    def _claims(self) -> Iterator[Claim]:
        while True:
            with self._app.transaction() as tx:
                claim = services.sending.claim(
                    tx.session,
                    token=self._token,
                    as_of=self._context.as_of,
                    now=self._context.now,
                    passing_over=self._out_of_reach,
                )
            if claim is None:
                return
            yield claim

    def _attempt(self, claim: Claim) -> None:
        try:
            account = self._outgoing.account(claim.mail.mail_account_id)
            transport = self._outgoing.transport(account)
        except CrmError as error:
            self._give_up_account(claim.mail, error)
            return
        try:
            mail = as_mail(claim, account.sender, self._attachments)
            message = compose(mail)
        except CrmError as error:
            self._fail(claim.mail, error)
        else:
            self._hand_over(transport, claim.mail, mail, message)

    def _hand_over(self, transport: Transport, row: Outbox, mail: Mail, message: bytes) -> None:
        enter_dot = partial(self._enter_dot, row.key)
        try:
            answer = transport.send(mail.sender.wire, mail.recipients, message, enter_dot)
        except (ServerUnavailable, NotReady) as error:
            self._give_up_account(row, error)
        except ClaimLost:
            return
        except Uncertain as error:
            self._doubt(row, error)
        except TemporaryRefusal as error:
            self._put_off(row, error)
        except PermanentRefusal as error:
            self._fail(row, error)
        else:
            self._settle(row, "sent", sent_at=self._context.now, answer=str(answer))
            self._counts["sent"] += 1
            self._failures += [f"mail {row.id} to {refused}" for refused in answer.refused]

    def _give_up_account(self, row: Outbox, error: CrmError) -> None:
        """Let the mails of an account wait for the next run; those of others go on."""
        self._release(row)
        self._out_of_reach.add(row.mail_account_id)
        failure = f"{error.message} {error.hint or ''}".rstrip()
        if failure not in self._failures:
            self._failures.append(failure)

    def _enter_dot(self, number: int) -> None:
        with self._app.transaction() as tx:
            services.sending.enter_dot(tx.session, number, token=self._token, now=self._context.now)

    def _release(self, row: Outbox) -> None:
        """Give the claim back as if it had not been tried: the mail itself is not at fault."""
        self._settle(row, "postpone", first_tried_at=row.first_tried_at if row.attempts else None)

    def _put_off(self, row: Outbox, error: CrmError) -> None:
        due_at = services.sending.next_attempt(row, now=self._context.now)
        if due_at is None:
            self._fail(row, error)
            return
        self._counts["put off"] += 1
        self._settle(
            row, "postpone", due_at=due_at, attempts=row.attempts + 1, answer=error.message
        )

    def _doubt(self, row: Outbox, error: CrmError) -> None:
        if row.uncertain == "resend":
            self._again(row.key)
            self._put_off(row, error)
        else:
            self._settle(row, "hold", attempts=row.attempts + 1, answer=error.message)
            self._held(row.key, error.message)

    def _held(self, number: int, reason: str) -> None:
        self._counts["held"] += 1
        self._failures.append(
            f"mail {number} may have left and is held ({reason}): crm outbox retry|cancel {number}"
        )

    def _again(self, number: int) -> None:
        self._notes.append(f"mail {number} may have left and goes again with its Message-ID")

    def _fail(self, row: Outbox, error: CrmError) -> None:
        self._counts["failed"] += 1
        self._settle(row, "fail", attempts=row.attempts + 1, answer=error.message)
        recipients = row.recipients.replace("\n", ", ")
        self._failures.append(f"mail {row.id} to {recipients}: {error.message}")

    def _settle(self, row: Outbox, step: str, **values: Any) -> None:
        with self._app.transaction() as tx:
            services.sending.settle(tx.session, row.key, step, token=self._token, **values)

    def _result(self) -> JobResult:
        counted = [f"{self._counts[name]} {name}" for name in OUTCOMES if self._counts[name]]
        summary = "; ".join([", ".join(counted) or "nothing to send", *self._notes])
        return JobResult(self._counts.total(), summary, tuple(self._failures))
