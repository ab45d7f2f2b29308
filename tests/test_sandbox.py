"""Templates are written by users: what they must not reach, and how much they may spend."""

from __future__ import annotations

import resource
import time
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from jinja2 import TemplateError
from markupsafe import Markup

from crm_cli.sandbox import ALLOWANCE, Sandbox, allowance


class Row(NamedTuple):
    """Looks to a template like a row of the database."""

    id: int
    subject: str


VALUES = {
    "text": "Brânză",
    "count": 3,
    "price": Decimal("2.50"),
    "day": date(2026, 3, 2),
    "task": {"id": 7, "subject": "Sună"},
    "tasks": [{"id": 1}, {"id": 2}],
    "nothing": None,
    "row": Row(8, "Ofertă"),
    "thing": SimpleNamespace(secret="s3cret"),
}

ESCAPES = [
    "{{ ''.__class__ }}",
    "{{ ''['__class__'] }}",
    "{{ ''|attr('__class__') }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ [].__class__.__base__ }}",
    "{{ {}.__class__ }}",
    "{{ (1).__class__ }}",
    "{{ day.__class__ }}",
    "{{ day.strftime('%Y') }}",
    "{{ thing.secret }}",
    "{{ row._asdict() }}",
    "{{ row.count(1) }}",
    "{{ row.__class__ }}",
    "{{ row._fields }}",
    "{{ row }}",
    "{{ thing() }}",
    "{{ thing }}",
    "{{ text.format }}",
    "{{ '{0.__class__}'.format(text) }}",
    "{{ '{:1000000000}'.format(1) }}",
    "{{ '%s' % text }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ text.encode() }}",
    "{{ text.join(tasks) }}",
    "{{ task.update({'id': 8}) }}",
    "{{ task.clear() }}",
    "{{ task.pop('id') }}",
    "{{ tasks.append(1) }}",
    "{{ tasks.__init__ }}",
    "{{ range.__globals__ }}",
    "{{ range.__call__.__self__ }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ self }}",
    "{{ lipsum.__globals__ }}",
    "{{ lipsum() }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ joiner() }}",
    "{{ namespace(a=1).a }}",
    "{{ dict(a=1) }}",
    "{{ config }}",
    "{{ url_for.__globals__ }}",
    "{{ request }}",
    "{{ open('/etc/passwd') }}",
    "{{ eval('1') }}",
    "{{ import('os') }}",
    "{{ __builtins__ }}",
    "{{ _weighed }}",
    "{{ (text|upper).__class__ }}",
    "{{ tasks|map(attribute='__class__')|list }}",
    "{{ tasks|selectattr('__class__')|list }}",
    "{{ tasks|groupby('__class__') }}",
    "{{ tasks|sort(attribute='__class__') }}",
    "{{ tasks|sum(attribute='__class__') }}",
    "{{ text|format }}",
    "{{ text|pprint }}",
    "{{ text|safe }}",
    "{{ task|tojson }}",
    "{{ task|xmlattr }}",
    "{{ tasks }}",
    "{{ task }}",
    "{{ missing }}",
    "{{ missing.attribute }}",
    "{% macro m() %}{% endmacro %}{{ m.__globals__ }}",
    "{% macro m() %}{% endmacro %}{{ m._func }}",
    "{% macro m() %}{% endmacro %}{{ m._environment }}",
    "{% for t in tasks %}{{ loop.__class__ }}{% endfor %}",
    "{% for t in tasks %}{{ loop._iterator }}{% endfor %}",
    "{% set x = cycler %}{{ x.__init__ }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% from 'os' import system %}",
    "{% extends '../../errors.py' %}",
    "{% debug %}",
    "{% do tasks.append(1) %}",
    "{% trans %}x{% endtrans %}",
    "{{ ''.__class__.mro().__getitem__(1) }}",
    "{{ ().__class__.__bases__[0] }}",
    "{{ text.translate }}",
    "{{ text.maketrans(task) }}",
    "{{ text.__add__(text) }}",
    "{{ price.__reduce__() }}",
    "{{ price.as_tuple().__class__ }}",
    "{{ count.real }}",
    "{{ count.to_bytes(1000000000) }}",
    "{{ caller.__self__ }}",
    "{{ varargs.__class__ }}",
    "{{ g.pop.__globals__ }}",
    "{{ text['__cl' ~ 'ass__'] }}",
    "{{ task['__class__'] }}",
    "{{ task.get.__self__ }}",
    "{{ task.items.__func__ }}",
]

