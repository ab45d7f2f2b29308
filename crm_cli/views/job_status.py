"""How the state of the jobs looks from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_cli.views.table import Table
from crm_cli.views.types import INTEGER, MOMENT, Choice, Integer
from crm_cli.views.view import Column

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import timedelta
    from zoneinfo import ZoneInfo

    from crm_cli.services.job_status import JobStatus

STATES = Choice("ok", "running", "late", "failing", "never", "off")


class Seconds(Integer):
    """A length of time that people read as `2d3h` and programs as seconds."""

    name = "seconds"

    def json(self, value: timedelta | None) -> int | None:
        """Whole seconds."""
        return None if value is None else int(value.total_seconds())

    def text(self, value: timedelta | None, zone: ZoneInfo | None) -> str:
        """The two largest units; nothing where it is nothing."""
        seconds = self.json(value)
        if not seconds:
            return ""
        parts: list[str] = []
        for unit, length in (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)):
            count, seconds = divmod(seconds, length)
            parts += [f"{count}{unit}"] if count or parts else []
        return "".join(part for part in parts[:2] if not part.startswith("0"))


SECONDS = Seconds()
COLUMNS = (
    Column(name="job", sql="", labels=("Job", "Proces", "Zadanie"), listed=True),
    Column(name="state", sql="", type=STATES, labels=("State", "Stare", "Stan"), listed=True),
    Column(
        name="last_run",
        sql="",
        type=MOMENT,
        labels=("Last run", "Ultima rulare", "Ostatnie uruchomienie"),
        listed=True,
    ),
    Column(name="result", sql="", labels=("Result", "Rezultat", "Wynik"), listed=True),
    Column(
        name="last_success",
        sql="",
        type=MOMENT,
        labels=("Last success", "Ultimul succes", "Ostatni sukces"),
        listed=True,
    ),
    Column(name="age", sql="", type=SECONDS, labels=("Age", "Vechime", "Wiek"), listed=True),
    Column(
        name="lag", sql="", type=SECONDS, labels=("Lag", "Întârziere", "Opóźnienie"), listed=True
    ),
    Column(
        name="next_due",
        sql="",
        type=MOMENT,
        labels=("Next due", "Următoarea", "Następne"),
        listed=True,
    ),
    Column(
        name="failures", sql="", type=INTEGER, labels=("Failures", "Eșecuri", "Błędy"), listed=True
    ),
    Column(name="schedule", sql="", labels=("Schedule", "Orar", "Harmonogram")),
    Column(
        name="running_since",
        sql="",
        type=MOMENT,
        labels=("Running since", "Rulează din", "Działa od"),
        listed=True,
    ),
    Column(name="pid", sql="", type=INTEGER, labels=("Process", "Proces SO", "Proces")),
    Column(name="host", sql="", labels=("Host", "Calculator", "Komputer")),
    Column(name="error", sql="", labels=("Error", "Eroare", "Błąd")),
)


def table(statuses: Iterable[JobStatus]) -> Table:
    """A row a job, with every column."""
    return Table(COLUMNS, [_row(status) for status in statuses])


def listed(found: Table) -> Table:
    """The columns that people read."""
    return found.narrowed([column for column in COLUMNS if column.listed])


def _row(status: JobStatus) -> list[Any]:
    last, success, running = status.last, status.success, status.running
    return [
        status.job.name,
        status.state,
        last and last.started_at,
        last and last.state,
        success and success.started_at,
        status.age,
        status.lag,
        status.next_due,
        status.failures,
        status.job.schedule,
        running and running.started_at,
        running and running.pid,
        running and running.host,
        last and last.error if status.failures else None,
    ]
