"""The type of a rule by which something repeats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_cli.views.types import ColumnType

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from crm_cli.views.types import Place


class Repetition(ColumnType):
    """A rule of RFC 5545, as programs get it; people read and write it in words."""

    name = "rule"

    def parse(self, text: str, place: Place) -> str:
        from crm_cli.values.repeating.reading import parse_rule

        return parse_rule(text, place.today, place.works_on)

    def text(self, value: Any, zone: ZoneInfo | None) -> str:
        if value is None:
            return ""
        from crm_cli.values.repeating.telling import in_words

        return in_words(value)


REPETITION = Repetition()
