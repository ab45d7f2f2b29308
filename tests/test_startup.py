"""Start-up is a feature: help and reading load no heavy library."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import click

from crm_cli.main import cli

if TYPE_CHECKING:
    from tests.conftest import Crm

HEAVY = (
    "alembic",
    "babel",
    "jinja2",
    "openpyxl",
    "pandas",
    "phonenumbers",
    "pydantic",
    "python_calamine",
    "sqlalchemy",
    "sqlmodel",
    "stdnum",
    "typst",
    "xlsxwriter",
)
NAMES = cli.list_commands(click.Context(cli))

HELP = """
import json, sys
from docs.command_tree import below
heavy, names, guilty = sys.argv[1].split(), json.loads(sys.argv[2]), {}
for name in names:
    for entry in below(name):
        entry.help
        for module in heavy:
            if module in sys.modules:
                guilty.setdefault(module, entry.name)
print(json.dumps(guilty))
"""
RUN = """
import json, os, sys
from crm_cli.main import cli
heavy, commands, loaded = sys.argv[1].split(), json.loads(sys.argv[2]), {}
for words in commands:
    sys.stdout = open(os.devnull, "w")
    code = cli.main(words, standalone_mode=False)
    sys.stdout = sys.__stdout__
    found = [module for module in heavy if module in sys.modules]
    if code or found:
        loaded[" ".join(words)] = [code, *found]
print(json.dumps(loaded))
"""


def run(script: str, *arguments: str, **environment: str) -> Any:
    """What a script prints in an interpreter of its own, in which nothing is loaded yet."""
    result = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_help_loads_nothing_heavy() -> None:
    assert run(HELP, " ".join((*HEAVY, "psycopg")), json.dumps(["", *NAMES])) == {}


def test_reading_loads_nothing_heavy(crm: Crm) -> None:
    number = crm.id("account", "add", "--name", "Moldo Trans SRL", "--city", "Iași")
    drivers = ("psycopg",) if crm.url.startswith("sqlite") else ()
    commands = [
        ["account", "list"],
        ["account", "list", "--where", "city = iasi", "--sort", "-name", "--format", "csv"],
        ["account", "show", str(number), "--format", "json"],
        ["lead", "list"],
        ["task", "list", "--for-me"],
        ["opportunity", "list"],
        ["document", "list", "--where", "date < today"],
        ["contact", "list", "--search", "ana"],
        ["today"],
        ["inbox"],
        ["setting", "list"],
        ["job", "log"],
        ["job", "run", "remind"],
        ["job", "run", "send-outbox"],
        ["job", "status", "--format", "prometheus"],
        ["audit", "show", "--limit", "5"],
    ]

    assert run(RUN, " ".join((*HEAVY, *drivers)), json.dumps(commands), **crm.environment) == {}
