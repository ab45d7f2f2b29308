"""The types of columns: how a value is read from text, bound, loaded and shown."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from crm_cli.values.invalid import InvalidValue, quote
from crm_cli.values.sentences import Words
from crm_cli.values.text import clean, comma_letters
from crm_cli.views.place import Place as Place  # noqa: PLC0414, TC001 - it goes with the types

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


LONGEST = 600
"""Letters of a text on one line; PostgreSQL has no room for much more in an index."""


class ColumnType:
    """Text on one line."""

    name = "text"
    numeric = False
    textual = True
    """Whether the database keeps it as text, so that '' is empty too."""

    def parse(self, text: str, place: Place) -> Any:
        """Read what a person typed; raises InvalidValue."""
        found = clean(text)
        if len(found) > LONGEST:
            message = "{value} is longer than {most} letters."
            raise InvalidValue(message, value=quote(found), most=LONGEST)
        return found

    def bind(self, value: Any) -> Any:
        """The value as the drivers take it."""
        return value

    def load(self, raw: Any) -> Any:
        """The value as the drivers give it, as Python has it."""
        return raw

    def json(self, value: Any) -> Any:
        """The value as JSON has it."""
        return value

    def text(self, value: Any, zone: ZoneInfo | None) -> str:
        """The value as a table or CSV cell."""
        return "" if value is None else str(value)


class LongText(ColumnType):
    """Text with line breaks."""

    name = "long text"

    def parse(self, text: str, place: Place) -> str:
        return comma_letters(text.strip())


class Sentence(ColumnType):
    """Text that tells nothing unless it is whole: a narrow terminal shows records instead."""


class Choice(ColumnType):
    """One word of a fixed list."""

    name = "choice"

    def __init__(self, *words: str) -> None:
        self.words = words
        self._words = {word.casefold(): word for word in words}

    def parse(self, text: str, place: Place) -> str:
        word = self._words.get(text.strip().casefold().replace(" ", "_"))
        if word is None:
            from crm_cli.languages.vocabulary import meant

            word = meant(text, self.words)
        if word is None:
            message = "{value} is none of {words}."
            raise InvalidValue(message, value=quote(text), words=Words(*self.words))
        return word


class Currency(ColumnType):
    """A currency by its ISO code."""

    name = "currency"

    def parse(self, text: str, place: Place) -> str:
        from crm_cli.values.currencies import parse_currency

        return parse_currency(text)


class WordSet(Choice):
    """Several words of a fixed list; written with commas."""

    name = "words"

    def parse(self, text: str, place: Place) -> tuple[str, ...]:  # type: ignore[override]  # a set
        words = [Choice.parse(self, word, place) for word in text.split(",") if word.strip()]
        return tuple(sorted(set(words)))

    def bind(self, value: Any) -> Any:
        return f"|{'|'.join(value)}|" if value else None

    def load(self, raw: Any) -> Any:
        return tuple(raw.strip("|").split("|")) if raw else ()

    def json(self, value: Any) -> Any:
        return list(value)

    def text(self, value: Any, zone: ZoneInfo | None) -> str:
        return ",".join(value)


class Integer(ColumnType):
    """A whole number."""

    name = "integer"
    textual = False
    numeric = True

    def parse(self, text: str, place: Place) -> int:
        from crm_cli.values.numbers import parse_integer

        return parse_integer(text)


class Scaled(ColumnType):
    """A decimal with a fixed number of places, kept as an integer."""

    name = "decimal"
    textual = False
    numeric = True

    def __init__(self, places: int) -> None:
        self.places = places

    def parse(self, text: str, place: Place) -> Decimal:
        from crm_cli.values.numbers import parse_decimal

        return parse_decimal(text, self.places)

    def bind(self, value: Any) -> int:
        return int(Decimal(value).scaleb(self.places))

    def load(self, raw: Any) -> Decimal | None:
        return None if raw is None else Decimal(raw).scaleb(-self.places)

    def json(self, value: Any) -> str | None:
        return None if value is None else format(value, "f")

    def text(self, value: Any, zone: ZoneInfo | None) -> str:
        return "" if value is None else format(value, "f")


class Money(Scaled):
    """An amount of the currency that stands in another column."""

    name = "money"

    def __init__(self) -> None:
        super().__init__(2)

    def parse(self, text: str, place: Place) -> Decimal:
        from crm_cli.values.numbers import parse_amount_in

        return parse_amount_in(place.currency, text)


class Percent(Integer):
    """A whole percentage from 0 to 100."""

    name = "percent"

    def parse(self, text: str, place: Place) -> int:
        number = super().parse(text.strip().removesuffix("%"), place)
        if not 0 <= number <= 100:
            raise InvalidValue("{value} is not between 0 and 100 %.", value=quote(text))
        return number


class Duration(Integer):
    """A length of time, in minutes."""

    name = "duration"

    def parse(self, text: str, place: Place) -> int:
        from crm_cli.values.durations import parse_duration

        return parse_duration(text)

    def text(self, value: Any, zone: ZoneInfo | None) -> str:
        if value is None:
            return ""
        hours, minutes = divmod(value, 60)
        return "".join(
            [f"{hours}h" if hours else "", f"{minutes}m" if minutes or not hours else ""]
        )


class Boolean(ColumnType):
    """Yes or no."""

    name = "boolean"
    textual = False

    def parse(self, text: str, place: Place) -> bool:
        from crm_cli.values.booleans import parse_boolean

        return parse_boolean(text)

    def load(self, raw: Any) -> bool | None:
        return None if raw is None else bool(raw)

    def text(self, value: Any, zone: ZoneInfo | None) -> str:
        return "" if value is None else "yes" if value else "no"


class Date(ColumnType):
    """A date."""

    name = "date"
    textual = False

    def parse(self, text: str, place: Place) -> date:
        from crm_cli.values.when import parse_date

        return parse_date(text, place.today, works=place.works_on)

    def load(self, raw: Any) -> date | None:
        return date.fromisoformat(raw) if isinstance(raw, str) else raw

    def json(self, value: Any) -> str | None:
        return None if value is None else value.isoformat()


def moment(raw: datetime | str) -> datetime:
    """A moment as either driver gives it."""
    return (datetime.fromisoformat(raw) if isinstance(raw, str) else raw).astimezone(UTC)


class Moment(ColumnType):
    """A date and time, kept in UTC and shown in a zone."""

    name = "moment"
    textual = False

    def parse(self, text: str, place: Place) -> datetime:
        from crm_cli.values.when import parse_moment

        return parse_moment(text, place.now, place.zone, works=place.works_on)

    def load(self, raw: Any) -> datetime | None:
        return None if raw is None else moment(raw)

    def json(self, value: Any) -> str | None:
        return None if value is None else value.isoformat()

    def text(self, value: Any, zone: ZoneInfo | None) -> str:
        return "" if value is None else value.astimezone(zone or UTC).strftime("%Y-%m-%d %H:%M")


class TimedMoment(Moment):
    """A moment for which a date alone will not do."""

    name = "date and time"

    def parse(self, text: str, place: Place) -> datetime:
        from crm_cli.values.when import parse_moment

        return parse_moment(text, place.now, place.zone, require_time=True, works=place.works_on)


class MomentOn(Moment):
    """A moment of which a file may give the time alone, where its day stands in another column."""

    def __init__(self, day: str) -> None:
        self.day = day


TEXT = ColumnType()
LONG_TEXT = LongText()
INTEGER = Integer()
MONEY = Money()
QUANTITY = Scaled(4)
RATE = Scaled(6)
PERCENT = Percent()
CURRENCY = Currency()
DURATION = Duration()
BOOLEAN = Boolean()
DATE = Date()
MOMENT = Moment()
TIMED_MOMENT = TimedMoment()
