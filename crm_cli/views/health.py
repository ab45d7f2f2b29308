"""How the findings of `crm doctor` look from outside."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from crm_cli.views.table import Table
from crm_cli.views.types import Sentence
from crm_cli.views.view import Column

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Finding:
    """What a check found: ok, warn or fail, a sentence, and what to do about it."""

    check: str
    level: str
    message: str
    hint: str | None = None


COLUMNS = (
    Column(name="check", sql="", labels=("Check", "Verificare", "Sprawdzenie")),
    Column(name="level", sql="", labels=("Level", "Nivel", "Poziom")),
    Column(name="message", sql="", type=Sentence(), labels=("Finding", "Constatare", "Wynik")),
    Column(name="hint", sql="", type=Sentence(), labels=("Hint", "Sugestie", "Wskazówka")),
)


def table(findings: Iterable[Finding]) -> Table:
    """The findings, a row each."""
    return Table(COLUMNS, [list(astuple(finding)) for finding in findings])
