"""Templates for what people read: sandboxed, one per language, overridable by a folder."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal
from jinja2 import (
    ChoiceLoader,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
)
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from crm_cli.errors import InvalidData

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from jinja2 import Template

LOCALES = {"en": "en_GB", "ro": "ro_RO", "pl": "pl_PL"}
LONGEST = 200_000
"""Characters of a rendered text; a template that makes more is broken or hostile."""


@dataclass(frozen=True)
class Rendered:
    """A mail made from a template."""

    subject: str
    text: str
    html: str


class Environment(ImmutableSandboxedEnvironment):
    """A sandbox that also refuses to multiply texts, which can fill the memory."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Multiply numbers only, and raise to no power."""
        if operator == "**" or not all(isinstance(side, (int, float)) for side in (left, right)):
            raise SecurityError(f"'{operator}' is not allowed in templates")
        return super().call_binop(context, operator, left, right)


def environment(language: str, override: Path | None = None) -> Environment:
    """The environment of a language; templates of the folder `override` come first."""
    own = PackageLoader("crm_cli")
    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(override), own]) if override else own,
        autoescape=lambda name: name is not None and ".html" in name,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    locale = LOCALES[language]
    number = partial(format_decimal, locale=locale)
    made.filters |= {
        "amount": partial(number, format="#,##0.00"),
        "price": partial(number, format="#,##0.00##"),
        "quantity": partial(number, format="#,##0.####"),
        "money": lambda value, currency: format_currency(value, currency, locale=locale),
        "date": lambda day: "…" if day is None else format_date(day, locale=locale),
        "moment": lambda moment, zone: _moment(moment, zone, locale),
    }
    return made


def render(
    name: str, language: str, context: Mapping[str, Any], override: Path | None = None
) -> Rendered:
    """Render the mail `name`: its blocks `subject` and `text`; the page is made from the text.

    Raises InvalidData naming template and line for one that cannot be rendered.
    """
    found = environment(language, override)
    file = f"mail/{name}.{language}.j2"
    try:
        template = found.get_template(file)
        subject = " ".join(_block(template, "subject", context).split())
        text = _block(template, "text", context).strip() + "\n"
        paragraphs = [part.strip().split("\n") for part in text.split("\n\n")]
        page = found.get_template("mail/layout.html.j2")
        html = page.render(language=language, title=subject, paragraphs=paragraphs)
    except TemplateNotFound as error:
        raise InvalidData(f"There is no template {error.name}.") from error
    except (TemplateError, SecurityError, TypeError, ValueError, ArithmeticError) as error:
        raise InvalidData(f"The template {file}{_line(error)} cannot be used: {error}.") from error
    return Rendered(subject, text, html)


def _block(template: Template, name: str, context: Mapping[str, Any]) -> str:
    block = template.blocks.get(name)
    if block is None:
        raise TemplateError(f"it has no block '{name}'")
    parts, length = [], 0
    for part in block(template.new_context(dict(context))):
        parts.append(part)
        length += len(part)
        if length > LONGEST:
            raise TemplateError(f"it makes more than {LONGEST} characters")
    return "".join(parts)


def _line(error: Exception) -> str:
    """Where in the template it went wrong: syntax errors know, others left it in the traceback."""
    number = getattr(error, "lineno", None)
    trace = error.__traceback__
    while trace is not None and number is None:
        if trace.tb_frame.f_code.co_filename.endswith(".j2"):
            number = trace.tb_lineno
        trace = trace.tb_next
    return f", line {number}," if number else ""


def _moment(moment: datetime, zone: ZoneInfo, locale: str) -> str:
    return format_datetime(moment.astimezone(zone), "EEEE, d MMMM y, HH:mm", locale=locale)
