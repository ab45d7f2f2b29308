"""The constants of the company that are kept in the database, with their defaults."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crm_cli.errors import NotFound
from crm_cli.running import job_modules
from crm_cli.values.invalid import InvalidValue, quote
from crm_cli.views.types import (
    BOOLEAN,
    CURRENCY,
    DURATION,
    TEXT,
    Choice,
    ColumnType,
    Integer,
    WordSet,
)
from crm_cli.views.working_time import CLOCK_TIME, WEEKDAYS

if TYPE_CHECKING:
    from crm_cli.reader import Reader
    from crm_cli.views.types import Place


class Country(ColumnType):
    """RO or PL, the countries whose forms the program knows by heart."""

    name = "RO|PL"

    def parse(self, text: str, place: Place) -> str:
        """Read the code in any case."""
        code = text.strip().upper()
        if code not in {"RO", "PL"}:
            raise InvalidValue("{value} is neither RO nor PL.", value=quote(text))
        return code


class MailUrl(ColumnType):
    """A way to send mail."""

    name = "mail url"

    def parse(self, text: str, place: Place) -> str:
        """Check the form; nothing is connected."""
        from crm_cli.delivery.transports import open_transport

        if text.strip():
            open_transport(text.strip(), password=str, ca_file=None)
        return text.strip()


class MailAddress(ColumnType):
    """One mail address, with a name or without."""

    name = "mail address"

    def parse(self, text: str, place: Place) -> str:
        """Check the form."""
        from crm_cli.delivery.addresses import Address

        return str(Address.parse(text)) if text.strip() else ""


class MailDomain(ColumnType):
    """The part of an address behind its @."""

    name = "domain"

    def parse(self, text: str, place: Place) -> str:
        """Check the form; the domain is kept as servers know it."""
        from crm_cli.delivery.addresses import Address

        return Address(f"crm@{text.strip()}").wire.rpartition("@")[2] if text.strip() else ""


MAIL_URL = MailUrl()
MAIL_DOMAIN = MailDomain()
MAIL_ADDRESS = MailAddress()


class Zone(ColumnType):
    """A time zone by its IANA name."""

    name = "zone"

    def parse(self, text: str, place: Place) -> str:
        """Check that there is such a zone."""
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

        try:
            return ZoneInfo(text.strip()).key
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            message = "{value} is no time zone."
            raise InvalidValue(
                message, "Write for example Europe/Bucharest.", value=quote(text)
            ) from error


class Folder(ColumnType):
    """A folder by its whole path, the same for whoever asks from wherever."""

    name = "folder"

    def parse(self, text: str, place: Place) -> str:
        """Check that the path is whole, not that it is there; `~` is whose who sets it."""
        written = os.path.expanduser(text.strip())  # noqa: PTH111 - leaves an unknown ~user
        if written and not os.path.isabs(written):  # noqa: PTH117 - without pathlib's import
            message = "{value} is not the whole path of a folder."
            raise InvalidValue(message, "Write for example /srv/mail.", value=quote(text))
        return written


class CronSchedule(ColumnType):
    """When cron starts a job: the five fields of its line, `off`, or nothing."""

    name = "schedule"

    def parse(self, text: str, place: Place) -> str:
        """Check the fields; nothing stands for the schedule the job came with."""
        from crm_cli.running.schedule import NoSchedule, Schedule

        fields = " ".join(text.split())
        try:
            if fields not in {"", "off"}:
                Schedule.parse(fields)
        except NoSchedule as error:
            raise InvalidValue(
                "{value} is neither the five numbers of a crontab line nor off.",
                "Write for example */5 * * * *",
                value=quote(text),
            ) from error
        return fields


class OwnTaxId(ColumnType):
    """The tax id of the company in its country."""

    name = "tax id"

    def parse(self, text: str, place: Place) -> str:
        """Check the digits."""
        from crm_cli.values.tax_ids import check_tax_id

        return check_tax_id(text, place.country) if text.strip() else ""


class Between(Integer):
    """A whole number within bounds."""

    def __init__(self, lowest: int, highest: int) -> None:
        self.lowest, self.highest = lowest, highest

    def parse(self, text: str, place: Place) -> int:
        """Check the bounds."""
        number = super().parse(text, place)
        if not self.lowest <= number <= self.highest:
            raise InvalidValue(
                "{value} is not between {lowest} and {highest}.",
                value=quote(text),
                lowest=self.lowest,
                highest=self.highest,
            )
        return number


DAYS_BEFORE = WordSet("0", "1", "2", "3")
LATE = Choice("send", "digest", "skip")
CRON = CronSchedule()


@dataclass(frozen=True)
class Constant:
    """A constant: its name, type, default as text, and what it means."""

    name: str
    type: ColumnType
    default: str
    help: str


CONSTANTS = {
    constant.name: constant
    for constant in (
        Constant("clock.override", BOOLEAN, "no", "Let CRM_NOW move the clock of a command."),
        Constant("country", Country(), "RO", "Country of the company."),
        Constant("language", Choice("en", "ro", "pl"), "ro", "Language where nobody chose one."),
        Constant("timezone", Zone(), "Europe/Bucharest", "Zone where an employee has none."),
        Constant("currency", CURRENCY, "RON", "Base currency; fixed by the first document."),
        Constant("task.remind.email", BOOLEAN, "yes", "Remind of tasks by e-mail."),
        Constant("task.remind.message", BOOLEAN, "no", "Remind of tasks in the inbox."),
        Constant("task.remind.days_before", DAYS_BEFORE, "0", "Days before the term: 0,1."),
        Constant("task.remind.hour", Between(0, 23), "8", "Hour of day at which reminders go."),
        Constant("task.remind.late", LATE, "send", "Reminders that an outage held up."),
        Constant(
            "task.digest",
            Choice("none", "email", "message"),
            "none",
            "One letter a working day with all that waits, where an employee chooses nothing.",
        ),
        Constant(
            "task.escalate_after",
            Between(0, 365),
            "0",
            "Days after the term at which the manager is told of an open task; 0: never.",
        ),
        Constant("task.refresh_minutes", Between(0, 1440), "5", "Pace of `today --watch`; 0: off."),
        Constant("task.default_duration", DURATION, "1h", "Length of a task that gives none."),
        Constant("work.days", WEEKDAYS, "mon,tue,wed,thu,fri", "Days on which people work."),
        Constant("work.start", CLOCK_TIME, "08:00", "When work begins where nobody says else."),
        Constant("work.end", CLOCK_TIME, "17:00", "When work ends where nobody says else."),
        Constant(
            "lead.opportunity", BOOLEAN, "no", "Leads at quoting make and move opportunities."
        ),
        Constant("lead.term_days", Between(0, 365), "3", "Working days of a responsibility."),
        *(
            Constant(f"job.schedule.{name}", CRON, "", f"When {name} runs; empty: as it came.")
            for name in job_modules.names()
        ),
        Constant(
            "job.log_days",
            Between(0, 3650),
            "30",
            "Days the log of runs and of attempts at mails goes back; 0: all.",
        ),
        Constant("import.memory", Between(100, 64_000), "1500", "MB a spreadsheet may take."),
        Constant("company.name", TEXT, "", "Name of the company, in mails and documents."),
        Constant("company.tax_id", OwnTaxId(), "", "Tax id of the company, on documents."),
        Constant("company.registration_no", TEXT, "", "Trade register or KRS number."),
        Constant("company.address", TEXT, "", "Address of the company, on documents."),
        Constant("company.iban", TEXT, "", "Account documents are paid to."),
        Constant(
            "quote.items_from",
            Choice("catalogue", "evaluation"),
            "catalogue",
            "Where quotes of a lead may take items from: all products, or its evaluation sheet.",
        ),
        Constant(
            "campaign.inherit", BOOLEAN, "yes", "Documents count for the campaign they carry."
        ),
        Constant("company.domain", MAIL_DOMAIN, "", "Domain of the company's mail addresses."),
        Constant("mail.url", MAIL_URL, "", "Where mail leaves; empty: a folder by the database."),
        Constant("mail.from", MAIL_ADDRESS, "", "Sender of mails: Name <address>."),
        Constant("mail.rate", Between(0, 100_000), "0", "Mails a minute in all; 0: no limit."),
        Constant(
            "mail.domain_rate",
            Between(0, 100_000),
            "0",
            "Mails a minute to one recipient domain; 0: no limit.",
        ),
        Constant("mail.senders", Between(1, 16), "1", "Connections by which mail leaves at once."),
        Constant("mail.import.enabled", BOOLEAN, "no", "Let `import-mail` take exported mail."),
        Constant("mail.import.folder", Folder(), "", "Folder into which exported mail is put."),
        Constant("mail.import.quiet", Between(0, 3600), "30", "Seconds a file must stand still."),
        Constant("mail.import.task", BOOLEAN, "no", "Imported mail makes tasks."),
        Constant("mail.task_term_days", Between(0, 365), "1", "Working days for such a task."),
        Constant("mail.task_max_age", Between(0, 3650), "14", "Days after which mail makes none."),
        Constant("attachments.max_size", Between(1, 2000), "50", "MB of a file that is kept."),
        Constant("attachments.folder", Folder(), "", "Files of mails; empty: beside the database."),
    )
}


def constant(name: str) -> Constant:
    """A constant by name; raises NotFound with those there are."""
    found = CONSTANTS.get(name)
    if found is None:
        raise NotFound(f"There is no setting '{name}'.", hint="crm setting list")
    return found


def texts(reader: Reader) -> dict[str, str]:
    """The constants that were set."""
    return dict(reader.all("SELECT name, value FROM setting"))


def value_of(reader: Reader, name: str, place: Place) -> Any:
    """The typed value of a constant, or of its default."""
    found = reader.value("SELECT value FROM setting WHERE name = ?", (name,))
    known = constant(name)
    return known.type.parse(known.default if found is None else found, place)
