"""The type of a term: a day, and the moment where there is a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.views.types import ColumnType

if TYPE_CHECKING:
    from datetime import date, datetime

    from crm_cli.views.types import Place


class Term(ColumnType):
    """A date with or without a time: the day where it is typed, and the moment if there is one."""

    name = "when"

    def parse(self, text: str, place: Place) -> tuple[date, datetime | None]:
        """Read what a person typed; raises InvalidValue."""
        from crm_cli.values.when import parse_term

        return parse_term(text, place.now, place.zone, works=place.works_on)


TERM = Term()
