"""What a command is asked of its output."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Choices:
    """What the common options of a command chose."""

    format: str = "table"
    columns: str = ""
    quiet: bool = False
    output: str | None = None
    delimiter: str | None = None
    encoding: str | None = None
    raw: bool = False
    dry_run: bool = False

    @property
    def are_plain(self) -> bool:
        """Whether neither form nor columns nor file were asked for."""
        return self.format == "table" and not (self.quiet or self.output or self.columns)
