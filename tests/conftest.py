"""The fixtures of all tests: a database of each kind, the real command line on it."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sys
import time
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, settings
from sqlalchemy import event
from sqlalchemy.engine import Engine

from crm_cli.main import cli
from crm_cli.running.job import JobContext
from tests import postgres, sessions
from tests.compiling import engines_that_share
from tests.preloaded import Preloaded, freeze

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


# What tests write is synced to disk at every commit; in memory that costs nothing.
if os.access("/dev/shm", os.W_OK) and shutil.disk_usage("/dev/shm").free > 2**31:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", "/dev/shm")

# Without bytecode every process that a test starts would compile the program anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# The same examples each time, however slow the machine; `--hypothesis-profile search` finds others.
WITHIN_FIXTURES = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
settings.register_profile("search", deadline=None, suppress_health_check=WITHIN_FIXTURES)
settings.register_profile("crm", settings.get_profile("search"), derandomize=True, database=None)
settings.load_profile("crm")

TELLING = re.compile(r"CRM_|XDG_|PG|JOURNAL_STREAM$|.*_PROXY$", re.IGNORECASE)
"""Variables by which the program, or what it uses, would come to know who runs the tests."""

NOW = "2026-11-23T08:00:00+00:00"
"""A Monday morning: ten o'clock in Bucharest, nine in Warsaw."""


def pytest_collection_finish() -> None:
    """Leave what is there alone: collecting it costs time, and a fork that does copies it."""
    freeze()


@dataclass(frozen=True)
class Result:
    """What a command printed and how it ended."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        """The JSON on stdout."""
        return json.loads(self.stdout)


@dataclass
class Crm:
    """Runs commands in this process: `crm("account", "list")`."""

    url: str
    home: Path
    now: str = NOW
    user: str = "ana"

    def __call__(self, *words: object, input: str | bytes | None = None, **env: str) -> Result:  # noqa: A002 - the runner's word
        """Run a command and give what it printed; bugs raise here."""
        arguments = [str(word) for word in words]
        with sessions.shared(), pytest.MonkeyPatch.context() as patch:
            patch.setattr("sys.argv", ["crm", *arguments])
            result = CliRunner().invoke(
                cli,
                arguments,
                input=input,
                env={**self.environment, **env},
                catch_exceptions=False,
                prog_name="crm",
            )
        return Result(result.exit_code, result.stdout, result.stderr)

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a command on this database, in this process or another."""
        return {
            "CRM_DATABASE_URL": self.url,
            "CRM_USER": self.user,
            "CRM_NOW": self.now,
            "CRM_CONFIG": str(self.home / "settings.toml"),
            "XDG_STATE_HOME": str(self.home / "state"),
            "XDG_DATA_HOME": str(self.home / "data"),
        }

    def ok(self, *words: object, **env: str) -> Any:
        """Run a command that must succeed and give its JSON, None where it printed none."""
        result = self(*words, "--format", "json", **env)
        assert result.exit_code == 0, result.stderr
        return json.loads(result.stdout) if result.stdout else None

    def id(self, *words: object) -> int:
        """Run a command that writes one record and give its id."""
        result = self(*words, "-q")
        assert result.exit_code == 0, result.stderr
        return int(result.stdout)

    def is_healthy(self) -> bool:
        """Whether both checks of the database find nothing."""
        return all(self(*check).exit_code == 0 for check in (("db", "check"), ("audit", "verify")))


@pytest.fixture(scope="session", autouse=True)
def _surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing of who runs the tests is read or written, nor what an earlier run left there."""
    with pytest.MonkeyPatch.context() as patch:
        for name in filter(TELLING.match, list(os.environ)):
            patch.delenv(name)
        for name, value in {
            "HOME": str(tmp_path_factory.mktemp("home")),
            "COLUMNS": "80",
            "NO_COLOR": "1",
            "TZ": "UTC",
            "LC_ALL": "C.UTF-8",
        }.items():
            patch.setenv(name, value)
        time.tzset()
        for number in (signal.SIGHUP, signal.SIGINT):
            if signal.getsignal(number) is signal.SIG_IGN:  # by nohup or &, for all we start
                signal.signal(number, signal.default_int_handler)
        yield


@pytest.fixture(scope="session", autouse=True)
def _jobs_take_no_time() -> Iterator[None]:
    """Else the stamps of a job in this process would tell how slow the machine is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(JobContext, "now", property(attrgetter("started_at")))
        yield


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> Iterator[None]:
    """Every command of a test has an engine of its own; they compile together."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("schema.database.make_engine", engines_that_share())
        yield


@pytest.fixture(scope="session", autouse=True)
def _connected_once() -> Iterator[None]:
    """Commands on PostgreSQL hand on their sessions."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("psycopg.connect", sessions.connect)
        yield
    sessions.end_all()


def _prepare(url: str, home: Path) -> None:
    crm = Crm(url, home)
    assert crm("init", CRM_NOW="").exit_code == 0
    assert crm("setting", "set", "clock.override", "yes").exit_code == 0
    edited = crm(
        "employee", "edit", "1", "--name", "Ana Pop", "--email", "ana@firma.example", CRM_NOW=""
    )
    assert edited.exit_code == 0, edited.stderr


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database as `crm init` leaves it; every test copies it."""
    path = tmp_path_factory.mktemp("template") / "crm.db"
    _prepare(f"sqlite:///{path}", path.parent)
    return path


@pytest.fixture(scope="session")
def preloaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preloaded]:
    """Runs `crm` in processes of their own that need not load it."""
    with Preloaded(tmp_path_factory.mktemp("preloaded")) as started:
        yield started


@pytest.fixture(scope="session")
def postgresql_database(worker_id: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The PostgreSQL database of this worker, as `crm init` leaves it."""
    url = postgres.create_database(f"crm_{worker_id}")
    _prepare(url, tmp_path_factory.mktemp("postgresql"))
    postgres.plant(url)
    return url


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A fresh SQLite database."""
    shutil.copy(sqlite_template, tmp_path / "crm.db")
    return f"sqlite:///{tmp_path / 'crm.db'}"


@pytest.fixture
def postgresql_url(postgresql_database: str) -> str:
    """The PostgreSQL database, fresh again."""
    postgres.reset(postgresql_database)
    return postgresql_database


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """A fresh database of each kind."""
    found: str = request.getfixturevalue(f"{request.param}_url")
    return found


@pytest.fixture
def crm(url: str, tmp_path: Path) -> Crm:
    """The command line on a fresh database of each kind; the user is Ana Pop."""
    return Crm(url, tmp_path)


@pytest.fixture
def sqlite_crm(sqlite_url: str, tmp_path: Path) -> Crm:
    """The command line on SQLite, for what does not depend on the database."""
    return Crm(sqlite_url, tmp_path)


@pytest.fixture
def statements() -> Iterator[list[str]]:
    """The statements that sessions send, as they come; one for many rows counts once."""
    found: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        found.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield found
    event.remove(Engine, "before_cursor_execute", note)
