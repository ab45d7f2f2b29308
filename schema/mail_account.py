"""A login at a mail server by which mail leaves: the company's, or an employee's own (R144)."""

from typing import ClassVar

from sqlmodel import Field

from schema.base import BigId, Record, References, record_table, unique_alive


class MailAccount(Record, table=True):
    """Where mail is handed over; the password comes from a command of the settings file.

    An employee's own account sends what he sends; the default one sends the rest.
    """

    __tablename__ = "mail_account"
    __table_args__ = record_table(
        "mail_account",
        unique_alive("mail_account", "name"),
        unique_alive("mail_account", "employee_id", also="employee_id IS NOT NULL"),
        unique_alive("mail_account", "is_default", also="is_default = true"),
    )
    references: ClassVar[References] = {"employee_id": ("employee.id", "RESTRICT")}

    name: str
    url: str
    sender: str | None = None
    employee_id: int | None = Field(default=None, sa_type=BigId)
    is_default: bool = False
