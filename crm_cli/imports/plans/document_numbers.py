"""The numbers of documents in a file: history keeps its own, outside our series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import select

from crm_cli.errors import InvalidData
from crm_cli.services.documents.numbering import UNNUMBERED, label, numbered, revised
from crm_cli.values.sentences import Words
from schema.catalogue import Series
from schema.document_states import ISSUED

if TYPE_CHECKING:
    from sqlmodel import Session

    from crm_cli.imports.plans.entry import Values


def set_aside(values: Values) -> None:
    """Leave the printed number of a draft to the external one, which is what a draft keeps."""
    if values.get("status") in UNNUMBERED and values.get("external_number"):
        values.pop("label", None)


class Numbers:
    """Gives new documents the numbers that a file says they have."""

    def __init__(self, session: Session) -> None:
        self._series = {series.key: series for series in session.exec(select(Series))}

    def give(self, values: Values) -> None:
        """Keep a number that our series has given, and any other as an external one."""
        printed = values.pop("label", None)
        if values["status"] in ISSUED or printed:
            if not self._is_ours(values, printed):
                self._take_from_elsewhere(values, printed)
        else:
            values.pop("number", None)

    def _is_ours(self, values: Values, printed: str | None) -> bool:
        """Whether a series of ours has come to the number and prints it so."""
        series, number = self._series.get(values.get("series_id", 0)), values.get("number")
        if series is None or number is None or number >= series.next_number:
            return False
        values["label"] = label(series, number, values.get("revision", 0))
        return series.kind == values["kind"] and printed in {None, values["label"]}

    def _take_from_elsewhere(self, values: Values, printed: str | None) -> None:
        revision = values.get("revision", 0)
        number = values.get("external_number") or printed
        if number is None:
            status = Words(values["status"])
            raise InvalidData("A document that is {status} has a number.", status=status)
        values["external_number"] = numbered(number, revision)
        values.pop("number", None)
        values.pop("label", None)
        if values["status"] not in UNNUMBERED:
            values["label"] = revised(values["external_number"], revision)
            values.pop("series_id", None)
