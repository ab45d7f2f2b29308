"""Contacts written as Outlook itself exports them, so that its import wizard maps every column."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from crm_cli.cards.exported import MOBILE, person_of, records
from crm_cli.cards.people import BETWEEN, name_parts
from crm_cli.errors import InvalidData
from crm_cli.sheets.cells import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from crm_cli.cards.people import Person
    from crm_cli.output.file_forms import Look, Named


def _addresses(kinds: str) -> Iterator[str]:
    parts = ("Street", "Street 2", "Street 3", "City", "State", "Postal Code", "Country/Region")
    for kind in kinds.split():
        yield from (f"{kind} {part}" for part in parts)


HEADINGS = (
    *("Title", "First Name", "Middle Name", "Last Name", "Suffix"),
    *("Company", "Department", "Job Title", *_addresses("Business Home Other")),
    *("Assistant's Phone", "Business Fax", "Business Phone", "Business Phone 2", "Callback"),
    *("Car Phone", "Company Main Phone", "Home Fax", "Home Phone", "Home Phone 2", "ISDN"),
    *("Mobile Phone", "Other Fax", "Other Phone", "Pager", "Primary Phone", "Radio Phone"),
    *("TTY/TDD Phone", "Telex", "Account", "Anniversary", "Assistant's Name"),
    *("Billing Information", "Birthday", "Business Address PO Box", "Categories", "Children"),
    *("Directory Server", "E-mail Address", "E-mail Type", "E-mail Display Name"),
    *("E-mail 2 Address", "E-mail 2 Type", "E-mail 2 Display Name"),
    *("E-mail 3 Address", "E-mail 3 Type", "E-mail 3 Display Name"),
    *("Gender", "Government ID Number", "Hobby", "Home Address PO Box", "Initials"),
    *("Internet Free Busy", "Keywords", "Language", "Location", "Manager's Name", "Mileage"),
    *("Notes", "Office Location", "Organizational ID Number", "Other Address PO Box"),
    *("Priority", "Private", "Profession", "Referred By", "Sensitivity", "Spouse"),
    *("User 1", "User 2", "User 3", "User 4", "Web Page"),
)
"""The columns of Outlook in its order."""

ORIGIN, MORE_EMAILS, MORE_PHONES = "User 4", "User 3", "User 2"
"""Where what Outlook has no place for waits until it comes back."""

PHONES = (
    *("Primary Phone", "Business Phone", "Business Phone 2", "Mobile Phone"),
    *("Company Main Phone", "Home Phone", "Home Phone 2", "Car Phone", "Other Phone"),
)
"""The columns of phones in the order in which they are read."""
_EMAILS = ("E-mail Address", "E-mail 2 Address", "E-mail 3 Address")
_LAND_LINES = ("Business Phone", "Business Phone 2", "Company Main Phone")
_CEDILLAS = str.maketrans("șțȘȚ", "şţŞŢ")


def write(path: Path, tables: Sequence[Named], look: Look) -> None:
    """Write a row for each contact; raises InvalidData for a letter the encoding lacks."""
    with path.open("w", encoding=look.csv.codec, newline="") as file:
        lines = csv.writer(file, delimiter=look.csv.delimiter, quoting=csv.QUOTE_ALL)
        lines.writerow(HEADINGS)
        for record in records(tables[0].table):
            cells = cells_of(person_of(record, tables[0].stamp))
            row = [_writable(cells.get(heading, ""), look.csv.encoding) for heading in HEADINGS]
            try:
                lines.writerow(row)
            except UnicodeEncodeError as error:
                raise _not_encoded(error, record["name"], look.csv.encoding) from None


def count(path: Path, look: Look) -> int:
    """The contacts in a file."""
    with path.open(encoding=look.csv.codec, newline="") as file:
        return sum(1 for _ in csv.reader(file, delimiter=look.csv.delimiter)) - 1


def cells_of(person: Person) -> Mapping[str, str]:
    """Heading -> what stands under it."""
    given, family = name_parts(person.name)
    cells = {
        "First Name": given,
        "Last Name": family,
        "Company": person.company,
        "Department": person.department,
        "Job Title": person.job_title,
        "Gender": person.gender.capitalize(),
        "Notes": person.note,
        **dict(zip(_EMAILS, person.emails, strict=False)),
        **_phones(person.phones),
    }
    if person.emails:
        cells |= {"E-mail Type": "SMTP", "E-mail Display Name": person.name}
    if person.origin:
        more = person.emails[len(_EMAILS) :]
        cells |= {ORIGIN: str(person.origin), MORE_EMAILS: BETWEEN.join(more)}
    return cells


def _phones(numbers: Sequence[str]) -> dict[str, str]:
    """The numbers in columns of their kind, read back in the same order.

    The main one stands in the first column too, by which it is known as such.
    """
    if not numbers:
        return {}
    main, *others = numbers
    cells = {PHONES[0]: main, _fitting(main)[0]: main}
    last = 0
    more: list[str] = []
    for number in others:
        free = [one for one in PHONES[last + 1 :] if one not in cells]
        fitting = [one for one in _fitting(number) if one in free] or free
        if more or not fitting:
            more.append(number)
        else:
            cells[fitting[0]] = number
            last = PHONES.index(fitting[0])
    return cells | {MORE_PHONES: BETWEEN.join(more)}


def _fitting(number: str) -> Sequence[str]:
    return ("Mobile Phone",) if MOBILE.match(number) else _LAND_LINES


def _writable(text: str, encoding: str) -> str:
    """The text as Windows-1250 has it; an apostrophe that the import would take off is doubled."""
    if encoding == "cp1250":
        text = text.translate(_CEDILLAS)
    return escape(text) if text.startswith("'") else text.replace("\n", "\r\n")


def _not_encoded(error: UnicodeEncodeError, name: str, encoding: str) -> InvalidData:
    letter = error.object[error.start]
    return InvalidData(
        f"'{letter}' (U+{ord(letter):04X}) of '{name}' cannot be written as {encoding}.",
        hint="Leave --encoding out: UTF-8 has every letter.",
    )
