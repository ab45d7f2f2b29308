"""How mail leaves this company: the accounts that send, and a row of the outbox as a message."""

from __future__ import annotations

import json
import shlex
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from crm_cli.constants import value_of
from crm_cli.delivery.addresses import Address
from crm_cli.delivery.envelope import Mail
from crm_cli.delivery.passwords import SETTING, PasswordName, run_password_command
from crm_cli.delivery.sendmail import DEFAULT_PROGRAM
from crm_cli.delivery.transports import open_transport
from crm_cli.errors import NotReady
from crm_cli.folders import beside
from crm_cli.services.outbox.receivers import parsed

if TYPE_CHECKING:
    from types import TracebackType

    from crm_cli.app import App
    from crm_cli.attachments import Attachments
    from crm_cli.delivery.transports import Transport
    from crm_cli.services.outbox.claims import Claim

ACCOUNT = """
SELECT m.name, m.url, m.sender, e.name, e.email
FROM mail_account m LEFT JOIN employee e ON e.id = m.employee_id
WHERE m.archived_at IS NULL AND """
EXAMPLE = "'Company <crm@company.example>'"
FROM_THE_COMPANY = f"crm setting set mail.from {EXAMPLE}"


@dataclass(frozen=True)
class Account:
    """A way by which mail leaves and whom it is from; without a name, that of the settings."""

    name: str
    url: str
    sender: Address

    def transport(self, app: App) -> Transport:
        """The transport; nothing is connected yet."""
        command = self._password_command(app)
        trusted = app.settings.other.get("ca_file")
        return open_transport(
            self.url,
            password=partial(run_password_command, command, self._secret) if command else None,
            ca_file=Path(trusted).expanduser() if trusted else None,
            secret=self._secret,
            program=sendmail_program(app),
        )

    @property
    def title(self) -> str:
        """What people call it."""
        return self.name or "the setting mail.url"

    @property
    def _secret(self) -> PasswordName:
        if not self.name:
            return SETTING
        return PasswordName(
            f"password command of the mail account {self.name}",
            f"crm mail-account edit {shlex.quote(self.name)} --password-command COMMAND",
        )

    def _password_command(self, app: App) -> str | None:
        if not self.name:
            return app.settings.other.get("smtp_password_command")
        password = app.settings.mail_accounts.get(self.name)
        if password is None:
            return None
        if password.url not in {"", self.url}:
            raise NotReady(
                f"The password of the mail account {self.name} is for {password.url} alone,"
                f" and the account is {self.url} now.",
                hint=self._secret.remedy,
            )
        return password.command


class Outgoing:
    """The accounts by which mail leaves; each is connected with its first mail and stays so."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._accounts: dict[int | None, Account] = {}
        self._transports: dict[Account, Transport] = {}
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._open.__exit__(kind, error, traceback)

    def account(self, number: int | None = None) -> Account:
        """The account with this id; the default one for no id and for one that was removed.

        Raises NotReady where a server is set and no sender is.
        """
        if number not in self._accounts:
            with self._app.database.translated():
                self._accounts[number] = self._by_id(number) or self._default()
        return self._accounts[number]

    def transport(self, account: Account) -> Transport:
        """The transport of an account, open until this block is left."""
        if account not in self._transports:
            transport = self._open.enter_context(account.transport(self._app))
            self._transports[account] = transport
        return self._transports[account]

    def _by_id(self, number: int | None) -> Account | None:
        if number is None:
            return None
        return self._account(self._app.reader.one(f"{ACCOUNT} m.id = ?", (number,)))

    def _default(self) -> Account:
        account = self._account(self._app.reader.one(f"{ACCOUNT} m.is_default = true"))
        if account is not None:
            return account
        url = self._setting("mail.url")
        return Account("", url or _folder(self._app), self._company(url, FROM_THE_COMPANY))

    def _account(self, row: Any) -> Account | None:
        if row is None:
            return None
        name, url, sender, person, email = row
        if sender:
            return Account(name, url, Address.parse(sender))
        if email:
            return Account(name, url, Address(email, person))
        remedy = f"crm mail-account edit {shlex.quote(name)} --from {EXAMPLE}"
        return Account(name, url, self._company(url, remedy))

    def _company(self, url: str, remedy: str) -> Address:
        """Whom the company's mail is from; an address made up is no sender at a server."""
        sender, domain = self._setting("mail.from"), self._setting("company.domain")
        if sender:
            return Address.parse(sender)
        if url and not domain:
            raise NotReady("Nobody is set as the sender of mails.", hint=remedy)
        return Address(f"crm@{domain or 'localhost'}", self._setting("company.name"))

    def _setting(self, name: str) -> str:
        value: str = value_of(self._app.reader, name, self._app.place)
        return value


def as_mail(claim: Claim, sender: Address, attachments: Attachments) -> Mail:
    """The mail of a row; every attempt gives the same Message-ID and date."""
    row = claim.mail
    reply_to = Address.parse(row.reply_to) if row.reply_to else None
    return Mail(
        message_id=row.message_id,
        sender=sender,
        to=parsed(row.addressed_to or row.recipients),
        cc=parsed(row.cc),
        receivers=parsed(row.recipients),
        subject=row.subject,
        text=row.text,
        html=row.html,
        date=row.first_tried_at or row.created_at,
        reply_to=reply_to if reply_to and reply_to.wire != sender.wire else None,
        headers=tuple(json.loads(row.headers).items()),
        attachments=tuple(
            (file.name, file.media_type, attachments.read(file.sha256)) for file in claim.files
        ),
    )


def sendmail_program(app: App) -> str:
    """The program that a URL `sendmail:` means, by the settings file."""
    return app.settings.other.get("sendmail", DEFAULT_PROGRAM)


def _folder(app: App) -> str:
    return f"maildir:{beside(app.database.url, 'outgoing')}"
