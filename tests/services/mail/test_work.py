"""Tasks from mail: one for each thread, for the right person, never for what needs no answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.execute import execute
from tests.letters import client, import_mail, write_eml

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm


def tasks(crm: Crm, path: Path) -> list[dict[str, Any]]:
    """The tasks there are after an import."""
    import_mail(crm, path, "--task")
    found: list[dict[str, Any]] = crm.ok("task", "list", "--sort", "id")
    return found


@pytest.mark.proves("R140")
@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "auto-replied"},
        {"Subject": "Răspuns automat: Oferta"},
        {"From": "MAILER-DAEMON@moldo.example", "To": "depozit@moldo.example"},
        {"List-Unsubscribe": "<https://moldo.example/u>"},
        {"Precedence": "bulk"},
        {"Date": "Mon, 09 Nov 2026 09:59:00 +0200"},
        {"From": "ana@firma.example", "To": "depozit@moldo.example"},
        {"From": "x@unknown.example"},
    ],
)
def test_make_none(sqlite_crm: Crm, tmp_path: Path, headers: dict[str, str]) -> None:
    client(sqlite_crm)

    assert tasks(sqlite_crm, write_eml(tmp_path, "one", **headers)) == []
    assert len(sqlite_crm.ok("mail", "list")) == 1


def test_make_none_unless_asked(sqlite_crm: Crm, tmp_path: Path) -> None:
    client(sqlite_crm)

    import_mail(sqlite_crm, write_eml(tmp_path, "one"))
    sqlite_crm("setting", "set", "mail.import.task", "yes")
    import_mail(sqlite_crm, write_eml(tmp_path, "two"), "--no-task")
    import_mail(sqlite_crm, tmp_path)
    import_mail(sqlite_crm, write_eml(tmp_path, "three"))

    assert [task["subject"] for task in sqlite_crm.ok("task", "list")] == ["three"]


@pytest.mark.parametrize(
    "date", ["Mon, 09 Nov 2026 10:01:00 +0200", "someday", "Tue, 24 Nov 2026 10:00:00 +0200"]
)
def test_make_one_for_mail_that_is_not_old(sqlite_crm: Crm, tmp_path: Path, date: str) -> None:
    client(sqlite_crm)

    assert len(tasks(sqlite_crm, write_eml(tmp_path, "one", Date=date))) == 1


def test_set_term_and_age(sqlite_crm: Crm, tmp_path: Path) -> None:
    client(sqlite_crm)
    sqlite_crm("setting", "set", "mail.task_term_days", "5")
    sqlite_crm("setting", "set", "mail.task_max_age", "2")
    write_eml(tmp_path, "old")

    (task,) = tasks(
        sqlite_crm, write_eml(tmp_path, "one", Date="Sun, 22 Nov 2026 10:00:00 +0200").parent
    )

    assert (task["subject"], task["due"]) == ("one", "2026-12-02")


@pytest.mark.proves("R140")
@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"service-rep": "sef", "sales-rep": "jan"}, "Sef"),
        ({"sales-rep": "jan"}, "Jan"),
        ({"owner": "jan"}, "Ana Pop"),
        ({}, "Ana Pop"),
        ({"service-rep": "gone", "sales-rep": "jan"}, "Jan"),
    ],
)
def test_choose_the_assignee(
    sqlite_crm: Crm, tmp_path: Path, given: dict[str, str], expected: str
) -> None:
    for login in ("sef", "jan", "gone"):
        sqlite_crm.id("employee", "add", "--name", login.title(), "--login", login)
    client(sqlite_crm, **given)
    sqlite_crm("employee", "remove", "gone")

    (task,) = tasks(sqlite_crm, write_eml(tmp_path, "one"))

    assert task["assignee"] == expected


@pytest.mark.proves("R141")
def test_join_the_open_task_of_the_thread(crm: Crm, tmp_path: Path) -> None:
    client(crm)
    first, answer, renamed = (
        write_eml(tmp_path, "one", "Nu merge.", Subject="Stivuitor"),
        write_eml(
            tmp_path, "two", "Tot nu.\n\n> Nu merge.", Subject="Re: STIVUITOR", File="e47.pdf"
        ),
        write_eml(
            tmp_path, "three", "Gata?", Subject="Urgent", References="<x@y> <two@moldo.example>"
        ),
    )
    for file in (first, answer, renamed):
        import_mail(crm, file, "--task")

    (task,) = crm.ok("task", "list")
    told = "Vasile Lupu depozit@moldo.example, 2026-11-20 09:12\n"
    assert task["description"] == f"{told}Nu merge.\n\n{told}Tot nu.\n\n{told}Gata?"
    assert {mail["task_id"] for mail in crm.ok("mail", "list")} == {task["id"]}
    assert crm.ok("attachment", "list")[0]["task_id"] == task["id"]


def test_join_within_one_import(sqlite_crm: Crm, tmp_path: Path) -> None:
    client(sqlite_crm)
    write_eml(tmp_path, "b", Subject="Stivuitor", Date="Fri, 20 Nov 2026 09:00:00 +0200")
    write_eml(tmp_path, "a", Subject="RE: Stivuitor", Date="Fri, 20 Nov 2026 10:00:00 +0200")

    (task,) = tasks(sqlite_crm, tmp_path)

    assert task["subject"] == "Stivuitor"


@pytest.mark.parametrize("verb", ["done", "cancel", "remove"])
def test_begin_anew_when_the_task_is_closed(sqlite_crm: Crm, tmp_path: Path, verb: str) -> None:
    client(sqlite_crm)
    tasks(sqlite_crm, write_eml(tmp_path, "one", Subject="Stivuitor"))
    sqlite_crm("task", verb, 1)

    tasks(sqlite_crm, write_eml(tmp_path, "two", Subject="Re: Stivuitor"))

    opened = sqlite_crm.ok("task", "list", "--where", "status = open")
    assert [task["subject"] for task in opened] == ["Re: Stivuitor"]


@pytest.mark.parametrize(
    ("headers", "count"),
    [
        ({"From": "x@moldo.example", "Cc": "depozit@moldo.example"}, 1),
        ({"From": "office@wisla.example"}, 2),
        ({"Subject": "Altceva"}, 2),
    ],
)
def test_tell_threads_apart(
    sqlite_crm: Crm, tmp_path: Path, headers: dict[str, str], count: int
) -> None:
    """The people of one partner belong together."""
    client(sqlite_crm)
    sqlite_crm("account", "add", "--name", "Wisła Pak", "--email", "office@wisla.example")
    write_eml(tmp_path, "one", Subject="Stivuitor")

    found = tasks(
        sqlite_crm, write_eml(tmp_path, "two", **({"Subject": "Stivuitor"} | headers)).parent
    )

    assert len(found) == count


def test_tell_mails_without_subject_apart(sqlite_crm: Crm, tmp_path: Path) -> None:
    client(sqlite_crm)
    write_eml(tmp_path, "one", Subject="")

    found = tasks(sqlite_crm, write_eml(tmp_path, "two", Subject="Re:").parent)

    assert [task["subject"] for task in found] == ["(no subject)", "Re:"]


def test_plan_it_as_any_other(crm: Crm, tmp_path: Path) -> None:
    client(crm)
    (task,) = tasks(crm, write_eml(tmp_path, "one"))
    crm.ok("task", "add", "one", "--assignee", "me", "--due", task["due"])

    columns = (
        "subject_folded, author_id, owner_id, assignee_id, team_id, due_on, due_at, term_number,"
        " duration, billable, remind, days_before, planned_at, next_reminder_at, priority, status"
    )
    mine, given = execute(crm.url, f"SELECT {columns} FROM task ORDER BY id")
    assert mine == given
    assert mine[13] is not None
