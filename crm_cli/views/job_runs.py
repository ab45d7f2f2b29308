"""How a run of a job looks from outside, and the jobs themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.views.table import Table
from crm_cli.views.types import INTEGER, MOMENT, Choice
from crm_cli.views.view import Column, View, id_column

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crm_cli.running.job import JobResult
    from crm_cli.running.job_modules import Job

STATE = Choice("running", "done", "partial", "failed", "dead", "stopped")

JOB_RUN = View(
    noun="job_run",
    entity="schema.job_run:JobRun",
    alias="r",
    source="job_run r",
    alive="1 = 1",
    title="job",
    order="-id",
    columns=(
        id_column("r"),
        Column(name="job", sql="r.job", labels=("Job", "Proces", "Zadanie"), listed=True),
        Column(
            name="state",
            sql="r.state",
            type=STATE,
            labels=("State", "Stare", "Stan"),
            listed=True,
        ),
        Column(
            name="started_at",
            sql="r.started_at",
            type=MOMENT,
            labels=("Started at", "Început la", "Rozpoczęto"),
            listed=True,
        ),
        Column(
            name="ended_at",
            sql="r.ended_at",
            type=MOMENT,
            labels=("Ended at", "Terminat la", "Zakończono"),
            listed=True,
        ),
        Column(
            name="items",
            sql="r.items",
            type=INTEGER,
            labels=("Items", "Elemente", "Pozycje"),
            listed=True,
        ),
        Column(
            name="failures",
            sql="r.failures",
            type=INTEGER,
            labels=("Failures", "Eșecuri", "Błędy"),
            listed=True,
        ),
        Column(
            name="runs",
            sql="r.runs",
            type=INTEGER,
            labels=("Runs", "Rulări", "Uruchomienia"),
            listed=True,
        ),
        Column(
            name="since",
            sql="r.since",
            type=MOMENT,
            labels=("Since", "Din", "Od"),
        ),
        Column(name="summary", sql="r.summary", labels=("Summary", "Sumar", "Podsumowanie")),
        Column(name="error", sql="r.error", labels=("Error", "Eroare", "Błąd"), listed=True),
        Column(
            name="as_of",
            sql="r.as_of",
            type=MOMENT,
            labels=("As of", "La data", "Na dzień"),
        ),
        Column(name="trigger", sql="r.trigger", labels=("Trigger", "Pornit de", "Wyzwalacz")),
        Column(name="host", sql="r.host", labels=("Host", "Calculator", "Komputer")),
        Column(name="pid", sql="r.pid", type=INTEGER, labels=("Process", "Proces SO", "Proces")),
    ),
)

JOB_COLUMNS = (
    Column(name="name", sql="", labels=("Job", "Proces", "Zadanie")),
    Column(name="schedule", sql="", labels=("Schedule", "Orar", "Harmonogram")),
    Column(name="description", sql="", labels=("Description", "Descriere", "Opis")),
)

RESULT_COLUMNS = tuple(JOB_RUN.by_name[name] for name in ("job", "items", "failures", "summary"))


def result_table(job: str, result: JobResult) -> Table:
    """What a run came to."""
    row = [job, result.items, len(result.failures), result.summary]
    return Table(RESULT_COLUMNS, [row], single=True)


def job_table(jobs: Iterable[Job]) -> Table:
    """The jobs there are."""
    return Table(JOB_COLUMNS, [[job.name, job.schedule, job.description] for job in jobs])