BOMBS = [
    "{{ '{:1000000000}'.format(1) }}",
    "{{ '{:1000000000}'.format_map(task) }}",
    "{{ 'x' * 200000000 }}",
    "{{ 200000000 * 'x' }}",
    "{{ [0] * 200000000 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ 'x'.ljust(1000000000) }}",
    "{{ 'x'.center(1000000000) }}",
    "{{ 'x'|center(1000000000) }}",
    "{{ 'x\\n'|indent(1000000000) }}",
    "{{ 'x'.zfill(1000000000) }}",
    "{{ '\\t'.expandtabs(1000000000) }}",
    "{{ 'xx'.replace('', 'x') }}",
    "{{ 'xx'|replace('', 'xxxxxxxxx') }}",
    "{{ 'x x'|wordwrap(1, true, 'xxxxx') }}",
    "{{ tasks|batch(1000000000, 'x') }}",
    "{{ tasks|slice(1000000000) }}",
    "{{ range(1000000000) }}",
    "{% for i in range(1000000000) %}x{% endfor %}",
    "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
    "{% for i in range(99999) %}xxxxxxxxxx{% endfor %}",
    "{% for i in range(9) recursive %}{{ loop(range(9)) }}{% endfor %}",
    "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
    "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(40) }}",
    "{% set a = 'xxxxxxxxxx' %}" + "{% set a = a ~ a %}" * 40,
    "{% set a = 'xxxxxxxxxx' %}" + "{% set a %}{{ a }}{{ a }}{% endset %}" * 40,
    "{% set a = 'xxxxxxxxxx' %}" + "{% set a = a + a %}" * 40,
    "{% set a = [1, 1] %}" + "{% set a = [a, a] %}" * 40 + "{{ a }}",
    "{% set a = [1, 1] %}" + "{% set a = a + a %}" * 40,
    "{% set a = 9999 %}" + "{% set a = a * a %}" * 40,
    "{% set a = 9999.0 %}" + "{% set a = a * a %}" * 40,
    "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "{{ " + "1 - " * 20000 + "1 }}",
    "{{ " + "9" * 100000 + " }}",
    "{% if x %}" * 3000,
]


def write(source: str) -> str:
    with allowance():
        return Sandbox().from_string(source).render(VALUES)


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("{{ text }} {{ count }} {{ price }} {{ nothing }}.", "Brânză 3 2.50 ."),
        ("{{ task.id }} {{ task['subject'] }} {{ task.get('x', '-') }}", "7 Sună -"),
        ("{% for t in tasks %}{{ loop.index }}/{{ loop.length }} {% endfor %}", "1/2 2/2 "),
        ("{% for k, v in task.items() %}{{ k }}={{ v }};{% endfor %}", "id=7;subject=Sună;"),
        ("{{ count * 2 + 1 - 4 // 2 }} {{ price * count }} {{ count % 2 }}", "5 7.50 1"),
        (
            "{{ day.year }} {{ 'a' ~ count }} {{ text|upper }} {{ tasks|length }}",
            "2026 a3 BRÂNZĂ 2",
        ),
        ("{% macro m(x) %}<{{ x }}>{% endmacro %}{{ m(1) }}{{ m(2) }}", "<1><2>"),
        ("{% set x %}a{{ count }}{% endset %}{{ x }}", "a3"),
        ("{% block a %}{{ text }}{% endblock %}{{ self.a() }}", "BrânzăBrânză"),
        ("{{ row.id }} {{ row.subject }}", "8 Ofertă"),
        ("{{ 'da' if text.startswith('Br') else 'nu' }}", "da"),
    ],
)
def test_write(source: str, written: str) -> None:
    assert write(source) == written


def test_escape_html_once() -> None:
    sandbox = Sandbox(autoescape=True)
    source = "<p>{{ text }} {{ 'a' ~ text }}</p>{% set x %}<b>{{ text }}</b>{% endset %}{{ x }}"

    assert sandbox.from_string(source).render(text='<i> & "') == Markup(
        "<p>&lt;i&gt; &amp; &#34; a&lt;i&gt; &amp; &#34;</p><b>&lt;i&gt; &amp; &#34;</b>"
    )


@pytest.mark.parametrize("source", ESCAPES)
def test_refuse_escape(source: str) -> None:
    with pytest.raises((TemplateError, TypeError)):
        write(source)


@pytest.mark.parametrize("source", BOMBS)
def test_refuse_bomb(source: str) -> None:
    begun, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    with pytest.raises(Exception, match=r"."):
        write(source)

    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert time.process_time() - begun < 2
    assert grown < 100_000  # kilobytes


def test_spend_all_and_no_more() -> None:
    most = "{{ a }}" + "{{ a }}" * 9

    with allowance():
        assert len(Sandbox().from_string(most).render(a="x" * (ALLOWANCE // 10))) == ALLOWANCE
    with allowance(), pytest.raises(TemplateError, match="writes or repeats too much"):
        Sandbox().from_string(most).render(a="x" * (ALLOWANCE // 10 + 1))


def test_no_limit_without_an_allowance() -> None:
    assert len(Sandbox().from_string("{{ a }}").render(a="x" * (ALLOWANCE + 1))) == ALLOWANCE + 1
