"""`crm help`: topics that agree with the code."""

from __future__ import annotations

import re
import shlex
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from crm_cli import errors, topics
from crm_cli.output import FORMATS
from crm_cli.output.file_forms import FORMS
from crm_cli.reporting import BUG
from crm_cli.settings import KNOWN
from crm_cli.values.repeating.reading import parse_rule
from crm_cli.values.when import parse_term
from crm_cli.views.filters import OPERATORS, parse_condition
from docs import command_tree

if TYPE_CHECKING:
    from tests.conftest import Crm

CLASSES = [found for found in vars(errors).values() if isinstance(found, type)]
EXIT_CODES = """How a command ends, for scripts.

    0  Done; also: nothing matched, nothing to do.
    1  The command failed, or a check found something.
    2  The command was written wrongly: an unknown column, option value or field.
    3  The named thing does not exist.
    4  It exists already, is ambiguous, or the step is not allowed in this state.
    5  The input was rejected; nothing was written.
    6  Finished, but some rows or items were skipped; each is listed on stderr.
    7  Settings or database are missing, or the database is not at this version.
   70  A bug: the traceback is in a log, whose place is said.
   75  Another run holds the lock, or the database is locked: try again later.
  130  Stopped from the keyboard.
  143  Stopped by a signal.

With `--format json` or `jsonl` an error is one JSON object on stderr with the keys error, exit,
hint and candidates.
"""


def first_words(topic: str) -> list[str]:
    """What stands before the explanations of a topic."""
    return re.findall(r"^  (\S.*?)(?:  |$)", topics.text(topic), flags=re.MULTILINE)


def test_help_lists_the_topics(sqlite_crm: Crm) -> None:
    result = sqlite_crm("help")

    assert result.exit_code == 0
    assert re.findall(r"crm help (\S+)", result.stdout) == topics.names()


def test_help_tells_the_exit_codes(sqlite_crm: Crm) -> None:
    assert sqlite_crm("help", "exit-codes").stdout == EXIT_CODES


def test_exit_codes_are_unique_and_all_told() -> None:
    codes = [found.exit_code for found in CLASSES if issubclass(found, errors.CrmError)]

    assert len(codes) == len(set(codes))
    assert {0, BUG, *codes} == topics.exit_codes().keys()


def test_help_of_an_unknown_topic_names_those_there_are(sqlite_crm: Crm) -> None:
    result = sqlite_crm("help", "weather")

    assert result.exit_code == 3
    assert result.stderr.splitlines() == [
        "crm: There is no help topic 'weather'.",
        *(f"  {name}" for name in topics.names()),
        "hint: crm help",
    ]


@pytest.mark.parametrize("written", first_words("dates"))
def test_dates_of_the_topic_are_understood(written: str) -> None:
    now = datetime(2026, 11, 23, 8, tzinfo=UTC)

    day, _ = parse_term(written, now, ZoneInfo("Europe/Bucharest"))

    assert day >= now.date()


@pytest.mark.parametrize("written", first_words("repeating"))
def test_rules_of_the_topic_are_understood(written: str) -> None:
    assert parse_rule(written, date(2026, 11, 23)).startswith("FREQ=")


def test_filters_of_the_topic_are_understood() -> None:
    conditions = re.findall(r"--where '(.+?)'", topics.text("filters"))

    found = {parse_condition(condition).operator for condition in conditions}
    assert found | {"!=", "<=", ">"} == {*OPERATORS, "empty"}


@pytest.mark.parametrize("command", [one for one in first_words("undo") if one[:4] == "crm "])
def test_commands_of_the_undo_topic_can_be_typed(sqlite_crm: Crm, command: str) -> None:
    result = sqlite_crm(*shlex.split(command)[1:])

    assert result.exit_code in {0, 3}, result.stderr


def test_output_topic_names_every_form() -> None:
    found = topics.text("output")

    assert re.findall(r"--format (\S+)", found) == list(FORMATS)
    assert all(ending in found for ending in FORMS)


def test_environment_topic_names_every_variable() -> None:
    assert set(first_words("environment")) >= {f"CRM_{name.upper()}" for name in KNOWN}


def test_root_help_names_a_topic(sqlite_crm: Crm) -> None:
    assert "crm help exit-codes" in sqlite_crm("--help").stdout


def test_every_command_has_help_without_a_database(sqlite_crm: Crm) -> None:
    nowhere = "sqlite:////none/at/all.db"
    answers = {
        entry.name: sqlite_crm(*entry.words, "--help", CRM_DATABASE_URL=nowhere)
        for entry in command_tree.entries()
    }

    ends = {name: (found.exit_code, found.stderr) for name, found in answers.items()}
    assert ends == dict.fromkeys(answers, (0, ""))
