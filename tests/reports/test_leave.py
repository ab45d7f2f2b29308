"""`crm report leave`: how long employees are away, in working days."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Crm

OFFICE = """\
employee add --name Jan --country PL
employee add --name Ion --work-days mon,tue
employee add --name Gone
holiday add 2026-12-31 --name Closed
leave add me --from 2026-11-28 --to 2026-12-02 --deputy Jan
leave add me --from 2026-12-24 --to 2027-01-10
leave add Jan --from 2026-11-28 --to 2026-12-02
leave add Ion --from 2025-12-29 --to 2026-01-05
leave add Ion --from 2027-01-04 --to 2027-01-05
leave add Gone --from 2026-11-28 --to 2026-12-02
employee remove Gone
"""


def test_leave_of_this_year(crm: Crm) -> None:
    """Saint Andrew and the national day are free in Romania; Ion comes on two days a week."""
    crm("batch", input=OFFICE)

    result = crm("report", "leave")

    assert result.stdout == (
        "EMPLOYEE  EMPLOYEE_ID  FROM        TO          DEPUTY  DAYS  WORKING_DAYS\n"
        "Ana Pop             1  2026-11-28  2026-12-02  Jan        5             1\n"
        "Ana Pop             1  2026-12-24  2026-12-31             8             4\n"
        "Ion                 3  2026-01-01  2026-01-05             5             1\n"
        "Jan                 2  2026-11-28  2026-12-02             5             3\n"
        "Ana Pop             1                                    13             5\n"
        "Ion                 3                                     5             1\n"
        "Jan                 2                                     5             3\n"
        "total                                                    23             9\n"
    )


def test_period_and_person(sqlite_crm: Crm) -> None:
    sqlite_crm("batch", input=OFFICE)

    asked = ("--where", "employee = Ana Pop", "--from", "2026-12-31")
    rows = sqlite_crm.ok("report", "leave", *asked, "--to", "2027-01")
    nothing = sqlite_crm("report", "leave", "--from", "2029-01")

    assert [(row["from"], row["to"], row["days"], row["working_days"]) for row in rows] == [
        ("2026-12-31", "2027-01-10", 11, 3),
        (None, None, 11, 3),
        (None, None, 11, 3),
    ]
    assert (nothing.stdout, nothing.stderr) == ("", "Nothing to report.\n")
