"""Amounts, quantities, percentages and whole numbers as people write them."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from crm_cli.values.currencies import parse_currency
from crm_cli.values.figures import LONGEST, Mark, read_figures
from crm_cli.values.invalid import InvalidValue, quote
from crm_cli.values.sentences import Sentence
from crm_cli.values.text import clean

_CURRENCY = r"(?:[^\W\d_]{1,8}\.?|[€$£₴₺])"
_AMOUNT = re.compile(
    rf"(?P<sign>[-+−]?) ?(?P<before>{_CURRENCY})? ?(?P<inner>[-+−]?) ?"
    rf"(?P<figures>[0-9., ]*[0-9]) ?(?P<after>{_CURRENCY})?"
)
_NUMBER = re.compile(r"[-+−]? ?(?P<figures>[0-9., ]*[0-9])")
_MINUS = re.compile(r"[-−(]")
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)
_HINT = "Write it as 1234.50 or 1234,50."
_HINT_WHOLE = "Write it as 1234."
_AN_AMOUNT = Sentence("an amount")
_A_NUMBER = Sentence("a number")
_A_PERCENTAGE = Sentence("a percentage")
_A_WHOLE_NUMBER = Sentence("a whole number")


def parse_amount(
    text: str, *, mark: Mark | None = None, places: int = 2
) -> tuple[Decimal, str | None]:
    """Read an amount with at most `places` decimals, and its currency if one stands beside it.

    `mark` is the decimal mark where it is known; without it `1.234` and `1,234` are refused.
    """
    match = _amount(text)
    if match is None:
        raise _not_such(text, _AN_AMOUNT)
    value = _read(match["figures"], text, places, mark, _AN_AMOUNT)
    currency = match["before"] or match["after"]
    return value, parse_currency(currency) if currency else None


def parse_amount_in(currency: str, text: str, *, mark: Mark | None = None) -> Decimal:
    """Read an amount that may name its currency, but no other than this one."""
    amount, named = parse_amount(text, mark=mark)
    if named not in {None, currency}:
        raise InvalidValue(
            "{value} is in {named}, but this amount is in {currency}.",
            "Write the amount in {currency}.",
            value=quote(text),
            named=named,
            currency=currency,
        )
    return amount


def parse_decimal(text: str, places: int, *, mark: Mark | None = None) -> Decimal:
    """Read a quantity or a unit price with at most `places` decimals."""
    return _read(_figures(clean(text)), text, places, mark, _A_NUMBER)


def parse_percent(text: str, *, mark: Mark | None = None) -> Decimal:
    """Read a percentage: 40 for `40%` and for `40`, with at most four decimals."""
    return _read(_figures(_without_percent(text)), text, 4, mark, _A_PERCENTAGE)


def parse_integer(text: str, *, mark: Mark | None = None) -> int:
    """Read a whole number; decimals must be zeros."""
    return int(_read(_figures(clean(text)), text, 0, mark, _A_WHOLE_NUMBER))


def decimal_mark(text: str) -> Mark | None:
    """The decimal mark that the writing of this one number proves, if it does."""
    match = _amount(_without_percent(text))
    figures = read_figures(match["figures"]) if match else None
    return figures.mark if figures and figures.whole is None else None


def half_up(value: Decimal, places: int) -> Decimal:
    """Round as offices do: a half goes away from zero. Zero has no sign."""
    return _WIDE.plus(value.quantize(Decimal(1).scaleb(-places), context=_WIDE))


def _amount(text: str) -> re.Match[str] | None:
    plain = clean(text)
    bracketed = plain.startswith("(") and plain.endswith(")")
    match = _AMOUNT.fullmatch(plain[1:-1].strip() if bracketed else plain)
    if match is None or (match["before"] and match["after"]):
        return None
    signs = bool(match["sign"]) + bool(match["inner"]) + bracketed
    return match if signs < 2 else None


def _without_percent(text: str) -> str:
    return clean(text).removesuffix("%").rstrip()


def _figures(plain: str) -> str:
    match = _NUMBER.fullmatch(plain)
    return match["figures"] if match else ""


def _read(written: str, text: str, places: int, mark: Mark | None, kind: Sentence) -> Decimal:
    figures = read_figures(written)
    if figures is None:
        raise _not_such(text, kind)
    value = figures.value
    if figures.whole is not None:
        if mark is None:
            raise _two_readings(text, value, figures.whole, places)
        value = value if figures.mark == mark else figures.whole
    elif mark and figures.mark not in {None, mark}:
        message = "{value} is not {kind} with '{mark}' before the decimals."
        raise InvalidValue(
            message, "Write it as 1234{mark}50.", value=quote(text), kind=kind, mark=mark
        )
    return _exact(-value if _MINUS.search(text) else value, text, places)


def _exact(value: Decimal, text: str, places: int) -> Decimal:
    if abs(value) >= 10**LONGEST:
        message = "{value} is too large: at most {digits} digits are kept."
        hint = "Write a smaller number."
        raise InvalidValue(message, hint, value=quote(text), digits=LONGEST)
    rounded = half_up(value, places)
    if rounded == value:
        return rounded
    message = (
        "{value} has more than {places} decimals."
        if places
        else "{value} has decimals, but a whole number is needed."
    )
    hint = "Write {rounded:f} if that is meant."
    raise InvalidValue(message, hint, value=quote(text), places=places, rounded=rounded)


def _not_such(text: str, kind: Sentence) -> InvalidValue:
    hint = _HINT_WHOLE if kind is _A_WHOLE_NUMBER else _HINT
    if not clean(text):
        return InvalidValue("The value is empty, but {kind} is needed.", hint, kind=kind)
    return InvalidValue("{value} is not {kind}.", hint, value=quote(text), kind=kind)


def _two_readings(text: str, value: Decimal, whole: Decimal, places: int) -> InvalidValue:
    sign = -1 if _MINUS.search(text) else 1
    return InvalidValue(
        "{value} can be read as {one} or as {other}.",
        "Write {one} or {exact}.",
        value=quote(text),
        one=sign * whole,
        other=sign * value,
        exact=sign * half_up(value, places),
    )
