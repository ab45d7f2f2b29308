"""A template language that can only write: no way to Python, no way to fill memory or time."""

from __future__ import annotations

import contextlib
from contextvars import ContextVar
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, TemplateSyntaxError, Undefined, nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range
from jinja2.visitor import NodeTransformer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jinja2.runtime import Context

ALLOWANCE = 200_000
"""Characters, turns of loops and calls that one rendering may spend."""

LARGEST = 10**30
"""No figure of a company is larger; each multiplication could double the digits."""

FILTERS = (
    *("abs", "capitalize", "default", "e", "escape", "first", "int", "last", "length", "lower"),
    *("round", "title", "trim", "truncate", "upper"),
)
"""Those of Jinja whose results are no longer than what they are given."""

ATTRIBUTES: dict[type, frozenset[str]] = {
    dict: frozenset({"get", "items", "keys", "values"}),
    str: frozenset({"startswith", "endswith"}),
    date: frozenset({"year", "month", "day", "hour", "minute"}),
}
"""What may be asked of a value; a template's own loops, macros and blocks are Jinja's matter."""

_PRINTABLE = (str, int, float, Decimal, date, time, Undefined)
_OF_TEMPLATES = (LoopContext, Macro, BlockReference)
_left: ContextVar[int | None] = ContextVar("left", default=None)


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment of templates that users may change."""

    intercepted_binops = frozenset({"+", "*", "%", "**"})

    def __init__(self, **options: Any) -> None:
        super().__init__(undefined=StrictUndefined, **options)
        self.globals = {"range": safe_range}
        self.filters = {name: self.filters[name] for name in FILTERS}
        self.filters |= {"_counted": _counted, "_weighed": _weighed}

    def compile(self, source: Any, *arguments: Any, **options: Any) -> Any:
        """Compile with the meters built in."""
        if isinstance(source, str):
            source = self.parse(source, *arguments[:2])
            _Metering().visit(source).set_environment(self)
        return super().compile(source, *arguments, **options)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """The fields of rows, and what is listed; texts could be widened to any length."""
        if attr in getattr(obj, "_fields", ()):
            return not attr.startswith("_")
        if isinstance(obj, _OF_TEMPLATES):
            return super().is_safe_attribute(obj, attr, value)
        return any(isinstance(obj, kind) and attr in names for kind, names in ATTRIBUTES.items())

    def wrap_str_format(self, value: Any) -> None:
        """`format` is an attribute like any other: not listed, since it takes a width."""

    def call(self, context: Context, obj: Any, /, *arguments: Any, **named: Any) -> Any:
        """Calls cost, or macros could call each other for ever."""
        _spend(10)
        return super().call(context, obj, *arguments, **named)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Numbers only, within reason: `'x' * 200000000` is a text that fills the memory."""
        numbers = all(isinstance(side, (int, float, Decimal)) for side in (left, right))
        if operator == "**" or not numbers:
            raise SecurityError(f"'{operator}' is not allowed here")
        result = super().call_binop(context, operator, left, right)
        if abs(result) > LARGEST:
            raise SecurityError("a number is too large")
        return result


@contextlib.contextmanager
def allowance(units: int = ALLOWANCE) -> Iterator[None]:
    """Limit what the templates rendered inside may spend together."""
    token = _left.set(units)
    try:
        yield
    finally:
        _left.reset(token)


class _Metering(NodeTransformer):
    """Weighs all that is printed or joined, and counts the turns of loops."""

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802 Jinja's name
        if node.recursive:
            raise TemplateSyntaxError("recursive loops are not allowed", node.lineno)
        self.generic_visit(node)
        node.iter = _filtered(node.iter, "_counted")
        return node

    def visit_Output(self, node: nodes.Output) -> nodes.Output:  # noqa: N802
        self.generic_visit(node)
        node.nodes = [_filtered(part, "_weighed") for part in node.nodes]
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Expr:  # noqa: N802
        self.generic_visit(node)
        node.nodes = [_filtered(part, "_weighed") for part in node.nodes]
        return node


def _filtered(node: nodes.Node, name: str) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


@pass_context
def _counted(_context: Context, items: Iterable[Any]) -> Iterator[Any]:
    """The context is asked for so that nothing is computed while the template is compiled."""
    for item in items:
        _spend(1)
        yield item


@pass_context
def _weighed(_context: Context, value: Any) -> Any:
    """What is printed; None is nothing, and a list of lists could be of any length."""
    if value is None:
        return ""
    if not isinstance(value, _PRINTABLE):
        raise SecurityError(f"a value of the kind '{type(value).__name__}' cannot be printed")
    _spend(len(value) if isinstance(value, str) else 1)
    return value


def _spend(units: int) -> None:
    left = _left.get()
    if left is None:
        return
    if units > left:
        raise SecurityError("it writes or repeats too much")
    _left.set(left - units)
