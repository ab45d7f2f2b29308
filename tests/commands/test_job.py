"""`crm job`: the jobs there are, their runs, and what is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.execute import execute
from tests.jobs.runs import plant_run
from tests.outgoing import queue, use_folder

if TYPE_CHECKING:
    from tests.conftest import Crm


def test_list(sqlite_crm: Crm) -> None:
    found = {job["name"]: job for job in sqlite_crm.ok("job", "list")}

    assert found["send-outbox"] == {
        "name": "send-outbox",
        "schedule": "* * * * *",
        "description": "Send the mails that wait in the outbox.",
    }


def test_run_unknown(sqlite_crm: Crm) -> None:
    result = sqlite_crm("job", "run", "fly")

    assert result.exit_code == 3
    assert result.stderr.splitlines()[0] == "crm: There is no job 'fly'."


def test_run_as_of_nonsense(sqlite_crm: Crm) -> None:
    result = sqlite_crm("job", "run", "send-outbox", "--as-of", "sometime")

    assert result.exit_code == 2
    assert result.stderr.startswith("crm: --as-of: ")


def test_log_of_one_job(crm: Crm) -> None:
    use_folder(crm)
    queue(crm, 2)
    crm("job", "run", "send-outbox")

    columns = "job,state,items,failures,summary,trigger,as_of"
    log = crm.ok("job", "log", "--job", "send-outbox", "--columns", columns)

    assert log == [
        {
            "job": "send-outbox",
            "state": "done",
            "items": 2,
            "failures": 0,
            "summary": "2 sent",
            "trigger": "unattended",
            "as_of": "2026-11-23T08:00:00+00:00",
        }
    ]


def test_run_without_a_login(crm: Crm) -> None:
    crm.user = "nobody"

    assert crm("job", "run", "send-outbox").exit_code == 0


def test_keep_the_error_of_a_failed_run(crm: Crm) -> None:
    crm("setting", "set", "mail.import.enabled", "yes")

    result = crm("job", "run", "import-mail")

    assert result.exit_code == 7
    (run,) = crm.ok("job", "log")
    assert (run["state"], run["error"]) == ("failed", "No folder is set for mail to import.")


def test_runs_that_did_nothing_alike_are_one_row(crm: Crm) -> None:
    use_folder(crm)
    for _ in range(3):
        crm("job", "run", "send-outbox")
    queue(crm)
    for _ in range(3):
        crm("job", "run", "send-outbox")

    log = crm.ok("job", "log", "--columns", "state,items,runs")

    assert log == [
        {"state": "done", "items": 0, "runs": 2},
        {"state": "done", "items": 1, "runs": 1},
        {"state": "done", "items": 0, "runs": 3},
    ]


def test_log_lets_go_of_old_runs_but_the_last_success(crm: Crm) -> None:
    use_folder(crm)
    for at in ("2020-01-01", "2020-01-02", "2020-01-03"):
        plant_run(crm, "send-outbox", f"{at}T08:00:00Z", items=1)
    for number in range(102):
        plant_run(crm, "remind", "2020-01-01T08:00:00Z", "failed", error=str(number))
    queue(crm)

    crm("job", "run", "send-outbox")
    crm("job", "run", "remind")

    counts = "SELECT job, state, count(*) FROM job_run GROUP BY job, state ORDER BY job, state"
    assert execute(crm.url, counts) == [
        ("remind", "done", 1),
        ("remind", "failed", 100),
        ("send-outbox", "done", 1),
    ]


def test_run_without_database(sqlite_crm: Crm) -> None:
    result = sqlite_crm("--database", "/nowhere/crm.db", "job", "run", "send-outbox")

    assert (result.exit_code, result.stderr) == (
        7,
        "crm: There is no database at /nowhere/crm.db.\nhint: `crm init` makes it.\n",
    )


def test_result_and_error_as_json(sqlite_crm: Crm) -> None:
    use_folder(sqlite_crm)
    queue(sqlite_crm)
    sqlite_crm("setting", "set", "mail.import.enabled", "yes")

    done = sqlite_crm("job", "run", "send-outbox", "-v", "--format", "json")
    silent = sqlite_crm("job", "run", "send-outbox", "--format", "json")
    failed = sqlite_crm("job", "run", "import-mail", "--format", "json")

    assert done.json == {"job": "send-outbox", "items": 1, "failures": 0, "summary": "1 sent"}
    assert (silent.exit_code, silent.stdout, silent.stderr) == (0, "", "")
    assert json.loads(failed.stderr) == {
        "error": "No folder is set for mail to import.",
        "exit": 7,
        "hint": "crm setting set mail.import.folder /srv/mail",
        "candidates": [],
    }
