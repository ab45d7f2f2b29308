"""`crm batch`: many commands, one process."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.execute import execute

if TYPE_CHECKING:
    from tests.conftest import Crm


def answers(text: str) -> list[Any]:
    """The answers of a batch."""
    return [json.loads(line) for line in text.splitlines()]


def employees(crm: Crm) -> list[str]:
    """The names of all employees."""
    return [row[0] for row in execute(crm.url, "SELECT name FROM employee ORDER BY id")]


def test_batch(crm: Crm) -> None:
    lines = (
        "# two ways to write a line\n\n"
        "employee add --name 'Jan Kowalski' --login jan\n"
        '["employee", "edit", "@", "--job-title", "Director"]\n'
        "employee edit @3 --category sales\n"
    )

    result = crm("batch", input=lines)

    assert result.exit_code == 0
    found = answers(result.stdout)
    assert [(answer["line"], answer["exit"]) for answer in found] == [(3, 0), (4, 0), (5, 0)]
    assert found[2]["result"]["job_title"] == "Director"
    assert found[2]["result"]["category"] == "sales"


def test_batch_with_failures(crm: Crm) -> None:
    lines = (
        "employee add --name A\nemployee show nobody\nfoo\n"
        "employee add --name 'B\nemployee add --name C\n"
    )

    result = crm("batch", input=lines)

    assert result.exit_code == 6
    assert [answer["exit"] for answer in answers(result.stdout)] == [0, 3, 2, 2, 0]
    assert employees(crm) == ["Ana Pop", "A", "C"]


def test_batch_stops(crm: Crm) -> None:
    result = crm("batch", "--stop-on-error", input="foo\nemployee add --name C\n")

    assert len(answers(result.stdout)) == 1
    assert employees(crm) == ["Ana Pop"]


def test_dry_run_of_one_line(crm: Crm) -> None:
    lines = "employee add --name A --dry-run\nemployee add --name B\n"

    for flags in ([], ["--atomic"]):
        assert crm("batch", *flags, input=lines).exit_code == 0

    assert employees(crm) == ["Ana Pop", "B", "B"]


def test_atomic(crm: Crm) -> None:
    lines = "employee add --name A\nemployee edit @1 --job-title X\nemployee list\n"

    result = crm("batch", "--atomic", input=lines)

    assert result.exit_code == 0
    assert len(answers(result.stdout)[2]["result"]) == 2
    assert execute(crm.url, "SELECT count(*) FROM audit_tx WHERE command LIKE 'crm%'") == [(4,)]
    assert crm("audit", "verify").exit_code == 0


def test_atomic_with_a_failure(crm: Crm) -> None:
    lines = "employee add --name A\nemployee add --name B --login ana\nemployee add --name C\n"

    result = crm("batch", "--atomic", input=lines)

    assert result.exit_code == 5
    assert [answer["exit"] for answer in answers(result.stdout)] == [0, 4, 0]
    assert employees(crm) == ["Ana Pop"]
    assert crm("audit", "verify").exit_code == 0


def test_commands_that_stand_alone(crm: Crm) -> None:
    result = crm("batch", "--atomic", input="db check\nbatch\njob run remind\n")

    assert [answer["exit"] for answer in answers(result.stdout)] == [2, 2, 2]


@pytest.mark.parametrize("flags", [[], ["--atomic"]])
def test_lines_that_are_no_text(crm: Crm, flags: list[str]) -> None:
    lines = (
        b"employee add --name \xff\n"
        b'["employee", "add", "--name", "a\\u0000b"]\n'
        b'["employee", "add", "--name", "\\ud800"]\n'
        b"employee add --name Z\n"
    )

    result = crm("batch", *flags, input=lines)

    assert [answer["exit"] for answer in answers(result.stdout)] == [2, 2, 2, 0]
    assert employees(crm) == (["Ana Pop"] if flags else ["Ana Pop", "Z"])
