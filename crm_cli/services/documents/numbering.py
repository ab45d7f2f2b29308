"""Numbers of documents: taken from a series when a document is issued, without gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, update
from sqlmodel import col, select

from crm_cli.errors import Conflict
from crm_cli.values.sentences import Words
from schema.base import table_of
from schema.catalogue import Series

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sqlmodel import Session

    from schema.document import Document

SERIES = table_of(Series)
UNNUMBERED = ("draft", "approved")


def complete(now: Mapping[str, Any], values: dict[str, Any], home: str) -> dict[str, Any]:
    """A number that is on paper before our series gives one is somebody else's."""
    printed, revision = values.get("label"), values.get("revision") or 0
    if printed and values.get("status") in UNNUMBERED and values.get("number") is None:
        values.setdefault("external_number", numbered(printed, revision))
    return values


def give(session: Session, document: Document) -> None:
    """Number and label a document; one numbered elsewhere stays outside the series."""
    if document.external_number and document.number is None:
        document.label = revised(document.external_number, document.revision)
        return
    series = of(session, document)
    if document.number is None:
        document.series_id, document.number = series.key, take(session, series, document)
    document.label = label(series, document.number, document.revision)


def of(session: Session, document: Document) -> Series:
    """The series of a document: its own, or the default of its kind."""
    if document.series_id is not None:
        return chosen(session, document.series_id, document.kind)
    found = session.exec(
        select(Series)
        .where(col(Series.kind) == document.kind, col(Series.archived_at).is_(None))
        .order_by(col(Series.is_default).desc(), col(Series.id))
    ).all()
    if not found:
        raise Conflict(
            f"There is no series of numbers for the kind {document.kind}.",
            hint=f"crm document edit {document.id} --external-number NUMBER, or"
            f" crm series add --code CODE --name-en NAME --kind {document.kind}",
        )
    if len(found) > 1 and not found[0].is_default:
        raise Conflict(
            f"There are several series for the kind {document.kind}, and none is the default.",
            hint=f"crm document edit {document.id} --series CODE",
            candidates=[f"{series.id} {series.code}" for series in found],
        )
    return found[0]


def chosen(session: Session, series_id: int, kind: str) -> Series:
    """A series that was asked for; raises Conflict where it numbers another kind."""
    series = session.get_one(Series, series_id)
    if series.kind != kind:
        raise Conflict(
            "The series {code} numbers the kind {other}, not {kind}.",
            hint="crm series list --where 'kind = {command}'",
            code=series.code,
            other=Words(series.kind),
            kind=Words(kind),
            command=kind,
        )
    return series


def take(session: Session, series: Series, document: Document) -> int:
    """The next number for a document; raises Conflict for one dated before the last."""
    number = next_number(session, series, document.dated_on)
    if number is None:
        last = session.connection().scalar(
            select(SERIES.c.last_date).where(SERIES.c.id == series.id)
        )
        raise Conflict(
            f"The last number of the series {series.code} was given on {last};"
            f" document {document.id} is dated {document.dated_on}.",
            hint=f"crm document edit {document.id} --date {last}",
        )
    return number


def next_number(session: Session, series: Series, day: date) -> int | None:
    """The next number, None for a day before the last; the row stays locked until the end."""
    taken = session.connection().execute(
        update(SERIES)
        .where(SERIES.c.id == series.id)
        .where(or_(SERIES.c.last_date.is_(None), SERIES.c.last_date <= day.isoformat()))
        .values(next_number=SERIES.c.next_number + 1, last_date=day.isoformat())
        .returning(SERIES.c.next_number - 1)
    )
    number = taken.scalar_one_or_none()
    return None if number is None else int(number)


def label(series: Series, number: int, revision: int) -> str:
    """The number as it is printed: `OF0005`, and `OF0005/R1` for its first revision."""
    return revised(f"{series.prefix}{number:0{series.digits}d}", revision)


def revised(text: str, revision: int) -> str:
    """A printed number with its revision."""
    return f"{text}/R{revision}" if revision else text


def numbered(text: str, revision: int) -> str:
    """A number without its revision."""
    return text.removesuffix(f"/R{revision}") if revision else text
