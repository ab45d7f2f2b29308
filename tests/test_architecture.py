"""The shape of the code: who knows whom, how long things are, that nothing is left unregistered."""

from __future__ import annotations

import ast
import re
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crm_cli import views
from crm_cli.main import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
PACKAGES = ("commands", "jobs", "schema")
SOURCE = sorted(
    path
    for folder in ("crm_cli", *PACKAGES, "benchmarks", "docs")
    for path in (ROOT / folder).rglob("*.py")
    if "versions" not in path.parts
)
TESTS = sorted((ROOT / "tests").rglob("*.py"))
SERVICES = ROOT / "crm_cli/services"
PART_OF = {"message": "inbox", "passage": "opportunity", "recipe": "product"}
"""Nouns that other nouns show; `campaign_link` and its like say so themselves."""


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def modules(folder: str) -> list[str]:
    return sorted(path.stem for path in (ROOT / folder).glob("*.py") if path.stem != "__init__")


def long_functions(path: Path) -> list[str]:
    return [
        f"{node.name} ({(node.end_lineno or 0) - node.lineno + 1} lines)"
        for node in statements(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= 45
    ]


def statements(block: ast.AST) -> Iterator[ast.AST]:
    for field in ("body", "handlers", "orelse", "finalbody", "cases"):
        for node in getattr(block, field, ()):
            yield node
            yield from statements(node)


def test_sources_are_short() -> None:
    assert {named(path): lines(path) for path in SOURCE if lines(path) > 300} == {}


def test_tests_are_short() -> None:
    assert {named(path): lines(path) for path in TESTS if lines(path) > 400} == {}


def test_functions_are_short() -> None:
    found = {named(path): long_functions(path) for path in (*SOURCE, *TESTS)}

    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize("package", PACKAGES)
def test_package_is_a_docstring_and_nothing_else(package: str) -> None:
    body = ast.parse((ROOT / package / "__init__.py").read_text(encoding="utf-8")).body

    assert [type(node) for node in body] == [ast.Expr], "another `schema` may be installed over it"


@pytest.mark.parametrize("package", ["crm_cli", *PACKAGES])
def test_no_other_distribution_ships_our_packages(package: str) -> None:
    shipped = packages_distributions().get(package, [])  # an editable install is not listed

    assert set(shipped) <= {"crm-in-shell"}


def test_tests_are_no_packages() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == [], "they would shadow our packages"


@pytest.mark.parametrize("noun", views.MODULES)
def test_every_noun_has_a_command(noun: str) -> None:
    command = PART_OF.get(noun, noun.partition("_")[0])

    assert command in COMMANDS, f"add {noun} to COMMANDS in crm_cli/main.py"
    assert views.of(noun).noun == noun


@pytest.mark.parametrize("package", [SERVICES, *SERVICES.glob("[a-z]*/")], ids=named)
def test_every_service_is_known_to_the_type_checker(package: Path) -> None:
    known = (package / "__init__.py").read_text(encoding="utf-8")
    module = named(package).replace("/", ".")
    lines = [f"from {module} import {name} as {name}" for name in modules(named(package))]

    assert [line for line in lines if line not in known] == []


@pytest.mark.parametrize("module", modules("commands"))
def test_every_command_module_is_reached(module: str) -> None:
    others = [ROOT / "crm_cli/main.py", *(ROOT / "commands").glob("*.py")]
    text = "\n".join(path.read_text() for path in others if path.stem != module)
    imports = rf"commands\.{module}\b|from commands import [^\n]*\b{module}\b"

    assert re.search(imports, text), f"name commands.{module} in COMMANDS of crm_cli/main.py"
