"""What a measurement comes to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One measured line: what, its figure, and the goal it must stay under (or over)."""

    name: str
    figure: float
    goal: float
    at_least: bool = False
    unit: str = "×"

    @property
    def holds(self) -> bool:
        """Whether the goal is met."""
        return self.figure >= self.goal if self.at_least else self.figure <= self.goal

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        verdict = "ok" if self.holds else "MISSED"
        goal = f"{sign} {self.goal:g} {self.unit}"
        return f"{self.name:<44} {self.figure:>8.2f} {self.unit} {goal}  {verdict}"
