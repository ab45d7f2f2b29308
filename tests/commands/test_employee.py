"""`crm employee`: the standard verbs on the plainest noun."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import Crm

if TYPE_CHECKING:
    from pathlib import Path


def test_list(crm: Crm) -> None:
    crm("employee", "add", "--name", "Jan Kowalski", "--login", "jan", "--language", "pl")

    result = crm("employee", "list")

    assert result.stdout == (
        "ID  NAME          LOGIN  EMAIL\n"
        " 1  Ana Pop       ana    ana@firma.example\n"
        " 2  Jan Kowalski  jan\n"
    )


def test_add_taken_login(crm: Crm) -> None:
    result = crm("employee", "add", "--name", "Ana B", "--login", "ana")

    assert result.exit_code == 4
    assert result.stderr == (
        "crm: Another employee has this login already.\nhint: crm employee list\n"
    )


def test_edit_as_stranger(crm: Crm) -> None:
    crm.user = "nobody"

    result = crm("employee", "edit", "1", "--name", "X")

    assert result.exit_code == 7
    assert "No employee has the login 'nobody'." in result.stderr


@pytest.mark.proves("R121", "R244")
def test_add_with_hours(crm: Crm) -> None:
    added = crm.ok(
        *("employee", "add", "--name", "Jan Kowalski", "--hours-per-day", "7,5"),
        *("--hourly-cost", "120,50", "--phone", "+48 601 234 567", "--email", "jan@FIRMA.example"),
        *("--manager", "me", "--timezone", "Europe/Warsaw", "--category", "service"),
    )

    assert added["hours_per_day"] == 7.5
    assert added["hourly_cost"] == "120.50"
    assert (added["phone"], added["email"]) == ("+48601234567", "jan@firma.example")
    assert (added["manager"], added["manager_id"]) == ("Ana Pop", 1)


def test_add_with_times_of_work(sqlite_crm: Crm) -> None:
    added = sqlite_crm.ok(
        *("employee", "add", "--name", "Jan", "--work-start", "7:30", "--work-end", "15.30"),
        *("--work-days", "lun mar mie", "--digest", "none"),
    )
    shorter = sqlite_crm("employee", "edit", added["id"], "--work-end", "7:30")
    late = sqlite_crm("employee", "edit", "me", "--work-start", "17:00")
    night = ("--work-start", "22:00", "--work-end", "6:00")
    at_night = sqlite_crm.ok("employee", "edit", added["id"], *night)

    times = ("work_start", "work_end", "work_days", "digest")
    assert [added[name] for name in times] == ["07:30", "15:30", "mon,tue,wed", "none"]
    assert (at_night["work_start"], at_night["work_end"]) == ("22:00", "06:00")
    hint = "hint: Where it goes on past midnight, give both times.\n"
    assert shorter.stderr == f"crm: Work begins at 07:30 and cannot end at 07:30.\n{hint}"
    assert late.stderr == f"crm: Work begins at 17:00 and cannot end at 17:00.\n{hint}"
    assert (shorter.exit_code, late.exit_code) == (5, 5)


def test_country_whose_law_is_not_known(sqlite_crm: Crm) -> None:
    poland = sqlite_crm("employee", "add", "--name", "Jan", "--country", "Polska", "-q")
    abroad = sqlite_crm("employee", "add", "--name", "Zoe", "--country", "gb", "-q")

    assert poland.stderr == ""
    assert abroad.stderr == (
        "warning: The public holidays of GB are not known here:"
        " crm holiday add DAY... --name NAME --country GB\n"
    )
    assert [one["country"] for one in sqlite_crm.ok("employee", "list")] == [None, "PL", "GB"]


def test_digest_that_cannot_reach(sqlite_crm: Crm) -> None:
    said = sqlite_crm("employee", "add", "--name", "Jan", "--digest", "email", "-q").stderr
    edited = sqlite_crm.ok("employee", "edit", 2, "--digest", "message")
    reached = sqlite_crm("employee", "edit", 2, "--login", "jan", "-q")

    assert said == (
        "warning: Jan has no e-mail address, so no digest can reach them:"
        " crm employee edit 2 --email ADDRESS\n"
    )
    assert edited["warnings"] == [
        "Jan has no login to read a digest with: crm employee edit 2 --login LOGIN"
    ]
    assert reached.stderr == ""


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("--login", "ana pop", "'ana pop' cannot be a login."),
        ("--login", "123", "'123' cannot be a login."),
        ("--login", "me", "'me' cannot be a login."),
        ("--category", "%service", "'%service' begins with a sign."),
        ("--timezone", "Europe/Bucuresti", "'Europe/Bucuresti' is no time zone."),
        ("--hours-per-day", "25", "A day has 0 to 24 hours, not 25."),
        ("--work-start", "17:01", "Work begins at 17:01 and cannot end at 17:00."),
        ("--hourly-cost", "-1", "An hour cannot cost -1.00."),
        ("--email", "ana", "'ana' is not an e-mail address"),
        ("--phone", "12", "'12' is not a telephone number"),
    ],
)
def test_add_wrong_value(sqlite_crm: Crm, option: str, value: str, sentence: str) -> None:
    result = sqlite_crm("employee", "add", "--name", "Jan", option, value)

    assert result.exit_code == 5
    assert result.stdout == ""
    assert result.stderr.startswith(f"crm: {sentence}")


def test_edit_manager_in_a_circle(crm: Crm) -> None:
    jan = crm.id("employee", "add", "--name", "Jan Kowalski", "--manager", "ana")
    eva = crm.id("employee", "add", "--name", "Eva Nowak", "--manager", jan)

    result = crm("employee", "edit", "me", "--manager", eva)

    assert result.exit_code == 4
    assert result.stderr == (
        "crm: Ana Pop cannot be his own manager, not even through others.\n"
        "hint: crm employee show 1\n"
    )


def test_remove_employee_in_use(crm: Crm) -> None:
    jan = crm.id("employee", "add", "--name", "Jan Kowalski")
    crm.ok("account", "add", "--name", "Dacia", "--owner", jan)

    result = crm("employee", "remove", jan, "-q")

    assert result.stderr == f"employee {jan} is in use and was archived.\n"
    assert [row["id"] for row in crm.ok("employee", "list")] == [1]
    assert [row["id"] for row in crm.ok("employee", "list", "--all")] == [1, jan]


def test_the_user_postgresql_let_in(postgresql_url: str, tmp_path: Path) -> None:
    crm = Crm(postgresql_url, tmp_path)
    crm.id("employee", "add", "--name", "Petru Gres", "--login", "postgres")

    crm.ok("employee", "edit", 1, "--job-title", "Director")

    changes = crm.ok("audit", "show", "--where", "entity = employee", "--sort", "-id", "--limit", 2)
    assert [change["actor"] for change in changes] == ["postgres", "ana"]


def test_help_behind_two_dashes_is_a_word(crm: Crm) -> None:
    result = crm("task", "add", "--due", "tomorrow", "-q", "--", "--help")

    assert (result.exit_code, result.stdout) == (0, "1\n")
    assert crm.ok("task", "show", 1)["subject"] == "--help"


def test_who_leaves_leaves_something_behind(crm: Crm) -> None:
    """Jan has tasks, stands in for Ana and is Ion's manager; what is over does not count."""
    crm.id("employee", "add", "--name", "Jan", "--login", "jan")
    crm.id("employee", "add", "--name", "Ion", "--manager", "jan")
    crm.id("leave", "add", "me", "--from", "2026-11-20", "--to", "2026-11-23", "--deputy", "jan")
    crm.id("leave", "add", "me", "--from", "2026-11-01", "--to", "2026-11-02", "--deputy", "jan")
    for subject in ("Open", "Open", "Done"):
        crm.id("task", "add", subject, "--due", "today", "--assignee", "jan")
    crm.ok("task", "done", 3)

    result = crm("employee", "remove", "jan", "-q")

    assert result.stderr == (
        "employee 2 is in use and was archived.\n"
        "warning: Jan still has open tasks (2): crm task edit --where 'assignee_id = 2'"
        " --where 'status = open' --assignee LOGIN\n"
        "warning: Jan stands in for Ana Pop until 2026-11-23: crm leave edit 1 --deputy LOGIN\n"
        "warning: Jan is the manager of Ion: crm employee edit --where 'manager_id = 2'"
        " --manager LOGIN\n"
    )
    crm.ok("task", "edit", *_where("assignee_id = 2", "status = open"), "--assignee", "me")
    crm.ok("leave", "edit", 1, "--deputy", "Ion")
    crm.ok("employee", "edit", *_where("manager_id = 2"), "--manager", "me")
    again = crm("employee", "remove", "2", "-q")
    assert again.stderr == "employee 2 is in use and was archived.\n"


def _where(*conditions: str) -> list[str]:
    return [*(word for one in conditions for word in ("--where", one)), "--yes"]


@pytest.mark.parametrize("how", [("remove", "me"), ("edit", "me", "--login", "")])
def test_who_shuts_everybody_out_comes_back_by_init(sqlite_crm: Crm, how: tuple[str, ...]) -> None:
    sqlite_crm.ok("employee", *how)
    refused = sqlite_crm("task", "add", "X", "--due", "today")

    back = sqlite_crm("init", CRM_NOW="")

    assert refused.stderr == "crm: No employee has the login 'ana'.\nhint: crm init\n"
    assert (back.exit_code, back.stderr[:6]) == (0, "Set up")
    assert [one["login"] for one in sqlite_crm.ok("employee", "list")][-1] == "ana"
    assert sqlite_crm("init", CRM_NOW="").stderr.startswith("Nothing to do")
