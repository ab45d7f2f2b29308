"""The templates of the sentences that may reach an error workbook, found in the source."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from crm_cli import errors

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
ERRORS = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.CrmError) and name != "UsageError"
}
OF_THE_FILE = {"conflicts", "mapping", "mapping_file", "running", "telling", "undoing"}
"""Modules of `imports` whose errors are about the whole file, and end the command."""

REACHED = {
    "document_drafts": {"check"},
    "document_lines": {"row_of"},
    "numbering": {"chosen"},
    "rates": {"rate_on"},
    "totals": {"checked"},
}
"""Functions of services that an import calls, beside the `complete` of each noun."""


def spoken() -> dict[str, str]:
    """Template -> where it stands."""
    found = {}
    for path in sorted((ROOT / "crm_cli").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for call in _calls(path, tree):
            for argument in _arguments(call):
                for template in _texts(argument, tree):
                    found[template] = f"{path.relative_to(ROOT)}:{call.lineno}"
    return found


def _calls(path: Path, tree: ast.Module) -> Iterator[ast.Call]:
    """Every InvalidValue and Sentence, and the errors that are told of single cells."""
    of_cells = {id(node) for part in _told_of_cells(path, tree) for node in ast.walk(part)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            name = node.func.id
            if name in {"InvalidValue", "Sentence"} or (name in ERRORS and id(node) in of_cells):
                yield node


def _told_of_cells(path: Path, tree: ast.Module) -> list[ast.AST]:
    if "imports" in path.parent.parts:
        return [] if path.stem in OF_THE_FILE else [tree]
    if path.stem == "references":
        return [tree]
    return _reached(path.stem, tree) if path.parent.name == "services" else []


def _reached(service: str, tree: ast.Module) -> list[ast.AST]:
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    begun = REACHED.get(service, {"complete", "check_code"})
    reached, waiting = set(), begun & set(functions)
    while waiting:
        name = waiting.pop()
        reached.add(name)
        called = {node.id for node in ast.walk(functions[name]) if isinstance(node, ast.Name)}
        waiting |= (called & set(functions)) - reached
    return [functions[name] for name in reached]


def _arguments(call: ast.Call) -> Iterator[ast.expr]:
    assert isinstance(call.func, ast.Name)
    yield from call.args[: 1 if call.func.id == "Sentence" else 2]
    yield from (one.value for one in call.keywords if one.arg == "hint")


def _texts(node: ast.expr, tree: ast.Module) -> Iterator[str]:
    """The strings an expression may be; an f-string is none of them and fails the test."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield ast.unparse(node)
    elif isinstance(node, ast.IfExp):
        yield from (*_texts(node.body, tree), *_texts(node.orelse, tree))
    elif isinstance(node, ast.Dict):
        yield from (text for value in node.values for text in _texts(value, tree))
    elif isinstance(node, ast.Subscript):
        yield from _texts(node.value, tree)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        yield from (text for one in (node.func.value, *node.args) for text in _texts(one, tree))
    elif isinstance(node, ast.Name):
        yield from _named(node.id, tree)


def _named(name: str, tree: ast.Module) -> Iterator[str]:
    """The strings a name may stand for: all that this module assigns to it, or imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and not _holds(node.value, name):
            for target, value in _pairs(node):
                if isinstance(target, ast.Name) and target.id == name:
                    yield from _texts(value, tree)
        elif isinstance(node, ast.ImportFrom) and any(one.name == name for one in node.names):
            imported = getattr(import_module(node.module or ""), name, None)
            yield from [imported] if isinstance(imported, str) else []


def _pairs(node: ast.Assign) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Each name with its value, also in `one, other = 1, 2`."""
    for target in node.targets:
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            yield from zip(target.elts, node.value.elts, strict=True)
        else:
            yield target, node.value


def _holds(value: ast.expr, name: str) -> bool:
    return any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(value))
