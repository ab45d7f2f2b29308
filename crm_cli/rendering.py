"""Templates for what people read: sandboxed, one per language, overridable by a folder."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal
from babel.units import format_unit
from jinja2 import (
    ChoiceLoader,
    FileSystemLoader,
    PackageLoader,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)

from crm_cli.errors import InvalidData
from crm_cli.sandbox import Sandbox, allowance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from jinja2 import Template
    from jinja2.runtime import Context

LOCALES = {"en": "en_GB", "ro": "ro_RO", "pl": "pl_PL"}
LONG_DATE = "EEEE, d MMMM y"
LAYOUT = "mail/layout.html.j2"
PAGE = 50_000_000
"""What a printed document may spend: thousands of lines."""
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True)
class Rendered:
    """A mail made from a template."""

    subject: str
    text: str
    html: str


@cache
def environment(language: str, override: Path | None = None) -> Sandbox:
    """The environment of a language; templates of the folder `override` come first."""
    if language not in LOCALES:
        raise InvalidData(f"'{language}' is not a language of templates: {', '.join(LOCALES)}.")
    own = PackageLoader("crm_cli")
    made = Sandbox(
        loader=ChoiceLoader([FileSystemLoader(override), own]) if override else own,
        autoescape=lambda name: name is not None and ".html" in name,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= filters(language)
    return made


def render(
    name: str, language: str, context: Mapping[str, Any], override: Path | None = None
) -> Rendered:
    """Render the mail `name`: its blocks `subject` and `text`; the page is made from the text.

    Raises InvalidData naming template and line for one that cannot be rendered.
    """
    found = environment(language, override)
    file = f"mail/{name}.{language}.j2"
    with _blamed(file):
        with allowance():
            template = found.get_template(file)
            subject = " ".join(_block(template, "subject", context).split())
            text = _PARAGRAPH.sub("\n\n", _block(template, "text", context).strip()) + "\n"
        return Rendered(subject, text, _page(found, language, subject, text))


def render_page(
    file: str, language: str, context: Mapping[str, Any], override: Path | None = None
) -> str:
    """Render a whole file of templates, such as a printed document."""
    with _blamed(file), allowance(PAGE):
        template = environment(language, override).get_template(file)
        return _written(template, template.root_render_func, context)


def filters(language: str) -> dict[str, Callable[..., str]]:
    """How numbers, dates and money are written in a language."""
    locale = LOCALES[language]
    number = partial(format_decimal, locale=locale)
    return {
        "amount": partial(number, format="#,##0.00"),
        "price": partial(number, format="#,##0.00##"),
        "quantity": partial(number, format="#,##0.####"),
        "money": lambda value, currency: format_currency(value, currency, locale=locale),
        "date": lambda day: "…" if day is None else format_date(day, locale=locale),
        "long_date": lambda day: format_date(day, LONG_DATE, locale=locale),
        "moment": lambda moment, zone: _moment(moment, zone, locale),
        "days": lambda count: format_unit(count, "duration-day", locale=locale),
    }


def _moment(moment: datetime, zone: ZoneInfo, locale: str) -> str:
    return format_datetime(moment.astimezone(zone), f"{LONG_DATE}, HH:mm", locale=locale)


@contextmanager
def _blamed(name: str) -> Iterator[None]:
    """Whatever a template does wrong, its author has to hear of."""
    try:
        yield
    except TemplateNotFound as error:
        raise InvalidData(f"There is no template {error.name}.") from error
    except Exception as error:
        raise InvalidData(_sentence(error, name)) from error


def _page(found: Sandbox, language: str, subject: str, text: str) -> str:
    layout = found.get_template(LAYOUT)
    paragraphs = [part.split("\n") for part in text.rstrip().split("\n\n")]
    values = {"language": language, "title": subject, "paragraphs": paragraphs}
    with allowance(10 * len(text) + 20_000):
        return _written(layout, layout.root_render_func, values)


def _block(template: Template, name: str, context: Mapping[str, Any]) -> str:
    if name not in template.blocks:
        raise TemplateError(f"it has no block '{name}'")
    return _written(template, template.blocks[name], context)


def _written(
    template: Template, write: Callable[[Context], Iterator[str]], context: Mapping[str, Any]
) -> str:
    return "".join(write(template.new_context(dict(context))))


def _sentence(error: Exception, name: str) -> str:
    place, line = _place(error, name)
    message = (error.message if isinstance(error, TemplateError) else str(error)) or repr(error)
    where = f"{place}, line {line}," if line else place
    return f"The template {where} cannot be used: {message.rstrip('.')}."


def _place(error: Exception, name: str) -> tuple[str, int | None]:
    """Where it went wrong: syntax errors know, others left compiled lines in the traceback."""
    if isinstance(error, TemplateSyntaxError):
        return error.name or name, error.lineno
    line, trace = None, error.__traceback__
    while trace is not None:
        template = trace.tb_frame.f_globals.get("__jinja_template__")
        if template is not None:
            name, line = template.name or name, template.get_corresponding_lineno(trace.tb_lineno)
        trace = trace.tb_next
    return name, line
